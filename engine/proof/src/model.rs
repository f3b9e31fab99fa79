//! The model: every interleaving of a small world, visited.
//!
//! Two nodes, two browsers, two writes about one row and one about another; what differs between
//! [`Scope`]s is which faults there are, because all of them at once are too many states.

mod act;
mod client;
mod scope;
mod table;
mod witness;
mod world;

use std::{sync::Arc, time::Instant};

use stateright::{Checker, HasDiscoveries, Model, Property};

pub use self::{
    act::Act,
    scope::Scope,
    table::{Noticed, notice, notice_at_all},
    witness::{Sight, Witness},
    world::World,
};
use crate::{broken::Broken, promise::Promise};

/// A scope of the model, sound or broken.
#[derive(Debug, Clone)]
pub struct Small {
    /// How much may happen.
    pub scope: Scope,
    /// Which rule is broken.
    pub broken: Option<Broken>,
    /// Whether only what users were promised is checked, and not what holds inside.
    pub users_only: bool,
    /// What was seen to happen, so that no promise is kept by nothing ever happening.
    pub witness: Arc<Witness>,
}

/// What a check found.
#[derive(Debug)]
pub struct Found {
    /// How many states there are, or were visited until a promise was broken.
    pub states: usize,
    /// Seconds it took.
    pub seconds: f32,
    /// The promise that was broken, and the way there.
    pub broken: Option<(Promise, Vec<String>)>,
}

impl Model for Small {
    type State = World;
    type Action = Act;

    fn init_states(&self) -> Vec<World> {
        vec![World::new(&self.scope)]
    }

    fn actions(&self, world: &World, acts: &mut Vec<Act>) {
        if world.broken.is_none() {
            world.acts(acts);
        }
    }

    fn next_state(&self, world: &World, act: Act) -> Option<World> {
        let mut next = world.clone();
        next.play(&act, self.broken, self.scope.attempts, &self.witness);
        if !self.users_only {
            next.check();
        }
        next.settle(self.broken, &self.witness);
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(Promise::ReadYourWrites.name(), |_, world: &World| world.keeps(Promise::ReadYourWrites)),
            Property::always(Promise::MonotonicReads.name(), |_, world: &World| world.keeps(Promise::MonotonicReads)),
            Property::always(Promise::EvictedStaysGone.name(), |_, world: &World| {
                world.keeps(Promise::EvictedStaysGone)
            }),
            Property::always(Promise::Staleness.name(), |_, world: &World| world.keeps(Promise::Staleness)),
            Property::always(Promise::OneNodeIsCurrent.name(), |_, world: &World| {
                world.keeps(Promise::OneNodeIsCurrent)
            }),
            Property::always(Promise::HonestEntries.name(), |_, world: &World| world.keeps(Promise::HonestEntries)),
            Property::always(Promise::FreshIsCurrent.name(), |_, world: &World| world.keeps(Promise::FreshIsCurrent)),
            Property::always(Promise::NeverBack.name(), |_, world: &World| world.keeps(Promise::NeverBack)),
        ]
    }
}

impl Small {
    /// This scope, with this rule broken or none.
    pub fn new(scope: Scope, broken: Option<Broken>) -> Self {
        Self { scope, broken, users_only: false, witness: Arc::default() }
    }

    /// Visits every state, or stops at the first broken promise. A broken rule is looked for breadth first,
    /// which finds a shortest way; what should hold is visited in depth, with less to remember.
    pub fn check(&self, threads: usize) -> Found {
        let began = Instant::now();
        let checker = self.clone().checker().threads(threads).finish_when(HasDiscoveries::AnyFailures);
        match self.broken {
            Some(_) => Self::found(&checker.spawn_bfs().join(), began),
            None => Self::found(&checker.spawn_dfs().join(), began),
        }
    }

    fn found(checker: &impl Checker<Self>, began: Instant) -> Found {
        let broken = Promise::ALL.into_iter().find_map(|promise| {
            let path = checker.discovery(promise.name())?;
            Some((promise, path.into_actions().iter().map(|act| format!("{act:?}")).collect()))
        });
        Found { states: checker.unique_state_count(), seconds: began.elapsed().as_secs_f32(), broken }
    }
}
