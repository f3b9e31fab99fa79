//! Components: what several pages share.
#![expect(unreachable_pub, reason = "`#[component]` makes a public twin of each component inside its module")]

mod chrome;
mod failed;
mod icon;
mod loaded;
mod page;
pub mod theme;

pub use self::{
    chrome::Chrome,
    failed::{Failed, StaleNotice, set_status},
    icon::Icon,
    loaded::{Loaded, Skeleton},
    page::{Head, Page},
};
