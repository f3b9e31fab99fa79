//! A line of story text, written: each sign that has a meaning there is one that is meant.

use std::fmt::Write;

use super::{Run, RunStyle};

/// A paragraph, ready to be written as story text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryLine(Vec<Run>);

impl StoryLine {
    /// These runs, where no note is referred to.
    pub fn of(runs: &[Run]) -> Self {
        Self::with_notes(runs, |_| false)
    }

    /// These runs; a reference to a note that is not there becomes its number.
    pub fn with_notes(runs: &[Run], has_note: impl Fn(usize) -> bool) -> Self {
        Self(trimmed(merged(runs, &has_note)))
    }

    /// What is written.
    pub fn runs(&self) -> &[Run] {
        &self.0
    }

    /// The same without references to notes.
    #[must_use]
    pub fn without_notes(&self) -> Self {
        Self(self.0.iter().filter(|run| !matches!(run, Run::Note(_))).cloned().collect())
    }

    /// Whether there are only a few signs, as in a scene break: they mean what they mean when they are typed.
    pub fn is_signs(&self) -> bool {
        let text = self.0.iter().map(Run::text).collect::<String>();
        let is_text = |run: &Run| matches!(run, Run::Text(..));
        self.0.iter().all(is_text) && text.chars().count() <= 40 && !text.chars().any(char::is_alphanumeric)
    }

    /// With the signs of its styles. Not all styles can be said by signs.
    pub fn styled(&self) -> String {
        if self.is_signs() { self.signs() } else { text_of(&self.0, true) }
    }

    /// Without styles.
    pub fn plain(&self) -> String {
        if self.is_signs() { self.signs() } else { text_of(&self.0, false) }
    }

    /// With the signs of its styles, where it is certain that they are read so.
    pub fn safe(&self) -> String {
        if is_certain(&self.0) { self.styled() } else { self.plain() }
    }

    fn signs(&self) -> String {
        self.0.iter().map(Run::text).collect()
    }
}

/// The runs with those of one style joined, and without references to notes that are not there.
fn merged(runs: &[Run], has_note: &impl Fn(usize) -> bool) -> Vec<Run> {
    let mut merged = Vec::<Run>::new();
    for run in runs.iter().map(without_controls) {
        match (&run, merged.last_mut()) {
            (Run::Text(text, _), _) if text.is_empty() => {}
            (Run::Text(text, style), Some(Run::Text(before, same))) if same == style => before.push_str(text),
            // A blank is set in no way of its own.
            (Run::Text(text, _), Some(Run::Text(before, _))) if text.trim().is_empty() => before.push_str(text),
            (Run::Note(number), _) if !has_note(*number) => {
                merged.push(Run::Text(number.to_string(), RunStyle::default()));
            }
            _ => merged.push(run),
        }
    }
    merged
}

/// The run with blanks in the place of characters that no text has.
fn without_controls(run: &Run) -> Run {
    match run {
        Run::Text(text, style) if text.contains(char::is_control) => {
            Run::Text(text.replace(char::is_control, " "), style.clone())
        }
        run => run.clone(),
    }
}

/// The runs without blanks and line ends around them.
fn trimmed(mut runs: Vec<Run>) -> Vec<Run> {
    let is_blank = |run: &Run| !matches!(run, Run::Note(_)) && run.text().trim().is_empty();
    while runs.last().is_some_and(is_blank) {
        runs.pop();
    }
    let blank = runs.iter().take_while(|run| is_blank(run)).count();
    runs.drain(..blank);
    if let Some(Run::Text(text, _)) = runs.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Run::Text(text, _)) = runs.last_mut() {
        *text = text.trim_end().to_owned();
    }
    runs
}

/// Whether each sign of emphasis stands where it can only be read as that.
fn is_certain(runs: &[Run]) -> bool {
    (0..runs.len()).all(|at| {
        let before = at.checked_sub(1).and_then(|before| runs.get(before));
        is_set_apart(before, &runs[at], runs.get(at + 1))
    })
}

/// Whether a run has no emphasis, or is apart from what stands around it: by blanks or punctuation, or as letters within
/// a word.
fn is_set_apart(before: Option<&Run>, run: &Run, after: Option<&Run>) -> bool {
    let Run::Text(text, style) = run else { return true };
    let core = text.trim();
    if style.link.is_some() && core.contains(['[', ']']) {
        return false;
    }
    if !is_emphasised(style) || core.is_empty() {
        return true;
    }
    let is_blank = char::is_whitespace;
    let before = before.filter(|run| text.starts_with(core) && !run.text().ends_with(is_blank));
    let after = after.filter(|run| text.ends_with(core) && !run.text().starts_with(is_blank));
    // Signs of both in a row would be read in another way.
    let is_plain = |run: &Run| !matches!(run, Run::Text(_, style) if is_emphasised(style));
    let ends = [before.and_then(|run| run.text().chars().next_back()), after.and_then(|run| run.text().chars().next())];
    let is_pause = |c: char| PAUSES.contains(c);
    let is_sign = |c: char| matches!(c, '*' | '_' | '~' | '\\');
    let is_apart =
        ends.into_iter().all(|end| end.is_none_or(is_pause)) && !core.starts_with(is_sign) && !core.ends_with(is_sign);
    let is_in_word = core.chars().all(char::is_alphabetic)
        && ends.into_iter().all(|end| end.is_none_or(|end| is_pause(end) || end.is_alphabetic()));
    before.into_iter().chain(after).all(is_plain) && (is_apart || (is_in_word && !style.struck))
}

const fn is_emphasised(style: &RunStyle) -> bool {
    style.emphasis || style.strong || style.struck
}

/// What may stand beside a sign of emphasis.
const PAUSES: &str = ".,;:!?…—–-()“”‘’\"'«»„‚";

fn text_of(runs: &[Run], is_styled: bool) -> String {
    let has_link = runs.iter().any(|run| run.text().contains("]("));
    // One alone strikes nothing out.
    let is_struck = |run: &Run| matches!(run, Run::Text(_, style) if style.struck);
    let tildes = runs.iter().map(|run| run.text().matches('~').count()).sum::<usize>();
    let has_tildes = tildes > 1 || runs.iter().any(is_struck);
    let mut text = String::new();
    for run in runs {
        match run {
            Run::LineEnd => {
                text.truncate(text.trim_end_matches(' ').len());
                text.push('\n');
            }
            Run::Note(number) => _ = write!(text, "[^{number}]"),
            Run::Text(run, style) => {
                let is_start = text.is_empty() || text.ends_with('\n');
                let run = if is_start { run.trim_start() } else { run };
                let core = run.trim();
                let before = run.len() - run.trim_start().len();
                text += &run[..before];
                let core_is_start = text.is_empty() || text.ends_with('\n');
                let escaped = escaped(core, core_is_start, has_link, has_tildes);
                if is_styled && !core.is_empty() {
                    text += &set(&escaped, core, style);
                } else {
                    text += &escaped;
                }
                if !core.is_empty() {
                    text += &run[before + core.len()..];
                }
            }
        }
    }
    text
}

/// The text between the signs of its style.
fn set(escaped: &str, typed: &str, style: &RunStyle) -> String {
    let signs = [(style.emphasis, "*"), (style.strong, "**"), (style.struck, "~~")];
    let mut set = escaped.to_owned();
    for (_, sign) in signs.iter().filter(|(is_set, _)| *is_set) {
        set = format!("{sign}{set}{sign}");
    }
    match &style.link {
        Some(link) if link.strip_prefix("mailto:").unwrap_or(link) == typed => format!("<{typed}>"),
        Some(link) if is_link(link) => format!("[{set}]({})", link.replace('(', "%28").replace(')', "%29")),
        Some(_) | None => set,
    }
}

fn is_link(link: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| link.starts_with(scheme))
        && !link.contains(['<', '>', ' ', '\n', '\\'])
}

/// The text with a backslash before each sign that would mean something.
fn escaped(text: &str, is_start: bool, has_link: bool, has_tildes: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = None;
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let after = rest.chars().next();
        let means_something = match c {
            '\\' | '*' => true,
            '_' => !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)),
            '~' => has_tildes,
            '[' => after == Some('^') || has_link,
            '<' => rest.starts_with("!--") || is_address(rest),
            '&' => is_entity(rest),
            '#' | '>' => is_start && before.is_none_or(|before| before == '#' || before == '>'),
            _ => false,
        };
        if means_something {
            escaped.push('\\');
        }
        escaped.push(c);
        before = Some(c);
    }
    escaped
}

/// Whether what follows a `<` would be read as an address between angles.
fn is_address(rest: &str) -> bool {
    let inside = rest.chars().take(300).take_while(|&c| c != '>' && !c.is_whitespace()).collect::<String>();
    inside.contains([':', '@']) && rest.get(inside.len()..).is_some_and(|end| end.starts_with('>'))
}

/// Whether what follows a `&` would be read as a character's name.
fn is_entity(rest: &str) -> bool {
    let name = rest.chars().take(40).take_while(|&c| c.is_ascii_alphanumeric() || c == '#').count();
    name > 0 && rest.get(name..).is_some_and(|end| end.starts_with(';'))
}

#[cfg(test)]
mod tests;
