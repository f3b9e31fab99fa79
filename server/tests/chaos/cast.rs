//! Who takes part, and in what library.

use domain::{ChapterId, NewPost, PostId, Remark, Role, SceneId, StoryId};
use serde_json::json;
use store::{Address, Store};

use super::{
    cluster::Cluster,
    history::History,
    marks::mark,
    site::{Person, books::a_story},
};

/// How many write stories; each has one.
pub(crate) const WRITERS: usize = 10;
/// The stories before this one come and go; the others stay out.
pub(crate) const TOGGLED: usize = 5;
/// How many talk; each has one post.
pub(crate) const TALKERS: usize = 10;
/// How many only read: with Seen, as browsers do, and without.
pub(crate) const READERS: usize = 12;
/// How many live lines are held beside that.
pub(crate) const LISTENERS: u64 = 4;
/// All of them.
pub(crate) const CLIENTS: usize = WRITERS + TALKERS + READERS;

/// A story, and what has to be known of it.
pub(crate) struct Story {
    pub(crate) id: StoryId,
    pub(crate) chapter: ChapterId,
    pub(crate) scenes: [SceneId; 2],
}

/// The library before anything fails.
pub(crate) struct Library {
    pub(crate) log: String,
    pub(crate) writers: Vec<Person>,
    pub(crate) talkers: Vec<Person>,
    pub(crate) stories: Vec<Story>,
    pub(crate) posts: Vec<PostId>,
}

impl Library {
    /// Makes it.
    pub(crate) async fn make(cluster: &Cluster, history: &History) -> Self {
        let store = Store::open(&Address::Postgres(cluster.database.url.clone())).await.expect("an open library");
        let mut library = Self {
            log: store.log_id().to_string(),
            writers: people(&store, "writer", WRITERS, Role::Writer).await,
            talkers: people(&store, "talker", TALKERS, Role::Reader).await,
            stories: Vec::new(),
            posts: Vec::new(),
        };
        // As it begins: write 0 of each thing.
        let begin = |thing: String, present: bool| {
            history.note(&json!({"write": thing, "number": 0, "present": present, "status": 200, "seq": 0,
                "sent": 0, "done": 0}));
        };
        for number in 0..WRITERS {
            library.stories.push(begin_story(&store, library.writers[number].user, number).await);
            let texts = [format!("t{number}"), format!("c{number}"), format!("s{number}.0"), format!("s{number}.1")];
            texts.into_iter().chain([format!("o{number}")]).for_each(|thing| begin(thing, true));
        }
        for number in 0..TALKERS {
            let text = Remark::parse(&mark(&format!("p{number}"), 0)).expect("a remark");
            let new = NewPost { text, about: Some(library.stories[number % WRITERS].id.into()) };
            let post = store.create_post(library.talkers[number].user, new).await.expect("a post");
            library.posts.push(*post.value());
            begin(format!("p{number}"), true);
            (TOGGLED..WRITERS).for_each(|story| begin(format!("l{number}.{story}"), false));
        }
        library
    }
}

async fn begin_story(store: &Store, author: domain::UserId, number: usize) -> Story {
    let tree = a_story(store, author, &mark(&format!("t{number}"), 0), true).await;
    let chapter = &tree.parts[0].chapters[0];
    Story { id: tree.story, chapter: chapter.chapter, scenes: [chapter.scenes[0].scene, chapter.scenes[1].scene] }
}

async fn people(store: &Store, what: &str, how_many: usize, role: Role) -> Vec<Person> {
    let mut people = Vec::new();
    for number in 0..how_many {
        people.push(Person::join(store, &format!("{what}{number}"), role).await);
    }
    people
}
