//! Who takes part in the race, and in what library.

use domain::{ChapterId, CommentId, NewPost, PostId, Remark, Role, SceneId, StoryId};
use store::Store;

use super::{
    marks::mark,
    model::{Model, Thing},
    site::{Person, books::a_story},
};

/// How many write stories; each has one.
pub(crate) const WRITERS: usize = 16;
/// How many talk; each has one post.
pub(crate) const TALKERS: usize = 24;
/// How many only read, signed out.
pub(crate) const STRANGERS: usize = 24;

/// A story, and what the race needs to know of it.
pub(crate) struct Story {
    pub(crate) id: StoryId,
    pub(crate) chapter: ChapterId,
    pub(crate) scenes: [SceneId; 2],
}

/// The library before the race.
pub(crate) struct Library {
    pub(crate) model: Model,
    pub(crate) writers: Vec<Person>,
    pub(crate) talkers: Vec<Person>,
    pub(crate) stories: Vec<Story>,
    pub(crate) posts: Vec<PostId>,
    /// Where a person's comment stands, while there is one, and how often it was saved; nobody else asks.
    pub(crate) comments: Vec<std::sync::Mutex<Option<(CommentId, u64)>>>,
}

impl Library {
    /// Makes it.
    pub(crate) async fn make(store: &Store) -> Self {
        let mut library = Self {
            model: Model::default(),
            writers: people(store, "writer", WRITERS, Role::Writer).await,
            talkers: people(store, "talker", TALKERS, Role::Reader).await,
            stories: Vec::new(),
            posts: Vec::new(),
            comments: (0..TALKERS).map(|_| std::sync::Mutex::default()).collect(),
        };
        for number in 0..WRITERS {
            let story = library.begin_story(store, number).await;
            library.stories.push(story);
        }
        for number in 0..TALKERS {
            let text = Remark::parse(&mark(Thing::Post(number), 0)).expect("a remark");
            let new = NewPost { text, about: Some(library.stories[number % WRITERS].id.into()) };
            let post = store.create_post(library.talkers[number].user, new).await.expect("a post");
            library.posts.push(*post.value());
            library.model.add(Thing::Post(number), true);
            library.model.add(Thing::Comment(number), false);
            (0..WRITERS).for_each(|story| library.model.add(Thing::Like(number, story), false));
        }
        library
    }

    /// Below whose post a person's comments stand.
    pub(crate) const fn commented_by(talker: usize) -> usize {
        (talker + 1) % TALKERS
    }

    /// Whose comments stand below a person's post.
    pub(crate) const fn comments_below(post: usize) -> usize {
        (post + TALKERS - 1) % TALKERS
    }

    async fn begin_story(&mut self, store: &Store, number: usize) -> Story {
        let author = self.writers[number].user;
        let tree = a_story(store, author, &mark(Thing::Title(number), 0), true).await;
        let chapter = &tree.parts[0].chapters[0];
        // Chapter and scenes bear no mark before their first write.
        for thing in [Thing::Out(number), Thing::Title(number)] {
            self.model.add(thing, true);
        }
        for thing in [Thing::Chapter(number), Thing::Scene(number, 0), Thing::Scene(number, 1)] {
            self.model.add(thing, false);
        }
        Story { id: tree.story, chapter: chapter.chapter, scenes: [chapter.scenes[0].scene, chapter.scenes[1].scene] }
    }
}

async fn people(store: &Store, what: &str, how_many: usize, role: Role) -> Vec<Person> {
    let mut people = Vec::new();
    for number in 0..how_many {
        people.push(Person::join(store, &format!("{what}{number}"), role).await);
    }
    people
}
