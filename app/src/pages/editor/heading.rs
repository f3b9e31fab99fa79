//! Parts and chapters: a title, and a synopsis that only the author sees.

use domain::{ChapterDraft, ChapterId, Heading, Manuscript, Note, PartDraft, PartId, Rev, StoryId, StoryTree, UserId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    chapter_state::{self, ChapterStateCard},
    desk::Desk,
    form::Form,
    head::Head,
    parsed,
    place::{self, Place},
    save_bar::SaveBar,
    sheet::{Fields, Saved},
    subject::Subject,
    trouble::Trouble,
};
use crate::{
    AppError,
    api::studio::{SaveChapter, SavePart},
    cache::{Fetch, Mutation, use_mutation},
    components::{Line, LongText, focus_soon},
    draft,
};

/// The texts of a part or a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadingFields {
    title: String,
    synopsis: String,
}

impl Fields for HeadingFields {
    fn parts(&self) -> Vec<(&str, &str)> {
        vec![("Title", &self.title), ("Synopsis", &self.synopsis)]
    }
}

fn saved(title: &Heading, synopsis: &Note, rev: Rev) -> Head<HeadingFields> {
    Saved { fields: HeadingFields { title: title.to_string(), synopsis: synopsis.to_string() }, rev }.into()
}

#[derive(Clone, Copy)]
struct OwnPart {
    viewer: UserId,
    story: StoryId,
    part: PartId,
    save: Mutation<SavePart>,
}

#[derive(Clone, Copy)]
struct OwnChapter {
    viewer: UserId,
    story: StoryId,
    chapter: ChapterId,
    save: Mutation<SaveChapter>,
}

fn part_in(tree: &StoryTree, id: PartId) -> Option<Head<HeadingFields>> {
    place::part(tree, id).map(|(_, part)| saved(&part.title, &part.synopsis, part.rev))
}

fn chapter_in(tree: &StoryTree, id: ChapterId) -> Option<Head<HeadingFields>> {
    place::chapter(tree, id).map(|found| saved(&found.chapter.title, &found.chapter.synopsis, found.chapter.rev))
}

impl Subject for OwnPart {
    type Fields = HeadingFields;
    const NOUN: &'static str = "part";

    fn drafts(&self) -> String {
        draft::prefix(self.viewer, Self::NOUN, self.part)
    }

    async fn save(self, fields: HeadingFields, base: Rev) -> Result<Rev, AppError> {
        let (title, synopsis) = (parsed(Heading::parse(&fields.title))?, parsed(Note::parse(&fields.synopsis))?);
        self.save.send(SavePart { part: self.part, draft: PartDraft { title, synopsis, base } }).await
    }

    async fn fresh(self) -> Result<Head<HeadingFields>, AppError> {
        let answer = Manuscript { viewer: self.viewer, story: self.story }.fetch().await?;
        part_in(&answer.entry.value, self.part).ok_or(AppError::NotFound)
    }
}

impl Subject for OwnChapter {
    type Fields = HeadingFields;
    const NOUN: &'static str = "chapter";

    fn drafts(&self) -> String {
        draft::prefix(self.viewer, Self::NOUN, self.chapter)
    }

    async fn save(self, fields: HeadingFields, base: Rev) -> Result<Rev, AppError> {
        let (title, synopsis) = (parsed(Heading::parse(&fields.title))?, parsed(Note::parse(&fields.synopsis))?);
        self.save.send(SaveChapter { chapter: self.chapter, draft: ChapterDraft { title, synopsis, base } }).await
    }

    async fn fresh(self) -> Result<Head<HeadingFields>, AppError> {
        let answer = Manuscript { viewer: self.viewer, story: self.story }.fetch().await?;
        chapter_in(&answer.entry.value, self.chapter).ok_or(AppError::NotFound)
    }
}

/// The id of the field for a title.
const TITLE: &str = "heading-title";

/// The editor of a part.
#[component]
pub fn PartForm(desk: Desk, part: PartId) -> impl IntoView {
    let Some(first) = desk.tree.with_untracked(|tree| part_in(tree, part)) else { return ().into_any() };
    let answer = desk.follow(first, move |tree| part_in(tree, part));
    let subject = OwnPart { viewer: desk.viewer, story: desk.story, part, save: use_mutation() };
    let words = Memo::new(move |_| {
        desk.tree
            .with(|tree| place::part(tree, part).map_or(0, |(_, part)| part.chapters.iter().map(place::words).sum()))
    });
    let level = move || {
        desk.tree.with(|tree| {
            place::part(tree, part).map(|(number, _)| view! { <p class="editor-level">{format!("Part {number}")}</p> })
        })
    };
    view! { <HeadingForm form=Form::new(subject, answer) label="Part" words=words.into() begun=desk.has_begun(Place::Part(part))>{level}</HeadingForm> }
        .into_any()
}

/// The editor of a chapter.
#[component]
pub fn ChapterForm(desk: Desk, chapter: ChapterId) -> impl IntoView {
    let Some(first) = desk.tree.with_untracked(|tree| chapter_in(tree, chapter)) else { return ().into_any() };
    let answer = desk.follow(first, move |tree| chapter_in(tree, chapter));
    let subject = OwnChapter { viewer: desk.viewer, story: desk.story, chapter, save: use_mutation() };
    let words = Memo::new(move |_| {
        desk.tree.with(|tree| place::chapter(tree, chapter).map_or(0, |found| place::words(found.chapter)))
    });
    let level = move || {
        desk.tree.with(|tree| place::chapter(tree, chapter).map(|found| {
        let (number, _) = place::part(tree, found.part.part).unwrap_or((1, found.part));
        let above = Place::Part(found.part.part).href(tree.story);
        let title = place::label(&found.part.title, "Part", number);
        view! { <p class="editor-level">{format!("Chapter {} of the story, in ", found.number)}<a href=above>{title}</a></p> }
    }))
    };
    let is_read = Memo::new(move |_| chapter_state::is_read(desk, chapter));
    let save = Signal::derive(move || chapter_state::save_label(is_read.get()));
    view! {
        <HeadingForm form=Form::new(subject, answer) label="Chapter" words=words.into() save begun=desk.has_begun(Place::Chapter(chapter))>{level}</HeadingForm>
        <ChapterStateCard desk chapter />
    }
    .into_any()
}

#[component]
fn HeadingForm<S: Subject<Fields = HeadingFields>>(
    form: Form<S>,
    label: &'static str,
    words: Signal<u32>,
    #[prop(default = "Save".into())] save: Signal<&'static str>,
    /// Whether it was added just now: then the cursor is on its title.
    begun: bool,
    children: Children,
) -> impl IntoView {
    if begun {
        focus_soon(TITLE.to_owned());
    }
    view! {
        <Trouble form />
        <form class="form" aria-label=label on:submit=move |event| { event.prevent_default(); form.save(); }>
            {children()}
            <Line id=TITLE label="Title" testid="title-input" text=form.text(|fields| &fields.title)
                write=move |text| form.write(|fields| fields.title = text) />
            <LongText id="heading-synopsis" label="Synopsis" rows=6 testid="synopsis-editor" hint="Only you see this."
                text=form.text(|fields| &fields.synopsis) write=move |text| form.write(|fields| fields.synopsis = text) />
            <SaveBar form words label=save />
        </form>
    }
}
