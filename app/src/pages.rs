//! Pages: what is at which address.
#![expect(unreachable_pub, reason = "`#[component]` makes a public twin of each component inside its module")]

mod home;
mod shelf;
mod story;
mod chapter;
mod community;
mod thread;
mod sign_in;
mod register;
mod not_found;
#[cfg(feature = "studio")]
mod debug_cache;
#[cfg(feature = "studio")]
mod studio;
#[cfg(feature = "studio")]
mod editor;
#[cfg(feature = "studio")]
mod publish;
#[cfg(not(feature = "studio"))]
mod elsewhere;

pub use self::{
    chapter::ChapterPage,
    community::CommunityPage,
    home::HomePage,
    not_found::NotFoundPage,
    register::RegisterPage,
    shelf::{ComicsPage, NovelsPage},
    sign_in::SignInPage,
    story::StoryFrontPage,
    thread::ThreadPage,
};
#[cfg(feature = "studio")]
pub use self::{debug_cache::CachePage, editor::EditorPage, publish::PublishPage, studio::StudioPage};
// The routes are the same in both bundles; what the readers' doesn't have is elsewhere.
#[cfg(not(feature = "studio"))]
pub use self::elsewhere::{
    ElsewherePage as CachePage, ElsewherePage as EditorPage, ElsewherePage as PublishPage, ElsewherePage as StudioPage,
};
