use super::{super::edit, *};

#[track_caller]
fn strong(before: &str, expected: &str) {
    edit::check(|text, selected| Some(toggled(text, selected, Mark::Strong)), before, expected);
}

#[track_caller]
fn soft(before: &str, expected: &str) {
    edit::check(|text, selected| Some(toggled(text, selected, Mark::Emphasis)), before, expected);
}

/// There and back.
#[track_caller]
fn both(plain: &str, marked: &str) {
    strong(plain, marked);
    strong(marked, plain);
}

#[test]
fn a_selection_is_marked_and_unmarked() {
    both("a «b c» d", "a **«b c»** d");
    both("«Élan» 🦉", "**«Élan»** 🦉");
    both("a *«b»* c", "a ***«b»*** c");
    strong("a« b »c", "a **«b»** c");
    strong("a «**b**» c", "a «b» c");
    strong("a __«b»__ c", "a «b» c");
    soft("a «b» c", "a *«b»* c");
    soft("a **«b»** c", "a ***«b»*** c");
    soft("a ***«b»*** c", "a **«b»** c");
    soft("a _«b»_ c", "a «b» c");
}

#[test]
fn what_is_marked_in_part_is_marked_as_a_whole() {
    strong("«**one** and **two**»", "**«one and two»**");
    strong("«a **b**»", "**«a b»**");
    strong("«a **b» c** d", "**«a b c»** d");
    strong("**a «b** c»", "**«a b c»**");
    soft("«*a* and **b**»", "*«a and **b**»*");
}

#[test]
fn a_part_of_what_is_marked_loses_it_alone() {
    strong("**one «two» three**", "**one** «two» **three**");
    strong("**«one» two**", "«one» **two**");
    strong("**one «two»**", "**one** «two»");
    strong("**one t|wo three**", "**one** t|wo **three**");
}

#[test]
fn each_line_has_its_own_signs() {
    both("«One.\n\nTwo.»", "**«One.**\n\n**Two.»**");
    both("> «a\n> b»", "> **«a**\n> **b»**");
    both("# «A\n\n***\n\nb»", "# **«A**\n\n***\n\n**b»**");
    strong("«# A\n»b", "# **«A»**\nb");
    strong("«**One.**\n\nTwo.»", "«**One.**\n\n**Two.»**");
}

#[test]
fn a_caret_marks_its_word_or_opens_a_pair() {
    strong("a wo|rd b", "a **wo|rd** b");
    strong("a **wo|rd** b", "a wo|rd b");
    strong("don’|t", "**don’|t**");
    strong("a |", "a **|**");
    strong("a **|**", "a |");
    strong("word|", "word**|**");
    strong("|", "**|**");
    soft("**|**", "***|***");
    soft("***|***", "**|**");
}

#[test]
fn a_caret_goes_out_and_in_again() {
    strong("a **b|**", "a **b**|");
    strong("a **b**|", "a **b|**");
    strong("**a |b**", "**a |b**");
    soft("a *b.|* c", "a *b.*| c");
}

#[test]
fn signs_that_mean_nothing_are_letters() {
    soft("2 * «3» * 4", "2 * *«3»* * 4");
    soft("\\*«a»\\*", "\\**«a»*\\*");
    strong("f**k «it»", "f**k **«it»**");
    strong("***\n\n|", "***\n\n**|**");
}
