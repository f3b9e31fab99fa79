//! Marks: how a page that is being made says where its places are.
//!
//! A mark begins with a secret, so that no text that people wrote is one. A place that was forgotten can't hold
//! anybody's: the page was made for a stand-in, and a body in which anything of the stand-in is left is not kept.

use std::{cmp::Reverse, ops::Range};

use memchr::memmem::{find, find_iter};

use crate::{App, nouns::Viewer};

/// What to look for in a page.
pub struct Marks<A: App> {
    /// Begins each mark.
    pub secret: String,
    /// Texts that are no marks and stand in a place all the same, and the names of these places.
    pub stand_ins: Vec<(String, String)>,
    /// Must not be left in a body.
    pub never: Vec<String>,
    /// Whose answers are left out of the page: the stand-in's.
    pub left_out: Option<Viewer<A>>,
}

/// A part of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// The same for all, by its place in the page.
    Text(Range<usize>),
    /// A place with this name.
    Place(String),
    /// What follows, up to `Else`, is for those for whom this condition holds.
    If(String),
    /// What follows, up to `End`, is for the others.
    Else,
    /// What follows is for all again.
    End,
}

/// The mark of a place.
pub fn place(secret: &str, name: &str) -> String {
    format!("{secret}={name};")
}

/// Marks around what is for some, and for all others.
pub fn choice(secret: &str, condition: &str, then: &str, otherwise: &str) -> String {
    format!("{secret}?{condition};{then}{secret}:;{otherwise}{secret}.;")
}

impl<A: App> Marks<A> {
    /// The parts of a page; `None` if something of the stand-in would stay in it.
    pub(super) fn parts(&self, page: &[u8]) -> Option<Vec<Part>> {
        let mut found = vec![];
        for (text, name) in &self.stand_ins {
            found.extend(find_iter(page, text.as_bytes()).map(|at| (at..at + text.len(), Part::Place(name.clone()))));
        }
        for at in find_iter(page, self.secret.as_bytes()) {
            let (length, part) = parse(&page[at + self.secret.len()..])?;
            found.push((at..at + self.secret.len() + length, part));
        }
        found.sort_by_key(|(at, _)| (at.start, Reverse(at.end)));
        let (mut parts, mut done) = (vec![], 0);
        for (at, part) in found.into_iter().chain([(page.len()..page.len(), Part::End)]) {
            // One inside another is part of it.
            if at.start < done {
                continue;
            }
            if at.start > done {
                parts.push(Part::Text(done..at.start));
            }
            done = at.end;
            parts.push(part);
        }
        // The last was only the page's end.
        parts.pop();
        (self.is_clean(page, &parts) && is_closed(&parts)).then_some(parts)
    }

    fn is_clean(&self, page: &[u8], parts: &[Part]) -> bool {
        let texts =
            || parts.iter().filter_map(|part| if let Part::Text(at) = part { page.get(at.clone()) } else { None });
        self.never.iter().all(|never| texts().all(|text| find(text, never.as_bytes()).is_none()))
    }
}

/// What follows a secret: the length of the mark's rest, and its meaning.
fn parse(after: &[u8]) -> Option<(usize, Part)> {
    let end = find(after.get(..after.len().min(200))?, b";")?;
    let (kind, name) = after.get(..end)?.split_first()?;
    let name = str::from_utf8(name).ok()?.to_owned();
    let part = match kind {
        b'=' => Part::Place(name),
        b'?' => Part::If(name),
        b':' => Part::Else,
        b'.' => Part::End,
        _ => return None,
    };
    Some((end + 1, part))
}

/// Whether each choice has both its halves and its end, and none stands in another.
fn is_closed(parts: &[Part]) -> bool {
    let choices = parts.iter().filter(|part| !matches!(part, Part::Text(_) | Part::Place(_)));
    let mut expected = 0;
    for part in choices {
        let kind = match part {
            Part::If(_) => 0,
            Part::Else => 1,
            Part::End | Part::Text(_) | Part::Place(_) => 2,
        };
        if kind != expected {
            return false;
        }
        expected = (expected + 1) % 3;
    }
    expected == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::Example;

    const S: &str = "s3cr3t";

    #[track_caller]
    fn check(page: &str, expected: Option<&str>) {
        let marks = Marks::<Example> {
            secret: S.to_owned(),
            stand_ins: vec![("{nobody:1}".to_owned(), "boot".to_owned()), ("nobody".to_owned(), "name".to_owned())],
            never: vec!["n0-1d".to_owned()],
            left_out: None,
        };
        let drawn = |part: &Part| match part {
            Part::Text(at) => page[at.clone()].to_owned(),
            Part::Place(name) => format!("<{name}>"),
            Part::If(condition) => format!("<if {condition}>"),
            Part::Else => "<else>".to_owned(),
            Part::End => "<end>".to_owned(),
        };
        let parts = marks.parts(page.as_bytes());
        assert_eq!(parts.map(|parts| parts.iter().map(drawn).collect::<String>()).as_deref(), expected, "{page}");
    }

    #[test]
    fn where_the_places_are() {
        check("", Some(""));
        check("a", Some("a"));
        check("a nobody b", Some("a <name> b"));
        check("nobodynobody", Some("<name><name>"));
        check("a{nobody:1}b", Some("a<boot>b"));
        check(&format!("a{}b", place(S, "likes 7")), Some("a<likes 7>b"));
        check(&format!("a{}b", choice(S, "own 7", "yes", "no")), Some("a<if own 7>yes<else>no<end>b"));
        check(&format!("a{}b", choice(S, "own 7", &place(S, "key"), "")), Some("a<if own 7><key><else><end>b"));
    }

    #[test]
    fn what_is_not_whole_is_no_body() {
        check("a n0-1d b", None);
        check(&format!("a{S}b"), None);
        check(&format!("a{S}!x;b"), None);
        check(&format!("a{S}?own 7;yes"), None);
        check(&format!("a{S}:;no{S}.;"), None);
        check(&format!("a{}b", choice(S, "own 7", &choice(S, "own 8", "", ""), "")), None);
        check(&format!("a{}b", place(S, &"x".repeat(300))), None);
    }
}
