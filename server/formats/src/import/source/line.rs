//! A paragraph as story text.

use domain::{Body, Passage, Passages, Run, RunStyle, StoryLine};

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
        let line = StoryLine::with_notes(runs, has_note);
        let has_styles =
            line.runs().iter().any(|run| matches!(run, Run::Text(_, style) if *style != RunStyle::default()));
        if line.is_signs() || !has_styles || is_read_as_meant(&line) {
            return line.styled();
        }
        self.plain += 1;
        line.plain()
    }
}

/// Whether the signs are read as the styles that they stand for. Notes are elsewhere, and are left out.
fn is_read_as_meant(line: &StoryLine) -> bool {
    let without_notes = line.without_notes();
    shown(&without_notes.styled()) == meant(line.runs())
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
