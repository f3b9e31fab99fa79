//! One client in the race: it asks, it writes, and has each answer judged.

use rand::{Rng, SeedableRng, rngs::StdRng};

use super::{
    cast::{Library, TALKERS, WRITERS},
    judge::{Judge, Wrongs},
    marks::{field, marks},
    model::{Span, Thing},
    site::{Answer, Browser, Site},
};

/// A client.
pub(crate) struct Racer<'a> {
    pub(crate) library: &'a Library,
    pub(crate) judge: Judge<'a>,
    pub(crate) dice: StdRng,
    pub(crate) browser: Browser,
    log: String,
    /// The highest position told so far, if the client carries it along.
    seen: Option<u64>,
}

impl<'a> Racer<'a> {
    /// A client with this number; every other one carries Seen.
    pub(crate) fn new(site: &Site, library: &'a Library, wrongs: &'a Wrongs, number: usize) -> Self {
        let person = library.writers.iter().chain(&library.talkers).nth(number);
        let browser = person.map_or_else(|| site.nobody(), |person| site.browser_of(person));
        let carries_seen = number.is_multiple_of(2);
        Self {
            library,
            judge: Judge::new(&library.model, wrongs, format!("client {number}"), carries_seen),
            dice: StdRng::seed_from_u64(number as u64),
            browser,
            log: site.store.log_id().to_string(),
            seen: carries_seen.then_some(0),
        }
    }

    /// A story: every other time one of the two that everybody wants.
    pub(crate) fn some_story(&mut self) -> usize {
        if self.dice.random_bool(0.5) { self.dice.random_range(0..2) } else { self.dice.random_range(0..WRITERS) }
    }

    /// Reads something that everybody may read.
    pub(crate) async fn read_something(&mut self) {
        match self.dice.random_range(0..1_000) {
            0..450 => self.read_chapter().await,
            450..700 => self.read_story().await,
            700..780 => self.read_catalogue().await,
            780..830 => drop(self.ask("/api/fetch_home").await),
            830..880 => drop(self.ask("/api/fetch_feed?page=0").await),
            880..995 => self.read_thread().await,
            _ => self.read_page().await,
        }
    }

    /// A chapter, as the reading page asks for it.
    async fn read_chapter(&mut self) {
        let number = self.some_story();
        self.read_chapter_of(number).await;
    }

    /// The chapter of this story.
    pub(crate) async fn read_chapter_of(&mut self, number: usize) {
        let story = &self.library.stories[number];
        let question = format!("/api/fetch_reading_page?story={}&chapter={}", story.id, story.chapter);
        let (answer, span) = self.ask(&question).await;
        self.judge.is(&question, Thing::Out(number), answer.status == 200, span);
        if answer.status == 200 {
            let whole =
                [Thing::Title(number), Thing::Chapter(number), Thing::Scene(number, 0), Thing::Scene(number, 1)];
            self.complete(&question, &whole, &answer, span);
        }
    }

    async fn read_story(&mut self) {
        let number = self.some_story();
        let question = format!("/api/fetch_story?story={}", self.library.stories[number].id);
        let (answer, span) = self.ask(&question).await;
        self.judge.is(&question, Thing::Out(number), answer.status == 200, span);
        if answer.status == 200 {
            self.complete(&question, &[Thing::Title(number), Thing::Chapter(number)], &answer, span);
            self.count_likes(number, &answer, span);
        }
    }

    async fn read_catalogue(&mut self) {
        let question = "/api/fetch_shelf?format=novel&genre=mystery";
        let (answer, span) = self.ask(question).await;
        let shown = marks(&answer.body);
        for number in 0..WRITERS {
            let listed = shown.iter().any(|&(thing, _)| thing == Thing::Title(number));
            self.judge.is(question, Thing::Out(number), listed, span);
        }
    }

    async fn read_thread(&mut self) {
        let number = self.dice.random_range(0..TALKERS);
        let question = format!("/api/fetch_thread?post={}", self.library.posts[number]);
        let (answer, span) = self.ask(&question).await;
        let comment = Thing::Comment(Library::comments_below(number));
        self.complete(&question, &[Thing::Post(number), comment], &answer, span);
    }

    /// A chapter as a page. Whatever it shows is judged; what it is made of may change.
    async fn read_page(&mut self) {
        let number = self.some_story();
        let story = &self.library.stories[number];
        let question = format!("/novels/{}/{}", story.id, story.chapter);
        self.ask(&question).await;
    }

    /// What the answer must name if it is there at all: not named, it isn't.
    pub(crate) fn complete(&mut self, question: &str, things: &[Thing], answer: &Answer, span: Span) {
        let shown = marks(&answer.body);
        for &thing in things {
            if !shown.iter().any(|&(other, _)| other == thing) {
                self.judge.is(question, thing, false, span);
            }
        }
    }

    /// As many as surely like it, at least; and nobody who surely doesn't.
    fn count_likes(&self, story: usize, answer: &Answer, span: Span) {
        let may = |talker, liked| self.library.model.first_since(Thing::Like(talker, story), 0, liked, span).is_some();
        let least = (0..TALKERS).filter(|&talker| !may(talker, false)).count() as u64;
        let most = (0..TALKERS).filter(|&talker| may(talker, true)).count() as u64;
        let likes = field(&answer.body, "likes").unwrap_or(u64::MAX);
        if !(least..=most).contains(&likes) {
            self.judge.never("likes miscounted", format!("story {story}: {likes}, not {least} to {most}"));
        }
    }

    /// Asks, and judges all that is in the answer.
    pub(crate) async fn ask(&mut self, question: &str) -> (Answer, Span) {
        self.carry_seen();
        let asked = self.library.model.now();
        let answer = self.browser.get(question).await;
        let span = Span { asked, answered: self.library.model.now() };
        if let Some(as_of) = field(&answer.body, "as_of") {
            if !question.starts_with("/novels") {
                self.judge.position(question, as_of);
            }
            self.raise(as_of);
        }
        if answer.body.contains("\"stale\":true") {
            self.judge.never("stale", question.to_owned());
        }
        let own = question.contains("viewer=");
        for (thing, number) in marks(&answer.body) {
            self.judge.shows(question, thing, number, span);
            if let Thing::Title(story) | Thing::Chapter(story) | Thing::Scene(story, _) = thing
                && !own
            {
                self.judge.is(question, Thing::Out(story), true, span);
            }
        }
        (answer, span)
    }

    /// Sends a write of this thing; whether it was taken.
    pub(crate) async fn write(&mut self, thing: Thing, path: &str, body: Body) -> Option<Answer> {
        self.carry_seen();
        let answer = match body {
            Body::Json(json) => self.browser.raw(path, "application/json", json).await,
            Body::Form(form) => self.browser.raw(path, "application/x-www-form-urlencoded", form).await,
        };
        if answer.status != 200 {
            self.library.model.refuse(thing);
            return None;
        }
        self.library.model.acknowledge(thing);
        self.raise(field(&answer.body, "seq").expect("a position"));
        Some(answer)
    }

    /// What the page's script does with a position it is told.
    fn raise(&mut self, position: u64) {
        self.seen = self.seen.map(|seen| seen.max(position));
    }

    fn carry_seen(&mut self) {
        // Without it, not even what the server itself set is sent along.
        let seen = self.seen.map_or_else(String::new, |seen| format!("{}.{seen}", self.log));
        self.browser.set_cookie("quire-seen", &seen);
    }
}

/// What a write sends.
pub(crate) enum Body {
    Json(String),
    Form(String),
}
