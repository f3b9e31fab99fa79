//! The people whom one muted or blocked, and a way back for each.

use domain::{MySilences, Silenced, UserId};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::silence::EndSilence,
    cache::{action, use_query},
    components::{Loaded, Says, Time, byline::byline},
};

/// The list, or that it is empty.
#[component]
pub fn SilencedList(viewer: UserId) -> impl IntoView {
    let reading = use_query(move || MySilences { by: viewer });
    let nothing = || {
        view! {
            <p data-testid="no-silences">
                "There is no person on this list. You find “Mute or block” on a person’s page, and below what they say."
            </p>
        }
    };
    view! {
        <section class="card stack" aria-labelledby="silences-title">
            <h2 id="silences-title">"People you muted or blocked"</h2>
            <Loaded reading let:people>
                <Show when=move || people.with(|people| !people.0.is_empty()) fallback=nothing>
                    <ul class="trash-list" data-testid="silences">
                        {move || people.with(|people| people.0.iter().map(row).collect_view())}
                    </ul>
                </Show>
            </Loaded>
        </section>
    }
}

fn row(silenced: &Silenced) -> impl IntoView + use<> {
    let Silenced { person, how, since } = silenced.clone();
    view! {
        <li>
            <div class="trash-row" data-testid="silenced">
                <div class="trash-row-text">
                    <p><strong>{byline(&person)}</strong>" "<span class="badge" data-state="info">{how.label()}</span></p>
                    <p class="trash-row-facts">"Since "<Time at=Signal::derive(move || since) says=Says::Day /></p>
                </div>
                <form class="trash-row-actions" action=action(EndSilence::PATH) method="post">
                    <input type="hidden" name="person" value=person.user.to_string() />
                    <input type="hidden" name="next" value="/account#silences-title" />
                    <button class="button" data-size="small" data-testid="end-silence">
                        "Undo"<span class="visually-hidden">{format!(" for {}", person.name)}</span>
                    </button>
                </form>
            </div>
        </li>
    }
}
