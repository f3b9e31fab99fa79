//! `quire backup` and `quire restore`: the library in a file, and back.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use httpdate::fmt_http_date;
use store::{
    Address,
    backup::{self, BackupError, Contents},
};
use tempfile::NamedTempFile;

use crate::config;

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupFailed {
    /// The database or the file is not as it should be.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The database has something in it.
    #[error("{0}. Name an empty database, or say --replace to lose what is in this one.")]
    NotEmpty(BackupError),
    /// The file can't be written or read.
    #[error("{0}: {1}")]
    File(PathBuf, #[source] io::Error),
    /// There is a file of this name.
    #[error("{0} is there already. Name another file, or say --force to replace it.")]
    IsThere(PathBuf),
}

/// Makes a backup, and says in a sentence what is in it.
pub async fn back_up(config: config::Backup) -> Result<String, BackupFailed> {
    let path = config.file;
    if !config.force && path.exists() {
        return Err(BackupFailed::IsThere(path));
    }
    let contents = write_file(&path, config.force, &config.library.database).await?;
    Ok(format!(
        "{} is written: {}.\nKeep it secret: it has every text and every password's hash.",
        path.display(),
        said_of(&contents)
    ))
}

/// Restores a backup, and says in a few sentences what happened.
pub async fn restore(config: config::Restore) -> Result<String, BackupFailed> {
    let file = File::open(&config.file).map_err(|error| BackupFailed::File(config.file.clone(), error))?;
    let restored = backup::restore(&config.library.database, file, config.replace).await;
    let restored = restored.map_err(|error| match error {
        BackupError::NotEmpty => BackupFailed::NotEmpty(error),
        error => error.into(),
    })?;
    Ok(format!(
        "Restored: {}.\nThe log has a new name, {}, so that no browser takes an old position for a new one. \
         Start every node anew.",
        said_of(&restored.contents),
        restored.log
    ))
}

/// Writes it beside its place first: a file of that name is whole, or not there. Its owner alone can read it.
async fn write_file(path: &Path, force: bool, database: &Address) -> Result<Contents, BackupFailed> {
    let failed = |error| BackupFailed::File(path.to_owned(), error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unfinished = NamedTempFile::new_in(folder).map_err(failed)?;
    let mut buffer = BufWriter::new(unfinished);
    let contents = backup::back_up(database, &mut buffer).await?;
    buffer.flush().map_err(failed)?;
    let finished = buffer.into_inner().map_err(|error| failed(error.into_error()))?;
    finished.as_file().sync_all().map_err(failed)?;
    if force {
        finished.persist(path).map_err(|error| failed(error.error))?;
    } else {
        finished.persist_noclobber(path).map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => BackupFailed::IsThere(path.to_owned()),
            _ => failed(error.error),
        })?;
    }
    sync_folder(folder).map_err(failed)?;
    Ok(contents)
}

/// The new name outlives a power cut.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn said_of(contents: &Contents) -> String {
    let made_at = UNIX_EPOCH + Duration::from_millis(contents.made_at.0.unsigned_abs());
    let rows = |name: &str| contents.tables.iter().find(|table| table.name == name).map_or(0, |table| table.rows);
    format!(
        "{} {}, {}, log {} at {}, {} rows, among them {} accounts, {} stories and {} scenes",
        contents.app,
        contents.version,
        fmt_http_date(made_at),
        contents.log,
        contents.head,
        contents.rows(),
        rows("users"),
        rows("stories"),
        rows("scenes"),
    )
}
