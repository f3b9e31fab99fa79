//! The cast: characters and settings, the author's notebook.

use domain::{CastKind, CastMember};
use leptos::prelude::*;

use super::{
    cast_item::{CastItem, NewMember},
    casting::Casting,
    desk::Desk,
};
use crate::components::Each;

/// Both lists.
#[component]
pub fn CastSection(desk: Desk, cast: Memo<Vec<CastMember>>) -> impl IntoView {
    let casting = Casting::new(desk);
    view! {
        <section class="section" aria-labelledby="cast-title">
            <h2 class="section-head" id="cast-title">"Cast"</h2>
            <div class="cast">
                <Members casting cast kind=CastKind::Character />
                <Members casting cast kind=CastKind::Setting />
            </div>
        </section>
    }
}

#[component]
fn Members(casting: Casting, cast: Memo<Vec<CastMember>>, kind: CastKind) -> impl IntoView {
    let members =
        Memo::new(move |_| cast.with(|cast| cast.iter().filter(|one| one.kind == kind).cloned().collect::<Vec<_>>()));
    let (id, title) = match kind {
        CastKind::Character => ("characters", "Characters"),
        CastKind::Setting => ("settings", "Settings"),
    };
    let title_id = format!("{id}-title");
    view! {
        <section class="card" aria-labelledby=title_id data-testid=id>
            <h3 class="card-title" id=title_id.clone()>{title}</h3>
            <ul class="cast-list">
                // Keyed by member alone: a form that is open stays open when another one is saved.
                <Each items=members key=|one: &CastMember| one.member let:one><CastItem casting member=one /></Each>
            </ul>
            <NewMember casting kind />
        </section>
    }
}
