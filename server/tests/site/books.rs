//! Stories that have words from the start.

use domain::{Format, Genre, Manuscript, ManuscriptFile, StoryTree, Title, UserId};
use store::Store;

/// A story of one chapter with two scenes, published or not.
pub async fn a_story(store: &Store, author: UserId, title: &str, publish: bool) -> StoryTree {
    let mut file = ManuscriptFile::parse("book.md", "It rained.\n\n***\n\nIt rained.\n").expect("a book");
    file.title = Title::parse(title).expect("a title");
    let begun = store.import_story(author, file, Genre::Mystery, Format::Novel, publish).await.expect("a story");
    store.load(&Manuscript { viewer: author, story: *begun.value() }).await.expect("its tree").value.clone()
}
