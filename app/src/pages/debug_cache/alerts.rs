//! Alerts: of this node, and of this tab.

use domain::{Alert, Level, Millis, Rule};
use leptos::{prelude::*, task::spawn_local};

use super::{watch::Watch, words};
use crate::{
    AppError,
    api::caches::acknowledge_alert,
    cache::Browser,
    components::{Each, ToastKind, use_toasts},
};

/// Where an alert was raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Node,
    Tab,
}

/// An alert, where it was raised, and for how long it has been.
#[derive(Debug, Clone, PartialEq)]
struct Raised {
    place: Place,
    alert: Alert,
    lasts: i64,
}

/// The alerts there are, the worst first; a word when there is none.
#[component]
pub fn AlertList(watch: Watch) -> impl IntoView {
    let raised = Memo::new(move |_| raised(watch));
    let well = move || {
        let known = watch.of_node(|_| ()).is_some();
        (known && raised.with(Vec::is_empty)).then_some("No alerts: all is as it should be.")
    };
    view! {
        <section class="alerts" aria-label="Alerts" data-testid="alerts">
            <p class="alerts-well" role="status">{well}</p>
            <Each items=raised key=|one| (one.place, one.alert.rule) children=move |one| view! { <OneAlert one watch /> } />
        </section>
    }
}

#[component]
fn OneAlert(one: Memo<Raised>, watch: Watch) -> impl IntoView {
    let toasts = use_toasts();
    let (place, rule) = one.with_untracked(|one| (one.place, one.alert.rule));
    let acknowledge = move |_| {
        spawn_local(async move {
            if let Err(error) = acknowledge_at(place, rule, watch).await {
                toasts.toast(error.to_string(), ToastKind::Danger);
            }
            watch.look();
        });
    };
    let kind = move || {
        one.with(|one| match one.alert.level {
            Level::Warning => "warn",
            Level::Critical => "danger",
        })
    };
    let at = match place {
        Place::Node => "this node",
        Place::Tab => "this browser",
    };
    let since = move || one.with(|one| format!("for {}", words::millis(one.lasts)));
    let known = move || one.with(|one| one.alert.acknowledged);
    let name = format!("Acknowledge {}", rule.label());
    view! {
        <div class="notice" data-kind=kind data-testid="alert">
            <p class="notice-text">
                <strong>{move || one.with(|one| one.alert.to_string())}</strong>
                " ("{at}", "{since}"). "{rule.explanation()}
            </p>
            <div class="notice-actions">
                <span class="badge" hidden=move || !known()>"acknowledged"</span>
                <button class="button" data-size="small" type="button" hidden=known aria-label=name on:click=acknowledge>
                    "Acknowledge"
                </button>
            </div>
        </div>
    }
}

async fn acknowledge_at(place: Place, rule: Rule, watch: Watch) -> Result<(), AppError> {
    match place {
        Place::Node => acknowledge_alert(rule).await,
        Place::Tab => {
            watch.with_browser(|browser: &Browser| browser.acknowledge_alert(rule));
            Ok(())
        }
    }
}

fn raised(watch: Watch) -> Vec<Raised> {
    // Whole seconds: the words about an alert change no more often than they can be read.
    let lasts = |alert: &Alert, now: Millis| now.since(alert.since) / 1_000 * 1_000;
    let place = |place: Place, now: Millis| move |alert: Alert| Raised { place, lasts: lasts(&alert, now), alert };
    let of_node = watch
        .of_node(|said| said.report.alerts.iter().cloned().map(place(Place::Node, said.report.at)).collect::<Vec<_>>());
    let of_tab = watch.alerts().into_iter().map(place(Place::Tab, watch.now()));
    let mut raised: Vec<Raised> = of_node.unwrap_or_default().into_iter().chain(of_tab).collect();
    raised.sort_by_key(|one| (std::cmp::Reverse(one.alert.level), one.alert.since));
    raised
}
