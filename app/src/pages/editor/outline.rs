//! The outline: a story's tree as links, each with its menu.

use domain::{ChapterId, ChapterState, StoryTree, TreeChapter, TreePart, TreeScene};
use leptos::prelude::*;

use super::{
    desk::Desk,
    node_menu::NodeMenu,
    place::{self, Place, label},
    rename::{link_or_field, on_key},
};
use crate::components::{Icon, count::grouped};

/// The outline beside the editor.
#[component]
pub fn Outline(desk: Desk) -> impl IntoView {
    let story = Place::Story;
    view! {
        // On a desk it scrolls by itself: so that keys can scroll it, it takes the focus.
        <aside class="editor-outline" aria-label="Outline" tabindex="0">
            <details class="outline">
                <summary class="outline-summary">"Outline"</summary>
                <nav class="editor-outline-body" aria-label="Parts, chapters and scenes">
                    <div class="outline-row">
                        <a class="outline-link" href=story.href(desk.story) data-level="story" data-testid="story-node"
                            aria-current=current(desk, story)>"About the story"</a>
                    </div>
                    <ol class="outline-list">{move || desk.tree.with(|tree| parts(desk, tree))}</ol>
                    <div class="outline-add">
                        <button class="button" data-size="small" type="button" data-testid="add-part"
                            on:click=move |_| desk.add_part()><Icon name="add" />"Add part"</button>
                    </div>
                </nav>
            </details>
        </aside>
    }
}

/// Marks the place that is being edited.
fn current(desk: Desk, place: Place) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
    move || (desk.place.get() == place).then_some("true")
}

/// In a story of more scenes than this, only those of the chapter that is open are listed.
const MANY: usize = 2_000;

/// Which chapters' scenes are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listed {
    All,
    One(ChapterId),
    None,
}

impl Listed {
    /// Depends on the open place only where there are many: elsewhere the outline stays as it is when another is
    /// opened.
    fn of(tree: &StoryTree, place: impl FnOnce() -> Place) -> Self {
        let scenes: usize = tree.parts.iter().flat_map(|part| &part.chapters).map(|chapter| chapter.scenes.len()).sum();
        if scenes <= MANY {
            return Self::All;
        }
        match place() {
            Place::Story | Place::Part(_) => Self::None,
            Place::Chapter(chapter) => Self::One(chapter),
            Place::Scene(scene) => {
                place::scene(tree, scene).map_or(Self::None, |found| Self::One(found.chapter.chapter))
            }
        }
    }

    fn has(self, chapter: ChapterId) -> bool {
        match self {
            Self::All => true,
            Self::One(open) => open == chapter,
            Self::None => false,
        }
    }
}

fn parts(desk: Desk, tree: &StoryTree) -> Vec<AnyView> {
    let listed = Listed::of(tree, || desk.place.get());
    let mut chapter_number = 0;
    (1..)
        .zip(&tree.parts)
        .map(|(number, part)| {
            let chapters: Vec<_> = part
                .chapters
                .iter()
                .map(|chapter| {
                    chapter_number += 1;
                    chapter_row(desk, chapter_number, chapter, listed.has(chapter.chapter))
                })
                .collect();
            part_row(desk, number, part, chapters)
        })
        .collect()
}

fn part_row(desk: Desk, number: usize, part: &TreePart, chapters: Vec<AnyView>) -> AnyView {
    let (id, place, title) = (part.part, Place::Part(part.part), label(&part.title, "Part", number));
    let words: u32 = part.chapters.iter().map(place::words).sum();
    let label = title.clone();
    let link = move || {
        view! {
            <a class="outline-link" href=place.href(desk.story) data-level="part" data-testid="part-node"
                data-part-id=id.to_string() aria-current=current(desk, place) on:keydown=on_key(desk, place)>
                {label.clone()}<Words words />
            </a>
        }
        .into_any()
    };
    view! {
        <li>
            <div class="outline-row">
                {link_or_field(desk, place, title.clone(), link)}
                <NodeMenu desk place title />
            </div>
            <ol class="outline-list">{chapters}</ol>
        </li>
    }
    .into_any()
}

fn chapter_row(desk: Desk, number: usize, chapter: &TreeChapter, lists_scenes: bool) -> AnyView {
    let (id, place, title) =
        (chapter.chapter, Place::Chapter(chapter.chapter), label(&chapter.title, "Chapter", number));
    let (label, words) = (title.clone(), place::words(chapter));
    // In a story that only its author can read, the state of each chapter says nothing.
    let state = desk.tree.with_untracked(|tree| tree.published).then(|| chapter.state.clone());
    let link = move || {
        view! {
            <a class="outline-link" href=place.href(desk.story) data-level="chapter" data-testid="chapter-node"
                data-chapter-id=id.to_string() aria-current=current(desk, place) on:keydown=on_key(desk, place)>
                <span class="outline-name">{label.clone()}</span>
                {state.clone().map(|state| view! { <State state /> })}
                <Words words />
            </a>
        }
        .into_any()
    };
    let scenes = (1..)
        .zip(chapter.scenes.iter().filter(|_| lists_scenes))
        .map(|(number, scene)| scene_row(desk, number, scene))
        .collect_view();
    view! {
        <li>
            <div class="outline-row">
                {link_or_field(desk, place, title.clone(), link)}
                <NodeMenu desk place title />
            </div>
            <ol class="outline-list">{scenes}</ol>
        </li>
    }
    .into_any()
}

fn scene_row(desk: Desk, number: usize, scene: &TreeScene) -> AnyView {
    let (id, place, title) = (scene.scene, Place::Scene(scene.scene), label(&scene.title, "Scene", number));
    view! {
        <li>
            <div class="outline-row">
                <a class="outline-link" href=place.href(desk.story) data-level="scene" data-testid="scene-node"
                    data-scene-id=id.to_string() aria-current=current(desk, place)>
                    {title.clone()}<Words words=scene.words />
                </a>
                <NodeMenu desk place title />
            </div>
        </li>
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

#[cfg(test)]
mod tests {
    use domain::SceneId;

    use super::*;
    use crate::pages::editor::fixture::story;

    /// A story of two chapters, the first with one scene, the second with so many more.
    fn check(scenes: usize, place: Place, expected: Listed) {
        let tree = story(&[&[0], &vec![0; scenes]]);
        assert_eq!(Listed::of(&tree, || place), expected, "{scenes} {place:?}");
    }

    #[test]
    fn of_many_scenes_those_of_the_open_chapter_are_listed() {
        let one = |number| Listed::One(ChapterId::from_bits(number));
        check(1_999, Place::Story, Listed::All);
        check(1_999, Place::Scene(SceneId::from_bits(1)), Listed::All);
        check(2_000, Place::Story, Listed::None);
        check(2_000, Place::Chapter(ChapterId::from_bits(2)), one(2));
        check(2_000, Place::Scene(SceneId::from_bits(1)), one(1));
        check(2_000, Place::Scene(SceneId::from_bits(8)), one(2));
    }
}
