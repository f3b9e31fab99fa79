//! A row of the outline, and what stands below it.

use domain::ChapterState;
use leptos::{attr::custom::custom_attribute, prelude::*};

use super::{
    next_row::NextRow,
    rows::Rows,
    screen,
    shape::{Row, can_grow},
};
use crate::{
    components::count::grouped,
    pages::editor::{node_menu::NodeMenu, place::Place, rename::link_or_field},
};

/// Once keys work, the Tab key leads past the link and the menu of a row. The server's page comes before that.
pub const INNER: Option<&str> = if cfg!(feature = "ssr") { None } else { Some("-1") };

/// A row with all below it.
pub fn node(rows: Rows, place: Place, level: u8) -> AnyView {
    let row = rows.follow(place);
    let title = Signal::derive(move || row.with(|row| row.title.clone()));
    let link = move || link(rows, place, row.get());
    let name = match place {
        Place::Part(_) | Place::Chapter(_) => link_or_field(rows.desk, place, title, link).into_any(),
        Place::Story | Place::Scene(_) => link.into_any(),
    };
    let menu = (place != Place::Story).then(|| view! { <NodeMenu desk=rows.desk place title /> });
    let tabindex = move || rows.is_alive.get().then(|| if rows.is_stop(place) { "0" } else { "-1" });
    let id = screen::id(place);
    view! {
        <li role="none">
            <div class="outline-row" role="treeitem" {..custom_attribute("aria-level", level.to_string())} id=id.clone() tabindex=tabindex
                aria-labelledby=format!("{id}-name") aria-expanded=expanded(rows, place)
                aria-current=move || rows.is_shown(place).then_some("true")
            >
                {may_fold(place).then(|| view! { <span class="outline-fold" aria-hidden="true"></span> })}
                {name}
                {menu}
            </div>
            {below(rows, place, level)}
        </li>
    }
    .into_any()
}

/// What stands below a row. In a large story, that is made once the row is open.
fn below(rows: Rows, place: Place, level: u8) -> Option<AnyView> {
    if !may_fold(place) {
        return None;
    }
    let is_listed = move || rows.shape.with(|shape| !shape.is_large) || rows.folds.is_open(place);
    let listed =
        Memo::new(move |_| if is_listed() { rows.shape.with(|shape| shape.below(place).to_vec()) } else { Vec::new() });
    let one = move |place| node(rows, place, level + 1);
    Some(
        view! {
            <ol class="outline-list" role="group">
                <For each=move || listed.get() key=|place| *place children=one />
                {move || can_grow(place, || rows.is_in_hand(place)).then(|| view! { <NextRow desk=rows.desk above=place level=level + 1 /> })}
            </ol>
        }
        .into_any(),
    )
}

/// Whether there can be something below.
const fn may_fold(place: Place) -> bool {
    match place {
        Place::Part(_) | Place::Chapter(_) => true,
        Place::Story | Place::Scene(_) => false,
    }
}

/// Whether the rows below are open; of a row with none below, nothing.
fn expanded(rows: Rows, place: Place) -> impl Fn() -> Option<String> + Send + Sync + 'static {
    move || {
        let has_some = rows.shape.with(|shape| !shape.below(place).is_empty());
        has_some.then(|| rows.folds.is_open(place).to_string())
    }
}

fn link(rows: Rows, place: Place, row: Row) -> AnyView {
    let Row { title, words, state, opens } = row;
    let (part, chapter) = match place {
        Place::Part(part) => (Some(part.to_string()), None),
        Place::Chapter(chapter) => (None, Some(chapter.to_string())),
        Place::Story | Place::Scene(_) => (None, None),
    };
    let scene = match opens {
        Place::Scene(scene) => Some(scene.to_string()),
        Place::Story | Place::Part(_) | Place::Chapter(_) => None,
    };
    let noun = place.noun();
    view! {
        <a class="outline-link" href=opens.href(rows.desk.story) id=format!("{}-name", screen::id(place)) tabindex=INNER
            draggable="false" data-level=noun data-testid=format!("{noun}-node")
            data-part-id=part data-chapter-id=chapter data-scene-id=scene
        >
            <span class="outline-name">{title}</span>
            {state.map(|state| view! { <State state /> })}
            {words.map(|words| view! { <Words words /> })}
        </a>
    }
    .into_any()
}

/// Whether readers have the chapter: said of those that they have not, shown of the others.
#[component]
fn State(state: ChapterState) -> impl IntoView {
    match state {
        ChapterState::Draft => view! { <span class="outline-state" data-state="draft">"Draft"</span> }.into_any(),
        ChapterState::Scheduled(_) => {
            view! { <span class="outline-state" data-state="scheduled">"Scheduled"</span> }.into_any()
        }
        ChapterState::Published => view! {
            <span class="outline-state" data-state="published"><span class="visually-hidden">"Published"</span></span>
        }
        .into_any(),
    }
}

#[component]
fn Words(words: u32) -> impl IntoView {
    view! { <span class="outline-count"><span class="visually-hidden">", words: "</span>{grouped(words)}</span> }
}
