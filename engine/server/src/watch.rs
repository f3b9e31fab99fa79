//! This node's alerts: its numbers of the last minute, judged by the rules once a second.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use abreast_core::{
    Millis,
    observe::{
        alert::{Alert, AlertEvent, Alerts, Counts, Minute, Rule, Vitals},
        metrics::{Tally, Tier},
    },
};

use crate::{App, Engine, clock};

/// What is known of this node from evaluation to evaluation.
pub(crate) struct Watch {
    state: Mutex<State>,
}

struct State {
    alerts: Alerts,
    minute: Minute,
    /// When the log's head was seen last.
    confirmed: Instant,
}

impl Default for Watch {
    fn default() -> Self {
        let state = State { alerts: Alerts::default(), minute: Minute::default(), confirmed: Instant::now() };
        Self { state: Mutex::new(state) }
    }
}

impl<A: App> Engine<A> {
    /// Judges this node's last minute by the rules, and says what changed. A node that serves calls it once
    /// a second.
    pub fn evaluate_alerts(&self) -> Vec<AlertEvent> {
        let now = clock::now();
        let vitals = self.vitals(now);
        self.watch.state().alerts.evaluate(now, &vitals)
    }

    /// This node's alerts, the worst first.
    pub fn alerts(&self) -> Vec<Alert> {
        self.watch.state().alerts.active()
    }

    /// A person knows of this rule's alert.
    pub fn acknowledge_alert(&self, rule: Rule) {
        self.watch.state().alerts.acknowledge(rule);
    }

    fn vitals(&self, now: Millis) -> Vitals {
        let mut tallies = [Tally::default(); Tier::ALL.len()];
        let invalidation_errors = self.node.invalidation_errors();
        let mut counts = Counts { invalidation_errors, ..Counts::default() };
        let mut slowest = 0;
        self.metrics.each(|recorder| {
            for tier in Tier::ALL {
                tallies[tier as usize].merge(recorder.tally_within(tier, now, Minute::MILLIS));
            }
            counts.answers.merge(recorder.answers());
            for moment in recorder.timeline().since(Millis(now.0 - Minute::MILLIS)) {
                slowest = slowest.max(moment.slowest());
            }
        });
        let confirmed = self.node.confirmed_ago();
        let mut state = self.watch.state();
        let counted = state.minute.advance(now, counts);
        Vitals {
            lag_ms: Some(state.lag(confirmed)),
            is_breaker_open: self.shared.as_ref().is_some_and(|shared| shared.is_breaker_open()),
            violations: self.samples().violations(),
            set_backs: self.node.set_backs(),
            ..Vitals::of_node(&tallies, &counted, slowest)
        }
    }
}

impl Watch {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Milliseconds since the log's head was seen; or since it was last trusted, if something made it doubtful.
    fn lag(&mut self, confirmed_ago: Option<i64>) -> u64 {
        let ago = confirmed_ago.map(|ago| Duration::from_millis(ago.unsigned_abs()));
        if let Some(confirmed) = ago.and_then(|ago| Instant::now().checked_sub(ago)) {
            self.confirmed = confirmed;
        }
        u64::try_from(self.confirmed.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use abreast_core::Seq;
    use services::Redis;

    use super::*;
    use crate::{
        Settings,
        example::{self, Changes},
    };

    /// Each number comes from where it should: what is not wired up would be 0.
    #[tokio::test]
    async fn a_node_knows_its_vitals() {
        let folder = tempfile::tempdir().expect("a folder");
        let redis = Redis::start();
        let settings = Settings { redis: Some(redis.url().parse().expect("an address")), ..Settings::default() };
        let (engine, _writer) = example::open(&folder.path().join("app.db"), settings).await;
        let before = engine.vitals(clock::now());
        assert_eq!((before.asked, before.answers, before.is_breaker_open), (0, 0, false));

        for _ in 0..10 {
            engine.fetch(&Changes {}, Seq::ZERO).await.expect("an answer");
        }
        (0..20).for_each(|_| engine.answered(Duration::from_secs(2)));
        engine.node.invalidation_failed();
        drop(redis);
        while !engine.shared.as_ref().is_some_and(|shared| shared.is_breaker_open()) {
            engine.clear_memory();
            engine.fetch(&Changes {}, Seq::ZERO).await.expect("an answer");
        }
        let vitals = engine.vitals(clock::now());
        assert_eq!((vitals.answers, vitals.p99_ms), (20, 2_000));
        assert_eq!((vitals.invalidation_errors, vitals.is_breaker_open), (1, true));
        assert!(vitals.asked > 10 && vitals.hits >= 9 && vitals.hits < vitals.asked, "{vitals:?}");
        // Nothing is trusted until the log is read again: the lag goes on from where it was.
        engine.node.revoke_lease();
        let lag = engine.vitals(clock::now()).lag_ms;
        assert!(lag >= vitals.lag_ms, "{lag:?}");
    }
}
