//! Known sessions: who holds a token, from memory, for as long as the one judgement allows it.
//!
//! Pages ask this, which only show. What writes asks the database each time ([`Store::viewer`]).

use std::sync::Arc;

use domain::{Area, Entry, Query, Quire, SessionTag, Tag, Tags, UserId, Viewer};
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};

use crate::{
    Load, Reader, Result, SessionToken, Store, clock,
    row::{Columns, viewer},
};

/// How many a node knows.
const MOST: usize = 20_000;
/// How long, in milliseconds: then the database is asked, and may prolong it.
const KEEP_FOR: i64 = 10 * 60 * 1_000;

/// A node's known sessions, by the hashes of their tokens. Cheap to clone.
#[derive(Clone)]
pub(crate) struct KnownSessions(Arc<Cache<String, Arc<Entry<Option<Held>>>>>);

/// A session, and its account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Held {
    viewer: Viewer,
    expires_at: i64,
}

/// Whose session is it? Not among the app's queries: the hash of a token is told to nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct HeldSession {
    hash: String,
    tag: SessionTag,
}

impl Query for HeldSession {
    type Nouns = Quire;
    type Output = Option<Held>;
    const NAME: &'static str = "held-session";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, held: &Option<Held>) -> Tags {
        Tags::of(Tag::Session(self.tag), held.iter().map(|held| Tag::Viewer(held.viewer.user)))
    }
}

impl Load for HeldSession {
    async fn load(&self, reader: &mut Reader) -> Result<Option<Held>> {
        let row = sqlx::query(
            "select u.id, u.name, u.role, u.suspended_until, s.expires_at
             from sessions s join users u on u.id = s.user_id
             where s.token_hash = $1 and u.banned_at is null and u.left_at is null",
        )
        .bind(&self.hash)
        .fetch_optional(&mut **reader)
        .await?;
        row.map(|row| {
            // What has ended by now is left out when it is asked for.
            Ok(Held { viewer: viewer(&row, 0)?, expires_at: row.number("expires_at")? })
        })
        .transpose()
    }
}

impl KnownSessions {
    pub(crate) fn none_yet() -> Self {
        Self(Arc::new(Cache::new(MOST)))
    }
}

impl Store {
    /// Who holds this token; nobody, once the session has ended. The node has confirmed the log just before.
    pub async fn known_viewer(&self, token: &SessionToken) -> Result<Option<Viewer>> {
        let (hash, tag) = token.names();
        if let Some(viewer) = self.sessions.0.get(&hash).and_then(|known| self.still(&known)) {
            return Ok(Some(viewer));
        }
        // This prolongs it, too.
        let viewer = self.viewer(token).await?;
        if viewer.is_some() {
            let loaded = self.load(&HeldSession { hash: hash.clone(), tag }).await?;
            self.sessions.0.insert(hash, loaded);
        }
        Ok(viewer)
    }

    fn still(&self, known: &Entry<Option<Held>>) -> Option<Viewer> {
        let (held, now) = (known.value.as_ref()?, clock::now());
        let lives = now.0 < held.expires_at && now.since(known.stored_at) <= KEEP_FOR;
        let may_be_kept = self.areas().has(HeldSession::AREA);
        (may_be_kept && lives && self.judge(&known.tags, known.as_of).is_fresh()).then(|| {
            let suspended_until = held.viewer.suspended_until.filter(|&until| until > now);
            Viewer { suspended_until, ..held.viewer.clone() }
        })
    }
}
