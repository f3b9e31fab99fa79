//! Who is there, and what there is to read.

use domain::{
    ChapterId, Email, Format, Genre, Manuscript, ManuscriptFile, NewPost, Password, PostId, Remark, Role, StoryId,
    UserId,
};
use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};
use store::{Address, Store};

use super::{desk::Desk, ledger::Ledger, options::Options, prose, site::Person};

/// What the generator knows of the library, so that nothing it asks waits for an answer.
pub(crate) struct Library {
    /// The log's name, for Seen.
    pub(crate) log: String,
    /// The most read first.
    pub(crate) stories: Vec<Story>,
    pub(crate) desks: Vec<Desk>,
    pub(crate) members: Vec<Person>,
    /// One of each member.
    pub(crate) posts: Vec<PostId>,
    /// The manager's session: who may look at the figures.
    pub(crate) manager: String,
}

/// A story that everybody may read, at least at first.
pub(crate) struct Story {
    pub(crate) id: StoryId,
    pub(crate) chapters: Vec<Chapter>,
    /// The thing that says whether it is out, if it comes and goes.
    pub(crate) out: Option<String>,
}

/// A chapter, and the things that are written in it.
pub(crate) struct Chapter {
    pub(crate) id: ChapterId,
    pub(crate) things: Vec<String>,
}

impl Library {
    /// Makes it: the demo library, and the rest.
    pub(crate) async fn make(address: &Address, options: &Options, ledger: &Ledger) -> Self {
        let store = Store::open(address).await.expect("an open library");
        store.seed_demo().await.expect("the demo library");
        let mira = Email::parse("mira@quire.example").expect("an address");
        let demo = Password::parse("quire-demo").expect("a password");
        let (_, manager) = store.sign_in(mira, demo).await.expect("a session").open();
        let writers = people(&store, "writer", options.library.writers, Role::Writer).await;
        let members = people(&store, "member", options.library.members, Role::Reader).await;
        let mut stories = publish(&store, options, &writers).await;
        let mut desks = Vec::new();
        for (number, writer) in writers.into_iter().enumerate() {
            desks.push(desk(&store, options, ledger, number, writer, &mut stories).await);
        }
        let mut posts = Vec::new();
        for (number, member) in members.iter().enumerate() {
            let text = Remark::parse("What did you make of the ferryman?").expect("a remark");
            let new = NewPost { text, about: Some(stories[number % stories.len()].id.into()) };
            posts.push(*store.create_post(member.user, new).await.expect("a post").value());
            ledger.exists(&format!("m{number}"), true);
        }
        let log = store.log_id().to_string();
        Self { log, stories, desks, members, posts, manager: manager.as_str().to_owned() }
    }
}

/// The published stories: a writer has every so manieth of them, and the newest is nobody's favourite.
async fn publish(store: &Store, options: &Options, writers: &[Person]) -> Vec<Story> {
    let mut order: Vec<usize> = (0..options.library.stories).collect();
    order.shuffle(&mut StdRng::seed_from_u64(options.seed));
    let mut stories: Vec<(usize, Story)> = Vec::new();
    for number in order {
        let author = writers[number % writers.len()].user;
        let genre = Genre::ALL[number % Genre::ALL.len()];
        let (id, tree) = import(store, options, number, author, genre, true).await;
        let chapters = tree.into_iter().map(|(id, _)| Chapter { id, things: Vec::new() }).collect();
        stories.push((number, Story { id, chapters, out: None }));
    }
    stories.sort_unstable_by_key(|(number, _)| *number);
    stories.into_iter().map(|(_, story)| story).collect()
}

/// Every other writer revises a story of those that are read most; the others work on a draft, and
/// two of them let a story come and go.
async fn desk(
    store: &Store,
    options: &Options,
    ledger: &Ledger,
    number: usize,
    writer: Person,
    stories: &mut [Story],
) -> Desk {
    let size = options.library;
    let (story, tree) = if number.is_multiple_of(2) {
        let id = stories[number].id;
        (id, tree(store, writer.user, id).await)
    } else {
        import(store, options, size.stories + number, writer.user, Genre::Literary, false).await
    };
    let scenes: Vec<_> = tree.into_iter().take(3).filter_map(|(_, scenes)| scenes.first().copied()).collect();
    for place in 0..scenes.len() {
        let thing = format!("s{number}.{place}");
        ledger.exists(&thing, true);
        if number.is_multiple_of(2) {
            stories[number].chapters[place].things.push(thing);
        }
    }
    let mut leaving = [2 * size.writers + size.writers - 1, 5 * size.writers + 1].into_iter();
    let leaves = leaving.find(|rank| rank % size.writers == number && *rank < stories.len());
    let leaves = leaves.map(|rank| {
        let thing = format!("o{rank}");
        ledger.exists(&thing, true);
        stories[rank].out = Some(thing.clone());
        (stories[rank].id, thing)
    });
    Desk::new(number, writer, story, scenes, leaves)
}

/// A story's chapters, each with its scenes.
type Tree = Vec<(ChapterId, Vec<domain::SceneId>)>;

async fn import(
    store: &Store,
    options: &Options,
    number: usize,
    author: UserId,
    genre: Genre,
    publish: bool,
) -> (StoryId, Tree) {
    let book = prose::book(number, options.library.chapters, options.library.words);
    let file = ManuscriptFile::parse("book.md", &book).expect("a book");
    let id = *store.import_story(author, file, genre, Format::Novel, publish).await.expect("a story").value();
    (id, tree(store, author, id).await)
}

async fn tree(store: &Store, viewer: UserId, story: StoryId) -> Tree {
    let tree = store.load(&Manuscript { viewer, story }).await.expect("its tree");
    let chapters = tree.value.parts.iter().flat_map(|part| &part.chapters);
    chapters.map(|chapter| (chapter.chapter, chapter.scenes.iter().map(|scene| scene.scene).collect())).collect()
}

async fn people(store: &Store, what: &str, how_many: usize, role: Role) -> Vec<Person> {
    let mut people = Vec::new();
    for number in 0..how_many {
        people.push(Person::join(store, &format!("{what}{number}"), role).await);
    }
    people
}
