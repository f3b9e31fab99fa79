//! Pages, and the one list of their addresses.
#![expect(unreachable_pub, reason = "`#[component]` makes a public twin of each component inside its module")]

#[cfg(feature = "reading")]
mod home;
#[cfg(feature = "reading")]
mod catalogue;
#[cfg(feature = "reading")]
mod story;
#[cfg(feature = "reading")]
mod search;
#[cfg(feature = "reading")]
mod author;
#[cfg(feature = "reading")]
mod chapter;
#[cfg(feature = "reading")]
mod community;
#[cfg(feature = "reading")]
mod thread;
#[cfg(feature = "reading")]
mod sign_in;
#[cfg(feature = "reading")]
mod sign_in_code;
#[cfg(feature = "reading")]
mod register;
#[cfg(feature = "reading")]
mod site_text;
mod not_found;
mod offline;
#[cfg(feature = "ssr")]
mod refused;
#[cfg(feature = "studio")]
mod account;
#[cfg(feature = "studio")]
mod second_step;
#[cfg(feature = "studio")]
mod reset_password;
#[cfg(feature = "studio")]
mod confirm_email;
#[cfg(feature = "studio")]
mod forgot_password;
#[cfg(feature = "studio")]
mod unsubscribe;
#[cfg(feature = "studio")]
mod library;
#[cfg(feature = "studio")]
mod inbox;
#[cfg(feature = "reading")]
mod lead_on;
#[cfg(feature = "studio")]
mod own_decisions;
#[cfg(feature = "studio")]
mod report;
#[cfg(feature = "studio")]
mod silence;
#[cfg(feature = "studio")]
mod managers;
#[cfg(feature = "studio")]
mod moderation;
#[cfg(feature = "studio")]
mod admin;
#[cfg(feature = "studio")]
mod studio;
#[cfg(feature = "studio")]
mod editor;
#[cfg(feature = "studio")]
mod history;
#[cfg(feature = "studio")]
mod trash;
#[cfg(feature = "studio")]
mod publish;
#[cfg(feature = "monitoring")]
mod debug_cache;
#[cfg(not(all(feature = "reading", feature = "studio", feature = "monitoring")))]
mod elsewhere;

use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route},
    path,
};

use self::not_found::NotFoundPage;
#[cfg(feature = "ssr")]
pub use self::refused::RefusedPage;

/// The pages of each bundle: the address, the module, and the component. The routes are the same in all bundles; what
/// one doesn't have is elsewhere.
macro_rules! pages {
    ($($bundle:tt { $($path:tt $module:ident $page:ident;)* })*) => {
        $($(
            #[cfg(feature = $bundle)]
            use self::$module::$page;
            #[cfg(not(feature = $bundle))]
            use self::elsewhere::ElsewherePage as $page;
        )*)*

        /// Every page with its bundle.
        #[cfg(test)]
        pub(crate) const PAGES: &[(&str, &str)] = &[$($(($path, $bundle)),*),*];

        /// The page at this address.
        pub fn routes() -> AnyView {
            view! {
                <FlatRoutes fallback=NotFoundPage>
                    // Every page is sent whole: it can be read, and its forms used, before or without a script.
                    $($(<Route path=path!($path) view=$page ssr=SsrMode::Async />)*)*
                </FlatRoutes>
            }
            .into_any()
        }
    };
}

pages! {
    "reading" {
        "/" home HomePage;
        "/novels" catalogue NovelsPage;
        "/comics" catalogue ComicsPage;
        "/novels/:story" story StoryFrontPage;
        "/novels/:story/:chapter" chapter ChapterPage;
        "/search" search SearchPage;
        "/authors/:author" author AuthorFrontPage;
        "/community" community CommunityPage;
        "/community/:post" thread ThreadPage;
        "/sign-in" sign_in SignInPage;
        "/sign-in/code" sign_in_code SignInCodePage;
        "/register" register RegisterPage;
        "/about" site_text AboutPage;
        "/rules" site_text RulesPage;
    }
    "studio" {
        "/studio" studio StudioPage;
        "/studio/edit/story/:story" editor EditorPage;
        "/studio/history/:scene" history HistoryPage;
        "/studio/trash" trash TrashPage;
        "/publish" publish PublishPage;
        "/library" library LibraryPage;
        "/inbox" inbox InboxPage;
        "/account" account AccountPage;
        "/account/second-step" second_step SecondStepPage;
        "/reset-password" reset_password ResetPasswordPage;
        "/forgot-password" forgot_password ForgotPasswordPage;
        "/unsubscribe" unsubscribe UnsubscribePage;
        "/confirm-email" confirm_email ConfirmEmailPage;
        "/report" report ReportPage;
        "/silence" silence SilencePage;
        "/moderation" moderation ModerationPage;
        "/moderation/log" moderation ModerationLogPage;
        "/admin" admin AdminPage;
        "/admin/members" admin MembersPage;
    }
    "monitoring" {
        "/debug/cache" debug_cache CachePage;
    }
}
