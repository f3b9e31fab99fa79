//! What a writer does.

use rand::Rng;
use serde_json::json;

use super::{
    cast::TOGGLED,
    client::{Body, Client, Outcome, Question},
    marks::mark,
};

/// What a writer remembers of the own story: the revisions to save from, and the writes so far.
pub(crate) struct Desk {
    number: usize,
    title: Draft,
    chapter: Draft,
    scenes: [Draft; 2],
    out: (u64, bool),
}

/// One text.
#[derive(Clone, Copy)]
pub(crate) struct Draft {
    pub(crate) rev: u64,
    pub(crate) number: u64,
}

impl Desk {
    pub(crate) const fn new(number: usize) -> Self {
        let draft = Draft::new();
        Self { number, title: draft, chapter: draft, scenes: [draft; 2], out: (0, true) }
    }

    /// One thing that a writer does.
    pub(crate) async fn act(&mut self, client: &mut Client) {
        match client.dice.random_range(0..100) {
            0..16 => self.save_scene(client).await,
            16..20 => self.save_chapter(client).await,
            20..24 => self.save_title(client).await,
            24..32 if self.number < TOGGLED => {
                let out = !self.out.1;
                self.publish(out, client).await;
                // Nothing is looked at sooner than what one has just published or withdrawn.
                client.read_chapter(self.number).await;
            }
            32..55 => self.look(client).await,
            _ => client.read_something().await,
        }
    }

    async fn save_scene(&mut self, client: &mut Client) {
        let which = client.dice.random_range(0..2);
        let scene = client.stage.library.stories[self.number].scenes[which];
        let thing = format!("s{}.{which}", self.number);
        let draft = &mut self.scenes[which];
        draft.number += 1;
        let content = format!("It *rained* {} again.", mark(&thing, draft.number));
        let save =
            json!({"title": "", "content": content, "goal": "", "conflict": "", "outcome": "", "base": draft.rev});
        let body = Body::Json(json!({"scene": scene, "save": save}));
        draft.keep(&client.write(&thing, draft.number, true, "/api/save_scene", body).await);
    }

    async fn save_chapter(&mut self, client: &mut Client) {
        let chapter = client.stage.library.stories[self.number].chapter;
        let (thing, draft) = (format!("c{}", self.number), &mut self.chapter);
        draft.number += 1;
        let text = json!({"title": mark(&thing, draft.number), "synopsis": "", "base": draft.rev});
        let body = Body::Json(json!({"chapter": chapter, "draft": text}));
        draft.keep(&client.write(&thing, draft.number, true, "/api/save_chapter", body).await);
    }

    async fn save_title(&mut self, client: &mut Client) {
        let story = client.stage.library.stories[self.number].id;
        let (thing, draft) = (format!("t{}", self.number), &mut self.title);
        draft.number += 1;
        let title = mark(&thing, draft.number);
        let text = json!({"title": title, "blurb": "", "format": "novel", "genre": "mystery", "base": draft.rev});
        let body = Body::Json(json!({"story": story, "draft": text}));
        draft.keep(&client.write(&thing, draft.number, true, "/api/save_story", body).await);
    }

    /// Publishes the story, or takes it back; whether that is known to have happened.
    pub(crate) async fn publish(&mut self, out: bool, client: &mut Client) -> bool {
        let path = if out { "/api/publish_story" } else { "/api/unpublish_story" };
        let body = Body::Form(format!("story={}", client.stage.library.stories[self.number].id));
        self.out = (self.out.0 + 1, out);
        let outcome = client.write(&format!("o{}", self.number), self.out.0, out, path, body).await;
        matches!(outcome, Outcome::Done(_))
    }

    /// At the own story in the studio.
    async fn look(&self, client: &mut Client) {
        let library = &client.stage.library;
        let (viewer, story) = (library.writers[self.number].user, &library.stories[self.number]);
        let path = match client.dice.random_range(0..4) {
            0 => format!("/api/fetch_manuscript?viewer={viewer}&story={}", story.id),
            1 => format!("/api/fetch_bookshelf?viewer={viewer}"),
            which => format!("/api/fetch_scene?viewer={viewer}&scene={}", story.scenes[which - 2]),
        };
        client.read(Question { path, there: None, covers: None }).await;
    }
}

impl Draft {
    pub(crate) const fn new() -> Self {
        Self { rev: 1, number: 0 }
    }

    /// The revision to save from next: what was answered, or what is there instead.
    pub(crate) fn keep(&mut self, outcome: &Outcome) {
        let rev = match outcome {
            Outcome::Done(value) => value.as_u64(),
            Outcome::Refused(error) => error["conflict"].as_u64().or(error["conflict-with"]["rev"].as_u64()),
            Outcome::Unknown => None,
        };
        self.rev = rev.unwrap_or(self.rev);
    }
}
