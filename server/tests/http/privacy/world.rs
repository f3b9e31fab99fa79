//! Ada's story, full of words that only she may read, and the people around it.

use domain::{
    ChapterId, Grounds, Keep, Manuscript, MyLikes, Note, Rev, Role, SceneDraft, SceneId, Seq, StoryId, StoryTree,
    Suspension, Trashed, UserId, Wanted,
};

use super::story::{scene_save, talk, typed, write_story};
use crate::site::{Browser, Person, Site, rows};

/// In everything that everybody may read while the story is out.
pub(crate) const TOLD_WHEN_OUT: &str = "Zqtold";
/// In everything that everybody may read while the story's first chapter is, too.
pub(crate) const TOLD_WITH_CHAPTER: &str = "Zqchapter";
/// In everything that is the author's own, always: notes, characters, places, and what was typed and not saved.
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
    /// The same, and its moment has come.
    ChapterReleased,
    /// It is out, everybody read its first chapter, and that is a draft again.
    ChapterWithdrawn,
}

impl State {
    /// Whether everybody may read the story.
    pub(crate) const fn has_story(self) -> bool {
        match self {
            Self::Draft | Self::Withdrawn => false,
            Self::Out
            | Self::ChapterDraft
            | Self::ChapterScheduled
            | Self::ChapterReleased
            | Self::ChapterWithdrawn => true,
        }
    }

    /// Whether everybody may read its first chapter.
    pub(crate) const fn has_chapter(self) -> bool {
        match self {
            Self::Out | Self::ChapterReleased => true,
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
        let was_out = matches!(state, State::Withdrawn | State::ChapterWithdrawn);
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
        let scene: SceneId = self.name("scene").parse().expect("an id");
        let keep = Keep { texts: typed(), base: Rev(2), kept: Rev(0) };
        store.keep_working_copy(author, scene, keep).await.expect("kept");
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
            State::ChapterScheduled => self.schedule().await,
            State::ChapterReleased => {
                self.schedule().await;
                self.warm().await;
                let now = "update chapters set release_at = 1 where release_at is not null";
                rows::run(&self.site.address, now).await;
                assert_eq!(store.release_due().await.expect("the database was asked"), 1);
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
        store.save_scene(author, scene, scene_save(Rev(2))).await.expect("a save");
        let left = store.load(&SceneDraft { viewer: author, scene }).await.expect("the scene");
        assert!(left.value.working.is_some(), "there is something typed that nobody may be told");
    }

    /// The story is out, and its first chapter will be.
    async fn schedule(&self) {
        let (store, author) = (&self.site.store, self.ada.user);
        store.publish_story(author, self.story, &self.chapters[1..]).await.expect("it is out");
        self.warm().await;
        let (local, zone) = ("2126-12-01T09:30".parse().expect("a time"), "UTC".to_owned());
        let wanted = Wanted { local, zone: zone.try_into().expect("a zone"), which: None };
        store.schedule_chapter(author, self.chapters[0], wanted).await.expect("scheduled");
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

    /// A thing by its kind, as the trash calls it.
    pub(crate) fn thing(&self, kind: &str) -> Trashed {
        format!("{kind}:{}", self.name(kind)).parse().expect("a thing")
    }

    /// Has everybody ask everything, and puts this into the trash.
    pub(crate) async fn trash(&self, what: Trashed) {
        self.warm().await;
        let (store, ada) = (&self.site.store, self.ada.user);
        match what {
            Trashed::Story(story) => store.delete_story(ada, story).await.map(drop),
            Trashed::Part(part) => store.delete_part(ada, part).await.map(drop),
            Trashed::Chapter(chapter) => store.delete_chapter(ada, chapter).await.map(drop),
            Trashed::Scene(scene) => store.delete_scene(ada, scene).await.map(drop),
            Trashed::Character(_) | Trashed::Setting(_) => panic!("no text"),
        }
        .expect("it is in the trash");
    }

    /// Takes this out of the trash.
    pub(crate) async fn restore(&self, what: Trashed) {
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
