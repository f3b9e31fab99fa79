use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{
    Piece::{Gone, New, Same},
    tokens::words,
    *,
};

#[track_caller]
fn check(old: &str, new: &str, expected: &[Piece]) {
    assert_eq!(difference(old, new), expected, "{old:?} to {new:?}");
}

fn same(text: &str) -> Piece {
    Same(text.to_owned())
}

fn gone(text: &str) -> Piece {
    Gone(text.to_owned())
}

fn new(text: &str) -> Piece {
    New(text.to_owned())
}

#[test]
fn a_difference_is_told_in_words() {
    check("", "", &[]);
    check("It rained.", "It rained.", &[same("It rained.")]);
    check("", "It rained.", &[new("It rained.")]);
    check("It rained.", "", &[gone("It rained.")]);
    check(
        "It rained all day.",
        "It snowed all day.",
        &[same("It "), gone("rained "), new("snowed "), same("all day.")],
    );
    check("It rained.", "It rained.\n\nThen it snowed.", &[same("It rained."), new("\n\nThen it snowed.")]);
    check("One.\n\nTwo.\n\nThree.", "One.\n\nThree.", &[same("One.\n\n"), gone("Two.\n\n"), same("Three.")]);
    check("Der Wind weht.", "Der Sturm weht.", &[same("Der "), gone("Wind "), new("Sturm "), same("weht.")]);
    // What has little in common is told as a whole.
    check("It rained all day.", "Nobody knew her.", &[gone("It rained all day."), new("Nobody knew her.")]);
}

#[test]
fn what_would_take_too_long_is_told_as_a_whole() {
    let text = |word: &str| (0..300_000).map(|number| format!("{word}{number}\n")).collect::<Vec<_>>().concat();
    let (old, new) = (text("a"), text("b"));
    assert_eq!(difference(&old, &new), [Gone(old), New(new)]);
}

#[track_caller]
fn check_merge(base: &str, theirs: &str, mine: &str, expected: Option<&str>) {
    assert_eq!(merge(base, theirs, mine).as_deref(), expected, "{base:?}: {theirs:?} and {mine:?}");
}

#[test]
fn what_can_be_kept_of_both_is() {
    let base = "It rained.\n\nShe went home.";
    for (theirs, mine, expected) in [
        ("It snowed.\n\nShe went home.", "It rained.\n\nShe ran home.", Some("It snowed.\n\nShe ran home.")),
        (
            "It rained.\n\nShe went home late.",
            "It rained.\n\nAda went home.",
            Some("It rained.\n\nAda went home late."),
        ),
        (
            "It rained.\n\nShe went home.\n\nThe end.",
            "It rained.\n\nShe went home.\n\nOr not.",
            Some("It rained.\n\nShe went home.\n\nThe end.\n\nOr not."),
        ),
        ("Dusk.\n\nIt rained.\n\nShe went home.", "It rained.", Some("Dusk.\n\nIt rained.")),
        // The same in both is there once, and what goes on from it too.
        ("It snowed.\n\nShe went home.", "It snowed.\n\nShe went home.", Some("It snowed.\n\nShe went home.")),
        (
            "It rained.\n\nShe went home.\n\nThe end",
            "It rained.\n\nShe went home.\n\nThe end, or not.",
            Some("It rained.\n\nShe went home.\n\nThe end, or not."),
        ),
        // Both changed one word, or one changed what the other took away.
        ("It snowed.\n\nShe went home.", "It hailed.\n\nShe went home.", None),
        ("It rained.", "It rained.\n\nShe ran home.", None),
        ("It rained hard.\n\nShe went home.", "It rained softly.\n\nShe went home.", None),
    ] {
        check_merge(base, theirs, mine, expected);
    }
    check_merge("", "Mine.", "Yours.", None);
    check_merge("", "Mine.", "", Some("Mine."));
    check_merge("One", "One two", "One three", None);
}

#[test]
fn what_would_take_too_long_is_not_joined() {
    let text = |word: &str| (0..100_000).map(|number| format!("{word}{number}\n")).collect::<Vec<_>>().concat();
    check_merge(&text("a"), &text("b"), &text("c"), None);
}

/// Texts of few words, so that two of them often change the same.
fn text() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(prop::sample::select(&["rain", "snow", "the", "home", "a", "."][..]), 0..6);
    let paragraphs = prop::collection::vec(words.prop_map(|words| words.join(" ")), 0..5);
    paragraphs.prop_map(|paragraphs| paragraphs.join("\n"))
}

/// The text with some words more, which no other has, and some less.
fn edited(text: &str, mark: &str, edits: &[(usize, bool)]) -> String {
    let mut words: Vec<String> = words(text).into_iter().map(str::to_owned).collect();
    for (number, &(at, is_new)) in edits.iter().enumerate() {
        let at = at % (words.len() + 1);
        if is_new {
            words.insert(at, format!(" {mark}{number} "));
        } else if at < words.len() {
            words.remove(at);
        }
    }
    words.concat()
}

fn marks(text: &str) -> BTreeSet<&str> {
    words(text)
        .into_iter()
        .map(str::trim)
        .filter(|word| word.starts_with(['t', 'm']) && word.len() > 1 && *word != "the")
        .collect()
}

proptest! {
    #[test]
    fn a_difference_is_of_both_texts(old in text(), new in text()) {
        let runs = difference(&old, &new);
        let of = |pick: fn(&Piece) -> Option<&str>| runs.iter().filter_map(pick).collect::<String>();
        prop_assert_eq!(of(|run| match run { Same(text) | Gone(text) => Some(text), New(_) => None }), old);
        prop_assert_eq!(of(|run| match run { Same(text) | New(text) => Some(text), Gone(_) => None }), new);
    }

    #[test]
    fn no_typed_word_is_lost(
        base in text(),
        theirs in prop::collection::vec((any::<usize>(), any::<bool>()), 0..4),
        mine in prop::collection::vec((any::<usize>(), any::<bool>()), 0..4),
    ) {
        let (theirs, mine) = (edited(&base, "t", &theirs), edited(&base, "m", &mine));
        if let Some(merged) = merge(&base, &theirs, &mine) {
            for typed in marks(&theirs).union(&marks(&mine)) {
                prop_assert!(merged.contains(typed), "{typed} of {base:?}, {theirs:?}, {mine:?} is not in {merged:?}");
            }
        }
    }

    #[test]
    fn one_text_alone_is_taken_as_it_is(base in text(), other in text()) {
        prop_assert_eq!(merge(&base, &other, &base), Some(other.clone()));
        prop_assert_eq!(merge(&base, &base, &other), Some(other.clone()));
        prop_assert_eq!(merge(&base, &other, &other), Some(other));
    }
}
