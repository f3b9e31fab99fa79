//! The rules that watch over nodes, watching over this tab.

use domain::{Alert, Rule, Vitals};

use super::{Browser, lock, now};
use crate::cache::Storage;

/// The name in the tab's own storage under which acknowledgements are kept: they survive a reload.
const NAME: &str = "quire-alerts";

impl Browser {
    /// Goes on from what was acknowledged in this tab before.
    pub fn restore_alerts(&self) {
        if let Some(alerts) = Storage::of_tab(NAME).and_then(|text| serde_json::from_str(&text).ok()) {
            *lock(&self.0.alerts) = alerts;
        }
    }

    /// Judges this tab's last minute, and returns its alerts, the worst first. The debug page calls this once a second;
    /// a tab without that page is not judged.
    pub fn alerts(&self) -> Vec<Alert> {
        let now = now();
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
        if let Ok(text) = serde_json::to_string(&*alerts) {
            Storage::set_of_tab(NAME, &text);
        }
    }
}
