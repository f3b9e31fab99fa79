//! Whether a tab trusts the line, its own or that of the tab that leads: as long as it speaks.

use super::{LONGEST_PAUSE, Line, LineEffect, TabLeader};
use crate::{
    heartbeat::{GRACE, MAX_SILENCE, STALLED},
    nouns::Nouns,
    subscription::TabMessage,
};

impl<N: Nouns> TabLeader<N> {
    /// The line speaks, here or in the tab that leads.
    pub(super) fn is_live(&mut self) -> Vec<LineEffect<N>> {
        (self.unheard, self.untold) = (0, 0);
        let was_live = std::mem::replace(&mut self.live, true);
        (!was_live).then_some(LineEffect::Line(true)).into_iter().collect()
    }

    /// The tab that leads passed something on. One that stood still passes on at once what it was told meanwhile: that
    /// says nothing of the time since, so this tab asks, and trusts what it hears from the next second on.
    pub(super) fn is_passed_on(&mut self) -> Vec<LineEffect<N>> {
        match self.wordless {
            None => vec![],
            Some(seconds) if seconds >= STALLED => {
                self.wordless = None;
                vec![LineEffect::CatchUp]
            }
            Some(_) => {
                self.wordless = Some(0);
                self.is_live()
            }
        }
    }

    /// The line is gone: if it is not back soon, that is said, and asked about.
    pub(super) fn cut(&mut self) -> Vec<LineEffect<N>> {
        self.line = Line::Gone;
        self.untold = self.untold.max(MAX_SILENCE - GRACE);
        if !self.leads {
            return vec![];
        }
        let pause = self.pause;
        self.pause = pause.saturating_mul(2).min(LONGEST_PAUSE);
        vec![LineEffect::TellTabs(TabMessage::Silent), LineEffect::RetryWithin(pause)]
    }

    /// Nothing is known of the time in which the page was hidden: the line must speak soon.
    pub(super) fn hurry(&mut self) {
        for seconds in [&mut self.waited, &mut self.unheard, &mut self.untold] {
            *seconds = MAX_SILENCE.saturating_sub(GRACE).max(*seconds);
        }
        self.wordless = Some(STALLED);
    }

    pub(super) fn tick(&mut self) -> Vec<LineEffect<N>> {
        self.wordless = Some(self.wordless.map_or(1, |seconds| seconds.saturating_add(1)));
        for seconds in [&mut self.waited, &mut self.unheard, &mut self.untold] {
            *seconds = seconds.saturating_add(1);
        }
        let mut effects = vec![];
        if self.untold == MAX_SILENCE {
            self.live = false;
            effects.push(LineEffect::Line(false));
        }
        if self.untold >= MAX_SILENCE && self.untold.is_multiple_of(MAX_SILENCE) {
            effects.push(LineEffect::CatchUp);
        }
        if !self.leads && self.unheard >= MAX_SILENCE {
            // The tab that leads may be frozen, or gone without a word: this one goes on alone.
            self.leads = true;
            effects.extend(self.call());
        } else if self.leads && self.line != Line::Gone && self.waited >= MAX_SILENCE {
            effects.push(LineEffect::Disconnect);
            effects.extend(self.cut());
        } else if self.leads && !self.live {
            effects.push(LineEffect::TellTabs(TabMessage::Silent));
        }
        effects
    }
}
