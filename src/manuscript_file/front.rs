//! Front matter: what a file says about itself at its very top, between two lines `---`, or `+++` in TOML.
//!
//! What can't be used is passed over, and said: a book is not refused for it.

use std::borrow::Cow;

use crate::{
    kinds::{Format, Genre, UnknownKind},
    text::{Note, TextError, Title},
};

use super::exported::CutMark;

/// What the front matter says; whatever it does not say is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The story's title.
    pub title: Option<Title>,
    /// Who wrote it, as the file puts it.
    pub author: Option<String>,
    /// How it is told.
    pub format: Option<Format>,
    /// What kind of story it is.
    pub genre: Option<Genre>,
    /// What it is about.
    pub blurb: Option<Note>,
    /// Whether readers may see it.
    pub published: Option<bool>,
    /// What marks the places of an exported story.
    pub mark: Option<CutMark>,
}

/// Why a line of the front matter was passed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum FrontError {
    /// A text that does not fit.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A format or a genre that there is not.
    #[error(transparent)]
    Kind(#[from] UnknownKind),
    /// Neither true nor false.
    #[error("It is neither true nor false.")]
    NeitherTrueNorFalse,
}

/// Keys that other programs read. A block with none of them and none of ours is text.
const OTHERS: &str = "date tags layout draft description slug lang language keywords categories category series status \
    rights publisher subtitle cover cover-image created updated modified aliases uuid id isbn version \
    summary";

/// The keys that are read.
#[derive(Clone, Copy)]
enum Key {
    Title,
    Author,
    Format,
    Genre,
    Blurb,
    Published,
    Mark,
}

impl Key {
    fn parse(key: &str) -> Option<Self> {
        match key.to_ascii_lowercase().as_str() {
            "title" => Some(Self::Title),
            "author" | "authors" => Some(Self::Author),
            "format" => Some(Self::Format),
            "genre" => Some(Self::Genre),
            "blurb" => Some(Self::Blurb),
            "published" => Some(Self::Published),
            "cut-mark" => Some(Self::Mark),
            _ => None,
        }
    }
}

impl FrontMatter {
    fn set(&mut self, key: Key, value: &str) -> Result<(), FrontError> {
        let slug = || value.to_lowercase().replace(' ', "-");
        match key {
            Key::Title => self.title = Some(Title::cleaned(value)?),
            Key::Author => self.author = Some(value.trim_matches(['[', ']']).to_owned()),
            Key::Format => self.format = Some(slug().parse()?),
            Key::Genre => self.genre = Some(slug().parse()?),
            Key::Blurb => self.blurb = Some(Note::parse(value)?),
            Key::Mark => self.mark = CutMark::parse(value),
            Key::Published => {
                self.published = Some(value.to_lowercase().parse().map_err(|_| FrontError::NeitherTrueNorFalse)?);
            }
        }
        Ok(())
    }
}

/// The line by which front matter has ended; what goes on longer is something else.
const LAST_LINE: usize = 1_000;

/// An entry of the front matter.
struct Entry<'a> {
    key: &'a str,
    value: String,
}

/// How front matter is written.
#[derive(Clone, Copy)]
struct Syntax {
    fence: &'static str,
    /// Between a key and its value.
    sign: char,
}

const SYNTAXES: [Syntax; 2] = [Syntax { fence: "---", sign: ':' }, Syntax { fence: "+++", sign: '=' }];

/// The front matter, the text below it, and what of it was passed over.
pub(super) fn split(source: &str) -> (FrontMatter, &str, Vec<String>) {
    let mut front = FrontMatter::default();
    let found = SYNTAXES.into_iter().find_map(|syntax| entries(source, syntax));
    let is_known = |entry: &Entry<'_>| {
        Key::parse(entry.key).is_some() || OTHERS.split(' ').any(|other| other.eq_ignore_ascii_case(entry.key))
    };
    // Blanks in a key are a sentence's, unless the block is a title's.
    let is_one = |entries: &[Entry<'_>]| {
        let has_title = entries.iter().any(|entry| entry.key.eq_ignore_ascii_case("title"));
        entries.iter().any(is_known) && (has_title || entries.iter().all(|entry| !entry.key.contains(' ')))
    };
    let Some((entries, rest)) = found.filter(|(entries, _)| is_one(entries)) else {
        return (front, source, vec![]);
    };
    let (mut unknown, mut remarks) = (Vec::new(), Vec::new());
    for Entry { key, value } in entries {
        let value = &*unquoted(value.trim());
        let Some(known) = Key::parse(key) else {
            unknown.push(key);
            continue;
        };
        if !value.is_empty()
            && let Err(reason) = front.set(known, value)
        {
            let value = value.chars().take(MOST_QUOTED).collect::<String>();
            remarks.push(format!("The line “{key}: {value}” at the top of the file was passed over. {reason}"));
        }
    }
    if !unknown.is_empty() {
        remarks.push(format!("Passed over at the top of the file: {}.", unknown.join(", ")));
    }
    (front, rest, remarks)
}

/// The most characters of a value that a remark repeats.
const MOST_QUOTED: usize = 40;

/// The entries between the fences, and what follows; `None` if anything else is among them.
fn entries(source: &str, Syntax { fence, sign }: Syntax) -> Option<(Vec<Entry<'_>>, &str)> {
    let mut lines = source.split_inclusive('\n');
    let mut length = lines.next().filter(|line| line.trim_end() == fence)?.len();
    let mut entries = Vec::<Entry<'_>>::new();
    for line in lines.take(LAST_LINE) {
        length += line.len();
        let text = line.trim();
        if line.trim_end() == fence || (fence == "---" && line.trim_end() == "...") {
            return source.get(length..).map(|rest| (entries, rest));
        }
        if text.is_empty() || text.starts_with('#') || (sign == '=' && text.starts_with('[')) {
            continue;
        }
        // A value may go on in indented lines, and a list hangs below its key.
        if line.starts_with([' ', '\t']) || text.starts_with("- ") {
            let value = &mut entries.last_mut()?.value;
            if matches!(value.trim(), "|" | ">" | "|-" | ">-") {
                value.clear();
            }
            value.push(' ');
            value.push_str(text);
            continue;
        }
        let (key, value) = text.split_once(sign)?;
        let key = key.trim_end();
        if key.is_empty() || !key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ')) {
            return None;
        }
        entries.push(Entry { key, value: value.to_owned() });
    }
    None
}

/// The value without its quotation marks, and with what a backslash stands for within double ones.
fn unquoted(value: &str) -> Cow<'_, str> {
    let within = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    match within('"') {
        Some(quoted) if quoted.contains('\\') => Cow::Owned(unescaped(quoted)),
        Some(quoted) => Cow::Borrowed(quoted),
        None => Cow::Borrowed(within('\'').unwrap_or(value).trim()),
    }
}

fn unescaped(quoted: &str) -> String {
    let (mut text, mut letters) = (String::with_capacity(quoted.len()), quoted.chars());
    while let Some(letter) = letters.next() {
        match (letter, letters.as_str().chars().next()) {
            ('\\', Some(next @ ('"' | '\\' | 'n' | 't'))) => {
                letters.next();
                text.push(if next == 'n' {
                    '\n'
                } else if next == 't' {
                    '\t'
                } else {
                    next
                });
            }
            _ => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests;
