//! Pages: what is at which address.
#![expect(unreachable_pub, reason = "`#[component]` makes a public twin of each component inside its module")]

mod home;
mod shelf;
mod story;
mod chapter;
mod community;
mod thread;
mod studio;
mod editor;
mod publish;
mod sign_in;
mod register;
mod debug_cache;
mod not_found;

pub use self::{
    chapter::ChapterPage,
    community::CommunityPage,
    debug_cache::CachePage,
    editor::EditorPage,
    home::HomePage,
    not_found::NotFoundPage,
    publish::PublishPage,
    register::RegisterPage,
    shelf::{ComicsPage, NovelsPage},
    sign_in::SignInPage,
    story::StoryFrontPage,
    studio::StudioPage,
    thread::ThreadPage,
};
