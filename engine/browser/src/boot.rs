//! What a page must know before it shows anything.

use abreast_core::{LogId, Seq, observe::sample::Share};

use crate::{
    App,
    nouns::{Tag, Viewer},
};

/// What the server tells the browser with every page.
#[derive(Debug, Clone)]
pub struct Boot<A: App> {
    /// Who is looking; constant for the life of a page, since signing in and out loads a new one.
    pub viewer: Option<Viewer<A>>,
    /// The session's tag: when it is evicted, the page's content must leave the screen.
    pub session: Option<Tag<A>>,
    /// Which log the server follows.
    pub log: LogId,
    /// The position that was seen when the page was asked for: what came with it is as new as that.
    pub seen: Seq,
    /// Which share of what a tab shows from its client cache is looked at again.
    pub sample: Share,
}
