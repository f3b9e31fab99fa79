//! Why: an answer, and the judgement that is made of it, tag by tag.

use domain::{Because, Cause, Judgement, Key, Logged, Seq, Tag, Why};
use leptos::{prelude::*, task::spawn_local};

use super::{
    log::Touched,
    watch::Watch,
    words::{self, NONE},
};
use crate::{
    AppError,
    api::caches::{explain_answer, fetch_log, fetch_node_keys},
};

/// The answer in question, and its holder.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Chosen {
    key: Key,
    place: Place,
}

/// Who holds an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Browser,
    Node,
}

/// The answer in question; a handle to it, for the lists that have a button for it.
#[derive(Clone, Copy)]
pub struct Asking {
    text: RwSignal<String>,
    place: RwSignal<Place>,
    chosen: RwSignal<Option<Chosen>>,
    node: RwSignal<Option<Result<Option<Why>, AppError>>>,
    rows: RwSignal<Vec<Logged>>,
}

impl Asking {
    /// About nothing yet.
    pub fn begin() -> Self {
        Self {
            text: RwSignal::default(),
            place: RwSignal::new(Place::Browser),
            chosen: RwSignal::new(None),
            node: RwSignal::new(None),
            rows: RwSignal::default(),
        }
    }

    /// About what this browser holds of a key.
    pub fn of_browser(self, key: &Key) {
        self.text.set(key.to_string());
        self.place.set(Place::Browser);
        self.choose();
    }

    fn choose(self) {
        let text = self.text.get_untracked().trim().to_owned();
        self.node.set(None);
        self.rows.set(vec![]);
        let key = Key::from_text(&text);
        self.chosen.set((!text.is_empty()).then_some(Chosen { key, place: self.place.get_untracked() }));
    }
}

/// Where a key is chosen and explained.
#[component]
pub fn WhyCard(watch: Watch, asking: Asking) -> impl IntoView {
    let why = Memo::new(move |_| match asking.chosen.get()? {
        Chosen { key, place: Place::Browser } => watch.explain(&key),
        Chosen { place: Place::Node, .. } => asking.node.get().and_then(Result::ok).flatten(),
    });
    ask_node(watch, asking);
    ask_log(asking, why);
    let is_missing = Memo::new(move |_| {
        let answered = match asking.chosen.get() {
            None => false,
            Some(Chosen { place: Place::Browser, .. }) => true,
            Some(Chosen { place: Place::Node, .. }) => asking.node.get().is_some(),
        };
        answered && why.with(Option::is_none)
    });
    let missing = move || {
        let error = asking.node.get().and_then(Result::err);
        error.map_or_else(|| "No answer of that key is held there.".to_owned(), |error| error.to_string())
    };
    view! {
        <section class="card" aria-labelledby="why-title" id="why">
            <h2 class="card-title" id="why-title">"Why?"</h2>
            <WhyForm watch asking />
            <div role="status">
                <p class="page-lead" hidden=move || !is_missing.get() data-testid="why-missing">{missing}</p>
            </div>
            <Show when=move || why.with(Option::is_some)>
                <Explained watch why asking />
            </Show>
        </section>
    }
}

#[component]
fn WhyForm(watch: Watch, asking: Asking) -> impl IntoView {
    let node_keys = RwSignal::new(Vec::<Key>::new());
    let look = move |_| {
        spawn_local(async move {
            if let Ok(keys) = fetch_node_keys().await {
                node_keys.try_set(keys);
            }
        });
    };
    let own_keys = Memo::new(move |_| watch.holdings().into_iter().map(|one| one.key).collect::<Vec<_>>());
    let keys = Memo::new(move |_| match asking.place.get() {
        Place::Browser => own_keys.get(),
        Place::Node => node_keys.get(),
    });
    let place = move |which: Place, value: &'static str, label: &'static str| {
        view! {
            <label class="radio">
                <input type="radio" name="why-place" value=value prop:checked=move || asking.place.get() == which
                    on:change=move |_| asking.place.set(which) />
                {label}
            </label>
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        asking.choose();
    };
    view! {
        <form class="form" on:submit=submit data-testid="why-form">
            <div class="field">
                <label class="field-label" for="why-key">"Key"</label>
                <input class="field-input" id="why-key" list="why-keys" autocomplete="off" spellcheck="false"
                    placeholder="story-page.3?story=…" prop:value=move || asking.text.get() on:focus=look
                    on:input=move |event| asking.text.set(event_target_value(&event)) />
                <datalist id="why-keys">
                    <For each=move || keys.get() key=Clone::clone children=|key| view! { <option value=key.to_string()></option> } />
                </datalist>
            </div>
            <fieldset class="row">
                <legend class="field-label">"Held by"</legend>
                {place(Place::Browser, "browser", "this browser")}
                {place(Place::Node, "node", "this node’s memory")}
                <button class="button" data-size="small" type="submit">"Explain"</button>
            </fieldset>
        </form>
    }
}

#[component]
fn Explained(watch: Watch, why: Memo<Option<Why>>, asking: Asking) -> impl IntoView {
    let of = move |pick: fn(&Why) -> String| {
        let text = Memo::new(move |_| why.with(|why| why.as_ref().map_or_else(|| NONE.to_owned(), pick)));
        move || text.get()
    };
    let judgement = Memo::new(move |_| why.with(|why| why.as_ref().map(|why| why.explained.judgement)));
    let verdict = move || judgement.get().map(|judgement| view! { <Verdict judgement /> });
    let left = move || {
        let now = watch.now();
        why.with(|why| why.as_ref().map(|why| lifetime_left(why, now)))
    };
    let because =
        Memo::new(move |_| why.with(|why| why.as_ref().map(|why| why.explained.because.clone()).unwrap_or_default()));
    let as_of = Memo::new(move |_| why.with(|why| why.as_ref().map(|why| why.explained.as_of).unwrap_or_default()));
    view! {
        <div class="why" data-testid="why">
            <p><code class="why-key">{of(|why| why.key.to_string())}</code>" "{verdict}</p>
            <dl class="tier-card-counts">
                <dt>"True as of"</dt><dd>{of(|why| why.explained.as_of.to_string())}</dd>
                <dt>"The follower has read up to"</dt><dd>{of(|why| position(why.explained.watermark, "only what it was told"))}</dd>
                <dt>"and knows nothing before"</dt><dd>{of(|why| position(why.explained.floor, "the beginning"))}</dd>
                <dt>"Lifetime left"</dt><dd>{left}</dd>
            </dl>
            <div class="data-table-frame" tabindex="0" role="region" aria-label="Table of the answer’s tags">
                <table class="data-table">
                    <thead><tr>
                        <th scope="col">"Depends on"</th>
                        <th scope="col" data-kind="number">"Changed at"</th>
                        <th scope="col">"So it is"</th>
                    </tr></thead>
                    <tbody>
                        <For each=move || because.get() key=|one| (one.tag, one.refreshed, one.evicted, is_fresh(one)) children=because_row />
                    </tbody>
                </table>
            </div>
            <h3 class="why-rows">"Rows of the log that touched it"</h3>
            <p class="page-lead" hidden=move || !asking.rows.with(Vec::is_empty)>"None that the log still has."</p>
            <Touched rows=asking.rows as_of />
        </div>
    }
}

fn position(seq: Seq, none: &str) -> String {
    if seq > Seq::ZERO { seq.to_string() } else { none.to_owned() }
}

const fn is_fresh(one: &Because) -> bool {
    one.judgement.is_fresh()
}

fn because_row(one: Because) -> impl IntoView + use<> {
    let changed = match (one.refreshed, one.evicted) {
        (None, None) => "not since".to_owned(),
        (Some(refreshed), None) => refreshed.to_string(),
        (None, Some(evicted)) => format!("{evicted} (evicted)"),
        (Some(refreshed), Some(evicted)) => format!("{refreshed}, {evicted} (evicted)"),
    };
    view! {
        <tr>
            <th scope="row"><code>{one.tag.to_string()}</code></th>
            <td data-kind="number">{changed}</td>
            <td><Verdict judgement=one.judgement /></td>
        </tr>
    }
}

/// A judgement in a word, and why.
#[component]
pub fn Verdict(judgement: Judgement) -> impl IntoView {
    let (state, words) = match judgement {
        Judgement::Fresh => ("good", "fresh".to_owned()),
        Judgement::Stale(cause) => ("warn", format!("stale: {}", because(cause))),
        Judgement::Evicted(cause) => ("danger", format!("evicted: {}", because(cause))),
    };
    view! { <span class="badge" data-state=state>{words}</span> }
}

fn because(cause: Cause) -> String {
    match cause {
        Cause::Tag(tag, seq) => format!("{tag} changed at {seq}"),
        Cause::Floor(seq) => format!("the log is unknown before {seq}"),
    }
}

fn lifetime_left(why: &Why, now: domain::Millis) -> String {
    if why.stored_at == domain::Millis(0) {
        return "marked old".to_owned();
    }
    let left = why.keep_for - now.since(why.stored_at);
    if left > 0 { format!("{} of {}", words::millis(left), words::millis(why.keep_for)) } else { "over".to_owned() }
}

/// What the node's memory holds of the chosen key, asked again when the node has come further.
fn ask_node(watch: Watch, asking: Asking) {
    let watermark = Memo::new(move |_| watch.of_node(|said| said.report.watermark));
    Effect::new(move || {
        watermark.track();
        let Some(chosen) = asking.chosen.get().filter(|chosen| chosen.place == Place::Node) else { return };
        spawn_local(async move {
            let told = explain_answer(chosen.key.clone()).await;
            if asking.chosen.try_get_untracked().flatten() == Some(chosen) {
                asking.node.try_set(Some(told));
            }
        });
    });
}

/// The rows of the log that touched the chosen answer, asked again when the judgement is another.
fn ask_log(asking: Asking, why: Memo<Option<Why>>) {
    let asked = Memo::new(move |_| {
        why.with(|why| {
            let why = why.as_ref()?;
            let tags: Vec<Tag> = why.explained.because.iter().map(|one| one.tag).collect();
            let changed: Vec<Option<Seq>> =
                why.explained.because.iter().map(|one| one.refreshed.max(one.evicted)).collect();
            Some((tags, changed))
        })
    });
    Effect::new(move || {
        let Some((tags, _)) = asked.get() else { return };
        spawn_local(async move {
            if let Ok(rows) = fetch_log(tags).await {
                asking.rows.try_set(rows);
            }
        });
    });
}
