//! A paragraph as story text.

use std::fmt::Write;

use domain::{Body, Passage, Passages, Run, RunStyle};

/// How paragraphs were written.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// How many paragraphs lost their emphasis, because no signs say it.
    pub(super) plain: usize,
}

impl Written {
    /// The paragraph as story text. Read again, it shows the same letters in the same styles; if it would not, it is
    /// written without styles.
    pub(super) fn line(&mut self, runs: &[Run], has_note: &impl Fn(usize) -> bool) -> String {
        let runs = &trimmed(merged(runs, has_note));
        if is_signs(runs) {
            return runs.iter().map(Run::text).collect();
        }
        let styled = text_of(runs, true);
        let has_styles = runs.iter().any(|run| matches!(run, Run::Text(_, style) if *style != RunStyle::default()));
        if !has_styles || is_read_as_meant(runs) {
            return styled;
        }
        self.plain += 1;
        text_of(runs, false)
    }
}

/// Whether the signs are read as the styles that they stand for. Notes are elsewhere, and are left out.
fn is_read_as_meant(runs: &[Run]) -> bool {
    let without_notes = runs.iter().filter(|run| !matches!(run, Run::Note(_))).cloned().collect::<Vec<_>>();
    shown(&text_of(&without_notes, true)) == meant(runs)
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

/// Whether there are only a few signs, as in a scene break: they mean what they mean when they are typed.
fn is_signs(runs: &[Run]) -> bool {
    let text = runs.iter().map(Run::text).collect::<String>();
    let is_text = |run: &Run| matches!(run, Run::Text(..));
    runs.iter().all(is_text) && text.chars().count() <= 40 && !text.chars().any(char::is_alphanumeric)
}

fn text_of(runs: &[Run], is_styled: bool) -> String {
    let has_link = runs.iter().any(|run| run.text().contains("]("));
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
                let escaped = escaped(core, core_is_start, has_link);
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
fn escaped(text: &str, is_start: bool, has_link: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = None;
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let after = rest.chars().next();
        let means_something = match c {
            '\\' | '*' => true,
            '_' => !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)),
            '~' => before == Some('~') || after == Some('~'),
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

/// Letters and digits with their styles, as a reader sees them. Signs may be made prettier.
type Shown = Vec<(char, bool, bool, bool)>;

fn shown(text: &str) -> Shown {
    let Ok(body) = Body::parse(text) else { return Vec::new() };
    let set = Passages::of([body].iter());
    let mut shown = Vec::new();
    for passage in set.scenes.iter().flatten() {
        match passage {
            Passage::Paragraph(runs) => shown.extend(meant(runs)),
            Passage::Heading(_) | Passage::Break | Passage::Quote(_) => return Vec::new(),
        }
    }
    shown
}

fn meant(runs: &[Run]) -> Shown {
    let mut meant = Vec::new();
    for run in runs {
        if let Run::Text(text, style) = run {
            let letters =
                text.chars().filter(|&c| c.is_alphanumeric() || matches!(c, '*' | '_' | '~' | '[' | ']' | '\\'));
            meant.extend(letters.map(|c| (c, style.emphasis, style.strong, style.struck)));
        }
    }
    meant
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Run {
        Run::Text(text.to_owned(), RunStyle::default())
    }

    fn soft(text: &str) -> Run {
        Run::Text(text.to_owned(), RunStyle { emphasis: true, ..RunStyle::default() })
    }

    fn loud(text: &str) -> Run {
        Run::Text(text.to_owned(), RunStyle { strong: true, ..RunStyle::default() })
    }

    fn check(runs: &[Run], expected: &str) {
        assert_eq!(Written::default().line(runs, &|_| true), expected);
    }

    #[test]
    fn styles_become_signs() {
        check(&[plain("a "), soft("b "), loud("c"), plain(" d")], "a *b* **c** d");
        check(&[soft("Titanic"), plain("’s end")], "*Titanic*’s end");
        check(&[soft("all"), Run::LineEnd, soft("of it")], "*all*\n*of it*");
        check(&[plain("un"), soft("believ"), plain("able")], "un*believ*able");
        check(&[plain("x"), Run::Note(3)], "x[^3]");
        let link = RunStyle { link: Some("https://a.example/(b)".to_owned()), ..RunStyle::default() };
        check(&[plain("see "), Run::Text("it".to_owned(), link)], "see [it](https://a.example/%28b%29)");
    }

    #[test]
    fn signs_that_mean_nothing_are_escaped() {
        check(
            &[plain("# 1 a*b_c _d_ \\ 2 > 1 [^x] <!-- &amp; & co")],
            "\\# 1 a\\*b_c \\_d\\_ \\\\ 2 > 1 \\[^x] \\<!-- \\&amp; & co",
        );
        check(&[plain("> x"), Run::LineEnd, plain("# y")], "\\> x\n\\# y");
        check(&[plain("* * *")], "* * *");
        check(&[plain("snake_case <b> [Mara]: hi")], "snake_case <b> [Mara]: hi");
    }

    #[test]
    fn what_no_signs_can_say_is_text() {
        let mut written = Written::default();
        assert_eq!(written.line(&[soft("“Hello,”"), plain("she")], &|_| true), "“Hello,”she");
        assert_eq!(written.plain, 1);
    }
}
