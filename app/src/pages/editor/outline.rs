//! The outline: a story's tree as links, each with its menu.

use domain::{StoryTree, TreeChapter, TreePart, TreeScene};
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

/// Marks what is being edited.
fn current(desk: Desk, place: Place) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
    move || (desk.place.get() == place).then_some("true")
}

fn parts(desk: Desk, tree: &StoryTree) -> Vec<AnyView> {
    let mut chapter_number = 0;
    (1..)
        .zip(&tree.parts)
        .map(|(number, part)| {
            let chapters: Vec<_> = part
                .chapters
                .iter()
                .map(|chapter| {
                    chapter_number += 1;
                    chapter_row(desk, chapter_number, chapter)
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

fn chapter_row(desk: Desk, number: usize, chapter: &TreeChapter) -> AnyView {
    let (id, place, title) =
        (chapter.chapter, Place::Chapter(chapter.chapter), label(&chapter.title, "Chapter", number));
    let (label, words) = (title.clone(), place::words(chapter));
    let link = move || {
        view! {
            <a class="outline-link" href=place.href(desk.story) data-level="chapter" data-testid="chapter-node"
                data-chapter-id=id.to_string() aria-current=current(desk, place) on:keydown=on_key(desk, place)>
                {label.clone()}<Words words />
            </a>
        }
        .into_any()
    };
    let scenes = (1..).zip(&chapter.scenes).map(|(number, scene)| scene_row(desk, number, scene)).collect_view();
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

#[component]
fn Words(words: u32) -> impl IntoView {
    view! { <span class="outline-count"><span class="visually-hidden">", words: "</span>{grouped(words)}</span> }
}
