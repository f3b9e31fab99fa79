//! Alerts: the troubles that a node, or a tab, tells people about. A state machine without a clock.
//!
//! Once a second the caller hands in the numbers of the last minute ([`Vitals`]) and gets the raised and the cleared
//! alerts. A rule raises its alert when its condition has held for a while, and clears it when the condition has been
//! away for a while. Between the two limits nothing changes (hysteresis), so that a figure near its limit does not
//! flap.

mod level;
mod limit;
mod minute;
mod rule;
mod unit;
mod vitals;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use self::{
    level::Level,
    limit::Limit,
    minute::{Counts, Minute},
    rule::Rule,
    unit::Unit,
    vitals::Vitals,
};
use crate::seq::Millis;

/// Something is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// The rule that raised it.
    pub rule: Rule,
    /// How bad that is.
    pub level: Level,
    /// When the condition began to hold.
    pub since: Millis,
    /// The last measured value, in the rule's unit.
    pub value: u64,
    /// The limit, in the same unit.
    pub threshold: u64,
    /// Whether a person has acknowledged it.
    pub acknowledged: bool,
}

/// What an evaluation changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", content = "alert", rename_all = "kebab-case")]
pub enum AlertEvent {
    /// This alert is new.
    Raised(Alert),
    /// This one is over.
    Cleared(Alert),
}

impl AlertEvent {
    /// Which alert.
    pub const fn alert(&self) -> &Alert {
        match self {
            Self::Raised(alert) | Self::Cleared(alert) => alert,
        }
    }
}

impl fmt::Display for Alert {
    /// One line for a log, as in "hit rate: 43 %, limit 60 %".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.rule.unit();
        write!(f, "{}: {}, limit {}", self.rule.label(), unit.show(self.value), unit.show(self.threshold))
    }
}

/// The state of every rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alerts {
    watches: [Watch; Rule::ALL.len()],
    /// How many times each rule's alert was acknowledged for, of those counted so far: of rules whose alert stays.
    forgiven: [u64; Rule::ALL.len()],
}

/// The state of one rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Watch {
    /// All is well.
    #[default]
    Calm,
    /// Its condition has held since then, which is not long enough yet.
    Suspected(Millis),
    /// It has an alert.
    Raised {
        alert: Alert,
        /// Since when the condition has been away.
        away_since: Option<Millis>,
    },
}

impl Alerts {
    /// Judges the numbers of the last minute, and says what changed.
    pub fn evaluate(&mut self, now: Millis, vitals: &Vitals) -> Vec<AlertEvent> {
        let watched = Rule::ALL.into_iter().zip(self.watches.iter_mut().zip(&mut self.forgiven));
        watched
            .filter_map(|(rule, (watch, forgiven))| {
                let reading = rule.reading(vitals).map(|counted| {
                    // After the metrics were cleared, they count from 0 again.
                    *forgiven = counted.min(*forgiven);
                    counted - *forgiven
                });
                watch.step(rule, now, reading)
            })
            .collect()
    }

    /// Acknowledges this rule's alert. It is shown for as long as its condition holds. A violation of freshness, which
    /// is over once it happened, is cleared by the next evaluation.
    pub fn acknowledge(&mut self, rule: Rule) {
        if let Watch::Raised { alert, .. } = &mut self.watches[rule as usize]
            && !alert.acknowledged
        {
            alert.acknowledged = true;
            if rule.stays() {
                self.forgiven[rule as usize] += alert.value;
            }
        }
    }

    /// The alerts there are, the worst first.
    pub fn active(&self) -> Vec<Alert> {
        let mut active: Vec<Alert> = self.watches.iter().filter_map(|watch| watch.alert().cloned()).collect();
        active.sort_by_key(|alert| (std::cmp::Reverse(alert.level), alert.since));
        active
    }
}

impl Watch {
    const fn alert(&self) -> Option<&Alert> {
        match self {
            Self::Calm | Self::Suspected(_) => None,
            Self::Raised { alert, .. } => Some(alert),
        }
    }

    /// `reading` is nothing when there was too little to judge by: no alert comes of that, and one
    /// that was raised ends, as if all were well.
    fn step(&mut self, rule: Rule, now: Millis, reading: Option<u64>) -> Option<AlertEvent> {
        let limit = rule.limit();
        let crossed = reading.filter(|value| limit.is_crossed(*value));
        match self {
            Self::Calm | Self::Suspected(_) => {
                let Some(value) = crossed else {
                    *self = Self::Calm;
                    return None;
                };
                let since = if let Self::Suspected(since) = self { (*since).min(now) } else { now };
                if now.since(since) < rule.raise_after() {
                    *self = Self::Suspected(since);
                    return None;
                }
                Some(self.raise(rule, since, value))
            }
            Self::Raised { alert, .. } if rule.stays() => match (alert.acknowledged, crossed) {
                (false, value) => {
                    alert.value = alert.value.max(value.unwrap_or_default());
                    None
                }
                // It happened again after it was acknowledged.
                (true, Some(value)) => Some(self.raise(rule, now, value)),
                (true, None) => self.clear(),
            },
            Self::Raised { alert, away_since } => {
                alert.value = reading.unwrap_or(alert.value);
                if reading.is_some_and(|value| !limit.is_left(value)) {
                    *away_since = None;
                    return None;
                }
                let since = away_since.map_or(now, |since| since.min(now));
                *away_since = Some(since);
                if now.since(since) < rule.clear_after() { None } else { self.clear() }
            }
        }
    }

    fn raise(&mut self, rule: Rule, since: Millis, value: u64) -> AlertEvent {
        let threshold = rule.limit().threshold();
        let alert = Alert { rule, level: rule.level(), since, value, threshold, acknowledged: false };
        *self = Self::Raised { alert: alert.clone(), away_since: None };
        AlertEvent::Raised(alert)
    }

    fn clear(&mut self) -> Option<AlertEvent> {
        match std::mem::take(self) {
            Self::Raised { alert, .. } => Some(AlertEvent::Cleared(alert)),
            Self::Calm | Self::Suspected(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
