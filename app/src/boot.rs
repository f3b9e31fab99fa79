//! What a page must know before it shows anything: who is looking, and which log it follows.

use domain::{LogId, Seq, SessionTag, Share, Viewer};
use leptos::prelude::{SharedValue, provide_context, use_context};
use serde::{Deserialize, Serialize};

#[cfg(not(feature = "ssr"))]
use crate::app_shell;
use crate::cache::Storage;

/// Where the browser notes what the last page was told.
const REMEMBERED: &str = "quire-boot";

/// What the server tells the browser with every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boot {
    /// Who is looking; constant for the life of a page, since signing in and out loads a new one.
    pub viewer: Option<Viewer>,
    /// The session: when it ends, the page's content must leave the screen.
    pub session: Option<SessionTag>,
    /// Which log this library keeps.
    pub log: LogId,
    /// The position that was seen when the page was asked for: what came with it is as new as that.
    pub seen: Seq,
    /// Which share of what a tab shows from its client cache is looked at again.
    pub sample: Share,
}

impl Boot {
    /// Made by the server, handed to the browser inside the page.
    pub fn provide() -> Self {
        let boot = SharedValue::new(|| {
            #[cfg(feature = "ssr")]
            let asker = crate::asker::Asker::current();
            // While routes are listed there is no library yet.
            #[cfg(feature = "ssr")]
            let store = use_context::<store::Store>();
            #[cfg(feature = "ssr")]
            let boot = store.map_or_else(Self::of_nothing, |store| Self::of(&asker, &store));
            #[cfg(not(feature = "ssr"))]
            let boot = app_shell::is_here().then(Self::remembered).flatten().unwrap_or_else(Self::of_nothing);
            boot
        })
        .into_inner();
        provide_context(boot.clone());
        boot
    }

    /// What this asker's page must know.
    #[cfg(feature = "ssr")]
    pub(crate) fn of(asker: &crate::asker::Asker, store: &store::Store) -> Self {
        Self {
            // A cookie can say anything, and a page that is kept says it to everybody, whose browsers would
            // take what came with it for newer than all that is to come. Where this node is, there is a log.
            seen: asker.seen.min(store.watermark()),
            session: asker.session.as_ref().map(store::SessionToken::tag),
            viewer: asker.viewer.clone(),
            log: store.log_id(),
            sample: store.sample_share(),
        }
    }

    /// Notes it for a page that is opened without a network.
    pub(crate) fn remember(&self) {
        // The next page did not come with answers of this position.
        let boot = Self { seen: Seq::ZERO, ..self.clone() };
        if let Ok(text) = serde_json::to_string(&boot) {
            Storage::set(REMEMBERED, &text);
        }
    }

    /// What the last page was told.
    #[cfg(not(feature = "ssr"))]
    fn remembered() -> Option<Self> {
        serde_json::from_str(&Storage::get(REMEMBERED)?).ok()
    }

    /// Without a page's data there is no session, and no stored position is believed.
    const fn of_nothing() -> Self {
        Self { viewer: None, session: None, log: LogId::from_bits(0), seen: Seq::ZERO, sample: Share::NONE }
    }
}

/// Forgets who was looking.
pub fn forget() {
    Storage::unset(REMEMBERED);
}

/// Who is looking.
pub fn viewer() -> Option<Viewer> {
    use_context::<Boot>().and_then(|boot| boot.viewer)
}
