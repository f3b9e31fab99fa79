//! Where this node is in the log, and what became of tags since a position.

use abreast_core::{CatchUp, Judgement, LogId, Millis, Seq};
use tokio::sync::broadcast;

use crate::{
    App, Engine, Heard, Result, clock, log,
    nouns::{Nouns, Tag, Tags, Viewer},
};

impl<A: App> Engine<A> {
    /// What became of the asker's tags since it last heard. Only what the viewer may know.
    pub async fn catch_up(
        &self,
        of: LogId,
        since: Seq,
        tags: &[Tag<A>],
        viewer: Option<Viewer<A>>,
    ) -> Result<CatchUp<Tag<A>>, A::Error> {
        let mut reading = self.database.begin_reading().await?;
        if of != self.node.log() {
            return Ok(CatchUp::Lost { head: reading.as_of() });
        }
        Ok(log::changes_since::<Nouns<A>>(&mut reading, since, tags, viewer).await?)
    }

    /// Hears of every commit from now on, wherever it is made, at the latest Δ later.
    pub fn listen(&self) -> broadcast::Receiver<Heard<Nouns<A>>> {
        self.node.listen()
    }

    /// Makes sure that the log can be read, and this node is as far as `seen` and no further behind
    /// than Δ.
    pub async fn confirm(&self, seen: Seq) -> Result<(), A::Error> {
        Ok(self.node.confirm(&self.database, seen).await?)
    }

    /// A position for an asker whose write was just refused. The reason was read in a transaction without a position,
    /// so it may be newer than this node's follower; this position is not below it, and nothing is served below it here.
    pub async fn after_refusal(&self) -> Result<Seq, A::Error> {
        self.node.revoke_lease();
        self.confirm(Seq::ZERO).await?;
        Ok(self.watermark())
    }

    /// The one judgement, for a tier outside this package. [`Self::confirm`] comes first.
    pub fn judge(&self, tags: &Tags<A>, as_of: Seq) -> Judgement<Tag<A>> {
        self.node.judge(tags, as_of)
    }

    /// Now, as Entries are stamped.
    pub fn now(&self) -> Millis {
        clock::now()
    }

    /// How far this node's follower is.
    pub fn watermark(&self) -> Seq {
        self.node.watermark()
    }

    /// Which log this database keeps.
    pub fn log_id(&self) -> LogId {
        self.node.log()
    }
}
