use proptest::prelude::*;

use super::*;
use crate::{story_text::Passage, story_text::Passages, text::Body};

const PLAIN: RunStyle = RunStyle { emphasis: false, strong: false, struck: false, link: None };
const SOFT: RunStyle = RunStyle { emphasis: true, ..PLAIN };
const LOUD: RunStyle = RunStyle { strong: true, ..PLAIN };

fn run(text: &str, style: RunStyle) -> Run {
    Run::Text(text.to_owned(), style)
}

#[track_caller]
fn check(runs: &[Run], expected: &str) {
    assert_eq!(StoryLine::of(runs).safe(), expected);
}

#[test]
fn styles_become_signs_where_they_are_certain_to_be_read() {
    check(&[run("a ", PLAIN), run("b ", SOFT), run("c", LOUD), run(" d", PLAIN)], "a *b* **c** d");
    check(&[run("Titanic", SOFT), run("’s end", PLAIN)], "*Titanic*’s end");
    check(&[run("un", PLAIN), run("believ", SOFT), run("able", PLAIN)], "un*believ*able");
    check(&[run("“Hello,”", SOFT), run(" she", PLAIN)], "*“Hello,”* she");
    check(&[run("“Hello,”", SOFT), run("she", PLAIN)], "“Hello,”she");
    check(&[run("two words", SOFT), run("s", PLAIN)], "two wordss");
    check(&[run("a", SOFT), run("b", LOUD)], "ab");
}

#[test]
fn references_to_no_note_are_numbers() {
    check(&[run("a", PLAIN), Run::Note(3)], "a3");
    assert_eq!(StoryLine::with_notes(&[run("a", PLAIN), Run::Note(3)], |_| true).styled(), "a[^3]");
}

/// Letters and digits with their styles, as a reader sees them.
type Shown = Vec<(char, bool, bool, bool)>;

fn of_runs(runs: &[Run]) -> Shown {
    let letters = |run: &Run| match run {
        Run::Text(text, style) => {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            letters.map(|c| (c, style.emphasis, style.strong, style.struck)).collect()
        }
        Run::LineEnd | Run::Note(_) => Vec::new(),
    };
    runs.iter().flat_map(letters).collect()
}

fn of_passage(passage: &Passage) -> Shown {
    match passage {
        Passage::Paragraph(runs) => of_runs(runs),
        Passage::Heading(_) | Passage::Break | Passage::Quote(_) => Vec::new(),
    }
}

proptest! {
    #[test]
    fn what_is_certain_is_read_so(
        runs in prop::collection::vec(
            ("[ab1 .,“”—!*_~\\\\'-]{0,6}", any::<[bool; 3]>().prop_map(|[emphasis, strong, struck]| RunStyle {
                emphasis, strong, struck, link: None
            })),
            1..6,
        )
    ) {
        let runs = runs.into_iter().map(|(text, style)| Run::Text(text, style)).collect::<Vec<_>>();
        let line = StoryLine::of(&runs);
        let text = line.safe();
        let body = Body::parse(&text).expect("a short text");
        let read = Passages::of([body].iter()).scenes.iter().flatten().flat_map(of_passage).collect::<Shown>();
        let plain = line.runs().iter().map(|one| match one {
            Run::Text(text, _) => run(text, PLAIN),
            Run::LineEnd | Run::Note(_) => Run::LineEnd,
        }).collect::<Vec<_>>();
        // A style that only signs or blanks have shows nothing.
        let expected = if is_certain(line.runs()) { of_runs(line.runs()) } else { of_runs(&plain) };
        prop_assert_eq!(read, expected, "{}", text);
    }
}
