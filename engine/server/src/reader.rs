//! A Reader: one state of everything, and where in the log that state is (rule 2).

use std::ops::{Deref, DerefMut};

use abreast_core::Seq;
use sqlx::{Any, AnyConnection, Transaction};

use crate::{Database, Result, log};

/// A snapshot that cannot write: the database itself refuses.
pub struct Reader {
    transaction: Transaction<'static, Any>,
    as_of: Seq,
}

impl Reader {
    /// Takes a snapshot. The log's head is its first read, so whatever is read afterwards is
    /// exactly as new as that position.
    pub(crate) async fn begin(database: &Database) -> Result<Self> {
        let mut transaction = database.begin_reading().await?;
        let as_of = log::head(&mut *transaction).await?.seq;
        Ok(Self { transaction, as_of })
    }

    /// The snapshot itself, for what is read of the log.
    pub(crate) const fn transaction(&mut self) -> &mut Transaction<'static, Any> {
        &mut self.transaction
    }

    /// The log's head in this snapshot.
    pub const fn as_of(&self) -> Seq {
        self.as_of
    }
}

impl Deref for Reader {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        &self.transaction
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}
