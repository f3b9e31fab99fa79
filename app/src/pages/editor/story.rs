//! The story itself: what stands on its title page.

use domain::{
    Format, Genre, Language, Manuscript, Note, Rating, Rev, Status, StoryDraft, StoryFacts, StoryId, StoryTree, Title,
    UserId, Warning, Warnings,
};
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
    // A draft that an older version kept has none of these.
    #[serde(default)]
    status: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    rating: String,
    #[serde(default)]
    warnings: String,
    #[serde(default)]
    tags: String,
}

impl Fields for StoryFields {
    fn parts(&self) -> Vec<(&str, &str)> {
        vec![
            ("Title", &self.title),
            ("Blurb", &self.blurb),
            ("Genre", &self.genre),
            ("Format", &self.format),
            ("Status", &self.status),
            ("Language", &self.language),
            ("Rating", &self.rating),
            ("Content warnings", &self.warnings),
            ("Tags", &self.tags),
        ]
    }
}

fn saved(tree: &StoryTree) -> Saved<StoryFields> {
    let fields = StoryFields {
        title: tree.title.to_string(),
        blurb: tree.blurb.to_string(),
        genre: tree.genre.to_string(),
        format: tree.format.to_string(),
        status: tree.facts.status.to_string(),
        language: tree.facts.language.to_string(),
        rating: tree.facts.rating.to_string(),
        warnings: tree.facts.warnings.to_string(),
        tags: tree.facts.tags.to_string(),
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
            facts: facts(&fields)?,
            base,
        };
        self.save.send(SaveStory { story: self.story, draft }).await
    }

    async fn fresh(self) -> Result<Head<StoryFields>, AppError> {
        let answer = Manuscript { viewer: self.viewer, story: self.story }.fetch().await?;
        Ok(saved(&answer.entry.value).into())
    }
}

/// What readers choose it by; nothing, in a draft that an older version kept.
fn facts(fields: &StoryFields) -> Result<Option<StoryFacts>, AppError> {
    if fields.status.is_empty() {
        return Ok(None);
    }
    Ok(Some(StoryFacts {
        status: parsed(fields.status.parse())?,
        language: parsed(fields.language.parse())?,
        rating: parsed(fields.rating.parse())?,
        warnings: parsed(fields.warnings.parse())?,
        tags: parsed(fields.tags.parse())?,
    }))
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
            <Facts form />
            <SaveBar form words=words.into() />
        </form>
    }
}

/// What readers choose it by.
#[component]
fn Facts(form: Form<OwnStory>) -> impl IntoView {
    view! {
        <div class="form-row">
            <Choice id="st-status" label="Status" options=kinds(Status::ALL, Status::slug, Status::label)
                chosen=form.text(|fields| &fields.status) choose=move |slug| form.write(|fields| fields.status = slug) />
            <Choice id="st-language" label="Language" options=kinds(Language::ALL, Language::slug, Language::label)
                chosen=form.text(|fields| &fields.language) choose=move |slug| form.write(|fields| fields.language = slug) />
            <Choice id="st-rating" label="Rating" options=kinds(Rating::ALL, Rating::slug, Rating::label)
                chosen=form.text(|fields| &fields.rating) choose=move |slug| form.write(|fields| fields.rating = slug) />
        </div>
        <Line id="st-tags" label="Tags, up to ten, with commas between them" testid="tags-input" most=450
            placeholder="slow burn, found family" text=form.text(|fields| &fields.tags)
            write=move |text| form.write(|fields| fields.tags = text) />
        <fieldset class="field checks">
            <legend class="field-label">"Content warnings"</legend>
            {Warning::ALL.iter().map(|&warning| view! { <WarningCheck form warning /> }).collect_view()}
        </fieldset>
    }
}

#[component]
fn WarningCheck(form: Form<OwnStory>, warning: Warning) -> impl IntoView {
    let chosen = form.text(|fields| &fields.warnings);
    let is_on = move || chosen.with(|chosen| chosen.parse().is_ok_and(|chosen: Warnings| chosen.has(warning)));
    let toggle = move |on: bool| {
        let others = chosen.with_untracked(|chosen| chosen.parse::<Warnings>()).unwrap_or_default();
        let others: Vec<_> = others.iter().filter(|&other| other != warning).collect();
        let now: Warnings = others.into_iter().chain(on.then_some(warning)).collect();
        form.write(|fields| fields.warnings = now.to_string());
    };
    view! {
        <label class="check">
            <input type="checkbox" name=warning.slug() prop:checked=is_on checked=untrack(is_on) on:change=move |event| toggle(event_target_checked(&event)) />
            {warning.label()}
        </label>
    }
}
