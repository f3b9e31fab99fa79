//! Emphasis, links, quotes and scene breaks: what a key or a button of the toolbar changes in a text.

/// What is put around or before the selected text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `**strong**`
    Strong,
    /// `*emphasis*`
    Emphasis,
    /// `[words](address)`
    Link,
    /// `> ` before each line
    Quote,
    /// A line of its own: `***`
    Break,
}

/// A change of a text, in units of UTF-16, as text areas count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// From here
    pub from: u32,
    /// to here
    pub to: u32,
    /// it says this instead.
    pub with: String,
    /// What is selected then.
    pub selected: (u32, u32),
}

impl Format {
    /// What it changes in a text with this selection. What has it already loses it.
    pub fn edit(self, text: &str, start: u32, end: u32) -> Edit {
        let [start, end] = [start.min(end), end.max(start)].map(|at| byte(text, at));
        match self {
            Self::Strong => around(text, start, end, "**"),
            Self::Emphasis => around(text, start, end, "*"),
            Self::Link => link(text, start, end),
            Self::Quote => quote(text, start, end),
            Self::Break => scene_break(text, end),
        }
    }
}

fn around(text: &str, start: usize, end: usize, mark: &str) -> Edit {
    // Marks around spaces are none.
    let chosen = &text[start..end];
    let start = start + (chosen.len() - chosen.trim_start().len()).min(chosen.len());
    let end = start.max(start + text[start..end.max(start)].trim_end().len());
    let inner = &text[start..end];
    let stars = |text: &str, back: bool| {
        let count = if back {
            text.len() - text.trim_end_matches('*').len()
        } else {
            text.len() - text.trim_start_matches('*').len()
        };
        match mark.len() {
            1 => count % 2 == 1,
            _ => count >= 2,
        }
    };
    let length = mark.len();
    if stars(&text[..start], true) && stars(&text[end..], false) {
        return change(text, start - length, end + length, inner.to_owned(), (0, inner));
    }
    if inner.len() > 2 * length && stars(inner, false) && stars(inner, true) {
        let bare = &inner[length..inner.len() - length];
        return change(text, start, end, bare.to_owned(), (0, bare));
    }
    change(text, start, end, format!("{mark}{inner}{mark}"), (length, inner))
}

fn link(text: &str, start: usize, end: usize) -> Edit {
    let words = &text[start..end];
    let is_address = words.starts_with("https://") || words.starts_with("http://");
    if is_address {
        return change(text, start, end, format!("[]({words})"), (1, ""));
    }
    let address = "https://";
    change(text, start, end, format!("[{words}]({address})"), (words.len() + 3, address))
}

fn quote(text: &str, start: usize, end: usize) -> Edit {
    let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let lines: Vec<&str> = text[start..end].split('\n').collect();
    let is_quoted = lines.iter().all(|line| line.starts_with('>'));
    let quoted = |line: &&str| {
        if is_quoted { line.trim_start_matches('>').trim_start_matches(' ').to_owned() } else { format!("> {line}") }
    };
    let with = lines.iter().map(quoted).collect::<Vec<_>>().join("\n");
    let selected = with.clone();
    change(text, start, end, with, (0, &selected))
}

/// After the paragraph in which the selection ends.
fn scene_break(text: &str, end: usize) -> Edit {
    let at = text[end..].find("\n\n").map_or(text.len(), |next| end + next);
    let at = text[..at].trim_end().len();
    let next = at + (text[at..].len() - text[at..].trim_start().len());
    let with = if at == 0 { "***\n\n" } else { "\n\n***\n\n" };
    change(text, at, next, with.to_owned(), (with.len(), ""))
}

/// Bytes of the text become units of UTF-16. What is selected begins at a byte of the new words.
fn change(text: &str, from: usize, to: usize, with: String, (at, selected): (usize, &str)) -> Edit {
    let first = units(&text[..from]);
    let start = first + units(&with[..at]);
    let selected = (start, start + units(selected));
    Edit { from: first, to: first + units(&text[from..to]), with, selected }
}

fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The byte at which so many units of UTF-16 end.
fn byte(text: &str, at: u32) -> usize {
    let mut left = at as usize;
    for (byte, letter) in text.char_indices() {
        if left < letter.len_utf16() {
            return byte;
        }
        left -= letter.len_utf16();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The selection is between `‹` and `›`.
    #[track_caller]
    fn check(format: Format, marked: &str, expected: &str) {
        let text = marked.replace(['‹', '›'], "");
        let start = units(&marked[..marked.find('‹').expect("a selection")]);
        let end = units(&marked[..marked.find('›').expect("a selection")]) - 1;
        let edit = format.edit(&text, start, end);
        let (from, to) = (byte(&text, edit.from), byte(&text, edit.to));
        let mut after = format!("{}{}{}", &text[..from], edit.with, &text[to..]);
        after.insert(byte(&after, edit.selected.1), '›');
        after.insert(byte(&after, edit.selected.0), '‹');
        assert_eq!(after, expected, "{format:?} {marked}");
    }

    #[test]
    fn what_a_key_changes() {
        use Format::{Break, Emphasis, Link, Quote, Strong};
        check(Strong, "She ‹ran› home.", "She **‹ran›** home.");
        check(Strong, "She **‹ran›** home.", "She ‹ran› home.");
        check(Strong, "She ‹**ran**› home.", "She ‹ran› home.");
        check(Strong, "She ‹ran › home.", "She **‹ran›**  home.");
        check(Strong, "‹›", "**‹›**");
        check(Emphasis, "She ‹ran› home.", "She *‹ran›* home.");
        check(Emphasis, "She *‹ran›* home.", "She ‹ran› home.");
        check(Emphasis, "She **‹ran›** home.", "She ***‹ran›*** home.");
        check(Emphasis, "She ***‹ran›*** home.", "She **‹ran›** home.");
        check(Strong, "She ***‹ran›*** home.", "She *‹ran›* home.");
        check(Emphasis, "🦉 ‹hoots› 🦉", "🦉 *‹hoots›* 🦉");
        check(Link, "See ‹this›.", "See [this](‹https://›).");
        check(Link, "See ‹https://quire.example›.", "See [‹›](https://quire.example).");
        check(Quote, "One\nt‹w›o\nthree", "One\n‹> two›\nthree");
        check(Quote, "‹> One\n> two›", "‹One\ntwo›");
        check(Break, "One‹›.\n\nTwo.", "One.\n\n***\n\n‹›Two.");
        check(Break, "One.‹›", "One.\n\n***\n\n‹›");
        check(Break, "‹›", "***\n\n‹›");
    }
}
