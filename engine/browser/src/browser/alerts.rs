//! The rules that watch over nodes, watching over this tab.

use abreast_core::observe::alert::{Alert, Rule, Vitals};

use super::{Browser, lock};
use crate::App;

impl<A: App> Browser<A> {
    /// Goes on from what was acknowledged in this tab before.
    pub fn restore_alerts(&self) {
        let kept = self.host().of_tab().and_then(|storage| storage.get(&name::<A>()));
        if let Some(alerts) = kept.and_then(|text| serde_json::from_str(&text).ok()) {
            *lock(&self.0.alerts) = alerts;
        }
    }

    /// Judges this tab's last minute, and returns its alerts, the worst first. The debug page calls this once a second;
    /// a tab without that page is not judged.
    pub fn alerts(&self) -> Vec<Alert> {
        let now = self.now();
        let samples = self.samples();
        let vitals = self.with_recorder(|recorder| Vitals::of_tab(recorder, &samples, now));
        let mut alerts = lock(&self.0.alerts);
        // What was raised and cleared is seen on the page, which is the only one to be told.
        alerts.evaluate(now, &vitals);
        alerts.active()
    }

    /// Acknowledges this rule's alert in this tab.
    pub fn acknowledge_alert(&self, rule: Rule) {
        let mut alerts = lock(&self.0.alerts);
        alerts.acknowledge(rule);
        if let (Ok(text), Some(storage)) = (serde_json::to_string(&*alerts), self.host().of_tab()) {
            storage.set(&name::<A>(), &text);
        }
    }
}

/// The name in the tab's own storage under which acknowledgements are kept: they survive a reload.
fn name<A: App>() -> String {
    format!("{}-alerts", A::NAME)
}
