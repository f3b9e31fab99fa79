//! The rules that watch over nodes, watching over this tab.

use domain::{Alert, Rule, Vitals};

use super::{Browser, lock, now};

impl Browser {
    /// Judges this tab's last minute, and says which alerts there are, the worst first. Once a second by
    /// whoever shows them; a tab that nobody looks into is not judged.
    pub fn alerts(&self) -> Vec<Alert> {
        let now = now();
        let vitals = self.with_recorder(|recorder| Vitals::of_tab(recorder, now));
        let mut alerts = lock(&self.0.alerts);
        // What was raised and cleared is seen on the page, which is the only one to be told.
        alerts.evaluate(now, &vitals);
        alerts.active()
    }

    /// Somebody knows of this rule's alert in this tab.
    pub fn acknowledge_alert(&self, rule: Rule) {
        lock(&self.0.alerts).acknowledge(rule);
    }
}
