//! A backup of the library: one file, of SQLite and PostgreSQL alike.

use std::io::{Read, Seek, Write};

use abreast_server::backup;
pub use abreast_server::backup::{BackupError, Contents, Restored};

use crate::{Address, Library};

/// Copies the library into `file`, as it is at this moment. Nodes go on reading and writing.
pub async fn back_up(address: &Address, file: impl Write) -> Result<Contents, BackupError> {
    backup::back_up::<Library>(address, file).await
}

/// Puts a backup in the place of the library, all of it or nothing. The log gets a new name.
pub async fn restore(address: &Address, file: impl Read + Seek, replace: bool) -> Result<Restored, BackupError> {
    backup::restore::<Library>(address, file, replace).await
}
