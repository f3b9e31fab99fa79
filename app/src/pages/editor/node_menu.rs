//! The menu of a place in the outline: rename, move, add, delete.

mod alone;
mod items;

use std::sync::Arc;

use domain::ChapterId;
use leptos::{ev, prelude::*};

use self::alone::Alone;
use super::{
    ask::Question,
    chapter_state,
    desk::Desk,
    moves::{Way, one_place},
    outline,
    place::{self, Place},
    renaming::{self, Renaming},
};
use crate::components::{Icon, close_menu, count::counted, is_menu_open};

/// What can be done to a part, chapter or scene.
#[component]
pub fn NodeMenu(desk: Desk, place: Place, title: Signal<String>) -> impl IntoView {
    // A novel has hundreds of these: their content is made when they are opened.
    let open = RwSignal::new(false);
    let close = move || close_menu(&menu_id(place));
    // It is told a moment later: by then the place may be gone.
    let on_toggle = move |_| {
        let is_open = is_menu_open(&menu_id(place));
        open.try_set(is_open);
        if is_open {
            items::enter(&menu_id(place));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            // The drawer that it is in stays.
            event.stop_propagation();
            close();
            renaming::focus(format!("#{}", outline::row_id(place)));
        } else if items::on_key(&menu_id(place), &event.key()) {
            event.prevent_default();
        }
    };
    view! {
        <div class="menu" on:keydown=on_key>
            <button class="menu-button" type="button" tabindex=outline::INNER title="Shift+F10 in the outline"
                popovertarget=menu_id(place) aria-label=move || format!("Actions for {}", title.get())
                on:click=move |_| open.set(true)><Icon name="more" /></button>
            <div class="menu-list" id=menu_id(place) popover="auto" on:toggle=on_toggle>
                {move || open.get().then(|| view! { <Items desk place title=title.get_untracked() close=Callback::new(move |()| close()) /> })}
            </div>
        </div>
    }
}

fn menu_id(place: Place) -> String {
    format!("menu-{}", outline::row_id(place))
}

#[component]
fn Items(desk: Desk, place: Place, title: String, close: Callback<()>) -> impl IntoView {
    let up = desk.tree.with_untracked(|tree| one_place(tree, place, Way::Up));
    let down = desk.tree.with_untracked(|tree| one_place(tree, place, Way::Down));
    let put = move |to| {
        move |_| {
            close.run(());
            if let Some(to) = to {
                desk.put(to);
            }
        }
    };
    let is_out = desk.tree.with_untracked(|tree| tree.published);
    // A chapter that is added to a published story is a draft, which surprises those who expect it to be out.
    let add_chapter = if is_out { "Add a draft chapter" } else { "Add chapter" };
    let add = match place {
        Place::Part(part) => Some((add_chapter, "add-chapter", Callback::new(move |()| desk.add_chapter(part)))),
        Place::Chapter(chapter) => Some(("Add scene", "add-scene", Callback::new(move |()| desk.add_scene(chapter)))),
        Place::Story | Place::Scene(_) => None,
    };
    let release = match place {
        Place::Chapter(chapter) if is_out => Some(ReleaseItem { desk, chapter, close }),
        Place::Story | Place::Part(_) | Place::Chapter(_) | Place::Scene(_) => None,
    };
    let rename = move |_| {
        close.run(());
        desk.rename(place);
    };
    let delete = move |_| {
        close.run(());
        desk.question.set(Some(before_deleting(desk, place, &title)));
    };
    view! {
        {Renaming::can_be(place).then(|| view! {
            <button class="menu-item" type="button" data-testid="rename-node" aria-keyshortcuts="F2" on:click=rename>
                <Icon name="edit" />"Rename"
            </button>
        })}
        <button class="menu-item" type="button" data-testid="move-up" disabled=up.is_none() on:click=put(up)>
            <Icon name="up" />"Move up"
        </button>
        <button class="menu-item" type="button" data-testid="move-down" disabled=down.is_none() on:click=put(down)>
            <Icon name="down" />"Move down"
        </button>
        {add.map(|(label, testid, run)| {
            let add = move |_| {
                close.run(());
                run.run(());
            };
            view! { <button class="menu-item" type="button" data-begins data-testid=testid on:click=add><Icon name="add" />{label}</button> }
        })}
        {release.map(ReleaseItem::view)}
        <Alone desk place close />
        <button class="menu-item" type="button" data-kind="danger" data-testid="delete-node" on:click=delete>
            <Icon name="delete" />"Delete"
        </button>
    }
}

/// What publishes a chapter, or takes it back.
struct ReleaseItem {
    desk: Desk,
    chapter: ChapterId,
    close: Callback<()>,
}

impl ReleaseItem {
    fn view(self) -> AnyView {
        let Self { desk, chapter, close } = self;
        let (label, testid, icon) = if chapter_state::is_read_untracked(desk, chapter) {
            ("Unpublish", "unpublish-chapter", "unpublish")
        } else {
            ("Publish", "publish-chapter", "publish")
        };
        let change = move |_| {
            close.run(());
            if chapter_state::is_read_untracked(desk, chapter) {
                desk.unpublish_chapter(chapter);
            } else {
                desk.publish_chapter(chapter);
            }
        };
        view! { <button class="menu-item" type="button" data-testid=testid on:click=change><Icon name=icon />{label}</button> }
            .into_any()
    }
}

/// What to say before something is deleted.
fn before_deleting(desk: Desk, place: Place, title: &str) -> Question {
    let (chapters, scenes, words) = desk.tree.with_untracked(|tree| {
        let within = place::chapters(tree).filter(|found| match place {
            Place::Story => true,
            Place::Part(part) => found.part.part == part,
            Place::Chapter(chapter) => found.chapter.chapter == chapter,
            Place::Scene(_) => false,
        });
        within.fold((0u32, 0u32, 0u32), |(chapters, scenes, words), found| {
            (
                chapters + 1,
                scenes + u32::try_from(found.chapter.scenes.len()).unwrap_or(u32::MAX),
                words + place::words(found.chapter),
            )
        })
    });
    let with_it = match place {
        Place::Story | Place::Part(_) => format!(
            "{} and {} go with it, {} in all. You can have it back from the trash for 30 days.",
            counted(chapters, "chapter", "chapters"),
            counted(scenes, "scene", "scenes"),
            counted(words, "word", "words")
        ),
        Place::Chapter(_) => {
            format!(
                "{} go with it, {} in all. You can have it back from the trash for 30 days.",
                counted(scenes, "scene", "scenes"),
                counted(words, "word", "words")
            )
        }
        Place::Scene(_) => "Its text and notes go with it. You can have it back from the trash for 30 days.".to_owned(),
    };
    Question {
        title: format!("Delete “{title}”?"),
        text: with_it,
        button: format!("Delete {}", place.noun()),
        done: Arc::new(move || desk.delete(place)),
    }
}

/// The question before the whole story is deleted.
pub fn before_deleting_story(desk: Desk) -> Question {
    let title = desk.tree.with_untracked(|tree| tree.title.to_string());
    before_deleting(desk, Place::Story, &title)
}
