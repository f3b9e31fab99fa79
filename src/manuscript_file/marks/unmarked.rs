//! Lines that stand alone and are headings where a book has no others: bold, numbered, or `#Chapter`.

use super::{Kind, Unmarked, is_short, plain};
use crate::{manuscript_file::announced::number, text::Heading};

/// What the line may be.
pub(super) fn unmarked(line: &str) -> Option<Kind> {
    let line = line.trim();
    if !is_short(line) || line.ends_with([',', ';', ':']) {
        return None;
    }
    let (what, title) = tagged(line).or_else(|| numbered(line)).or_else(|| bold(line))?;
    Some(Kind::Unmarked(what, title))
}

fn tagged(line: &str) -> Option<(Unmarked, Heading)> {
    let title = line.trim_start_matches('#');
    let level = line.len() - title.len();
    let is_title = (1..=6).contains(&level) && title.starts_with(char::is_alphanumeric) && !title.ends_with('.');
    if is_title { Some((Unmarked::Tagged(level), plain(title)?)) } else { None }
}

fn bold(line: &str) -> Option<(Unmarked, Heading)> {
    let within = |sign: &str| line.strip_prefix(sign)?.strip_suffix(sign).filter(|title| !title.contains(sign));
    let title = within("**").or_else(|| within("__"))?;
    let is_title = !title.trim().is_empty() && !title.ends_with(['.', '"', '”', '’', ',']);
    if is_title { Some((Unmarked::Bold, plain(title)?)) } else { None }
}

/// "3", "3.", "III. The Room", "3) The Room", "Three".
fn numbered(line: &str) -> Option<(Unmarked, Heading)> {
    let text = line.trim_matches(['*', '_']);
    let (word, rest) = text.split_at(text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len()));
    let title =
        rest.strip_prefix(['.', ')', ':']).or_else(|| rest.strip_prefix(" –")).or_else(|| rest.strip_prefix(" —"));
    let title = title.unwrap_or(rest);
    let is_apart = title.is_empty() || title.starts_with([' ', '\t']);
    // A number and a sentence is a sentence with a number.
    let is_title = is_apart && !title.ends_with(['.', '"', '”', '’']) && (title.len() < rest.len() || rest.is_empty());
    if is_title { Some((Unmarked::Numbered(number(word)?), plain(text)?)) } else { None }
}
