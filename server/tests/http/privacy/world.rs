//! Ada's story, full of words that only she may read, and the people around it.

use domain::{
    Body, CastKind, ChapterId, Format, Genre, Grounds, Heading, Manuscript, MyLikes, Name, NewComment, NewPost,
    NewStory, Note, PartDraft, PostId, Remark, Rev, Role, SceneSave, Seq, StoryId, StoryTree, Suspension, Title,
    UserId, Wanted,
};
use store::Store;

use crate::site::{Browser, Person, Site};

/// In everything that everybody may read while the story is out.
pub(crate) const TOLD_WHEN_OUT: &str = "Zqtold";
/// In everything that everybody may read while the story's first chapter is, too.
pub(crate) const TOLD_WITH_CHAPTER: &str = "Zqchapter";
/// In everything that is the author's own, always: notes, characters, places.
pub(crate) const NEVER_TOLD: &str = "Zqnever";

/// What the story is when questions are asked about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It was never out.
    Draft,
    /// Everybody may read it.
    Out,
    /// It was out, everybody read it, and it is a draft again.
    Withdrawn,
    /// It is out, and its first chapter never was.
    ChapterDraft,
    /// The same, and the chapter will go out by itself, in a hundred years.
    ChapterScheduled,
    /// It is out, everybody read its first chapter, and that is a draft again.
    ChapterWithdrawn,
}

impl State {
    /// Whether everybody may read the story.
    pub(crate) const fn has_story(self) -> bool {
        match self {
            Self::Draft | Self::Withdrawn => false,
            Self::Out | Self::ChapterDraft | Self::ChapterScheduled | Self::ChapterWithdrawn => true,
        }
    }

    /// Whether everybody may read its first chapter.
    pub(crate) const fn has_chapter(self) -> bool {
        match self {
            Self::Out => true,
            Self::Draft | Self::Withdrawn | Self::ChapterDraft | Self::ChapterScheduled | Self::ChapterWithdrawn => {
                false
            }
        }
    }
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asker {
    Nobody,
    Reader,
    AnotherWriter,
    Author,
}

impl Asker {
    /// The author comes last, because she is let change things.
    pub(crate) const ALL: [Self; 4] = [Self::Nobody, Self::Reader, Self::AnotherWriter, Self::Author];
}

/// A site with Ada's story on it.
pub(crate) struct World {
    pub(crate) site: Site,
    ada: Person,
    ben: Person,
    rea: Person,
    story: StoryId,
    /// Its first chapter, which the table asks about, and another one in another part.
    chapters: [ChapterId; 2],
    /// What stands in place of `{…}` in the table.
    names: Vec<(&'static str, String)>,
}

impl World {
    /// Makes it, and brings the story into this state.
    pub(crate) async fn make(state: State) -> Self {
        let site = Site::start().await;
        let ada = Person::join(&site.store, "ada", Role::Writer).await;
        let ben = Person::join(&site.store, "ben", Role::Writer).await;
        let rea = Person::join(&site.store, "rea", Role::Reader).await;
        let (story, chapters, mut names) = write_story(&site.store, ada.user).await;
        let was_out = match state {
            State::Draft | State::Out | State::ChapterDraft | State::ChapterScheduled => false,
            State::Withdrawn | State::ChapterWithdrawn => true,
        };
        if was_out {
            site.store.publish_story(ada.user, story, &chapters).await.expect("it is out");
        }
        let about = was_out.then_some(story);
        let (post, comment) = talk(&site.store, ben.user, about).await;
        names.extend([("post", post.to_string()), ("comment", comment)]);
        names.extend([("before", "9".to_owned()), ("number", "1".to_owned())]);
        names.push(("needle", "words%3DZqtold".to_owned()));
        names.extend([("page", "0".to_owned()), ("format", "novel".to_owned()), ("genre", "mystery".to_owned())]);
        names.extend([("ada", ada.user.to_string()), ("log", site.store.log_id().to_string())]);
        let mut world = Self { site, ada, ben, rea, story, chapters, names };
        world.become_so(state).await;
        world
    }

    /// Has everybody ask everything, and changes the state in between, so that every tier holds
    /// something it must not show.
    async fn become_so(&mut self, state: State) {
        let (store, author, story) = (self.site.store.clone(), self.ada.user, self.story);
        self.warm().await;
        match state {
            State::Draft => {}
            State::Out => {
                store.publish_story(author, story, &self.chapters).await.expect("it is out");
            }
            State::ChapterDraft => {
                store.publish_story(author, story, &self.chapters[1..]).await.expect("it is out");
                self.warm().await;
            }
            State::ChapterScheduled => {
                store.publish_story(author, story, &self.chapters[1..]).await.expect("it is out");
                self.warm().await;
                let (local, zone) = ("2126-12-01T09:30".parse().expect("a time"), "UTC".to_owned());
                let wanted = Wanted { local, zone: zone.try_into().expect("a zone"), which: None };
                store.schedule_chapter(author, self.chapters[0], wanted).await.expect("scheduled");
            }
            State::ChapterWithdrawn => {
                store.unpublish_chapter(author, self.chapters[0]).await.expect("it is a draft");
            }
            State::Withdrawn => {
                store.like_story(self.rea.user, story, true).await.expect("she likes it");
                self.warm().await;
                store.unpublish_story(author, story).await.expect("it is a draft");
            }
        }
        // What is written now is what nobody may hear of, unless the chapter is out.
        let since = store.load(&MyLikes { viewer: author }).await.expect("a position").as_of;
        self.names.push(("since", since.0.to_string()));
        let scene = self.name("scene").parse().expect("an id");
        store.save_scene(author, scene, scene_save(Rev(2))).await.expect("a save");
    }

    async fn warm(&self) {
        for asker in Asker::ALL {
            for call in super::table::table().iter().filter(|call| call.is_read()) {
                call.make(self, asker).await;
            }
        }
    }

    /// The asker's browser.
    pub(crate) fn browser(&self, asker: Asker) -> Browser {
        self.person(asker).map_or_else(|| self.site.nobody(), |person| self.site.browser_of(person))
    }

    /// The text with every `{…}` replaced by what it names, `{me}` by the asker.
    pub(crate) fn fill(&self, text: &str, asker: Asker) -> String {
        let me = self.person(asker).map_or(UserId::from_bits(7), |person| person.user).to_string();
        let names = self.names.iter().map(|(name, value)| (*name, value));
        names
            .chain([("me", &me)])
            .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// What a name stands for.
    pub(crate) fn name(&self, name: &str) -> &str {
        self.names.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str()).expect("a name")
    }

    /// The story with its tree, as it is now.
    pub(crate) async fn tree(&self) -> StoryTree {
        let query = Manuscript { viewer: self.ada.user, story: self.story };
        self.site.store.load(&query).await.expect("the story").value.clone()
    }

    /// Puts the story into the trash.
    pub(crate) async fn trash(&self) {
        self.site.store.delete_story(self.ada.user, self.story).await.expect("it is in the trash");
    }

    /// Takes the story out of the trash.
    pub(crate) async fn restore(&self) {
        let what = domain::Trashed::Story(self.story);
        self.site.store.restore_trashed(self.ada.user, what).await.expect("it is back");
    }

    /// A manager suspends this person.
    pub(crate) async fn suspend(&self, asker: Asker) {
        let (mia, user) = self.manager_and(asker).await;
        let suspended = self.site.store.suspend_account(mia, user, Suspension::Week, told(), Note::default()).await;
        suspended.expect("suspended");
    }

    /// A manager bans this person.
    pub(crate) async fn ban(&self, asker: Asker) {
        let (mia, user) = self.manager_and(asker).await;
        self.site.store.ban_account(mia, user, told(), Note::default()).await.expect("banned");
    }

    async fn manager_and(&self, asker: Asker) -> (UserId, UserId) {
        let mia = Person::join(&self.site.store, "mia", Role::Manager).await;
        (mia.user, self.person(asker).expect("a person").user)
    }

    /// Whether what Rea likes names the story, through the tiers.
    pub(crate) async fn is_among_likes(&self) -> bool {
        let likes = self.site.store.fetch(&MyLikes { viewer: self.rea.user }, Seq::ZERO).await.expect("likes");
        likes.entry.value.stories.contains(&self.story)
    }

    fn person(&self, asker: Asker) -> Option<&Person> {
        match asker {
            Asker::Nobody => None,
            Asker::Reader => Some(&self.rea),
            Asker::AnotherWriter => Some(&self.ben),
            Asker::Author => Some(&self.ada),
        }
    }
}

fn told() -> Grounds {
    Grounds::parse("Enough.").expect("a reason")
}

async fn write_story(store: &Store, ada: UserId) -> (StoryId, [ChapterId; 2], Vec<(&'static str, String)>) {
    let new = NewStory {
        title: Title::parse(&format!("{TOLD_WHEN_OUT} title")).expect("a title"),
        blurb: note(&format!("{TOLD_WHEN_OUT} blurb")),
        format: Format::Novel,
        genre: Genre::Mystery,
    };
    let story = store.create_story(ada, new).await.expect("a story").value().story;
    let tree = store.load(&Manuscript { viewer: ada, story }).await.expect("its tree");
    let (part, chapter) = (&tree.value.parts[0], &tree.value.parts[0].chapters[0]);
    let (part, chapter, scene) = (part.part, chapter.chapter, chapter.scenes[0].scene);
    let (title, synopsis) = (heading(&format!("{TOLD_WITH_CHAPTER} heading")), note(&format!("{NEVER_TOLD} synopsis")));
    let draft = PartDraft { title: title.clone(), synopsis: synopsis.clone(), base: Rev(1) };
    store.save_part(ada, part, draft).await.expect("a save");
    let draft = domain::ChapterDraft { title, synopsis, base: Rev(1) };
    store.save_chapter(ada, chapter, draft).await.expect("a save");
    store.save_scene(ada, scene, scene_save(Rev(1))).await.expect("a save");
    let other = another_chapter(store, ada, story).await;
    let (name, about) = (Name::parse(&format!("{NEVER_TOLD} name")).expect("a name"), note(NEVER_TOLD));
    let add =
        async |kind| store.add_cast_member(ada, story, kind, name.clone(), about.clone()).await.expect("a member");
    let (character, setting) = (*add(CastKind::Character).await.value(), *add(CastKind::Setting).await.value());
    let names = vec![
        ("story", story.to_string()),
        ("part", part.to_string()),
        ("chapter", chapter.to_string()),
        ("scene", scene.to_string()),
        ("character", character.to_string()),
        ("setting", setting.to_string()),
    ];
    (story, [chapter, other], names)
}

/// A chapter with words in another part.
async fn another_chapter(store: &Store, ada: UserId, story: StoryId) -> ChapterId {
    let part = *store.add_part(ada, story, Heading::default()).await.expect("a part").value();
    let chapter = *store.add_chapter(ada, part, heading(TOLD_WHEN_OUT)).await.expect("a chapter").value();
    let tree = store.load(&Manuscript { viewer: ada, story }).await.expect("its tree");
    let scene = tree.value.parts[1].chapters[0].scenes[0].scene;
    let content = Body::parse(TOLD_WHEN_OUT).expect("a text");
    store.save_scene(ada, scene, SceneSave { content, ..scene_save(Rev(1)) }).await.expect("a save");
    chapter
}

async fn talk(store: &Store, ben: UserId, about: Option<StoryId>) -> (PostId, String) {
    let text = Remark::parse("Is it done?").expect("a remark");
    let post = *store
        .create_post(ben, NewPost { text: text.clone(), about: about.map(Into::into) })
        .await
        .expect("a post")
        .value();
    let comment = store.add_comment(ben, NewComment { post, parent: None, text }).await.expect("a comment");
    (post, comment.value().to_string())
}

fn scene_save(base: Rev) -> SceneSave {
    SceneSave {
        title: heading(&format!("{NEVER_TOLD} scene")),
        content: Body::parse(&format!("{TOLD_WITH_CHAPTER} text")).expect("a text"),
        goal: note(&format!("{NEVER_TOLD} goal")),
        conflict: note(&format!("{NEVER_TOLD} conflict")),
        outcome: note(&format!("{NEVER_TOLD} outcome")),
        base,
        kept: Rev(0),
    }
}

fn heading(text: &str) -> Heading {
    Heading::parse(text).expect("a heading")
}

fn note(text: &str) -> Note {
    Note::parse(text).expect("a note")
}
