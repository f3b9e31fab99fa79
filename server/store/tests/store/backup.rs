//! A backup is whole whatever happens meanwhile, and restoring one gives all of it or changes nothing.

use std::{
    io::{Cursor, Read, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use domain::{Rev, Role, SceneDraft, Seq};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use store::{
    Address, Store,
    backup::{BackupError, back_up, restore},
};

use crate::library::{Library, On, Place, fixture::save, on_both, tables};

on_both! {
    what_is_restored_is_what_was_there
    all_that_was_acknowledged_before_is_in_a_backup_that_is_made_under_writes
    a_library_moves_to_the_other_database
    a_database_that_is_not_empty_is_left_alone
    a_node_that_runs_on_a_replaced_database_shows_nothing_old
    a_backup_of_an_older_version_is_brought_up_to_date
    what_is_no_whole_backup_is_refused
    another_programs_tables_are_left_alone
}

/// Every row but the log's: a restored database has a new one.
async fn rows(address: &Address) -> Vec<String> {
    let is_log = |row: &String| row.starts_with("log: ") || row.starts_with("log_head: ") || row.starts_with("_sqlx");
    let mut rows = tables::dump(address).await;
    rows.retain(|row| !is_log(row));
    rows
}

async fn taken(address: &Address) -> Vec<u8> {
    let mut file = vec![];
    back_up(address, &mut file).await.expect("a backup");
    file
}

async fn what_is_restored_is_what_was_there(on: On) {
    let library = Library::open(on).await;
    let file = taken(&library.address).await;
    let place = Place::empty(on);
    let restored = restore(&place.address(), Cursor::new(&file), false).await.expect("restored");
    assert_eq!(rows(&place.address()).await, rows(&library.address).await);
    let (contents, log) = (restored.contents, library.store.log_id());
    assert_eq!((contents.log, contents.head), (log, library.store.watermark()));
    assert!(contents.tables.iter().any(|table| table.name == "users" && table.rows == 5), "{contents:?}");
    let store = Store::open(&place.address()).await.expect("a node");
    assert_eq!(store.log_id(), restored.log);
    assert!(restored.log != log && store.watermark() > contents.head, "no position is handed out twice");
    // The references are there again, and hold.
    store.delete_story(library.fixture.ada, library.fixture.out.story).await.expect("deleted");
    assert_eq!(tables::column(&place.address(), "select id from scenes limit 0").await, Vec::<String>::new());
    let gone = format!("select id from scenes where story_id = '{}'", library.fixture.out.story);
    assert_eq!(tables::column(&place.address(), &gone).await, Vec::<String>::new());
}

async fn all_that_was_acknowledged_before_is_in_a_backup_that_is_made_under_writes(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (library.store.clone(), library.fixture.clone());
    let (scene, began) = (f.out.scenes[0], library.store.watermark());
    let stop = Arc::new(AtomicBool::new(false));
    let (node, stopped) = (store.clone(), Arc::clone(&stop));
    let writes = tokio::spawn(async move {
        let mut rev = Rev(2);
        while !stopped.load(Ordering::Relaxed) {
            let saved = node.save_scene(f.ada, scene, save(&format!("Save {}.", rev.0), rev)).await.expect("saved");
            rev = *saved.value();
        }
        rev
    });
    let mut found = vec![];
    while found.len() < 10 || store.watermark() < Seq(began.0 + 5) {
        let acknowledged = store.watermark();
        let mut file = vec![];
        let contents = back_up(&library.address, &mut file).await.expect("a backup");
        assert!(contents.head >= acknowledged);
        found.push((contents.head, file));
    }
    stop.store(true, Ordering::Relaxed);
    writes.await.expect("it wrote until it was stopped");
    let draft = SceneDraft { viewer: library.fixture.ada, scene };
    for (head, file) in found {
        let place = Place::empty(on);
        restore(&place.address(), Cursor::new(&file), false).await.expect("restored");
        let node = Store::open(&place.address()).await.expect("a node");
        let rev = node.load(&draft).await.expect("a scene").value.rev;
        // Each save is one position of the log, so the two must agree to the last one.
        assert_eq!(rev.0.unsigned_abs() - 2, head.0 - began.0, "the snapshot is one state of everything");
    }
}

async fn a_library_moves_to_the_other_database(on: On) {
    let library = Library::open(on).await;
    let other = Place::empty(match on {
        On::Sqlite => On::Postgres,
        On::Postgres => On::Sqlite,
    });
    restore(&other.address(), Cursor::new(taken(&library.address).await), false).await.expect("restored");
    let node = Store::open(&other.address()).await.expect("a node");
    for question in library.questions() {
        assert_eq!(question.past(&node).await, question.past(&library.store).await, "{}", question.key());
    }
}

async fn a_database_that_is_not_empty_is_left_alone(on: On) {
    let (library, other) = (Library::open(on).await, Library::open(on).await);
    other.store.like_post(other.fixture.sid, other.fixture.post, true).await.expect("a like");
    let file = taken(&library.address).await;
    let before = tables::dump(&other.address).await;
    let refused = restore(&other.address, Cursor::new(&file), false).await;
    assert!(matches!(refused, Err(BackupError::NotEmpty)), "{refused:?}");
    assert_eq!(tables::dump(&other.address).await, before);
    // A database that a node opened and nobody used is empty, although it has a link for the first manager.
    let (empty, place) = Library::empty(on).await;
    empty.begin_first_manager().await.expect("an answer").expect("a link");
    drop(empty);
    restore(&place.address(), Cursor::new(&file), false).await.expect("restored");
    assert_eq!(rows(&place.address()).await, rows(&library.address).await);
}

async fn a_node_that_runs_on_a_replaced_database_shows_nothing_old(on: On) {
    let library = Library::open(on).await;
    let f = &library.fixture;
    let draft = SceneDraft { viewer: f.ada, scene: f.out.scenes[0] };
    let text = async || {
        let fetched = library.store.fetch(&draft, Seq::ZERO).await.expect("a scene");
        fetched.entry.value.content.as_str().to_owned()
    };
    let (before, file) = (text().await, taken(&library.address).await);
    let saved = library.store.save_scene(f.ada, draft.scene, save("Lost.", Rev(2))).await.expect("saved");
    assert_eq!(text().await, "Lost.");
    restore(&library.address, Cursor::new(&file), true).await.expect("restored");
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    assert_eq!(text().await, before);
    assert!(library.store.watermark() > saved.record().seq);
    library.store.save_scene(f.ada, draft.scene, save("New.", Rev(2))).await.expect("saved");
    assert_eq!(text().await, "New.");
}

/// As a version before the last migration left it: each later one belongs here, too.
async fn a_backup_of_an_older_version_is_brought_up_to_date(on: On) {
    let library = Library::open(on).await;
    let undo = "drop table manager_links; drop index scenes_uncounted; alter table scenes drop column counted;
        delete from _sqlx_migrations where version >= 10";
    tables::run(&library.address, undo).await;
    tables::run(&library.address, tables::BEFORE_GOALS).await;
    tables::run(&library.address, tables::BEFORE_SILENCES).await;
    tables::run(&library.address, tables::BEFORE_CHAPTER_TALK).await;
    tables::run(&library.address, tables::BEFORE_SECOND_FACTORS).await;
    tables::run(&library.address, tables::BEFORE_MENTIONS).await;
    tables::run(&library.address, tables::BEFORE_LEAVING).await;
    tables::run(&library.address, tables::BEFORE_WORKING_COPIES).await;
    tables::run(&library.address, tables::BEFORE_MODERATION).await;
    tables::run(&library.address, tables::BEFORE_SEARCH).await;
    tables::run(&library.address, tables::BEFORE_FACTS).await;
    tables::run(&library.address, tables::BEFORE_HANDLES).await;
    tables::run(&library.address, tables::BEFORE_READERS).await;
    tables::run(&library.address, tables::BEFORE_CHAPTER_STATES).await;
    let file = taken(&library.address).await;
    let version = "select cast(max(version) as text) from _sqlx_migrations";
    assert_eq!(tables::column(&library.address, version).await, ["9"], "a backup changes nothing");
    let place = Place::empty(on);
    restore(&place.address(), Cursor::new(&file), false).await.expect("restored");
    let node = Store::open(&place.address()).await.expect("a node");
    node.set_role(library.fixture.mia, Role::Reader).await.expect("a reader");
    assert!(node.begin_first_manager().await.expect("an answer").is_some());
}

async fn what_is_no_whole_backup_is_refused(on: On) {
    let library = Library::open(on).await;
    let file = taken(&library.address).await;
    let mut text = String::new();
    GzDecoder::new(&*file).read_to_string(&mut text).expect("its lines");
    let other = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        packed(&text.replacen(from, to, 1))
    };
    let last = text.trim_end().rfind('\n').expect("lines") + 1;
    let mut flipped = file.clone();
    flipped[file.len() / 2] ^= 0x10;
    let (newer, damaged, foreign) = ("too old for it", "is damaged", "is no backup of quire");
    let place = Place::empty(on);
    for (what, broken, expected) in [
        ("nothing", vec![], foreign),
        ("a text", b"# A book".to_vec(), foreign),
        ("another file in gzip", packed("{}\n"), foreign),
        ("another program's backup", other("\"app\":\"quire\"", "\"app\":\"guestbook\""), foreign),
        ("another format", other("\"backup\":1", "\"backup\":2"), newer),
        ("a later migration", other("\"migration\":", "\"migration\":99"), newer),
        ("half a file", file[..file.len() / 2].to_vec(), damaged),
        ("a file without its last byte", file[..file.len() - 1].to_vec(), damaged),
        ("a file without its last line", packed(&text[..last]), damaged),
        ("a file that goes on", packed(&format!("{text}[]\n")), damaged),
        ("a file with another after it", [&*file, b"more"].concat(), damaged),
        ("another bit", flipped, damaged),
        ("another letter", other("The Tide Table", "The Tide Tables"), damaged),
        ("another row's width", other("\n[", "\n[1,"), damaged),
    ] {
        let refused = restore(&place.address(), Cursor::new(broken), false).await.expect_err(what).to_string();
        assert!(refused.contains(expected), "{what}: {refused}");
    }
    restore(&place.address(), Cursor::new(file), false).await.expect("nothing is in the way of the whole one");
}

async fn another_programs_tables_are_left_alone(on: On) {
    let library = Library::open(on).await;
    let file = taken(&library.address).await;
    let place = Place::empty(on);
    if let Address::Sqlite(path) = place.address() {
        std::fs::File::create(path).expect("a file");
    }
    let nothing = back_up(&place.address(), &mut vec![]).await;
    assert!(matches!(nothing, Err(BackupError::NothingHere)), "{nothing:?}");
    tables::run(&place.address(), "create table posts (id text)").await;
    let refused = restore(&place.address(), Cursor::new(file), true).await;
    assert!(matches!(&refused, Err(BackupError::ForeignTable(table)) if table == "posts"), "{refused:?}");
}

fn packed(text: &str) -> Vec<u8> {
    let mut file = GzEncoder::new(vec![], Compression::fast());
    file.write_all(text.as_bytes()).expect("packed");
    file.finish().expect("packed")
}
