//! Components: what several pages share.
#![expect(unreachable_pub, reason = "`#[component]` makes a public twin of each component inside its module")]

mod chrome;
pub mod theme;

pub use self::chrome::Chrome;
