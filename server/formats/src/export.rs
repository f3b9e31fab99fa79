//! Files made of a story, and of all that a person has here.

mod account;
mod docx;
mod epub;
mod html;
mod markdown;
mod markup;
mod text;

use domain::{FileKind, FileScene, Passages, WholeStory};

pub use self::account::{Folders, account_things, story_folder};
use crate::{ArchiveFailed, safe_name};

/// A file to be kept by a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Its name.
    pub name: String,
    /// What it is, as HTTP says it.
    pub media_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The story as a file of this kind.
pub fn download(kind: FileKind, story: &WholeStory) -> Result<Download, ArchiveFailed> {
    let (ending, media_type, bytes) = match kind {
        FileKind::Markdown => ("md", "text/markdown; charset=utf-8", markdown::markdown(story).into_bytes()),
        FileKind::Epub => ("epub", "application/epub+zip", epub::epub(story)?),
        FileKind::Docx => {
            ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx::docx(story)?)
        }
        FileKind::Html => ("html", "text/html; charset=utf-8", html::html(story).into_bytes()),
        FileKind::Text => ("txt", "text/plain; charset=utf-8", text::text(story).into_bytes()),
    };
    Ok(Download { name: format!("{}.{ending}", safe_name(story.title.as_str())), media_type, bytes })
}

/// The most references to notes in a chapter that lead to them: each is thirty times as long as it was typed.
const MOST_REFERENCES: usize = 5_000;

/// What readers see of these scenes.
fn passages(scenes: &[FileScene]) -> Passages {
    Passages::of(scenes.iter().map(|scene| &scene.text))
}

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
