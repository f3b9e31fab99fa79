//! All that a person has here, in one archive: their stories as Markdown, the rest as JSON.

use std::collections::HashSet;

use domain::{OwnThings, StoryNotes, WholeStory};

use super::markdown;
use crate::{Archive, ArchiveFailed, safe_name};

const README: &str = "All that you have at Quire.\n\n\
stories/NAME/story.md is a story, which can be imported again. Beside it is notes.json: synopses, the notes of scenes, characters and settings.\n\
account.json has your profile, what you typed into scenes and did not save, your posts and comments, what you like, and whom you muted or blocked.\n";

/// The folders there are, as systems compare names.
#[derive(Debug, Default)]
pub struct Folders(HashSet<String>);

/// Adds what is no story.
pub fn account_things(archive: &mut Archive, things: &OwnThings) -> Result<(), ArchiveFailed> {
    archive.add("README.txt", README.as_bytes())?;
    archive.add("account.json", &json(things)?)
}

/// Adds a story, in a folder of its own.
pub fn story_folder(
    archive: &mut Archive,
    taken: &mut Folders,
    story: &WholeStory,
    notes: &StoryNotes,
) -> Result<(), ArchiveFailed> {
    let name = safe_name(story.title.as_str());
    let numbered = (2..=u64::MAX).map(|number| format!("{name} ({number})"));
    let mut names = [name.clone()].into_iter().chain(numbered);
    // A set takes a name only once.
    let folder = names.find(|name| taken.0.insert(name.to_lowercase())).unwrap_or(name.clone());
    archive.add(&format!("stories/{folder}/story.md"), markdown::markdown(story).as_bytes())?;
    archive.add(&format!("stories/{folder}/notes.json"), &json(notes)?)
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, ArchiveFailed> {
    serde_json::to_vec_pretty(value).map_err(|error| std::io::Error::from(error).into())
}
