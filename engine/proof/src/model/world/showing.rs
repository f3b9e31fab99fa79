//! A tab's effects, and the promises about the answers that it shows.

use std::sync::Arc;

use abreast_core::{Millis, Seq};

use super::{BEGINNING, TICK, World, last_change};
use crate::{
    broken::Broken,
    model::{
        client::{Call, CatchStage, Catching},
        witness::{Sight, Witness},
    },
    promise::Promise,
    reading::Reading,
    rows::decode,
    tab::Deed,
};

impl World {
    /// Carries out a tab's effects. `asked` is the moment of the question whose answer is shown.
    pub(super) fn carry_out(
        &mut self,
        place: usize,
        deeds: Vec<Deed>,
        asked: Millis,
        committed: Option<Seq>,
        broken: Option<Broken>,
        witness: &Witness,
    ) {
        let now = self.now();
        for deed in deeds {
            let client = Arc::make_mut(&mut self.clients[place]);
            let clocks = client.watch.read(now, broken);
            match deed {
                Deed::Show(_, record, marked) if client.waits => {
                    client.waits = false;
                    if marked {
                        witness.saw(Sight::FellBack);
                    }
                    self.shown(place, last_change(&decode(&record.body)), marked, asked, committed, witness);
                }
                Deed::Fetch(_) if client.waits && client.call.is_none() && client.questions > 0 => {
                    client.questions -= 1;
                    let (seen, reading) = (client.jar.seen, Reading::new(client.jar.seen));
                    client.call = Some(Call { at: now, clocks, seen, node: None, reading, committed: Seq::ZERO });
                }
                Deed::CatchUp(since, tags) => {
                    client.catching = Some(Catching { at: now, clocks, stage: CatchStage::Asked(since, tags) });
                }
                // More questions than this scope allows: who waits gives up, and may want it again.
                Deed::Fetch(_) if client.call.is_none() => client.waits = false,
                // What is asked for is shown once here, and not looked at.
                Deed::Show(..) | Deed::Fetch(_) | Deed::Old(_) => {}
            }
        }
    }

    /// A client sees this: each promise is checked by arithmetic on positions alone.
    pub(super) fn shown(
        &mut self,
        place: usize,
        value: Seq,
        marked: bool,
        asked: Millis,
        committed: Option<Seq>,
        witness: &Witness,
    ) {
        let period = usize::try_from((asked.0 - BEGINNING) / TICK).unwrap_or_default();
        let due = self.due.get(period).copied().unwrap_or_default();
        if !self.is_settled(period) {
            return;
        }
        let value = self.newest(value);
        let knows_of_withdrawal =
            self.knows(self.clients[place].jar.seen, self.withdrawn) || (!marked && due >= self.withdrawn);
        let history = &mut Arc::make_mut(&mut self.clients[place]).history;
        let broken = if value < history.wrote {
            Some(Promise::ReadYourWrites)
        } else if value < history.shown {
            Some(Promise::MonotonicReads)
        } else if value < self.withdrawn && knows_of_withdrawal {
            Some(Promise::EvictedStaysGone)
        } else if !marked && value < due {
            Some(Promise::Staleness)
        } else if !marked && committed.is_some_and(|committed| value < committed) {
            Some(Promise::OneNodeIsCurrent)
        } else {
            None
        };
        if value < self.withdrawn {
            witness.saw(Sight::EvictedShownInTime);
        }
        history.shown = history.shown.max(value);
        self.broken = self.broken.or(broken);
    }
}
