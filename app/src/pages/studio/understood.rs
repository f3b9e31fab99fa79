//! What was understood of a file, before it is imported: its outline, where each heading's level can be changed.

use domain::{Bookshelf, FileHeading, FileLevel, OwnStory};
use leptos::prelude::*;

use crate::{api::import::Understood, cache::Reading, components::count::counted};

/// The outline, what was passed over, and where the chapters are to go.
#[component]
pub fn UnderstoodView(
    found: Understood,
    levels: RwSignal<Vec<FileLevel>>,
    stories: Reading<Bookshelf>,
) -> impl IntoView {
    let Understood { title, outline, remarks, .. } = found;
    let counts = outline.iter().map(|heading| heading.words).collect::<Vec<_>>();
    let words = move || {
        let taken = |levels: &Vec<FileLevel>| {
            let taken = levels.iter().zip(&counts).filter(|(level, _)| **level != FileLevel::LeftOut);
            taken.map(|(_, words)| words).sum()
        };
        counted(levels.with(taken), "word", "words")
    };
    let chapters = move || {
        let count = levels.with(|levels| levels.iter().filter(|level| **level == FileLevel::Chapter).count());
        counted(u32::try_from(count).unwrap_or(u32::MAX), "chapter", "chapters")
    };
    let option = |story: &OwnStory| view! { <option value=story.story.to_string()>{format!("Chapters of {}", story.title)}</option> };
    view! {
        <section class="understood" aria-labelledby="understood-title" data-testid="understood">
            <h4 id="understood-title">{title.to_string()}</h4>
            <p role="status">{chapters}", "{words}". Please look it over, then import it."</p>
            {(!remarks.is_empty()).then(|| view! {
                <div class="notice" data-kind="info" data-testid="understood-remarks"><p class="notice-text">{remarks.join(" ")}</p></div>
            })}
            <ol class="understood-outline" tabindex="0" role="list" aria-label="Outline">
                {outline.into_iter().enumerate().map(|(at, heading)| view! { <Heading at heading levels /> }).collect_view()}
            </ol>
            <div class="field">
                <label class="field-label" for="import-into">"Import it as"</label>
                <select class="field-input" id="import-into" name="into">
                    <option value="">"A new story"</option>
                    <Transition>
                        {move || stories.get().and_then(Result::ok).map(|stories| stories.iter().map(option).collect_view())}
                    </Transition>
                </select>
                <p class="field-hint">"Chapters of a story that is there are added as drafts; genre, format and publishing stay as they are."</p>
            </div>
        </section>
    }
}

#[component]
fn Heading(at: usize, heading: FileHeading, levels: RwSignal<Vec<FileLevel>>) -> impl IntoView {
    let FileHeading { level, title, words, scenes } = heading;
    let name = if title.is_empty() { "Without a title".to_owned() } else { title.to_string() };
    let facts = match level {
        FileLevel::Part => "Part".to_owned(),
        FileLevel::Chapter | FileLevel::Scene | FileLevel::LeftOut => {
            format!("{}, {}", counted(words, "word", "words"), counted(scenes, "scene", "scenes"))
        }
    };
    let now = Memo::new(move |_| levels.with(|levels| levels.get(at).copied().unwrap_or(level)));
    let choose = move |event| {
        let slug = event_target_value(&event);
        if let Some(chosen) = FileLevel::ALL.into_iter().find(|one| one.slug() == slug) {
            levels.update(|levels| {
                if let Some(level) = levels.get_mut(at) {
                    *level = chosen;
                }
            });
        }
    };
    view! {
        <li class="understood-heading" data-level=move || now.get().slug() data-testid="understood-heading">
            <span class="understood-name" dir="auto">{name.clone()}</span>
            <span class="understood-facts">{facts}</span>
            <select class="field-input" aria-label=format!("Import “{name}” as") on:change=choose>
                {FileLevel::ALL.into_iter().map(|one| {
                    view! { <option value=one.slug() selected=one == level>{one.label()}</option> }
                }).collect_view()}
            </select>
        </li>
    }
}
