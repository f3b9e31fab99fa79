//! The database: reachable, of this version, writable, and as safe as it should be.

use store::{
    Address,
    checkup::{self, DatabaseState, Tables},
};

use super::{
    Finding, clock, file,
    settings::{demo_accounts, is_open},
};
use crate::config::Serve;

pub(super) async fn check(config: &Serve) -> Vec<Finding> {
    let address = &config.library.database;
    let mut found = vec![];
    if let Address::Sqlite(path) = address {
        found.extend(file::check(path));
        // The first start makes it.
        if !path.exists() {
            return found;
        }
    }
    let state = match checkup::look_at_database(address).await {
        Ok(state) => state,
        Err(error) => {
            found.push(Finding::new(
                format!("The database can't be read: {error}."),
                "Without it nothing can be shown or written.",
                "Start it, and see that DATABASE_URL names it, with its user, its password and its port.",
            ));
            return found;
        }
    };
    found.extend(judge(&state, clock::now()));
    let has_demo =
        state.tables == Tables::Current && !config.demo && checkup::has_demo_accounts(address).await.unwrap_or(false);
    if has_demo && is_open(config.addr) {
        found.push(demo_accounts(config.addr));
    }
    found
}

fn judge(state: &DatabaseState, now: i64) -> Vec<Finding> {
    let tables = match state.tables {
        Tables::None | Tables::Current => None,
        Tables::Older => Some(Finding::new(
            "An earlier version of this program made the database.",
            "The next start brings it up to date, and there is no way back.",
            "Make a backup (quire backup FILE), and then run quire migrate.",
        )),
        Tables::Newer => Some(Finding::new(
            "A later version of this program made the database.",
            "This one does not know all that is in it, and does not start.",
            "Use that version, or restore a backup from before.",
        )),
        Tables::Foreign => Some(Finding::new(
            "The database has tables of another program, with the names of Quire's.",
            "The two can't share it, and quire serve does not start.",
            "Give Quire a database of its own.",
        )),
    };
    let takes_writes = (!state.takes_writes).then(|| {
        Finding::new(
            "The database takes no writes: it is a standby.",
            "Nothing can be saved.",
            "Name the primary in DATABASE_URL.",
        )
    });
    let readers = (!state.keeps_readers_out).then(|| {
        Finding::new(
            "The database lets connections write that are for reading.",
            "Nothing then stops a write that forgets to say what it changed.",
            "See whether a pooler in between changes sessions; one that pools by transaction is safe.",
        )
    });
    let journal = state.journal_mode.as_ref().filter(|mode| *mode != "wal").map(|mode| {
        Finding::new(
            format!("SQLite's journal mode is {mode}, not wal."),
            "Readers then wait for each save, and saves for readers.",
            "Start quire serve once, which changes it; if it stays, move the file to a local disk.",
        )
    });
    let server = state.clock.and_then(|theirs| clock::compare(now, theirs.0, "PostgreSQL"));
    let commit = state.last_commit.and_then(|commit| clock::compare_with_commit(now, commit.0));
    [tables, takes_writes, readers, journal, server, commit].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What no test can plant in a real database in a moment.
    #[test]
    fn a_state_that_is_wrong_is_named() {
        let right = DatabaseState {
            tables: Tables::Current,
            keeps_readers_out: true,
            takes_writes: true,
            journal_mode: None,
            clock: None,
            last_commit: None,
        };
        let check = |state: DatabaseState, expected: &[&str]| {
            let found: Vec<_> = judge(&state, 0).into_iter().map(|finding| finding.what).collect();
            assert_eq!(found, expected, "{state:?}");
        };
        check(right.clone(), &[]);
        check(
            DatabaseState { takes_writes: false, ..right.clone() },
            &["The database takes no writes: it is a standby."],
        );
        check(
            DatabaseState { keeps_readers_out: false, ..right.clone() },
            &["The database lets connections write that are for reading."],
        );
        check(
            DatabaseState { tables: Tables::Foreign, ..right },
            &["The database has tables of another program, with the names of Quire's."],
        );
    }
}
