//! `quire import`: a book from a file.

use std::path::PathBuf;

use formats::ReadFailed;
use store::Store;

use crate::config::Import;

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailed {
    /// The file is not there, or not ours to read.
    #[error("{0} cannot be read: {1}")]
    File(PathBuf, #[source] std::io::Error),
    /// The file is no book.
    #[error(transparent)]
    Book(#[from] ReadFailed),
    /// The author has no account, or the database did not take the book.
    #[error("{0}")]
    Store(#[from] store::Error),
    /// No account of that name.
    #[error("There is no account with that e-mail address. Open one first, or run `quire seed`.")]
    NoAuthor,
}

/// Imports a book, and says in a sentence what it was.
pub async fn import(config: Import) -> Result<String, ImportFailed> {
    let bytes = std::fs::read(&config.file).map_err(|error| ImportFailed::File(config.file.clone(), error))?;
    let name = config.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let file = formats::read(&name, &bytes)?;
    let said = format!("{}: {} chapters, {} words", file.title, file.chapters(), file.words());
    let notice = file.notice().map_or_else(String::new, |notice| format!("\n{notice}"));
    let store = Store::open(&config.library.database).await?;
    let author = store.find_user(&config.author).await?.ok_or(ImportFailed::NoAuthor)?;
    let imported = store.import_story(author, file, config.genre, config.format, config.publish).await?;
    Ok(format!("Imported {said}, as /novels/{}{notice}", imported.value()))
}
