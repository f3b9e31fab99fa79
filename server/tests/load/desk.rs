//! A writer's desk: what lies on it, and from which revision it is saved next.

use std::sync::Arc;

use domain::{Bookshelf, Manuscript, Publications, Query as _, SceneDraft, SceneId, StoryId};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::site::Person;

/// A desk.
pub(crate) struct Desk {
    pub(crate) number: usize,
    pub(crate) writer: Person,
    pub(crate) story: StoryId,
    pub(crate) scenes: Vec<SceneId>,
    /// Another story of theirs, which comes and goes, and the thing that says whether it is out.
    pub(crate) leaves: Option<(StoryId, String)>,
    lies: Arc<Mutex<Lies>>,
}

/// What changes with every write. Who holds it is writing: one thing after the other.
pub(crate) struct Lies {
    /// The revision of each scene.
    pub(crate) revs: Vec<u64>,
    pub(crate) is_out: bool,
}

impl Desk {
    pub(crate) fn new(
        number: usize,
        writer: Person,
        story: StoryId,
        scenes: Vec<SceneId>,
        leaves: Option<(StoryId, String)>,
    ) -> Self {
        let lies = Arc::new(Mutex::new(Lies { revs: vec![1; scenes.len()], is_out: true }));
        Self { number, writer, story, scenes, leaves, lies }
    }

    /// Takes the pen, unless another writer has it.
    pub(crate) fn pen(&self) -> Option<OwnedMutexGuard<Lies>> {
        Arc::clone(&self.lies).try_lock_owned().ok()
    }

    /// The thing that a scene's text is.
    pub(crate) fn thing(&self, place: usize) -> String {
        format!("s{}.{place}", self.number)
    }

    /// What is on screen while a scene is written.
    pub(crate) fn showing(&self, place: usize) -> String {
        let (viewer, story) = (self.writer.user, self.story);
        let scene = SceneDraft { viewer, scene: self.scenes[place] }.key();
        format!("{scene} {}", Manuscript { viewer, story }.key())
    }

    /// Where the studio's own pages ask.
    pub(crate) fn look(&self, place: usize, turn: u32) -> String {
        let viewer = self.writer.user;
        match turn {
            0..35 => format!("/api/fetch_manuscript?{}", arguments(&Manuscript { viewer, story: self.story })),
            35..80 => format!("/api/fetch_scene?{}", arguments(&SceneDraft { viewer, scene: self.scenes[place] })),
            80..95 => format!("/api/fetch_bookshelf?{}", arguments(&Bookshelf { viewer })),
            _ => format!("/api/fetch_publications?{}", arguments(&Publications { viewer })),
        }
    }
}

fn arguments<Q: domain::Query>(query: &Q) -> String {
    serde_urlencoded::to_string(query).expect("a question's arguments")
}
