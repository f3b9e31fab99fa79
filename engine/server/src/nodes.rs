//! Who else serves this database: each node leaves word of itself in Redis once a second, for people
//! who look at the page. Nothing is decided by it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError, Weak},
    time::{Duration, Instant},
};

use abreast_core::observe::NodeStatus;
use tokio::time::MissedTickBehavior;

use crate::{App, Engine, clock, memory::Memory, node::Node, nouns::Tag, shared::Shared};

/// How often a node says how far it is.
const PERIOD: Duration = Duration::from_secs(1);

/// Who has said nothing new for so long is taken for gone.
const SILENCE: Duration = Duration::from_secs(10);

/// This node's name, and what it heard of the others.
#[derive(Default)]
pub(crate) struct Nodes {
    name: OnceLock<String>,
    others: Mutex<HashMap<String, Word>>,
}

/// What another node said last, and when this one noticed: by one clock, whatever theirs say.
struct Word {
    status: NodeStatus,
    heard: Instant,
}

impl Nodes {
    /// The others, by name.
    pub(crate) fn others(&self) -> Vec<NodeStatus> {
        let others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let mut others: Vec<_> =
            others.values().filter(|word| word.heard.elapsed() < SILENCE).map(|word| word.status.clone()).collect();
        others.sort_by(|one, other| one.name.cmp(&other.name));
        others
    }

    /// Takes in what all nodes say, this one left out. Gives who has been silent for too long.
    fn hear(&self, own: &str, said: HashMap<String, String>) -> Vec<String> {
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        for (id, text) in said.into_iter().filter(|(id, _)| id != own) {
            let Ok(status) = serde_json::from_str::<NodeStatus>(&text) else { continue };
            if others.get(&id).is_none_or(|word| word.status != status) {
                others.insert(id, Word { status, heard: Instant::now() });
            }
        }
        others.iter().filter(|(_, word)| word.heard.elapsed() > 2 * SILENCE).map(|(id, _)| id.clone()).collect()
    }

    fn forget(&self, ids: &[String]) {
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        others.retain(|id, _| !ids.contains(id));
    }
}

impl<A: App> Engine<A> {
    /// Serves under this name from now on, and tells the other nodes once a second how far it is.
    pub fn join(&self, name: String) {
        if self.nodes.name.set(name).is_ok()
            && let Some(shared) = &self.shared
        {
            let (node, memory) = (Arc::downgrade(&self.node), Arc::downgrade(&self.memory));
            tokio::spawn(tell(Arc::downgrade(shared), Arc::clone(&self.nodes), node, memory));
        }
    }

    /// This node first, then the others.
    pub(crate) fn statuses(&self) -> Vec<NodeStatus> {
        let own = status(&self.nodes, &self.node, &self.memory);
        std::iter::once(own).chain(self.nodes.others()).collect()
    }
}

/// Says and hears, until the node is gone. While the circuit breaker is open, it does neither.
async fn tell<A: App>(shared: Weak<Shared>, nodes: Arc<Nodes>, node: Weak<Node<A>>, memory: Weak<Memory<Tag<A>>>) {
    // Two nodes may have one name; this number is a node's alone.
    let id = format!("{:016x}", clock::new_bits());
    let mut ticks = tokio::time::interval(PERIOD);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let (Some(shared), Some(node), Some(memory)) = (shared.upgrade(), node.upgrade(), memory.upgrade()) else {
            return;
        };
        let own = serde_json::to_string(&status(&nodes, &node, &memory)).unwrap_or_default();
        match shared.exchange(&id, &own).await {
            Ok(said) => {
                let silent = nodes.hear(&id, said);
                if !silent.is_empty() && shared.forget_nodes(&silent).await.is_ok() {
                    nodes.forget(&silent);
                }
            }
            Err(error) => tracing::debug!(%error, "the other nodes were not told"),
        }
    }
}

fn status<A: App>(nodes: &Nodes, node: &Node<A>, memory: &Memory<Tag<A>>) -> NodeStatus {
    NodeStatus {
        name: nodes.name.get().cloned().unwrap_or_else(|| "this node".to_owned()),
        at: clock::now(),
        watermark: node.watermark(),
        confirmed: node.confirmed_ago(),
        entries: memory.size().0,
        version: A::VERSION.to_owned(),
    }
}
