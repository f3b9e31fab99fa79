//! A question: wanted, sent, gone on with, answered.

use std::sync::Arc;

use abreast_core::Asked;

use super::{World, last_change};
use crate::{
    broken::Broken,
    model::witness::{Sight, Witness},
    reading::{Place, Reading, Said, Stage, Weather},
    tab::Deed,
};

impl World {
    /// A client wants to read.
    pub(super) fn wants(&mut self, place: usize, broken: Option<Broken>, witness: &Witness) {
        let now = self.now();
        let client = Arc::make_mut(&mut self.clients[place]);
        client.waits = true;
        if !client.has_script {
            return self.carry_out(place, vec![Deed::Fetch(self.question.key.clone())], now, None, broken, witness);
        }
        let clocks = client.watch.read(now, broken);
        let deeds = client.tab.wanted(&mut client.jar, &self.question.key, clocks);
        if matches!(deeds.first(), Some(Deed::Show(..))) {
            witness.saw(Sight::ServedFromClientCache);
        }
        self.carry_out(place, deeds, now, None, broken, witness);
    }

    /// A question reaches a node.
    pub(super) fn reaches(&mut self, place: usize, node: usize, witness: &Witness) {
        let committed = self.committed[node];
        let known = self.nodes[node].follower.watermark();
        if let Some(call) = &mut Arc::make_mut(&mut self.clients[place]).call {
            (call.node, call.committed) = (Some(node), committed);
            call.reading = Reading::new(call.seen);
            if call.seen > known {
                witness.saw(Sight::Moved);
            }
        }
    }

    /// A node goes on with a question, up to the next moment at which something in this scope could
    /// make a difference.
    pub(super) fn step(
        &mut self,
        place: usize,
        weather: &Weather,
        broken: Option<Broken>,
        attempts: u8,
        witness: &Witness,
    ) {
        let now = self.now();
        let mut weather = weather;
        loop {
            let Some(call) = &mut Arc::make_mut(&mut self.clients[place]).call else { return };
            let Some(node) = call.node else { return };
            let before = call.reading.stage().clone();
            if let Stage::Leaping(told) = before {
                Arc::make_mut(&mut self.database).noticed(told, now);
            }
            let now = self.watches[node].read(now, broken);
            let (node, shared) = (Arc::make_mut(&mut self.nodes[node]), Arc::make_mut(&mut self.shared));
            let mut at = Place { node, shared, database: &self.database, now, broken };
            call.reading.step(&self.question, &mut at, weather, attempts);
            witness.stepped(&before, call.reading.stage(), weather);
            if !self.left.shared {
                self.shared = Arc::default();
            }
            let goes_on = match self.clients[place].call.as_ref().map(|call| call.reading.stage()) {
                // Only a lease can tell when the log was asked.
                Some(Stage::Confirming { .. }) => !self.left.times_leases,
                Some(Stage::Looking) => {
                    let choice = self.left.failures > 0 || self.left.shared || self.load_of_another(place).is_some();
                    !choice
                }
                Some(Stage::Arrived | Stage::Leaping(_) | Stage::Loading { .. } | Stage::Done(_)) | None => false,
            };
            if !goes_on {
                return;
            }
            weather = &Weather::Fair;
        }
    }

    pub(super) fn answered(&mut self, place: usize, broken: Option<Broken>, witness: &Witness) {
        let now = self.now();
        let client = Arc::make_mut(&mut self.clients[place]);
        let Some(call) = client.call.take() else { return };
        let Stage::Done(Some(said)) = call.reading.stage() else { return self.unanswered(place, broken, witness) };
        let asked = Asked { at: Some(call.clocks), seen: call.seen };
        let shows_all = !client.has_script || broken == Some(Broken::TakesAnything);
        if !client.has_script {
            witness.saw(Sight::ShownWithoutScript);
        }
        let deeds = match said {
            Said::Answer(answer) if shows_all => {
                let record = crate::tab::record(answer, now);
                // The cookie that the answer sets.
                client.jar.seen = client.jar.seen.max(record.as_of);
                vec![Deed::Show(self.question.key.clone(), Arc::new(record), answer.stale)]
            }
            Said::Answer(answer) => client.tab.answered(&mut client.jar, &self.question.key, answer, asked, now),
            Said::NotThere(as_of, rows) => {
                let deeds = if shows_all {
                    client.jar.seen = client.jar.seen.max(*as_of);
                    vec![]
                } else {
                    client.tab.not_there(&mut client.jar, &self.question.key, *as_of, asked)
                };
                if deeds.iter().all(|deed| !matches!(deed, Deed::Fetch(_))) && client.waits {
                    client.waits = false;
                    self.shown(place, last_change(rows), false, call.at, Some(call.committed), witness);
                }
                deeds
            }
        };
        if deeds.iter().any(|deed| matches!(deed, Deed::Fetch(_))) {
            witness.saw(Sight::AnswerDropped);
        }
        self.carry_out(place, deeds, call.at, Some(call.committed), broken, witness);
    }

    pub(super) fn unanswered(&mut self, place: usize, broken: Option<Broken>, witness: &Witness) {
        let now = self.now();
        let client = Arc::make_mut(&mut self.clients[place]);
        client.call = None;
        let deeds = client.tab.failed(&mut client.jar, &self.question.key, now);
        self.carry_out(place, deeds, now, None, broken, witness);
        // A client that was shown nothing gets an error.
        Arc::make_mut(&mut self.clients[place]).waits = false;
    }
}
