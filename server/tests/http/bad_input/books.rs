//! Files that are no books.

use super::{World, assert_refused};
use crate::site::form;

const KIND: &str = "multipart/form-data; boundary=line";
const FIELDS: [(&str, &str); 2] = [("genre", "mystery"), ("format", "novel")];

async fn check(world: &mut World, what: &str, fields: &[(&str, &str)], bytes: &[u8], status: u16) {
    let before = world.size().await;
    let body = form::multipart("line", fields, ("file", "book.md", bytes));
    let answer = world.ada.raw("/api/import_story", KIND, body).await;
    assert_refused(what, &answer, status);
    assert_eq!(world.size().await, before, "{what} left something behind");
}

#[tokio::test]
async fn files_that_are_no_books() {
    let mut world = World::make().await;
    let world = &mut world;
    check(world, "empty", &FIELDS, b"", 422).await;
    check(world, "blank", &FIELDS, b" \n\n ", 422).await;
    check(world, "a path that leads out", &FIELDS, &zipped("../x", b"x"), 422).await;
    check(world, "a bomb", &FIELDS, &zipped("word/document.xml", &vec![b' '; 120_000_000]), 422).await;
    check(world, "an archive of nothing", &FIELDS, &zipped("x", b"x"), 422).await;
    check(world, "a broken archive", &FIELDS, b"PK\x03\x04 and no more", 422).await;
    check(world, "no such level", &[FIELDS[0], FIELDS[1], ("levels", "volume")], b"# A\n\nIt rained.", 422).await;
    check(world, "levels of another file", &[FIELDS[0], FIELDS[1], ("levels", "part part")], b"# A\n\nIt rained.", 422)
        .await;
    check(world, "into nothing", &[("into", "0000000000007")], b"# A\n\nIt rained.", 404).await;
    check(world, "into nonsense", &[("into", "nonsense")], b"# A\n\nIt rained.", 404).await;
    check(world, "a picture", &FIELDS, b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 422).await;
    check(world, "a nonsense genre", &[("genre", "nonsense"), ("format", "novel")], b"# A\n\nIt rained.", 422).await;
    check(world, "no genre", &[], b"# A\n\nIt rained.", 422).await;
    check(world, "50 MB", &FIELDS, &vec![b'x'; 50_000_000], 413).await;
}

/// An archive of one file.
fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut archive = formats::Archive::default();
    archive.add(name, bytes).expect("room");
    archive.finish().expect("an archive")
}

#[tokio::test]
async fn what_is_looked_at_is_refused_alike() {
    let mut world = World::make().await;
    for (what, bytes) in [("a bomb", zipped("word/document.xml", &vec![b' '; 120_000_000])), ("nothing", vec![])] {
        let body = form::multipart("line", &[], ("file", "book.docx", &bytes));
        let answer = world.ada.raw("/api/preview_import", KIND, body).await;
        assert_refused(what, &answer, 422);
    }
}

#[tokio::test]
async fn forms_that_are_none() {
    let mut world = World::make().await;
    for (kind, body) in [
        ("application/json", "{}"),
        ("multipart/form-data", "no boundary"),
        (KIND, ""),
        (KIND, "--line\r\nnonsense"),
        (KIND, "--line--\r\n"),
    ] {
        let answer = world.ada.raw("/api/import_story", kind, body).await;
        assert_refused(&format!("{kind} {body:?}"), &answer, 422);
    }
}

#[tokio::test]
async fn a_book_without_headings_is_one_and_the_author_is_told() {
    let mut world = World::make().await;
    let body = form::multipart("line", &FIELDS, ("file", "the-roof.txt", b"It rained.\n\nIt rained again."));
    let answer = world.ada.raw("/api/import_story", KIND, body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let notice = &answer.json()["value"]["notice"];
    assert!(notice.as_str().is_some_and(|notice| notice.ends_with('.')), "{notice}");
}
