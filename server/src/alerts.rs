//! Watches over this node: has its numbers judged once a second, and tells the log, and a webhook.

pub mod notices;
pub mod webhook;

use std::time::Duration;

use domain::{Alert, AlertEvent, Level};
use store::Store;
use tokio::time::{MissedTickBehavior, interval};

use self::webhook::Webhook;

/// How often a node is judged.
const PAUSE: Duration = Duration::from_secs(1);

/// Judges and tells until the server stops.
pub async fn watch(store: Store, webhook: Option<Webhook>) {
    let mut ticks = interval(PAUSE);
    // A node that was frozen is judged once when it thaws, not once for each second it missed.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        for event in store.evaluate_alerts() {
            log(&event);
            if let Some(webhook) = &webhook {
                webhook.tell(event, store.now());
            }
        }
    }
}

fn log(event: &AlertEvent) {
    match event {
        AlertEvent::Raised(alert) => match alert.level {
            Level::Warning => tracing::warn!("{}", sentence(alert)),
            Level::Critical => tracing::error!("{}", sentence(alert)),
        },
        AlertEvent::Cleared(alert) => tracing::info!("alert over: {alert}"),
    }
}

fn sentence(alert: &Alert) -> String {
    format!("alert: {alert}. {}", alert.rule.explanation())
}
