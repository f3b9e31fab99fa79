//! What a page must know before it shows anything.

use abreast_core::{LogId, Seq, observe::sample::Share};

use leptos::prelude::{SharedValue, use_context};

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

impl<A: App> Boot<A> {
    /// Of an app without accounts: made by the server, which has it in a page's context, and handed to the browser inside
    /// the page.
    pub fn from_page() -> Self {
        // Without the server's data no stored position is believed.
        let position = || use_context::<Self>().map_or((LogId::from_bits(0), Seq::ZERO), |boot| (boot.log, boot.seen));
        let (log, seen) = SharedValue::new(position).into_inner();
        Self { viewer: None, session: None, log, seen, sample: Share::NONE }
    }

    /// What a page says that this node makes, for anybody.
    #[cfg(feature = "ssr")]
    pub fn of<S: abreast_server::App<Nouns = A::Nouns>>(engine: &abreast_server::Engine<S>) -> Self {
        Self { viewer: None, session: None, log: engine.log_id(), seen: engine.watermark(), sample: Share::NONE }
    }
}
