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
    check(world, "not UTF-8", &FIELDS, b"# Caf\xe9\n\nIt rained.", 422).await;
    check(world, "a picture", &FIELDS, b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 422).await;
    check(world, "a nonsense genre", &[("genre", "nonsense"), ("format", "novel")], b"# A\n\nIt rained.", 422).await;
    check(world, "no genre", &[], b"# A\n\nIt rained.", 422).await;
    check(world, "50 MB", &FIELDS, &vec![b'x'; 50_000_000], 413).await;
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
