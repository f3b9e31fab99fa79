//! One write.

use std::{collections::HashMap, sync::Arc, time::Instant};

use serde_json::{Value, json};
use tokio::sync::OwnedMutexGuard;

use super::{
    Stage,
    client::{Body, Client, Message},
    desk::Lies,
    marks::mark,
    prose,
    tally::Kind,
};

/// What a member likes, by the story's number. Who holds it is clicking.
pub(crate) type Likes = HashMap<usize, bool>;

/// One write, by who has the pen.
pub(crate) enum Writing {
    /// A scene is saved: of a desk, at a place.
    Scene(usize, usize, OwnedMutexGuard<Lies>),
    /// A story is let out, or taken back.
    Publish(usize, OwnedMutexGuard<Lies>),
    /// A member likes a story, or no longer does.
    Like(usize, usize, OwnedMutexGuard<Likes>),
    /// A member says something below their own post; who clicks does one thing at a time.
    Comment(usize, OwnedMutexGuard<Likes>),
    /// A member likes a post; which is checked of stories alone.
    LikePost(usize, bool),
    /// A member posts something about a story.
    Post(usize),
}

/// What is sent, and what the ledger calls it.
struct Letter {
    kind: Kind,
    path: &'static str,
    body: Body,
    showing: Option<String>,
    thing: Option<(String, usize)>,
}

impl Writing {
    /// Writes, and notes that it was acknowledged.
    pub(crate) async fn take(self, client: Arc<Client>, stage: Arc<Stage>, due: Instant) {
        let Letter { kind, path, body, showing, thing } = self.letter(&stage);
        let message = Message { kind, path, body: Some(body), showing };
        let Some(answer) = client.send(&stage, message, due).await else { return };
        if answer.status != 200 {
            return stage.tally.failed(format!("{path}: {} {}", answer.status, answer.text));
        }
        if let Some((thing, number)) = thing {
            stage.ledger.acknowledge(&thing, number);
        }
        let told: Value = serde_json::from_str(&answer.text).unwrap_or_default();
        client.raise(told["record"]["seq"].as_u64());
        // The writer who held the pen lays it down here.
        match self {
            Self::Scene(_, place, mut lies) => lies.revs[place] = told["value"].as_u64().unwrap_or_default(),
            Self::Publish(_, mut lies) => lies.is_out = !lies.is_out,
            Self::Like(_, story, mut likes) => {
                let liked = likes.entry(story).or_default();
                *liked = !*liked;
            }
            Self::Comment(_, pen) => drop(pen),
            Self::LikePost(..) | Self::Post(_) => {}
        }
    }

    fn letter(&self, stage: &Stage) -> Letter {
        let (library, ledger) = (&stage.library, &stage.ledger);
        let begin = |thing: String, present: bool| {
            let number = ledger.begin(&thing, present);
            (thing, number)
        };
        let deed = |path, form, thing| Letter { kind: Kind::Deed, path, body: Body::Form(form), showing: None, thing };
        match self {
            Self::Scene(desk, place, lies) => {
                let desk = &library.desks[*desk];
                let (thing, number) = begin(desk.thing(*place), true);
                let said = mark(&thing, u64::try_from(number).unwrap_or_default());
                let content = format!("{said}\n\n{}", prose::scene(number + place, stage.options.library.words));
                let base = lies.revs[*place];
                let save =
                    json!({"title": "", "content": content, "goal": "", "conflict": "", "outcome": "", "base": base});
                Letter {
                    kind: Kind::Save,
                    path: "/api/save_scene",
                    body: Body::Json(json!({"scene": desk.scenes[*place], "save": save})),
                    showing: Some(desk.showing(*place)),
                    thing: Some((thing, number)),
                }
            }
            Self::Publish(desk, lies) => {
                let (story, thing) = library.desks[*desk].leaves.as_ref().expect("one that comes and goes");
                let path = if lies.is_out { "/api/unpublish_story" } else { "/api/publish_story" };
                deed(path, format!("story={story}"), Some(begin(thing.clone(), !lies.is_out)))
            }
            Self::Like(member, story, likes) => {
                let thing = format!("l{member}.{story}");
                ledger.exists(&thing, false);
                let liked = !likes.get(story).copied().unwrap_or_default();
                let form = format!("story={}&liked={liked}", library.stories[*story].id);
                deed("/api/like_story", form, Some(begin(thing, liked)))
            }
            Self::Comment(member, _) => {
                let (thing, number) = begin(format!("m{member}"), true);
                let said = mark(&thing, u64::try_from(number).unwrap_or_default());
                let form = format!("post={}&text={said}", library.posts[*member]);
                deed("/api/add_comment", form, Some((thing, number)))
            }
            Self::LikePost(post, liked) => {
                deed("/api/like_post", format!("post={}&liked={liked}", library.posts[*post]), None)
            }
            Self::Post(story) => {
                let form = format!("text=I+read+it+in+one+go.&about={}", library.stories[*story].id);
                deed("/api/create_post", form, None)
            }
        }
    }
}
