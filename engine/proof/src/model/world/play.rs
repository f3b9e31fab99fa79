//! What happens then: an act for each thing that can.

use std::sync::Arc;

use super::World;
use crate::{
    broken::Broken,
    clocks::Watch,
    model::{
        act::Act,
        scope::ASKED,
        witness::{Sight, Witness},
    },
    reading::Weather,
};

impl World {
    /// It happens.
    pub(in crate::model) fn play(&mut self, act: &Act, broken: Option<Broken>, attempts: u8, witness: &Witness) {
        match act {
            Act::Wants(place) => self.wants(*place, broken, witness),
            Act::Reaches(place, node) => {
                self.reaches(*place, *node, witness);
                self.step(*place, &Weather::Fair, broken, attempts, witness);
            }
            Act::ReachesBlind(place, node) => {
                self.reaches(*place, *node, witness);
                let weather = self.fail();
                self.step(*place, &weather, broken, attempts, witness);
            }
            Act::Steps(place) => self.step(*place, &Weather::Fair, broken, attempts, witness),
            Act::StepsWithShared(place, old) => {
                self.step(*place, &Weather::Shared(Arc::clone(old)), broken, attempts, witness);
            }
            Act::Joins(place) => {
                if let Some(entry) = self.load_of_another(*place).map(Arc::clone) {
                    witness.saw(Sight::Joined);
                    self.step(*place, &Weather::Joining(entry), broken, attempts, witness);
                }
            }
            Act::StepsBlind(place) => {
                let weather = self.fail();
                self.step(*place, &weather, broken, attempts, witness);
            }
            Act::Answered(place) => self.answered(*place, broken, witness),
            Act::Unanswered(place) => {
                self.left.failures -= 1;
                self.unanswered(*place, broken, witness);
            }
            Act::Commits(place, node) => self.commits(*place, *node, broken),
            Act::Restores => self.restores(),
            Act::WritesRows(place) => self.writes_rows(*place),
            Act::Tells(place) => self.tells(*place, broken),
            Act::Acknowledged(place) => self.acknowledged(*place, broken, witness),
            Act::CatchesUp(place) => self.catches_up(*place, broken),
            Act::CaughtUp(place) => self.caught_up(*place, broken, witness),
            Act::CatchUpFails(place) => self.catch_up_fails(*place, broken, witness),
            Act::Pushed(node, seq) => self.pushed(*node, *seq, broken, witness),
            Act::Restarts(node) => self.restarts(*node, witness),
            Act::Ticks => self.ticks(broken),
            Act::ClientStandsStill(place, clock) => {
                let now = self.now();
                self.client_watch(*place).stop(*clock, now);
                self.ticks(broken);
                let now = self.now();
                self.client_watch(*place).go_on(now);
                self.lies(witness);
            }
            Act::NodeStandsStill(node, clock) => {
                let now = self.now();
                self.watches[*node].stop(*clock, now);
                self.ticks(broken);
                let now = self.now();
                self.watches[*node].go_on(now);
                self.lies(witness);
            }
            Act::ClientSets(place, by) => {
                self.client_watch(*place).set_by(*by);
                self.lies(witness);
            }
            Act::NodeSets(node, by) => {
                self.watches[*node].set_by(*by);
                self.lies(witness);
            }
            Act::Trims => {
                self.left.trims -= 1;
                Arc::make_mut(&mut self.database).trim(1);
            }
            Act::Reloads(place, keeps) => self.reloads(*place, *keeps),
        }
    }

    fn ticks(&mut self, broken: Option<Broken>) {
        self.left.ticks -= 1;
        self.follow(broken);
        self.due.push(self.database.last(ASKED));
    }

    fn client_watch(&mut self, place: usize) -> &mut Watch {
        &mut Arc::make_mut(&mut self.clients[place]).watch
    }

    fn lies(&mut self, witness: &Witness) {
        self.left.lies -= 1;
        witness.saw(Sight::ClockLied);
    }

    fn fail(&mut self) -> Weather {
        self.left.failures -= 1;
        Weather::Unreachable
    }
}
