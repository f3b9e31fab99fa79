//! An app's migrations, from the files that its program carries.
//!
//! `sqlx::migrate!` does the same, but its package of macros compiles both drivers, and SQLite itself, a second time
//! for the compiler's use: about a quarter of what a first build took.

use std::borrow::Cow;

use include_dir::{Dir, File};
use sqlx::{
    AssertSqlSafe, SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// The files of a directory as migrations, in the order of their numbers. Each is named as in `0001_log.sql`.
///
/// # Panics
/// If there is a file with another kind of name, or one that is not UTF-8: then no test of the app passes either.
pub fn migrations(directory: Dir<'static>) -> Migrator {
    Migrator::with_migrations(directory.files().map(migration).collect())
}

fn migration(file: &File<'static>) -> Migration {
    let path = file.path().display();
    let name = file.path().to_str().and_then(|name| name.strip_suffix(".sql")?.split_once('_'));
    let (Some((number, what)), Some(sql)) = (name, file.contents_utf8()) else {
        panic!("a migration is named as in 0001_log.sql, and is UTF-8: {path}");
    };
    let Ok(number) = number.parse() else { panic!("a migration's name begins with its number: {path}") };
    // The program's own files: nothing from outside is in them.
    let sql = AssertSqlSafe(sql.to_owned()).into_sql_str();
    Migration::new(number, Cow::Owned(what.replace('_', " ")), MigrationType::Simple, sql, false)
}

#[cfg(test)]
mod tests {
    use include_dir::{Dir, DirEntry};
    use sha2::{Digest, Sha384};

    use super::*;

    /// Databases know their migrations by number and checksum, and people by what it did: these are what
    /// `sqlx::migrate!` made of the same file.
    #[test]
    fn a_migration_is_what_sqlx_makes_of_its_file() {
        static FILES: [DirEntry<'static>; 1] = [DirEntry::File(File::new("0007_long_pages.sql", b"select 1;\n"))];
        let made = migrations(Dir::new("", &FILES));
        let one = made.iter().next().expect("a migration");
        assert_eq!((one.version, &*one.description), (7, "long pages"));
        assert_eq!(*one.checksum, Sha384::digest("select 1;\n")[..]);
    }

    #[test]
    #[should_panic(expected = "named as in 0001_log.sql")]
    fn a_file_that_is_none_is_noticed() {
        static FILES: [DirEntry<'static>; 1] = [DirEntry::File(File::new("notes.txt", b""))];
        migrations(Dir::new("", &FILES));
    }
}
