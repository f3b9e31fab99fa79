//! An older state of the database is restored under everybody, while at least one node runs on.

use abreast_core::{DELTA, Millis, NODE_LEASE, Seq};

use super::Play;
use crate::{broken::Broken, sim::cast::Happening};

/// For how many milliseconds the database is gone: longer than what was committed before takes to be told.
const STOPPED: i64 = 10;

impl Play {
    /// A backup is made, for later.
    pub(super) fn backs_up(&mut self) {
        self.say(|_| "a backup is made".into());
        self.backup = self.database.clone();
    }

    /// The database is stopped for everybody, to be restored.
    pub(super) fn begins_to_restore(&mut self) {
        self.say(|_| "the database is stopped".into());
        self.restoring = Millis(self.schedule.now.0 + STOPPED + DELTA);
        for server in &mut self.servers {
            server.blind = Millis(self.schedule.now.0 + STOPPED);
        }
        self.schedule.plan(STOPPED, Happening::Restore);
    }

    /// The backup takes the place of the database. Each node that serves reads the log within its lease, with or
    /// without questions: until then none restarts, and none loses the database. If all did, no node could notice
    /// (`docs/operating.md`).
    pub(super) fn restores(&mut self) {
        let rows = self.database.restore(&self.backup);
        // As many writes as were lost, before any node reads the log, would hide it.
        self.restored_until = Millis(self.schedule.now.0 + NODE_LEASE);
        self.oracle.restored(&rows, self.database.version(), self.schedule.now);
        for node in 0..self.servers.len() {
            let after = self.chance.millis(0, NODE_LEASE);
            self.schedule.plan(after, Happening::Follow(node, self.servers[node].life));
        }
    }

    /// A node reads the log, as it does a few times a second.
    pub(super) fn follow(&mut self, node: usize, life: u32) {
        let server = &mut self.servers[node];
        if server.life != life || self.broken == Some(Broken::SetBackIgnored) {
            return;
        }
        if let Some(told) = server.node.proof(&self.database, Seq::ZERO) {
            self.database.noticed(told, self.schedule.now);
            self.set_back += 1;
        }
        let asked = server.watch.read(self.schedule.now, self.broken);
        let caught = self.database.everything_since(server.node.follower.watermark());
        server.node.confirm(&caught, self.database.version_at(self.database.head()), asked, self.broken);
    }

    /// Whether a node may stop or lose the database just now.
    pub(super) fn may_fail(&self) -> bool {
        self.restoring <= self.schedule.now
    }
}
