//! One question, and what its answer must show.

use std::{sync::Arc, time::Instant};

use serde_json::json;

use super::{
    Stage,
    client::{Answer, Body, Client, Message},
    library::Library,
    marks::marks,
    tally::Kind,
    walk::Place,
};
use domain::Genre;

/// One question.
pub(crate) struct Reading {
    pub(crate) client: Arc<Client>,
    pub(crate) kind: Kind,
    pub(crate) path: String,
    /// The texts that its answer shows.
    pub(crate) shows: Vec<String>,
    /// The thing that says whether there is an answer; there is, if it is nothing.
    pub(crate) out: Option<String>,
    /// Whose likes it is about, by number.
    pub(crate) likes: Option<usize>,
    pub(crate) body: Option<serde_json::Value>,
}

impl Reading {
    /// A plain one.
    pub(crate) fn new(client: &Arc<Client>, kind: Kind, path: String) -> Self {
        let client = Arc::clone(client);
        Self { client, kind, path, shows: Vec::new(), out: None, likes: None, body: None }
    }

    /// What a page's script asks after a click on a link inside the page.
    pub(crate) fn of(place: Place, library: &Library, client: &Arc<Client>, member: Option<usize>) -> Vec<Self> {
        let question = |path: String| Self::new(client, Kind::Question, path);
        let mut asked = match place {
            Place::Away => return vec![],
            Place::Home => vec![question("/api/fetch_home".to_owned())],
            Place::Catalogue(genre) => {
                let genre = genre.map_or_else(String::new, |genre| format!("&genre={}", Genre::ALL[genre].slug()));
                vec![question(format!("/api/fetch_shelf?format=novel{genre}"))]
            }
            Place::Story(story) => {
                let id = library.stories[story].id;
                let front = question(format!("/api/fetch_story?story={id}"));
                vec![front, question(format!("/api/fetch_feed?page=0&about={id}"))]
            }
            Place::Chapter(story, chapter) => {
                let (of, chapter) = (library.stories[story].id, library.stories[story].chapters[chapter].id);
                vec![question(format!("/api/fetch_reading_page?story={of}&chapter={chapter}"))]
            }
            Place::Community => vec![question("/api/fetch_feed?page=0".to_owned())],
            Place::Thread(post) => vec![question(format!("/api/fetch_thread?post={}", library.posts[post]))],
        };
        for reading in &mut asked {
            reading.expect(place, library);
        }
        let has_likes = !matches!(place, Place::Catalogue(_) | Place::Chapter(..));
        asked.extend(member.filter(|_| has_likes).map(|member| {
            let path = format!("/api/fetch_my_likes?viewer={}", library.members[member].user);
            Self { likes: Some(member), ..Self::new(client, Kind::OwnQuestion, path) }
        }));
        asked
    }

    /// The page itself, for a reader who comes from elsewhere.
    pub(crate) fn page(place: Place, library: &Library, client: &Arc<Client>) -> Self {
        let path = match place {
            Place::Away | Place::Home => "/".to_owned(),
            Place::Catalogue(genre) => {
                let genre = genre.map_or_else(String::new, |genre| format!("?genre={}", Genre::ALL[genre].slug()));
                format!("/novels{genre}")
            }
            Place::Story(story) => format!("/novels/{}", library.stories[story].id),
            Place::Chapter(story, chapter) => {
                format!("/novels/{}/{}", library.stories[story].id, library.stories[story].chapters[chapter].id)
            }
            Place::Community => "/community".to_owned(),
            Place::Thread(post) => format!("/community/{}", library.posts[post]),
        };
        let kind = if client.is_somebody() { Kind::OwnPage } else { Kind::Page };
        let mut page = Self::new(client, kind, path);
        page.expect(place, library);
        page
    }

    /// What a browser asks when its reader comes back to a page after a while.
    pub(crate) fn catch_up(place: Place, library: &Library, client: &Arc<Client>) -> Option<Self> {
        let (Place::Story(story) | Place::Chapter(story, _)) = place else { return None };
        let id = library.stories[story].id;
        let tags = json!([{"story": id}, {"contents": id}, {"likes": id}]);
        let body = json!({"log": library.log, "since": client.seen(), "tags": tags});
        Some(Self { body: Some(body), ..Self::new(client, Kind::CatchUp, "/api/fetch_changes".to_owned()) })
    }

    fn expect(&mut self, place: Place, library: &Library) {
        match place {
            Place::Story(story) => self.out.clone_from(&library.stories[story].out),
            Place::Chapter(story, chapter) => {
                self.out.clone_from(&library.stories[story].out);
                self.shows.clone_from(&library.stories[story].chapters[chapter].things);
            }
            Place::Thread(post) if post < library.members.len() => self.shows.push(format!("m{post}")),
            Place::Away | Place::Home | Place::Catalogue(_) | Place::Community | Place::Thread(_) => {}
        }
    }

    /// Asks, and checks what comes back.
    pub(crate) async fn take(self, stage: Arc<Stage>, due: Instant) {
        let body = self.body.clone().map(Body::Json);
        let message = Message { kind: self.kind, path: &self.path, body, showing: None };
        let Some(answer) = self.client.send(&stage, message, due).await else { return };
        match answer.status {
            200 => {}
            404 if self.out.is_some() => {}
            status => return stage.tally.failed(format!("{}: {status} {}", self.path, answer.text)),
        }
        self.check(&stage, &answer);
    }

    fn check(&self, stage: &Stage, answer: &Answer) {
        let found = answer.status == 200;
        if let Some(out) = &self.out {
            stage.ledger.is(out, found, answer.sent);
        }
        if !found {
            return;
        }
        // A page's script remembers positions; a page without one would not.
        let as_of = if self.kind.is_page() { None } else { position(&answer.text) };
        let marks = marks(&answer.text);
        for thing in &self.shows {
            let shown = marks.iter().filter(|(shown, _)| shown == thing).map(|(_, number)| *number).max();
            let number = usize::try_from(shown.unwrap_or_default()).unwrap_or(usize::MAX);
            stage.ledger.shown(thing, number, answer.sent);
            if self.client.went_back(thing, number, answer.sent, as_of.is_some()) {
                stage.ledger.wrong(format!("{thing}: {number} was shown to who had seen a later one"));
            }
        }
        if let Some(member) = self.likes {
            for thing in stage.ledger.below(&format!("l{member}.")) {
                let story = thing.rsplit('.').next().and_then(|story| story.parse::<usize>().ok());
                let id = story.map(|story| stage.library.stories[story].id.to_string()).unwrap_or_default();
                stage.ledger.is(&thing, answer.text.contains(&id), answer.sent);
            }
        }
        self.client.raise(as_of);
    }
}

/// The position that an answer claims.
fn position(json: &str) -> Option<u64> {
    let (_, rest) = json.rsplit_once("\"as_of\":")?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
