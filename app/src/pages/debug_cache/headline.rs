//! At a glance: is everything fresh, how fast is it, and is something wrong?

use domain::Tier;
use leptos::prelude::*;

use super::{
    watch::Watch,
    words::{self, NONE},
};

/// Rates are of the last minute.
const MINUTE: i64 = 60_000;

/// A rate of fewer questions is no reason to worry: the first ones miss.
const ENOUGH: u64 = 20;

/// One figure, with what it means.
#[derive(Debug, Clone, PartialEq)]
struct Figure {
    value: String,
    hint: String,
    /// As badges are coloured; nothing where there is nothing to judge.
    state: Option<&'static str>,
}

/// The figures that matter most, in a row.
#[component]
pub fn Headline(watch: Watch) -> impl IntoView {
    let figures: [(&'static str, &'static str, Signal<Figure>); 6] = [
        ("freshness", "Older than promised", Memo::new(move |_| freshness(watch)).into()),
        ("position", "Behind the log", Memo::new(move |_| follower(watch)).into()),
        ("server-rate", "Server hit rate", Memo::new(move |_| server_rate(watch)).into()),
        ("browser-rate", "Browser hit rate", Memo::new(move |_| browser_rate(watch)).into()),
        ("p50", "Answers, p50", Memo::new(move |_| answers(watch, 500)).into()),
        ("p99", "Answers, p99", Memo::new(move |_| answers(watch, 990)).into()),
    ];
    view! {
        <dl class="figures">
            {figures.map(|(name, label, figure)| view! {
                <div class="figure" data-state=move || figure.get().state data-testid=format!("figure-{name}")>
                    <dt class="figure-label">{label}</dt>
                    <dd class="figure-value">{move || figure.get().value}</dd>
                    <dd class="figure-hint">{move || figure.get().hint}</dd>
                </div>
            })}
        </dl>
    }
}

/// What was found when answers were looked at again, past every cache.
fn freshness(watch: Watch) -> Figure {
    let found = watch.of_node(|said| (said.report.samples.checked(), said.report.samples.violations()));
    let Some((checked, violations)) = found else { return nothing("not asked yet") };
    if checked == 0 {
        return nothing("not sampled yet: a share of what is served is looked at again");
    }
    Figure {
        value: words::number(violations),
        hint: format!("of {} answers that were looked at again", words::number(checked)),
        state: Some(if violations == 0 { "good" } else { "danger" }),
    }
}

fn follower(watch: Watch) -> Figure {
    let known = watch.of_node(|said| (said.report.watermark, said.report.confirmed));
    let Some((watermark, confirmed)) = known else { return nothing("not asked yet") };
    let hint = |text: String| format!("at position {watermark}; {text}");
    match confirmed {
        Some(ago) if ago <= domain::DELTA => Figure {
            value: words::millis(ago),
            hint: hint("at most, for it was read so long ago".to_owned()),
            state: Some("good"),
        },
        Some(ago) => Figure {
            value: words::millis(ago),
            hint: hint("reads the log before it answers".to_owned()),
            state: Some("warn"),
        },
        None => Figure {
            value: NONE.to_owned(),
            hint: hint("reads the log before it answers".to_owned()),
            state: Some("warn"),
        },
    }
}

/// Pages and answers that this node, or another by way of Redis, had already. What a kept page answers,
/// memory isn't asked; what memory hasn't, Redis is.
fn server_rate(watch: Watch) -> Figure {
    let counted = watch.of_node(|said| {
        let within = |tier| said.report.recorder.tally_within(tier, said.report.at, MINUTE);
        let (page, memory, redis) = (within(Tier::Page), within(Tier::Memory), within(Tier::Redis));
        let asked = page.hits + memory.asked();
        // Answers from Redis to the warming job were not asked for by a reader.
        ((page.hits + memory.hits + redis.hits).min(asked), asked)
    });
    rate(counted, "the last minute")
}

/// Questions of this tab that needed no answer from the server. What neither tier has is a miss of both.
fn browser_rate(watch: Watch) -> Figure {
    let counted = watch.of_browser(|recorder| {
        let (signals, storage) = (recorder.tally(Tier::Signals), recorder.tally(Tier::LocalStorage));
        let hits = signals.hits + storage.hits;
        // What the screen had not, localStorage was asked for.
        (hits, signals.hits + signals.misses)
    });
    rate(counted, "since this tab was opened")
}

fn rate(counted: Option<(u64, u64)>, when: &str) -> Figure {
    let Some((hits, asked)) = counted else { return nothing("not asked yet") };
    match words::percent(hits, asked) {
        Some(value) => Figure {
            value,
            hint: format!("{} of {}, {when}", words::number(hits), words::number(asked)),
            state: (asked >= ENOUGH).then_some(if hits * 100 >= asked * 60 { "good" } else { "warn" }),
        },
        None => nothing(&format!("no questions, {when}")),
    }
}

fn answers(watch: Watch, permille: u64) -> Figure {
    let counted = watch.of_node(|said| {
        let answers = said.report.recorder.answers();
        (answers.permille(permille), answers.count())
    });
    match counted {
        Some((Some(took), count)) => Figure {
            value: words::micros(took),
            hint: format!("of {} requests since the start", words::number(count)),
            state: Some(if took <= 1_000_000 { "good" } else { "warn" }),
        },
        Some((None, _)) => nothing("no requests yet"),
        None => nothing("not asked yet"),
    }
}

fn nothing(hint: &str) -> Figure {
    Figure { value: NONE.to_owned(), hint: hint.to_owned(), state: None }
}
