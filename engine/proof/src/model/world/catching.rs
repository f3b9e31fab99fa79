//! A tab's catch-up: read, answered, lost.

use std::sync::Arc;

use super::World;
use crate::{
    broken::Broken,
    model::{
        client::{CatchStage, Catching},
        witness::Witness,
    },
};

impl World {
    /// It is read.
    pub(super) fn catches_up(&mut self, place: usize, broken: Option<Broken>) {
        let (now, seen) = (self.now(), self.clients[place].jar.seen);
        if self.database.head() < seen && broken != Some(Broken::SetBackIgnored) {
            // The cookie proves how far the log has been.
            Arc::make_mut(&mut self.database).noticed(seen, now);
        }
        if let Some(Catching { stage, .. }) = &mut Arc::make_mut(&mut self.clients[place]).catching
            && let CatchStage::Asked(since, tags) = stage
        {
            *stage = CatchStage::Read(self.database.changes_since(*since, tags));
        }
    }

    /// Its answer reaches the tab.
    pub(super) fn caught_up(&mut self, place: usize, broken: Option<Broken>, witness: &Witness) {
        let client = Arc::make_mut(&mut self.clients[place]);
        if let Some(Catching { at, clocks, stage: CatchStage::Read(caught) }) = client.catching.take() {
            let deeds = client.tab.caught_up(&mut client.jar, Some(caught), clocks);
            self.carry_out(place, deeds, at, None, broken, witness);
        }
    }

    /// It is lost.
    pub(super) fn catch_up_fails(&mut self, place: usize, broken: Option<Broken>, witness: &Witness) {
        self.left.failures -= 1;
        let now = self.now();
        let client = Arc::make_mut(&mut self.clients[place]);
        client.catching = None;
        let deeds = client.tab.caught_up(&mut client.jar, None, client.watch.read(now, broken));
        self.carry_out(place, deeds, now, None, broken, witness);
    }
}
