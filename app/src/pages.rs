//! Pages, one for each address.
#![expect(unreachable_pub, reason = "`#[component]` makes a public twin of each component inside its module")]

#[cfg(feature = "reading")]
mod home;
#[cfg(feature = "reading")]
mod catalogue;
#[cfg(feature = "reading")]
mod story;
#[cfg(feature = "reading")]
mod chapter;
#[cfg(feature = "reading")]
mod community;
#[cfg(feature = "reading")]
mod thread;
#[cfg(feature = "reading")]
mod sign_in;
#[cfg(feature = "reading")]
mod register;
mod not_found;
#[cfg(feature = "ssr")]
mod refused;
#[cfg(feature = "studio")]
mod account;
#[cfg(feature = "studio")]
mod reset_password;
#[cfg(feature = "studio")]
mod studio;
#[cfg(feature = "studio")]
mod editor;
#[cfg(feature = "studio")]
mod publish;
#[cfg(feature = "monitoring")]
mod debug_cache;
#[cfg(not(all(feature = "reading", feature = "studio", feature = "monitoring")))]
mod elsewhere;

#[cfg(feature = "monitoring")]
pub use self::debug_cache::CachePage;
// The routes are the same in all bundles; what one doesn't have is elsewhere.
#[cfg(not(feature = "monitoring"))]
pub use self::elsewhere::ElsewherePage as CachePage;
#[cfg(not(feature = "studio"))]
pub use self::elsewhere::{
    ElsewherePage as AccountPage, ElsewherePage as EditorPage, ElsewherePage as PublishPage,
    ElsewherePage as ResetPasswordPage, ElsewherePage as StudioPage,
};
#[cfg(not(feature = "reading"))]
pub use self::elsewhere::{
    ElsewherePage as ChapterPage, ElsewherePage as ComicsPage, ElsewherePage as CommunityPage,
    ElsewherePage as HomePage, ElsewherePage as NovelsPage, ElsewherePage as RegisterPage, ElsewherePage as SignInPage,
    ElsewherePage as StoryFrontPage, ElsewherePage as ThreadPage,
};
pub use self::not_found::NotFoundPage;
#[cfg(feature = "ssr")]
pub use self::refused::RefusedPage;
#[cfg(feature = "studio")]
pub use self::{
    account::AccountPage, editor::EditorPage, publish::PublishPage, reset_password::ResetPasswordPage,
    studio::StudioPage,
};
#[cfg(feature = "reading")]
pub use self::{
    catalogue::{ComicsPage, NovelsPage},
    chapter::ChapterPage,
    community::CommunityPage,
    home::HomePage,
    register::RegisterPage,
    sign_in::SignInPage,
    story::StoryFrontPage,
    thread::ThreadPage,
};
