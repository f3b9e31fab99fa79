//! One client's judge: what it was told, against the model and against what it was told before.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};

use super::model::{Model, Span, Thing};

/// What went wrong in all the race: how often, and the first few in words.
#[derive(Default)]
pub(crate) struct Wrongs(Mutex<(BTreeMap<&'static str, usize>, Vec<String>)>);

impl Wrongs {
    pub(crate) fn note(&self, kind: &'static str, detail: String) {
        let mut wrongs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *wrongs.0.entry(kind).or_default() += 1;
        if wrongs.1.len() < 20 {
            wrongs.1.push(format!("{kind}: {detail}"));
        }
    }

    pub(crate) fn all(&self) -> (BTreeMap<&'static str, usize>, Vec<String>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What one client knows.
pub(crate) struct Judge<'a> {
    model: &'a Model,
    wrongs: &'a Wrongs,
    who: String,
    carries_seen: bool,
    /// The newest write seen of each thing; by question for those who carry no Seen.
    floors: HashMap<(String, Thing), usize>,
    /// The highest position of each question's answer.
    as_of: HashMap<String, u64>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(model: &'a Model, wrongs: &'a Wrongs, who: String, carries_seen: bool) -> Self {
        Self { model, wrongs, who, carries_seen, floors: HashMap::new(), as_of: HashMap::new() }
    }

    /// An answer's position: that of one question never goes back.
    pub(crate) fn position(&mut self, question: &str, as_of: u64) {
        let known = self.as_of.entry(question.to_owned()).or_default();
        if as_of < *known {
            self.wrongs.note("position went back", format!("{} {question}: {as_of} after {known}", self.who));
        }
        *known = as_of.max(*known);
    }

    /// The answer shows this write.
    pub(crate) fn shows(&mut self, question: &str, thing: Thing, number: usize, span: Span) {
        let detail = |why: &str| format!("{} asked {question}: write {number} of {thing:?}, {why}", self.who);
        if !self.model.may_show(thing, number, span) {
            self.wrongs.note("old", detail("overtaken before the question, or never sent"));
        }
        let floor = self.floor(question, thing);
        if number < floor {
            self.wrongs.note("went back", detail(&format!("after write {floor}")));
        }
        self.raise(question, thing, number);
    }

    /// The answer shows that the thing is there, or isn't.
    pub(crate) fn is(&mut self, question: &str, thing: Thing, present: bool, span: Span) {
        let floor = self.floor(question, thing);
        if let Some(number) = self.model.first_since(thing, floor, present, span) {
            return self.raise(question, thing, number);
        }
        let possible = self.model.first_since(thing, 0, present, span).is_some();
        let kind = match (possible, present) {
            (true, _) => "went back",
            (false, true) => "evicted, and shown",
            (false, false) => "there, and not shown",
        };
        self.wrongs.note(kind, format!("{} asked {question}: {thing:?} present: {present}", self.who));
    }

    /// Something that nobody may be told.
    pub(crate) fn never(&self, kind: &'static str, detail: String) {
        self.wrongs.note(kind, format!("{}: {detail}", self.who));
    }

    fn floor(&self, question: &str, thing: Thing) -> usize {
        self.floors.get(&self.known_by(question, thing)).copied().unwrap_or_default()
    }

    fn raise(&mut self, question: &str, thing: Thing, number: usize) {
        let floor = self.floors.entry(self.known_by(question, thing)).or_default();
        *floor = number.max(*floor);
    }

    /// Without Seen, a client is promised only that one question's answers don't go back.
    fn known_by(&self, question: &str, thing: Thing) -> (String, Thing) {
        (if self.carries_seen { String::new() } else { question.to_owned() }, thing)
    }
}
