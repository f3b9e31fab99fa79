//! What can happen next.

use std::sync::Arc;

use crate::nouns::Entry;

use super::{TICK, World};
use crate::{
    clocks::Clock,
    database::Database,
    model::{
        act::Act,
        client::{Call, CatchStage, Catching, Client},
    },
    node::Node,
    reading::Stage,
    rows::Value,
};

impl World {
    /// Everything that can happen next.
    pub(in crate::model) fn acts(&self, acts: &mut Vec<Act>) {
        for (place, client) in self.clients.iter().enumerate() {
            self.acts_of(place, client, acts);
        }
        for (node, pushes) in self.pushes.iter().enumerate() {
            acts.extend(pushes.iter().map(|fact| Act::Pushed(node, fact.seq)));
        }
        if self.left.restarts > 0 {
            acts.extend((0..2).filter(|node| self.is_worth_restarting(*node)).map(Act::Restarts));
        }
        if self.left.ticks > 0 {
            acts.push(Act::Ticks);
        }
        if self.left.lies > 0 {
            self.lies_possible(acts);
        }
        if self.left.trims > 0 {
            acts.push(Act::Trims);
        }
        if self.left.restores > 0 && self.database.head() > Database::default().head() {
            acts.push(Act::Restores);
        }
    }

    /// A clock lies: one is enough, and no more than the time that passes in this scope.
    fn lies_possible(&self, acts: &mut Vec<Act>) {
        for place in 0..2 {
            if self.left.ticks > 0 {
                for clock in [Clock::Wall, Clock::Monotonic] {
                    acts.extend([Act::ClientStandsStill(place, clock), Act::NodeStandsStill(place, clock)]);
                }
            }
            for by in [-TICK, TICK] {
                acts.extend([Act::ClientSets(place, by), Act::NodeSets(place, by)]);
            }
        }
    }

    fn acts_of(&self, place: usize, client: &Client, acts: &mut Vec<Act>) {
        let failing = self.left.failures > 0;
        match &client.call {
            None if !client.waits && (client.has_script || client.writing.is_none()) => acts.push(Act::Wants(place)),
            None => {}
            Some(call) if call.node.is_none() => {
                acts.extend([Act::Reaches(place, 0), Act::Reaches(place, 1)]);
                if failing {
                    acts.extend([Act::ReachesBlind(place, 0), Act::ReachesBlind(place, 1), Act::Unanswered(place)]);
                }
            }
            Some(call) => self.acts_of_call(place, call, acts),
        }
        match &client.catching {
            Some(Catching { stage: CatchStage::Asked(..), .. }) => acts.push(Act::CatchesUp(place)),
            Some(Catching { stage: CatchStage::Read(_), .. }) => acts.push(Act::CaughtUp(place)),
            None => {}
        }
        if client.catching.is_some() && failing {
            acts.push(Act::CatchUpFails(place));
        }
        match &client.writing {
            // Which node is called the first makes no difference: it is the one where client 0 writes first.
            None if !client.todo.is_empty() && (client.has_script || !client.waits) => {
                let nodes = if place == 0 && !client.has_written { 0..1 } else { 0..2 };
                acts.extend(nodes.map(|node| Act::Commits(place, node)));
            }
            None => {}
            Some(writing) if !writing.rows => acts.push(Act::WritesRows(place)),
            Some(writing) if !writing.told => acts.push(Act::Tells(place)),
            Some(_) => acts.push(Act::Acknowledged(place)),
        }
        if self.left.reloads > 0 && client.writing.is_none() {
            acts.extend([Act::Reloads(place, true), Act::Reloads(place, false)]);
        }
    }

    fn acts_of_call(&self, place: usize, call: &Call, acts: &mut Vec<Act>) {
        let failing = self.left.failures > 0;
        match call.reading.stage() {
            Stage::Done(_) => acts.push(Act::Answered(place)),
            Stage::Looking => {
                acts.push(Act::Steps(place));
                acts.extend(self.shared.of(&self.question.key).map(|old| Act::StepsWithShared(place, Arc::clone(old))));
                if self.load_of_another(place).is_some() {
                    acts.push(Act::Joins(place));
                }
            }
            Stage::Arrived | Stage::Leaping(_) | Stage::Confirming { .. } | Stage::Loading { .. } => {
                acts.push(Act::Steps(place));
            }
        }
        if failing {
            match call.reading.stage() {
                Stage::Looking | Stage::Loading { .. } => acts.push(Act::StepsBlind(place)),
                Stage::Done(_) => acts.push(Act::Unanswered(place)),
                Stage::Arrived | Stage::Leaping(_) | Stage::Confirming { .. } => {}
            }
        }
    }

    /// A restart that changes nothing leaves a world in which less can happen: it need not be visited.
    fn is_worth_restarting(&self, node: usize) -> bool {
        let busy = |client: &Arc<Client>| {
            client.call.as_ref().is_some_and(|call| call.node == Some(node))
                || client.writing.as_ref().is_some_and(|writing| writing.node == node)
        };
        *self.nodes[node] != Node::start(&self.database)
            || !self.pushes[node].is_empty()
            || self.clients.iter().any(busy)
    }

    /// The other client's load at the same node.
    pub(super) fn load_of_another(&self, place: usize) -> Option<&Arc<Entry<Value>>> {
        let mine = self.clients[place].call.as_ref()?;
        let theirs = self.clients[1 - place].call.as_ref().filter(|theirs| theirs.node == mine.node)?;
        theirs.reading.own_load()
    }
}
