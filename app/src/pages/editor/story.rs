//! The story itself: what stands on its title page.

use domain::{Format, Genre, Manuscript, Note, Rev, StoryDraft, StoryId, StoryTree, Title, UserId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    desk::Desk,
    form::Form,
    head::Head,
    parsed, place,
    save_bar::SaveBar,
    sheet::{Fields, Saved},
    subject::Subject,
    trouble::Trouble,
};
use crate::{
    AppError,
    api::studio::SaveStory,
    cache::{Fetch, Mutation, use_mutation},
    components::{Choice, Line, LongText, kinds},
    draft,
};

/// The texts of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryFields {
    title: String,
    blurb: String,
    genre: String,
    format: String,
}

impl Fields for StoryFields {
    fn parts(&self) -> Vec<(&str, &str)> {
        vec![("Title", &self.title), ("Blurb", &self.blurb), ("Genre", &self.genre), ("Format", &self.format)]
    }
}

fn saved(tree: &StoryTree) -> Saved<StoryFields> {
    let fields = StoryFields {
        title: tree.title.to_string(),
        blurb: tree.blurb.to_string(),
        genre: tree.genre.to_string(),
        format: tree.format.to_string(),
    };
    Saved { fields, rev: tree.rev }
}

#[derive(Clone, Copy)]
struct OwnStory {
    viewer: UserId,
    story: StoryId,
    save: Mutation<SaveStory>,
}

impl Subject for OwnStory {
    type Fields = StoryFields;
    const NOUN: &'static str = "story";

    fn drafts(&self) -> String {
        draft::prefix(self.viewer, Self::NOUN, self.story)
    }

    async fn save(self, fields: StoryFields, base: Rev) -> Result<Rev, AppError> {
        let draft = StoryDraft {
            title: parsed(Title::parse(&fields.title))?,
            blurb: parsed(Note::parse(&fields.blurb))?,
            format: parsed(fields.format.parse::<Format>())?,
            genre: parsed(fields.genre.parse::<Genre>())?,
            base,
        };
        self.save.send(SaveStory { story: self.story, draft }).await
    }

    async fn fresh(self) -> Result<Head<StoryFields>, AppError> {
        let answer = Manuscript { viewer: self.viewer, story: self.story }.fetch().await?;
        Ok(saved(&answer.entry.value).into())
    }
}

/// The editor of a story's title page.
#[component]
pub fn StoryForm(desk: Desk) -> impl IntoView {
    let subject = OwnStory { viewer: desk.viewer, story: desk.story, save: use_mutation() };
    let form = Form::new(subject, Memo::new(move |_| desk.tree.with(|tree| Head::from(saved(tree)))).into());
    let words =
        Memo::new(move |_| desk.tree.with(|tree| place::chapters(tree).map(|found| place::words(found.chapter)).sum()));
    view! {
        <Trouble form />
        <form class="form" aria-label="Story" on:submit=move |event| { event.prevent_default(); form.save(); }>
            <Line id="st-title" label="Title" testid="title-input" required=true text=form.text(|fields| &fields.title)
                write=move |text| form.write(|fields| fields.title = text) />
            <LongText id="st-blurb" label="Blurb" testid="blurb-editor" text=form.text(|fields| &fields.blurb)
                write=move |text| form.write(|fields| fields.blurb = text) />
            <div class="form-row">
                <Choice id="st-genre" label="Genre" options=kinds(Genre::ALL, Genre::slug, Genre::label)
                    chosen=form.text(|fields| &fields.genre) choose=move |slug| form.write(|fields| fields.genre = slug) />
                <Choice id="st-format" label="Format" options=kinds(Format::ALL, Format::slug, Format::label)
                    chosen=form.text(|fields| &fields.format) choose=move |slug| form.write(|fields| fields.format = slug) />
            </div>
            <SaveBar form words=words.into() />
        </form>
    }
}
