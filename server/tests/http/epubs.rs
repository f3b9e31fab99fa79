//! Books for other programs: `cargo xtask epubcheck` has the checker of the format look at each.

use std::{env, fs, path::PathBuf};

use domain::{FileKind, Format, Genre, ManuscriptFile, Role};

use crate::site::{Person, Site, rows};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "only writes files: `cargo xtask epubcheck` has them checked"]
async fn each_story_is_written_as_a_book() {
    let folder = PathBuf::from(env::var_os("QUIRE_EPUBS").expect("QUIRE_EPUBS names a folder"));
    let site = Site::start().await;
    site.store.seed_demo().await.expect("the demo library");
    if let Some(manuscript) = env::var_os("QUIRE_TEST_NOVEL") {
        let text = fs::read_to_string(manuscript).expect("a manuscript");
        let file = ManuscriptFile::parse("novel.md", &text).expect("a book");
        let ada = Person::join(&site.store, "writes", Role::Writer).await;
        site.store.import_story(ada.user, file, Genre::Romance, Format::Novel, false).await.expect("imported");
    }
    let stories = rows::column(&site.address, "select id from stories order by id").await;
    let authors = rows::column(&site.address, "select author_id from stories order by id").await;
    assert!(stories.len() >= 5, "{stories:?}");
    for (story, author) in stories.iter().zip(&authors) {
        let (id, author) = (story.parse().expect("an id"), author.parse().expect("an id"));
        let whole = site.store.export_story(author, id).await.expect("a story");
        let book = formats::download(FileKind::Epub, &whole).expect("a book");
        fs::write(folder.join(format!("{story}.epub")), book.bytes).expect("a file");
    }
}
