//! What writers and talkers do in the race.

use rand::Rng;

use super::{
    cast::{Library, WRITERS},
    marks::{field, mark},
    model::Thing,
    racer::{Body, Racer},
};

/// What a writer remembers of the own story: the revisions to save from.
pub(crate) struct Desk {
    number: usize,
    title: u64,
    chapter: u64,
    scenes: [u64; 2],
}

impl Desk {
    pub(crate) const fn new(number: usize) -> Self {
        Self { number, title: 1, chapter: 1, scenes: [1, 1] }
    }

    /// One thing that a writer does.
    pub(crate) async fn act(&mut self, racer: &mut Racer<'_>) {
        match racer.dice.random_range(0..100) {
            0..14 => self.save_scene(racer).await,
            14..18 => self.save_chapter(racer).await,
            18..21 => self.save_title(racer).await,
            21..27 => self.publish_or_not(racer).await,
            27..60 => self.look(racer).await,
            _ => racer.read_something().await,
        }
    }

    async fn save_scene(&mut self, racer: &mut Racer<'_>) {
        let which = racer.dice.random_range(0..2);
        let (thing, base) = (Thing::Scene(self.number, which), self.scenes[which]);
        let scene = racer.library.stories[self.number].scenes[which];
        let text = mark(thing, racer.library.model.send(thing, true));
        let body = format!(
            r#"{{"scene":"{scene}","save":{{"title":"","content":"It *rained* {text} again.","goal":"","conflict":"","outcome":"","base":{base}}}}}"#
        );
        self.scenes[which] = self.saved(racer, thing, "/api/save_scene", body, base).await;
    }

    async fn save_chapter(&mut self, racer: &mut Racer<'_>) {
        let (thing, base) = (Thing::Chapter(self.number), self.chapter);
        let chapter = racer.library.stories[self.number].chapter;
        let title = mark(thing, racer.library.model.send(thing, true));
        let body = format!(r#"{{"chapter":"{chapter}","draft":{{"title":"{title}","synopsis":"","base":{base}}}}}"#);
        self.chapter = self.saved(racer, thing, "/api/save_chapter", body, base).await;
    }

    async fn save_title(&mut self, racer: &mut Racer<'_>) {
        let (thing, base) = (Thing::Title(self.number), self.title);
        let story = racer.library.stories[self.number].id;
        let title = mark(thing, racer.library.model.send(thing, true));
        let body = format!(
            r#"{{"story":"{story}","draft":{{"title":"{title}","blurb":"","format":"novel","genre":"mystery","base":{base}}}}}"#
        );
        self.title = self.saved(racer, thing, "/api/save_story", body, base).await;
    }

    /// Sends a save: nobody else saves here, so it must be taken. The new revision.
    async fn saved(&self, racer: &mut Racer<'_>, thing: Thing, path: &str, body: String, base: u64) -> u64 {
        let answer = racer.write(thing, path, Body::Json(body)).await;
        let rev = answer.and_then(|answer| field(&answer.body, "value"));
        if rev != Some(base + 1) {
            racer.judge.never("refused", format!("{path} from {base}: {rev:?}"));
        }
        rev.unwrap_or(base)
    }

    async fn publish_or_not(&self, racer: &mut Racer<'_>) {
        let thing = Thing::Out(self.number);
        let out = !racer.library.model.is_present(thing);
        racer.library.model.send(thing, out);
        let path = if out { "/api/publish_story" } else { "/api/unpublish_story" };
        let body = format!("story={}", racer.library.stories[self.number].id);
        if racer.write(thing, path, Body::Form(body)).await.is_none() {
            racer.judge.never("refused", path.to_owned());
        }
        // Nothing is looked at sooner than what one has just published or withdrawn.
        racer.read_chapter_of(self.number).await;
    }

    /// At the own story in the studio, or as its readers see it.
    async fn look(&self, racer: &mut Racer<'_>) {
        let (viewer, story) = (racer.library.writers[self.number].user, &racer.library.stories[self.number]);
        let which = racer.dice.random_range(0..2);
        let (question, whole) = match racer.dice.random_range(0..4) {
            0 => (
                format!("/api/fetch_manuscript?viewer={viewer}&story={}", story.id),
                vec![Thing::Title(self.number), Thing::Chapter(self.number)],
            ),
            1 => (format!("/api/fetch_bookshelf?viewer={viewer}"), vec![Thing::Title(self.number)]),
            _ => (
                format!("/api/fetch_scene?viewer={viewer}&scene={}", story.scenes[which]),
                vec![Thing::Scene(self.number, which)],
            ),
        };
        let (answer, span) = racer.ask(&question).await;
        racer.complete(&question, &whole, &answer, span);
    }
}

/// One thing that a member does, who reads, likes and talks.
pub(crate) async fn talk(number: usize, racer: &mut Racer<'_>) {
    match racer.dice.random_range(0..100) {
        0..3 => save_post(number, racer).await,
        3..9 => comment(number, racer).await,
        9..16 => like_or_not(number, racer).await,
        16..30 => look_at_likes(number, racer).await,
        _ => racer.read_something().await,
    }
}

async fn save_post(number: usize, racer: &mut Racer<'_>) {
    let thing = Thing::Post(number);
    let base = racer.library.model.send(thing, true);
    let body = format!("post={}&text={}&base={base}", racer.library.posts[number], mark(thing, base));
    if racer.write(thing, "/api/save_post", Body::Form(body)).await.is_none() {
        racer.judge.never("refused", "save_post".to_owned());
    }
}

/// Says something, then says it differently, then takes it back.
async fn comment(number: usize, racer: &mut Racer<'_>) {
    let (thing, library) = (Thing::Comment(number), racer.library);
    let said = *library.comments[number].lock().expect("no panic");
    let gone = said.is_some() && racer.dice.random_bool(0.5);
    let text = mark(thing, library.model.send(thing, !gone));
    let (path, body) = match said {
        None => {
            let post = library.posts[Library::commented_by(number)];
            ("/api/add_comment", format!("post={post}&text={text}"))
        }
        Some((comment, _)) if gone => ("/api/delete_comment", format!("comment={comment}")),
        Some((comment, base)) => ("/api/save_comment", format!("comment={comment}&text={text}&base={base}")),
    };
    let Some(answer) = racer.write(thing, path, Body::Form(body)).await else {
        return racer.judge.never("refused", path.to_owned());
    };
    let mut said = library.comments[number].lock().expect("no panic");
    if gone {
        *said = None;
    } else if let Some((_, base)) = said.as_mut() {
        *base += 1;
    } else {
        let (_, id) = answer.body.rsplit_once("\"value\":\"").expect("an id");
        *said = id.split('"').next().and_then(|id| Some((id.parse().ok()?, 1)));
    }
}

async fn like_or_not(number: usize, racer: &mut Racer<'_>) {
    let story = racer.some_story();
    let thing = Thing::Like(number, story);
    let liked = !racer.library.model.is_present(thing);
    let asked = racer.library.model.now();
    racer.library.model.send(thing, liked);
    let body = format!("story={}&liked={liked}", racer.library.stories[story].id);
    let taken = racer.write(thing, "/api/like_story", Body::Form(body)).await.is_some();
    let span = super::model::Span { asked, answered: racer.library.model.now() };
    racer.judge.is("/api/like_story", Thing::Out(story), taken, span);
}

/// What a member likes is named there while it is out, and only then.
async fn look_at_likes(number: usize, racer: &mut Racer<'_>) {
    let question = format!("/api/fetch_my_likes?viewer={}", racer.library.talkers[number].user);
    let (answer, span) = racer.ask(&question).await;
    let liked = answer.body.split("\"posts\"").next().unwrap_or_default();
    for story in 0..WRITERS {
        let (like, out) = (Thing::Like(number, story), Thing::Out(story));
        if liked.contains(&racer.library.stories[story].id.to_string()) {
            racer.judge.is(&question, like, true, span);
            racer.judge.is(&question, out, true, span);
        } else if racer.library.model.first_since(out, 0, false, span).is_none() {
            racer.judge.is(&question, like, false, span);
        }
    }
}
