//! Pages, and the one list of their addresses.
#![expect(unreachable_pub, reason = "`#[component]` makes a public twin of each component inside its module")]

mod home;
mod catalogue;
mod story;
mod search;
mod author;
mod chapter;
mod community;
mod thread;
mod sign_in;
mod sign_in_code;
mod register;
mod site_text;
mod not_found;
mod offline;
#[cfg(feature = "ssr")]
mod refused;
mod account;
mod second_step;
mod reset_password;
mod confirm_email;
mod forgot_password;
mod unsubscribe;
mod library;
mod inbox;
mod lead_on;
mod own_decisions;
mod report;
mod silence;
mod managers;
mod moderation;
mod admin;
mod studio;
mod editor;
mod history;
mod trash;
mod publish;
mod debug_cache;
mod elsewhere;

use domain::UserId;
use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route},
    path,
};

#[cfg(feature = "ssr")]
pub use self::refused::RefusedPage;
use self::{elsewhere::ElsewherePage, not_found::NotFoundPage};
use crate::{
    bundle::{Bundle, Part},
    components::unread::{not_said, unread},
};

/// The pages of each part: the address, the module, and the component.
///
/// The routes are made of a bundle's table. All pages are compiled once, and the linker leaves out of a bundle what its
/// table does not name.
macro_rules! pages {
    ($($part:ident { $($path:tt $module:ident $page:ident;)* })*) => {
        $($(use self::$module::$page;)*)*

        /// Every page with its part.
        #[cfg(test)]
        pub(crate) const PAGES: &[(&str, Part)] = &[$($(($path, Part::$part)),*),*];

        /// What a bundle has: at each address the page, or the way to the bundle that has it; and how it counts notices.
        #[expect(non_snake_case, reason = "a field is called as its page is")]
        #[derive(Debug)]
        pub struct Pages {
            pub(crate) unread: fn(UserId) -> Signal<Option<usize>>,
            $($($page: fn() -> AnyView,)*)*
        }

        impl Pages {
            /// Those of this bundle. In a `static`, or every bundle has them all.
            pub const fn of(bundle: Bundle) -> Self {
                Self {
                    unread: if bundle.has(Part::Reading) { unread } else { not_said },
                    $($($page: if bundle.has(Part::$part) { || $page().into_any() } else { || ElsewherePage().into_any() },)*)*
                }
            }

            /// The page at this address.
            pub(crate) fn routes(&self) -> AnyView {
                view! {
                    <FlatRoutes fallback=NotFoundPage>
                        // Every page is sent whole: it can be read, and its forms used, before or without a script.
                        $($(<Route path=path!($path) view=self.$page ssr=SsrMode::Async />)*)*
                    </FlatRoutes>
                }
                .into_any()
            }
        }
    };
}

pages! {
    Reading {
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
    Studio {
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
    Monitoring {
        "/debug/cache" debug_cache CachePage;
    }
}
