//! A write: committed, told, pushed, acknowledged.

use std::sync::Arc;

use abreast_core::Seq;

use super::World;
use crate::{
    broken::Broken,
    database::Write,
    model::{
        client::Writing,
        scope::ASKED,
        witness::{Sight, Witness},
    },
};

impl World {
    pub(super) fn commits(&mut self, place: usize, node: usize, broken: Option<Broken>) {
        let client = Arc::make_mut(&mut self.clients[place]);
        let Some(write) = client.todo.pop() else { return };
        client.has_written = true;
        let (told, now) = (self.nodes[node].told(), self.now());
        let fact = Arc::make_mut(&mut self.database).commit(&[write], told, now, broken);
        if write.row() == ASKED {
            self.changes.push(fact.version);
        }
        if write == Write::Withdraw(ASKED) {
            self.withdrawn = fact.version;
        }
        let rows = broken != Some(Broken::FactFirst);
        Arc::make_mut(&mut self.clients[place]).writing = Some(Writing { node, fact, write, rows, told: false });
    }

    /// The second half of a commit that should have been one.
    pub(super) fn writes_rows(&mut self, place: usize) {
        if let Some(writing) = &mut Arc::make_mut(&mut self.clients[place]).writing {
            Arc::make_mut(&mut self.database).write(&[writing.write], &writing.fact);
            writing.rows = true;
        }
    }

    pub(super) fn tells(&mut self, place: usize, broken: Option<Broken>) {
        let Some(writing) = &mut Arc::make_mut(&mut self.clients[place]).writing else { return };
        writing.told = true;
        if broken != Some(Broken::OwnWriteUntold) {
            let node = Arc::make_mut(&mut self.nodes[writing.node]);
            node.apply(&writing.fact, broken);
            node.learnt(writing.fact.seq, Some(writing.fact.version));
        }
        let other = &mut self.pushes[1 - writing.node];
        other.push(Arc::clone(&writing.fact));
        other.sort_by_key(|fact| fact.seq);
        if writing.write.row() == ASKED {
            let committed = &mut self.committed[writing.node];
            *committed = writing.fact.version.max(*committed);
        }
    }

    pub(super) fn acknowledged(&mut self, place: usize, broken: Option<Broken>, witness: &Witness) {
        let now = self.now();
        let client = Arc::make_mut(&mut self.clients[place]);
        let Some(writing) = client.writing.take() else { return };
        if !client.has_script && client.waits {
            return;
        }
        if writing.write.row() == ASKED {
            client.history.wrote = client.history.wrote.max(writing.fact.version);
        }
        if broken == Some(Broken::OwnWriteUnheard) {
            return;
        }
        let deeds = client.tab.changed(&mut client.jar, writing.fact.seq, &writing.fact.directives);
        self.carry_out(place, deeds, now, None, broken, witness);
    }

    /// A push reaches a node.
    pub(super) fn pushed(&mut self, node: usize, seq: Seq, broken: Option<Broken>, witness: &Witness) {
        let pushes = &mut self.pushes[node];
        if let Some(at) = pushes.iter().position(|fact| fact.seq == seq) {
            let fact = pushes.remove(at);
            Arc::make_mut(&mut self.nodes[node]).apply(&fact, broken);
            if self.nodes[node].follower.has_gap() {
                witness.saw(Sight::Gap);
            }
        }
    }
}
