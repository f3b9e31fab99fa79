//! Whom the viewer mutes or blocks, once a page, and what stands in the place of these people's words.

use domain::{MySilences, Silence, UserId};
use leptos::prelude::*;

use crate::{
    boot,
    cache::{Reading, outcome, use_query},
    places,
};

/// The viewer's; none without a session.
#[derive(Clone, Copy)]
pub struct Silences(Option<Reading<MySilences>>);

impl Silences {
    /// Asks once for all that people say on a page: called by the page.
    pub fn provide() {
        let viewer = boot::viewer().map(|viewer| viewer.user);
        provide_context(Self(viewer.map(|by| use_query(move || MySilences { by }))));
    }

    /// Those of the page around.
    pub fn current() -> Self {
        use_context().unwrap_or(Self(None))
    }

    /// How the viewer silences this person, as far as is known.
    pub fn of(self, person: UserId) -> Option<Silence> {
        self.0.and_then(Reading::get).and_then(Result::ok)?.of(person)
    }
}

/// What stands first in an element with what a person said. If the viewer mutes or blocks that person it is a line that
/// opens the rest, which the style hides until then: so it works without a script. For strangers there is none.
#[component]
pub fn Fold(
    /// Who said it, if it is not gone.
    #[prop(into)]
    by: Signal<Option<UserId>>,
) -> impl IntoView {
    if boot::viewer().is_none() {
        return ().into_any();
    }
    let silences = Silences::current();
    let silence = outcome(move || by.get().and_then(|person| silences.of(person)));
    view! {
        <details class="fold" data-testid="fold" data-silence=move || places::silence(by.get(), silence.get())>
            <summary>
                "From a person you "<span data-how="mute">"muted"</span><span data-how="block">"blocked"</span>". "
                <span class="fold-verb" data-when="closed">"Show"</span>
                <span class="fold-verb" data-when="open">"Hide"</span>
            </summary>
        </details>
    }
    .into_any()
}

/// Says on a person's page that the viewer mutes or blocks them. The style hides it where that is not so.
#[component]
pub fn SilencedNote(
    /// Whose page it is.
    person: UserId,
) -> impl IntoView {
    if boot::viewer().is_none() {
        return ().into_any();
    }
    let silences = Silences::current();
    let silence = outcome(move || silences.of(person));
    view! {
        <p class="silenced-note" data-testid="silenced" data-silence=move || places::silence(Some(person), silence.get())>
            "You "<span data-how="mute">"muted"</span><span data-how="block">"blocked"</span>
            " this person. What they say is folded away for you, and no notice of it comes to you."
        </p>
    }
    .into_any()
}
