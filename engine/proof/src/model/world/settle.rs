//! What can make no difference any more is forgotten, so that states that are equal look equal.
//!
//! Nothing is dropped that a node, a tab or a promise could still tell apart: whether it could is
//! asked of the very code that would look at it.

use std::sync::Arc;

use super::World;
use crate::{
    broken::Broken,
    database::Fact,
    model::witness::{Sight, Witness},
    node::Node,
};

impl World {
    /// After each act.
    pub(in crate::model) fn settle(&mut self, broken: Option<Broken>, witness: &Witness) {
        for (node, pushes) in self.nodes.iter().zip(&mut self.pushes) {
            pushes.retain(|fact| {
                let is_news = is_news(node, fact, broken);
                if !is_news {
                    witness.saw(Sight::PushOvertaken);
                }
                is_news
            });
        }
        self.drop_refused(broken);
        for client in &mut self.clients {
            // Only a reload reads localStorage.
            if self.left.reloads == 0 && !client.jar.records.is_empty() {
                Arc::make_mut(client).jar.records.clear();
            }
            // Less than what one wrote is noticed before less than what one was shown.
            if client.history.shown < client.history.wrote {
                let history = &mut Arc::make_mut(client).history;
                history.shown = history.wrote;
            }
        }
    }

    /// What both nodes refuse of what the shared tier has they refuse for ever: followers only learn,
    /// and one that restarts begins above all that was made old.
    fn drop_refused(&mut self, broken: Option<Broken>) {
        let nodes = &self.nodes;
        let refused = |entry: &_| !nodes.iter().any(|node| node.is_fresh(entry, broken));
        if self.shared.all().any(|entry| refused(entry)) {
            Arc::make_mut(&mut self.shared).forget(refused);
        }
    }
}

/// Whether a push would change a node: what it knows already it hears in vain.
fn is_news(node: &Node, fact: &Fact, broken: Option<Broken>) -> bool {
    if fact.seq > node.follower.watermark() {
        return true;
    }
    let mut after = node.clone();
    after.apply(fact, broken);
    after != *node
}
