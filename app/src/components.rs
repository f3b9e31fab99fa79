//! Components: what several pages share.
#![expect(unreachable_pub, reason = "`#[component]` makes a public twin of each component inside its module")]

mod about_you;
mod bookmarking;
pub mod byline;
mod choice;
mod code_field;
mod chapters_here;
mod chrome;
mod comment_form;
mod comments;
mod compose;
mod conflict;
mod copying;
mod continue_reading;
mod confirm;
pub mod count;
mod delete_form;
mod difference;
mod demo_accounts;
mod each;
mod email_field;
mod empty_state;
pub mod facts;
mod failed;
mod feed;
mod focus;
pub mod follow_button;
mod form_error;
mod gone;
pub mod heading;
pub mod holding;
mod icon;
pub mod kept;
mod like_button;
mod linked_data;
pub mod likes;
mod keep_place;
mod loaded;
mod menu;
pub mod mine;
mod new_password;
mod page;
mod password_field;
mod post_card;
mod post_patch;
mod prose_view;
mod report_link;
mod said;
mod silence_link;
pub mod silences;
mod scroll_place;
mod sign_out;
mod sparkline;
mod story_card;
mod story_choice;
mod text_area;
mod appearance_menu;
mod time;
mod toast;
mod undo;
pub mod unread;
mod writing;

pub(crate) use self::time::clock_offset;
pub use self::{
    about_you::AboutYou,
    byline::Byline,
    choice::{Choice, FormChoice, kinds},
    chrome::Chrome,
    code_field::CodeField,
    comment_form::CommentForm,
    comments::{Comments, ThreadLocked},
    compose::Compose,
    confirm::Confirm,
    conflict::{BothTexts, differing},
    continue_reading::{ContinueReading, continued},
    copying::Copying,
    delete_form::DeleteForm,
    demo_accounts::DemoAccounts,
    difference::Difference,
    each::Each,
    email_field::EmailField,
    empty_state::EmptyState,
    failed::{Failed, StaleNotice, set_status},
    feed::{PostList, lay_posts},
    focus::{ARRIVED, focus_soon, is_focus_free},
    follow_button::{FollowButton, LayFollow},
    form_error::FormError,
    gone::GoneNotice,
    icon::Icon,
    keep_place::keep_place,
    kept::{Kept, KeptNotice},
    like_button::{LayCount, LikeButton},
    linked_data::LinkedData,
    loaded::{Answered, Loaded, Skeleton},
    menu::{close_menu, is_menu_open},
    new_password::NewPassword,
    page::{Head, Page},
    password_field::PasswordField,
    post_card::PostCard,
    prose_view::ProseView,
    report_link::ReportLink,
    said::said,
    sign_out::{Ends, SignOutForm},
    silence_link::SilenceLink,
    silences::{Fold, SilencedNote},
    sparkline::Sparkline,
    story_card::StoryList,
    text_area::{TextArea, escaped},
    time::{Clock, Says, Time, in_utc},
    toast::{ToastKind, Toasts, use_toasts},
    undo::{offer_undo, offer_undo_saying},
    writing::{Line, LongText},
};
