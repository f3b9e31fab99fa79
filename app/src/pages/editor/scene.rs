//! A scene: the page one writes on.

use domain::{Body, Heading, Keep, Note, Rev, Scene, SceneDraft, SceneId, SceneTexts, UserId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    chapter_state,
    desk::Desk,
    form::Form,
    head::{Head, Working},
    parsed,
    place::{self, Place},
    save_bar::SaveBar,
    scene_text::SceneText,
    sheet::{Fields, Saved},
    subject::Subject,
    trouble::Trouble,
    word_count,
};
use crate::{
    AppError,
    api::studio::{KeepVersion, KeepWorkingCopy, LeaveWorkingCopy, SaveScene},
    cache::{Fetch, Mutation, use_mutation},
    components::{Line, LongText},
    draft::{self, Draft},
    pages::history,
};

/// The texts of a scene.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneFields {
    title: String,
    content: String,
    goal: String,
    conflict: String,
    outcome: String,
}

impl Fields for SceneFields {
    fn parts(&self) -> Vec<(&str, &str)> {
        vec![
            ("Title", &self.title),
            ("Text", &self.content),
            ("Goal", &self.goal),
            ("Conflict", &self.conflict),
            ("Outcome", &self.outcome),
        ]
    }
}

fn of_texts(texts: SceneTexts) -> SceneFields {
    let SceneTexts { title, content, goal, conflict, outcome } = texts;
    SceneFields {
        title: title.into(),
        content: content.into(),
        goal: goal.into(),
        conflict: conflict.into(),
        outcome: outcome.into(),
    }
}

fn head(scene: Scene) -> Head<SceneFields> {
    let fields = SceneFields {
        title: scene.title.into(),
        content: scene.content.into(),
        goal: scene.goal.into(),
        conflict: scene.conflict.into(),
        outcome: scene.outcome.into(),
    };
    let working = scene.working.map(|working| Working {
        fields: of_texts(working.texts),
        device: working.device,
        at: working.kept_at,
    });
    Head { saved: Saved { fields, rev: scene.rev }, kept: scene.kept, working }
}

/// A scene of this viewer's.
#[derive(Clone, Copy)]
struct OwnScene {
    viewer: UserId,
    scene: SceneId,
    save: Mutation<SaveScene>,
    upkeep: Option<Upkeep>,
}

/// What keeps texts of a scene that are not saved.
#[derive(Clone, Copy)]
struct Upkeep {
    working: Mutation<KeepWorkingCopy>,
    leave: Mutation<LeaveWorkingCopy>,
    aside: Mutation<KeepVersion>,
}

impl Subject for OwnScene {
    type Fields = SceneFields;
    const NOUN: &'static str = "scene";
    const IS_KEPT: bool = true;

    fn drafts(&self) -> String {
        draft::prefix(self.viewer, Self::NOUN, self.scene)
    }

    async fn save(self, fields: SceneFields, base: Rev) -> Result<Rev, AppError> {
        let save = texts(&fields)?.save(base);
        self.save.send(SaveScene { scene: self.scene, save }).await
    }

    async fn save_kept(self, fields: SceneFields, base: Rev, kept: Rev) -> Result<Rev, AppError> {
        let save = texts(&fields)?.save_kept(base, kept);
        self.save.send(SaveScene { scene: self.scene, save }).await
    }

    async fn keep(self, fields: SceneFields, base: Rev, kept: Rev) -> Result<Rev, AppError> {
        let Some(Upkeep { working, .. }) = self.upkeep else { return Err(AppError::NotFound) };
        let keep = Keep { texts: texts(&fields)?, base, kept };
        working.send(KeepWorkingCopy { scene: self.scene, keep }).await
    }

    async fn leave(self, kept: Rev) -> Result<Rev, AppError> {
        let Some(Upkeep { leave, .. }) = self.upkeep else { return Err(AppError::NotFound) };
        leave.send(LeaveWorkingCopy { scene: self.scene, kept }).await
    }

    fn merge(base: &SceneFields, theirs: &SceneFields, mine: &SceneFields) -> Option<SceneFields> {
        let [base, theirs, mine] = [base, theirs, mine].map(|fields| texts(fields).ok());
        base?.merge(&theirs?, &mine?).map(of_texts)
    }

    async fn fresh(self) -> Result<Head<SceneFields>, AppError> {
        let answer = SceneDraft { viewer: self.viewer, scene: self.scene }.fetch().await?;
        Ok(head(answer.entry.value))
    }

    async fn set_aside(self, fields: SceneFields) -> Result<(), AppError> {
        let Some(Upkeep { aside, .. }) = self.upkeep else { return Ok(()) };
        aside.send(KeepVersion { scene: self.scene, texts: texts(&fields)? }).await
    }

    fn history(&self) -> Option<String> {
        Some(history::href(self.scene))
    }
}

/// The texts as they may be sent, or why not.
fn texts(fields: &SceneFields) -> Result<SceneTexts, AppError> {
    Ok(SceneTexts {
        title: parsed(Heading::parse(&fields.title))?,
        content: parsed(Body::parse(&fields.content))?,
        goal: parsed(Note::parse(&fields.goal))?,
        conflict: parsed(Note::parse(&fields.conflict))?,
        outcome: parsed(Note::parse(&fields.outcome))?,
    })
}

/// Whether any scene of this viewer's has text that is not saved.
pub fn is_any_left(viewer: UserId) -> bool {
    draft::is_any(&draft::prefix(viewer, OwnScene::NOUN, ""))
}

/// Whether a scene has.
pub fn is_left(viewer: UserId, scene: SceneId) -> bool {
    draft::is_any(&draft::prefix(viewer, OwnScene::NOUN, scene))
}

/// Saves the typed text of a scene that is not open: what is kept, and what is in this browser only.
pub async fn save_left(viewer: UserId, scene: SceneId, save: Mutation<SaveScene>) -> Result<(), AppError> {
    let subject = OwnScene { viewer, scene, save, upkeep: None };
    let head = subject.fresh().await?;
    let drafts = Draft::<SceneFields>::left(&subject.drafts());
    // One that goes on from what is kept has that in it.
    let goes_on = |draft: &Draft<SceneFields>| {
        draft.base == head.saved.rev && draft.known.as_ref().is_some_and(|(kept, _)| *kept == head.kept)
    };
    let draft = drafts.iter().map(|(_, draft)| draft).find(|draft| goes_on(draft)).map(|draft| draft.fields.clone());
    let first = draft.or_else(|| head.working.map(|working| working.fields));
    if let Some(first) = &first {
        subject.save_kept(first.clone(), head.saved.rev, head.kept).await?;
    }
    let last = first.unwrap_or(head.saved.fields);
    for (name, draft) in drafts {
        if !draft.fields.same(&last) {
            subject.save(draft.fields.clone(), draft.base).await?;
        }
        Draft::forget(&name, &draft.fields);
    }
    Ok(())
}

/// Keeps the typed text of a scene that is about to be deleted as a version: it comes back with the scene.
pub async fn set_aside_left(viewer: UserId, scene: SceneId, keep: Mutation<KeepVersion>) -> Result<(), AppError> {
    for (name, draft) in Draft::<SceneFields>::left(&draft::prefix(viewer, OwnScene::NOUN, scene)) {
        keep.send(KeepVersion { scene, texts: texts(&draft.fields)? }).await?;
        Draft::forget(&name, &draft.fields);
    }
    Ok(())
}

/// The editor of a scene.
#[component]
pub fn SceneForm(desk: Desk, scene: Memo<Scene>) -> impl IntoView {
    let id = scene.with_untracked(|scene| scene.at.scene);
    let upkeep = Upkeep { working: use_mutation(), leave: use_mutation(), aside: use_mutation() };
    let subject = OwnScene { viewer: desk.viewer, scene: id, save: use_mutation(), upkeep: Some(upkeep) };
    let form = Form::new(subject, Memo::new(move |_| head(scene.get())).into());
    Effect::new(move |again: Option<()>| {
        desk.find.keep.track();
        if again.is_some() {
            form.keep_now();
        }
    });
    let words = word_count::follow(form.text(|fields| &fields.content));
    let is_read = Memo::new(move |_| {
        let chapter = desk.tree.with(|tree| place::scene(tree, id).map(|found| found.chapter.chapter));
        chapter.is_some_and(|chapter| chapter_state::is_read(desk, chapter))
    });
    let label = Signal::derive(move || chapter_state::save_label(is_read.get()));
    view! {
        <Trouble form />
        <form class="scene-editor" aria-label="Scene" on:submit=move |event| { event.prevent_default(); form.save(); }>
            {move || desk.tree.with(|tree| place::scene(tree, id).map(|found| {
                let above = Place::Chapter(found.chapter.chapter).href(tree.story);
                let title = place::label(&found.chapter.title, "Chapter", found.chapter_number);
                view! {
                    <p class="editor-level">
                        {format!("Scene {} of ", found.number)}<a href=above>{title}</a>" · "
                        <a href=history::href(id) data-testid="history-link">"History"</a>
                    </p>
                }
            }))}
            <Line id="scene-title" label="Scene title" quiet=true class="scene-editor-title" testid="title-input" placeholder="A title, if it has one"
                text=form.text(|fields| &fields.title) write=move |text| form.write(|fields| fields.title = text) />
            <SceneText sight=desk.sight story=desk.find scene=id begun=desk.has_begun(Place::Scene(id))
                text=form.text(|fields| &fields.content) write=move |text| form.write(|fields| fields.content = text) />
            <div class="form-row">
                <LongText id="goal" label="Goal" rows=2 text=form.text(|fields| &fields.goal)
                    write=move |text| form.write(|fields| fields.goal = text) />
                <LongText id="conflict" label="Conflict" rows=2 text=form.text(|fields| &fields.conflict)
                    write=move |text| form.write(|fields| fields.conflict = text) />
                <LongText id="outcome" label="Outcome" rows=2 text=form.text(|fields| &fields.outcome)
                    write=move |text| form.write(|fields| fields.outcome = text) />
            </div>
            <SaveBar form words label />
        </form>
    }
}
