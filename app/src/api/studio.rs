//! The studio: what authors write of their own.

use abreast_browser::{JsonCodec, MutationClient};
use domain::{
    CastDraft, CastId, CastKind, Changed, ChapterDraft, ChapterId, ChosenScenes, Format, Genre, Heading, Keep,
    LocalTime, Name, Needle, Note, PartDraft, PartId, Replaced, ReplacedIn, Replacement, Restored, Rev, SceneId,
    SceneSave, SceneTexts, StoryDraft, StoryId, Title, Trashed, Unreplaced, Which, WordGoal, ZoneName,
};
use leptos::prelude::server;
use server_fn::codec::Json;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::{
    asker::signed_in,
    respond::{store, written},
};
#[cfg(feature = "ssr")]
use domain::Wanted;

/// Begins a story and opens its first page in the editor.
#[server(endpoint = "create_story", output = JsonCodec, client = MutationClient)]
pub async fn create_story(
    title: Title,
    #[server(default)] blurb: Note,
    format: Format,
    genre: Genre,
) -> Result<Changed<StoryId>, AppError> {
    let author = signed_in()?;
    let begun = written(store().create_story(author, domain::NewStory { title, blurb, format, genre }).await).await?;
    let domain::Begun { story, scene } = *begun.value();
    leptos_axum::redirect(&format!("/studio/edit/story/{story}?scene={scene}"));
    Ok(begun.map(|begun| begun.story))
}

/// Saves a story's title, blurb, genre and format.
#[server(endpoint = "save_story", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn save_story(story: StoryId, draft: StoryDraft) -> Result<Changed<Rev>, AppError> {
    let author = signed_in()?;
    written(store().save_story(author, story, draft).await).await
}

/// Lets everybody read a story: its published chapters, and these.
#[server(endpoint = "publish_story", output = JsonCodec, client = MutationClient)]
pub async fn publish_story(
    story: StoryId,
    #[server(default)] chapters: Vec<ChapterId>,
) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().publish_story(author, story, &chapters).await).await
}

/// Takes a story back from the public.
#[server(endpoint = "unpublish_story", output = JsonCodec, client = MutationClient)]
pub async fn unpublish_story(story: StoryId) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().unpublish_story(author, story).await).await
}

/// Deletes a story with all that is in it.
#[server(endpoint = "delete_story", output = JsonCodec, client = MutationClient)]
pub async fn delete_story(story: StoryId) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().delete_story(author, story).await).await
}

/// Adds a part at the story's end.
#[server(endpoint = "add_part", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn add_part(story: StoryId, title: Heading) -> Result<Changed<PartId>, AppError> {
    let author = signed_in()?;
    written(store().add_part(author, story, title).await).await
}

/// Saves a part's title and synopsis.
#[server(endpoint = "save_part", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn save_part(part: PartId, draft: PartDraft) -> Result<Changed<Rev>, AppError> {
    let author = signed_in()?;
    written(store().save_part(author, part, draft).await).await
}

/// Puts a part at a place in its story, from 0.
#[server(endpoint = "move_part", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn move_part(part: PartId, place: u32) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().move_part(author, part, place).await).await
}

/// Deletes a part with all that is in it.
#[server(endpoint = "delete_part", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn delete_part(part: PartId) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().delete_part(author, part).await).await
}

/// Adds a chapter at a part's end.
#[server(endpoint = "add_chapter", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn add_chapter(part: PartId, title: Heading) -> Result<Changed<ChapterId>, AppError> {
    let author = signed_in()?;
    written(store().add_chapter(author, part, title).await).await
}

/// Saves a chapter's title and synopsis.
#[server(endpoint = "save_chapter", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn save_chapter(chapter: ChapterId, draft: ChapterDraft) -> Result<Changed<Rev>, AppError> {
    let author = signed_in()?;
    written(store().save_chapter(author, chapter, draft).await).await
}

/// Puts a chapter at a place in a part of the same story, from 0.
#[server(endpoint = "move_chapter", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn move_chapter(chapter: ChapterId, to: PartId, place: u32) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().move_chapter(author, chapter, to, place).await).await
}

/// Lets readers of a published story have a chapter.
#[server(endpoint = "publish_chapter", output = JsonCodec, client = MutationClient)]
pub async fn publish_chapter(chapter: ChapterId) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().publish_chapter(author, chapter).await).await
}

/// Takes a chapter back from readers.
#[server(endpoint = "unpublish_chapter", output = JsonCodec, client = MutationClient)]
pub async fn unpublish_chapter(chapter: ChapterId) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().unpublish_chapter(author, chapter).await).await
}

/// Lets readers of a published story have a chapter from a moment on: a time that clocks show in a time zone.
#[server(endpoint = "schedule_chapter", output = JsonCodec, client = MutationClient)]
pub async fn schedule_chapter(
    chapter: ChapterId,
    local: LocalTime,
    zone: ZoneName,
    #[server(default)] which: Option<Which>,
) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().schedule_chapter(author, chapter, Wanted { local, zone, which }).await).await
}

/// Takes a chapter's schedule away: it stays a draft.
#[server(endpoint = "unschedule_chapter", output = JsonCodec, client = MutationClient)]
pub async fn unschedule_chapter(chapter: ChapterId) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().unschedule_chapter(author, chapter).await).await
}

/// Deletes a chapter with all that is in it.
#[server(endpoint = "delete_chapter", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn delete_chapter(chapter: ChapterId) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().delete_chapter(author, chapter).await).await
}

/// Adds an empty scene at a chapter's end.
#[server(endpoint = "add_scene", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn add_scene(chapter: ChapterId, title: Heading) -> Result<Changed<SceneId>, AppError> {
    let author = signed_in()?;
    written(store().add_scene(author, chapter, title).await).await
}

/// Saves a scene's text and notes.
#[server(endpoint = "save_scene", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn save_scene(scene: SceneId, save: SceneSave) -> Result<Changed<Rev>, AppError> {
    let author = signed_in()?;
    written(store().save_scene(author, scene, save).await).await
}

/// Keeps what was typed into a scene and is not saved, for its author alone.
#[server(endpoint = "keep_working_copy", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn keep_working_copy(scene: SceneId, keep: Keep) -> Result<Changed<Rev>, AppError> {
    let author = signed_in()?;
    written(store().keep_working_copy(author, scene, keep).await).await
}

/// Goes back to what is saved of a scene. What was typed stays as a version.
#[server(endpoint = "leave_working_copy", output = JsonCodec, client = MutationClient)]
pub async fn leave_working_copy(scene: SceneId, kept: Rev) -> Result<Changed<Rev>, AppError> {
    let author = signed_in()?;
    written(store().leave_working_copy(author, scene, kept).await).await
}

/// Sets one's goal for a day, and how many words a story is to have.
#[server(endpoint = "save_goals", output = JsonCodec, client = MutationClient)]
pub async fn save_goals(
    story: StoryId,
    #[server(default)] day: WordGoal,
    #[server(default)] whole: WordGoal,
) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().save_goals(author, story, day, whole).await).await
}

/// Keeps a text that was not chosen as a version of its scene, which stays as it is.
#[server(endpoint = "keep_version", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn keep_version(scene: SceneId, texts: SceneTexts) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().keep_version(author, scene, texts).await).await
}

/// Saves the texts of a version again.
#[server(endpoint = "restore_version", output = JsonCodec, client = MutationClient)]
pub async fn restore_version(scene: SceneId, number: u32, base: Rev) -> Result<Changed<Rev>, AppError> {
    let author = signed_in()?;
    written(store().restore_version(author, scene, number, base).await).await
}

/// Puts other words in the place of those that are found in these scenes of a story: in all of them, or in none.
#[server(endpoint = "replace_in_story", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn replace_in_story(
    story: StoryId,
    needle: Needle,
    with: Replacement,
    scenes: ChosenScenes,
) -> Result<Changed<Replaced>, AppError> {
    let author = signed_in()?;
    written(store().replace_in_story(author, story, needle, with, scenes).await).await
}

/// Takes that back in the scenes that were not changed since.
#[server(endpoint = "undo_replace", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn undo_replace(story: StoryId, scenes: Vec<ReplacedIn>) -> Result<Changed<Unreplaced>, AppError> {
    let author = signed_in()?;
    written(store().undo_replace(author, story, scenes).await).await
}

/// Puts a scene at a place in a chapter of the same story, from 0.
#[server(endpoint = "move_scene", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn move_scene(scene: SceneId, to: ChapterId, place: u32) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().move_scene(author, scene, to, place).await).await
}

/// Deletes a scene with its text.
#[server(endpoint = "delete_scene", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn delete_scene(scene: SceneId) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().delete_scene(author, scene).await).await
}

/// Adds a character or a setting to a story.
#[server(endpoint = "add_cast_member", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn add_cast_member(
    story: StoryId,
    kind: CastKind,
    name: Name,
    description: Note,
) -> Result<Changed<CastId>, AppError> {
    let author = signed_in()?;
    written(store().add_cast_member(author, story, kind, name, description).await).await
}

/// Saves a character or a setting.
#[server(endpoint = "save_cast_member", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn save_cast_member(kind: CastKind, member: CastId, draft: CastDraft) -> Result<Changed<Rev>, AppError> {
    let author = signed_in()?;
    written(store().save_cast_member(author, kind, member, draft).await).await
}

/// Deletes a character or a setting.
#[server(endpoint = "delete_cast_member", input = Json, output = JsonCodec, client = MutationClient)]
pub async fn delete_cast_member(kind: CastKind, member: CastId) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().delete_cast_member(author, kind, member).await).await
}

/// Takes something out of the trash.
#[server(endpoint = "restore_trashed", output = JsonCodec, client = MutationClient)]
pub async fn restore_trashed(what: Trashed) -> Result<Changed<Restored>, AppError> {
    let author = signed_in()?;
    written(store().restore_trashed(author, what).await).await
}

/// Deletes something in the trash for good.
#[server(endpoint = "delete_trashed", output = JsonCodec, client = MutationClient)]
pub async fn delete_trashed(what: Trashed) -> Result<Changed<()>, AppError> {
    let author = signed_in()?;
    written(store().delete_trashed(author, what).await).await
}
