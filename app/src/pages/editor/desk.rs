//! The desk: one story being edited, and what can be done to its tree.

use std::future::Future;

use domain::{ChapterId, Event, Heading, Manuscript, PartId, StoryId, StoryTree, UserId};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

use super::{
    ask::Question,
    moves::Move,
    place::{self, Place, above},
    release::{self, Release},
    renaming::Renaming,
    scene,
    sight::Sight,
    story_find::StoryFinder,
};
use crate::{
    AppError,
    api::studio::{
        AddChapter, AddPart, AddScene, DeleteChapter, DeletePart, DeleteScene, DeleteStory, KeepVersion, MoveChapter,
        MovePart, MoveScene, RestoreTrashed,
    },
    cache::{Browser, Mutation, use_mutation},
    components::{Toasts, offer_undo_saying, use_toasts},
    draft,
};

/// A story being edited; a handle to it.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Who edits.
    pub viewer: UserId,
    /// The story.
    pub story: StoryId,
    /// Its tree, as it is now.
    pub tree: Memo<StoryTree>,
    /// What of it is being edited.
    pub place: Memo<Place>,
    /// What went wrong with the tree last.
    pub error: RwSignal<Option<AppError>>,
    /// The question before an action.
    pub question: RwSignal<Option<Question>>,
    /// How its scenes are looked at.
    pub sight: Sight,
    /// Finding in it.
    pub find: StoryFinder,
    /// What was moved last: its row in the outline has the focus.
    pub moved: RwSignal<Option<Place>>,
    /// What was added last, until its form stands there: the cursor goes to it.
    pub begun: StoredValue<Option<Place>>,
    /// Whether something is being added: a second click of the same adds nothing.
    is_adding: StoredValue<bool>,
    /// The renaming in the outline.
    pub renaming: Renaming,
    release: Release,
    toasts: Toasts,
    go: StoredValue<Box<dyn Fn(String) + Send + Sync>>,
    browser: StoredValue<Browser>,
    add_part: Mutation<AddPart>,
    add_chapter: Mutation<AddChapter>,
    add_scene: Mutation<AddScene>,
    move_part: Mutation<MovePart>,
    move_chapter: Mutation<MoveChapter>,
    move_scene: Mutation<MoveScene>,
    keep_version: Mutation<KeepVersion>,
    delete_part: Mutation<DeletePart>,
    delete_chapter: Mutation<DeleteChapter>,
    delete_scene: Mutation<DeleteScene>,
    delete_story: Mutation<DeleteStory>,
}

impl Desk {
    /// The desk of a story that has been loaded.
    pub fn new(viewer: UserId, story: StoryId, tree: Memo<StoryTree>, place: Memo<Place>, find: StoryFinder) -> Self {
        let navigate = use_navigate();
        let error = RwSignal::new(None);
        Self {
            viewer,
            story,
            tree,
            place,
            error,
            question: RwSignal::new(None),
            sight: Sight::new(),
            find,
            moved: RwSignal::new(None),
            begun: StoredValue::new(None),
            is_adding: StoredValue::new(false),
            renaming: Renaming::new(),
            release: Release::new(error),
            toasts: use_toasts(),
            go: StoredValue::new(Box::new(move |href: String| {
                navigate(&href, leptos_router::NavigateOptions::default());
            })),
            browser: StoredValue::new(Browser::current()),
            add_part: use_mutation(),
            add_chapter: use_mutation(),
            add_scene: use_mutation(),
            move_part: use_mutation(),
            move_chapter: use_mutation(),
            move_scene: use_mutation(),
            keep_version: use_mutation(),
            delete_part: use_mutation(),
            delete_chapter: use_mutation(),
            delete_scene: use_mutation(),
            delete_story: use_mutation(),
        }
    }

    /// Something of the tree as it is now; what it was, once it is gone from it.
    pub fn follow<T>(self, first: T, find: impl Fn(&StoryTree) -> Option<T> + Send + Sync + 'static) -> Signal<T>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |last: Option<&T>| self.tree.with(&find).unwrap_or_else(|| last.unwrap_or(&first).clone()))
            .into()
    }

    /// Adds a part at the story's end and opens it.
    pub fn add_part(self) {
        self.add(async move {
            let part = self.add_part.send(AddPart { story: self.story, title: Heading::default() }).await?;
            Ok(Place::Part(part))
        });
    }

    /// Adds a chapter at a part's end and opens it.
    pub fn add_chapter(self, part: PartId) {
        self.add(async move {
            let chapter = self.add_chapter.send(AddChapter { part, title: Heading::default() }).await?;
            Ok(Place::Chapter(chapter))
        });
    }

    /// Adds a scene at a chapter's end and opens it.
    pub fn add_scene(self, chapter: ChapterId) {
        self.add(async move {
            let scene = self.add_scene.send(AddScene { chapter, title: Heading::default() }).await?;
            Ok(Place::Scene(scene))
        });
    }

    /// Puts something in another place.
    pub fn put(self, to: Move) {
        self.run(async move {
            match to {
                Move::Part(part, place) => self.move_part.send(MovePart { part, place }).await,
                Move::Chapter(chapter, to, place) => self.move_chapter.send(MoveChapter { chapter, to, place }).await,
                Move::Scene(scene, to, place) => self.move_scene.send(MoveScene { scene, to, place }).await,
            }?;
            self.moved.try_set(Some(to.moved()));
            Ok(())
        });
    }

    /// Lets readers have a chapter.
    pub fn publish_chapter(self, chapter: ChapterId) {
        let is_left = |scene| scene::is_left(self.viewer, scene);
        let unsaved = self.tree.with_untracked(|tree| {
            place::chapter(tree, chapter).map(|found| release::unsaved(found.chapter, is_left)).unwrap_or_default()
        });
        self.release.publish(chapter, unsaved, self.question);
    }

    /// Takes a chapter back.
    pub fn unpublish_chapter(self, chapter: ChapterId) {
        self.release.unpublish(chapter, self.tree.with_untracked(|tree| tree.published));
    }

    /// Begins the typing of a new title.
    pub fn rename(self, place: Place) {
        self.renaming.begin(self.tree, self.place.get_untracked(), place);
    }

    /// Puts a place with its whole content into the trash, and offers to take it out again. An author who was editing it goes on above.
    pub fn delete(self, gone: Place) {
        let (open, next) = self.tree.with_untracked(|tree| {
            let open = self.place.get_untracked().is_within(gone, tree);
            (open, above(tree, gone).unwrap_or(Place::Story))
        });
        let (what, browser) = (gone.trashed(self.story), self.browser.try_get_value());
        self.run(async move {
            let drafts = match gone {
                Place::Story => {
                    self.delete_story.send(DeleteStory { story: self.story }).await?;
                    draft::prefix(self.viewer, "story", self.story)
                }
                Place::Part(part) => {
                    self.delete_part.send(DeletePart { part }).await?;
                    draft::prefix(self.viewer, "part", part)
                }
                Place::Chapter(chapter) => {
                    self.delete_chapter.send(DeleteChapter { chapter }).await?;
                    draft::prefix(self.viewer, "chapter", chapter)
                }
                Place::Scene(scene) => {
                    if open {
                        self.go(next.href(self.story));
                    }
                    scene::set_aside_left(self.viewer, scene, self.keep_version).await?;
                    self.delete_scene.send(DeleteScene { scene }).await?;
                    draft::prefix(self.viewer, "scene", scene)
                }
            };
            draft::forget_all(&drafts);
            if let Some(browser) = browser {
                let text = format!("The {} is in the trash.", gone.noun());
                offer_undo_saying(self.toasts, browser, &text, RestoreTrashed { what }, ToString::to_string);
            }
            if gone == Place::Story {
                self.go("/studio".to_owned());
            } else if open {
                self.go(next.href(self.story));
            }
            Ok(())
        });
    }

    fn go(self, href: String) {
        self.go.try_with_value(|go| go(href));
    }

    /// Opens what was added once the tree has it.
    fn add(self, work: impl Future<Output = Result<Place, AppError>> + 'static) {
        if self.is_adding.get_value() {
            return;
        }
        self.is_adding.set_value(true);
        self.run(async move {
            let added = work.await;
            self.is_adding.try_set_value(false);
            let place = added?;
            if let Some(browser) = self.browser.try_get_value() {
                let tree = Manuscript { viewer: self.viewer, story: self.story };
                browser.read(&tree, Event::WantedAgain).await.ok();
            }
            self.begun.try_set_value(Some(place));
            self.go(place.href(self.story));
            Ok(())
        });
    }

    /// Whether this was added just now. Said once.
    pub fn has_begun(self, place: Place) -> bool {
        self.begun.try_update_value(|begun| begun.take_if(|begun| *begun == place).is_some()).unwrap_or_default()
    }

    /// Does something with the tree, and says what went wrong.
    pub fn run(self, work: impl Future<Output = Result<(), AppError>> + 'static) {
        spawn_local(async move {
            let done = work.await;
            self.error.try_set(done.err());
        });
    }
}
