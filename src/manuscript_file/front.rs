//! Front matter: what a file says about itself between two lines `---` at its very top.

use crate::{
    kinds::{Format, Genre, UnknownKind},
    text::{Note, TextError, Title},
};

use super::ImportError;

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
}

/// Why a line of the front matter was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrontError {
    /// A text that does not fit.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A format or a genre that there is not.
    #[error(transparent)]
    Kind(#[from] UnknownKind),
    /// Neither true nor false.
    #[error("Please write true or false after “published”.")]
    NeitherTrueNorFalse,
}

/// The keys that are read; a block with none of them is text, and others among them are passed over.
#[derive(Clone, Copy)]
enum Key {
    Title,
    Author,
    Format,
    Genre,
    Blurb,
    Published,
}

impl Key {
    fn parse(key: &str) -> Option<Self> {
        match key.to_ascii_lowercase().as_str() {
            "title" => Some(Self::Title),
            "author" => Some(Self::Author),
            "format" => Some(Self::Format),
            "genre" => Some(Self::Genre),
            "blurb" => Some(Self::Blurb),
            "published" => Some(Self::Published),
            _ => None,
        }
    }
}

impl FrontMatter {
    fn set(&mut self, key: Key, value: &str) -> Result<(), FrontError> {
        let slug = || value.to_lowercase().replace(' ', "-");
        match key {
            Key::Title => self.title = Some(Title::cleaned(value)?),
            Key::Author => self.author = Some(value.to_owned()),
            Key::Format => self.format = Some(slug().parse()?),
            Key::Genre => self.genre = Some(slug().parse()?),
            Key::Blurb => self.blurb = Some(Note::parse(value)?),
            Key::Published => {
                self.published = Some(value.to_lowercase().parse().map_err(|_| FrontError::NeitherTrueNorFalse)?);
            }
        }
        Ok(())
    }
}

/// The line by which front matter has ended; what goes on longer is something else.
const LAST_LINE: usize = 1_000;

/// An entry of the front matter, and the line it starts in.
struct Entry<'a> {
    line: usize,
    key: &'a str,
    value: String,
}

/// The front matter and the text below it.
pub(super) fn split(source: &str) -> Result<(FrontMatter, &str), ImportError> {
    let mut front = FrontMatter::default();
    let Some((entries, rest)) = entries(source) else { return Ok((front, source)) };
    let known = entries.iter().filter_map(|entry| Some((entry, Key::parse(entry.key)?))).collect::<Vec<_>>();
    if known.is_empty() {
        return Ok((front, source));
    }
    for (Entry { line, value, .. }, key) in known {
        let value = unquoted(value.trim());
        if !value.is_empty() {
            front.set(key, value).map_err(|reason| ImportError::Front { line: *line, reason })?;
        }
    }
    Ok((front, rest))
}

/// The entries between the lines `---`, and what follows; `None` if anything else is among them.
fn entries(source: &str) -> Option<(Vec<Entry<'_>>, &str)> {
    let mut lines = source.split_inclusive('\n');
    let mut length = lines.next().filter(|line| line.trim_end() == "---")?.len();
    let mut entries = Vec::<Entry<'_>>::new();
    for (line, number) in lines.zip(2..=LAST_LINE) {
        length += line.len();
        let text = line.trim();
        if matches!(line.trim_end(), "---" | "...") {
            return source.get(length..).map(|rest| (entries, rest));
        }
        if text.is_empty() || text.starts_with('#') {
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
        let (key, value) = text.split_once(':')?;
        if key.is_empty() || !key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) {
            return None;
        }
        entries.push(Entry { line: number, key, value: value.to_owned() });
    }
    None
}

fn unquoted(value: &str) -> &str {
    let within = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    within('"').or_else(|| within('\'')).unwrap_or(value).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: Result<(FrontMatter, &str), &str>) {
        assert_eq!(split(source).map_err(|error| error.to_string()), expected.map_err(str::to_owned), "{source:?}");
    }

    fn title(text: &str) -> FrontMatter {
        FrontMatter { title: Title::parse(text).ok(), ..FrontMatter::default() }
    }

    #[test]
    fn it_is_read() {
        check(
            "---\ntitle: The Tare\nauthor: ada@quire.example\nformat: novel\ngenre: Science fiction\nblurb: Lancashire, 1932: a scale.\npublished: true\n---\n\nText",
            Ok((
                FrontMatter {
                    author: Some("ada@quire.example".to_owned()),
                    format: Some(Format::Novel),
                    genre: Some(Genre::ScienceFiction),
                    blurb: Note::parse("Lancashire, 1932: a scale.").ok(),
                    published: Some(true),
                    ..title("The Tare")
                },
                "\nText",
            )),
        );
        check(
            "---\ntitle: \"Salt: a Life\"\ntags:\n- sea\n# none\nauthor:\n...\nText",
            Ok((title("Salt: a Life"), "Text")),
        );
        check("---\ntitle: >\n  A Long\n  Way\n---", Ok((title("A Long Way"), "")));
    }

    #[test]
    fn other_text_is_left_alone() {
        let nothing = FrontMatter::default;
        for source in [
            "",
            "Text",
            "---\n\nThe sea: it was grey.\n\n---\n",
            "---\nlayout: page\n---\n",
            "---\ntitle: Salt\nand text\n---\n",
            "---\ntitle: never closed\n",
            "\n---\ntitle: Too late\n---\n",
            "---\n  title: indented\n---\n",
        ] {
            check(source, Ok((nothing(), source)));
        }
    }

    #[test]
    fn what_can_not_be_is_said() {
        check(
            "---\ntitle: A\ngenre: tax law\n---\n",
            Err("Line 3, at the top of the file: There is no genre of that name."),
        );
        check(
            "---\npublished: 1813\n---\n",
            Err("Line 2, at the top of the file: Please write true or false after “published”."),
        );
        let long = format!("---\ntitle: {}\n---\n", "x".repeat(201));
        check(&long, Err("Line 2, at the top of the file: That is too long for a title: 201 characters, and 200 fit."));
    }
}
