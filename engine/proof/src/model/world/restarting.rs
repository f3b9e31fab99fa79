//! A node that restarts, a tab that reloads: what each forgets.

use std::sync::Arc;

use super::World;
use crate::{
    model::witness::{Sight, Witness},
    node::Node,
    tab::Tab,
};

impl World {
    pub(super) fn restarts(&mut self, node: usize, witness: &Witness) {
        self.left.restarts -= 1;
        self.nodes[node] = Arc::new(Node::start(&self.database));
        // What it had committed it begins above; what was sent to it is lost.
        if !self.pushes[node].is_empty() {
            witness.saw(Sight::PushLost);
        }
        self.pushes[node].clear();
        for client in self.clients.iter_mut().map(Arc::make_mut) {
            if let Some(call) = client.call.as_mut().filter(|call| call.node == Some(node)) {
                call.reading.dies();
            }
            if client.writing.as_ref().is_some_and(|writing| writing.node == node && !writing.told && writing.rows) {
                client.writing = None;
            }
        }
    }

    pub(super) fn reloads(&mut self, place: usize, keeps: bool) {
        self.left.reloads -= 1;
        let client = Arc::make_mut(&mut self.clients[place]);
        if !keeps {
            client.jar.records.clear();
        }
        client.tab = Tab::open(&mut client.jar);
        (client.waits, client.call, client.catching) = (false, None, None);
    }
}
