//! Reading the demo's talk and casts: sections below a `##` line each.

use super::unreadable;
use crate::Result;

/// A post and what is said below it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Post<'a> {
    pub(super) author: &'a str,
    /// The file name of the story it is about.
    pub(super) about: Option<&'a str>,
    pub(super) text: String,
    pub(super) comments: Vec<Comment<'a>>,
}

/// A comment: `> who: what`, with one `>` more for each comment above it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Comment<'a> {
    pub(super) depth: usize,
    pub(super) author: &'a str,
    pub(super) text: &'a str,
}

/// Headings, each with what stands below it.
pub(super) fn sections(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let sections = text.strip_prefix("## ").unwrap_or(text).split("\n## ");
    sections.map(|section| section.split_once('\n').unwrap_or((section, "")))
}

/// `- kind: name: description`.
pub(super) fn member(line: &str) -> Result<(&str, &str, &str)> {
    let member = line.strip_prefix("- ").and_then(|line| {
        let (kind, rest) = line.split_once(": ")?;
        let (name, description) = rest.split_once(": ")?;
        Some((kind, name, description))
    });
    member.ok_or_else(|| unreadable(line))
}

/// The posts, in the order in which they were written.
pub(super) fn posts(text: &str) -> Result<Vec<Post<'_>>> {
    sections(text).map(post).collect()
}

fn post<'a>((heading, body): (&'a str, &'a str)) -> Result<Post<'a>> {
    let (author, about) = match heading.trim().split_once(" about ") {
        Some((author, about)) => (author, Some(about)),
        None => (heading.trim(), None),
    };
    let (below, said): (Vec<&str>, Vec<&str>) = body.lines().partition(|line| line.starts_with('>'));
    let comments = below.into_iter().map(comment).collect::<Result<_>>()?;
    Ok(Post { author, about, text: said.join("\n").trim().to_owned(), comments })
}

fn comment(line: &str) -> Result<Comment<'_>> {
    let text = line.trim_start_matches('>');
    let depth = line.len() - text.len() - 1;
    let (author, text) = text.trim_start().split_once(": ").ok_or_else(|| unreadable(line))?;
    Ok(Comment { depth, author, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_with_replies() {
        let text = "## a@b about tare\n\nOne\n\nTwo\n\n> c@d: Three\n>> e@f: Four: five\n\n## c@d\n\nSix\n";
        let expected = [
            Post {
                author: "a@b",
                about: Some("tare"),
                text: "One\n\nTwo".to_owned(),
                comments: vec![
                    Comment { depth: 0, author: "c@d", text: "Three" },
                    Comment { depth: 1, author: "e@f", text: "Four: five" },
                ],
            },
            Post { author: "c@d", about: None, text: "Six".to_owned(), comments: vec![] },
        ];
        assert_eq!(posts(text).expect("well-formed"), expected);
    }

    #[test]
    fn a_member_of_the_cast() {
        assert_eq!(
            member("- setting: Town Hall: Counter: two clerks").ok(),
            Some(("setting", "Town Hall", "Counter: two clerks"))
        );
        assert!(member("- setting: Town Hall").is_err());
    }
}
