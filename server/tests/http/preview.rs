//! What is understood of a file before it is imported: its headings, its words and what to know of it.

use std::{fs, path::Path};

use app::api::import::Understood;
use domain::{FileLevel, Role};

use crate::site::{Browser, Person, Site, form, rows};

async fn understood(browser: &mut Browser, name: &str, bytes: &[u8]) -> Understood {
    let body = form::multipart("line", &[], ("file", name, bytes));
    let answer = browser.raw("/api/preview_import", "multipart/form-data; boundary=line", body).await;
    assert_eq!(answer.status, 200, "{name}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{name}: {error}: {}", answer.body))
}

/// The same as the import will read, of each file that a story was once misread in; and nothing of it stays.
#[tokio::test]
async fn a_preview_tells_what_will_be_read() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let mut browser = site.browser_of(&ada);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/manuscript_file/trials");
    let mut files = 0;
    for entry in fs::read_dir(folder).expect("the trials") {
        let path = entry.expect("a file").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let bytes = fs::read(&path).expect("its bytes");
        let file = formats::read(name, &bytes).expect("a good book");
        let expected = Understood {
            title: file.title.clone(),
            outline: file.outline(),
            words: file.words(),
            remarks: file.notice().into_iter().collect(),
            genre: file.front.genre,
            format: file.front.format,
        };
        assert_eq!(understood(&mut browser, name, &bytes).await, expected, "{name}");
        files += 1;
    }
    assert_eq!(files, 26);
    let stories = rows::numbers(&site.address, "select cast(count(*) as text) from stories").await;
    assert_eq!(stories, [0]);
}

/// What its author sees of one file.
#[tokio::test]
async fn a_preview_has_headings_words_and_remarks() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let book = "---\ntitle: Salt\ngenre: Dark Fantasy\n---\n\n# Part One\n\n## Ebb\n\nIt rained.\n\n***\n\nIt rained on.\n\n\
                ## Flow\n\nIt snowed on *all* of them.\n";
    let told = understood(&mut site.browser_of(&ada), "book.md", book.as_bytes()).await;
    let outline: Vec<_> =
        told.outline.iter().map(|one| (one.level, one.title.as_str(), one.words, one.scenes)).collect();
    let expected =
        [(FileLevel::Part, "Part One", 0, 0), (FileLevel::Chapter, "Ebb", 5, 2), (FileLevel::Chapter, "Flow", 6, 1)];
    assert_eq!(outline, expected);
    let sentence =
        "The line “genre: Dark Fantasy” at the top of the file was passed over. There is no genre of that name.";
    assert_eq!((told.title.as_str(), told.words, told.genre), ("Salt", 11, None));
    assert_eq!(told.remarks, [sentence]);
}
