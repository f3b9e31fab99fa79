//! A library in a temporary folder: one writer, one published story of sixty chapters.

use domain::{
    ChapterId, Email, Format, Genre, Manuscript, ManuscriptFile, Name, Password, Role, SceneDraft, SceneId, Seq,
    SignUp, StoryId, UserId,
};
use store::{Address, Store};
use tempfile::TempDir;

pub(crate) struct Library {
    pub(crate) store: Store,
    pub(crate) address: Address,
    pub(crate) author: UserId,
    pub(crate) story: StoryId,
    pub(crate) first_chapter: ChapterId,
    pub(crate) chapter: ChapterId,
    pub(crate) scene: SceneId,
    /// Goes when the library does, if it is there.
    _folder: Option<TempDir>,
}

impl Library {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let address = Address::Sqlite(folder.path().join("bench.db"));
        Self { _folder: Some(folder), ..Self::open_at(address).await }
    }

    /// The same in a database that is empty.
    pub(crate) async fn open_at(address: Address) -> Self {
        let store = Store::open(&address).await.expect("a store");
        let account = SignUp {
            name: Name::parse("Ada").expect("a name"),
            email: Email::parse("ada@quire.example").expect("an address"),
            password: Password::parse("quire bench of books").expect("a password"),
            role: Role::Writer,
        };
        let author = store.register(account, None).await.expect("an account").open().1;
        let file = ManuscriptFile::parse("book.md", &book()).expect("a book");
        let story =
            store.import_story(author, file, Genre::Literary, Format::Novel, true).await.expect("a story").open().1;
        let tree = store.fetch(&Manuscript { viewer: author, story }, Seq::ZERO).await.expect("a tree");
        let first_chapter = tree.entry.value.parts[0].chapters[0].chapter;
        let chapter = &tree.entry.value.parts[0].chapters[30];
        let (chapter, scene) = (chapter.chapter, chapter.scenes[0].scene);
        Self { store, address, author, story, first_chapter, chapter, scene, _folder: None }
    }

    pub(crate) fn draft(&self) -> SceneDraft {
        SceneDraft { viewer: self.author, scene: self.scene }
    }
}

/// Sixty chapters of two thousand words: about the size of a real novel's.
fn book() -> String {
    let sentence = "The tide went out *slowly*, and left the names of the boats on the sand. ";
    let paragraph = sentence.repeat(7) + "\n\n";
    let chapter = paragraph.repeat(20);
    (1..=60)
        .fold("# A Bench by the Sea\n\n".to_owned(), |book, number| book + &format!("## Chapter {number}\n\n{chapter}"))
}
