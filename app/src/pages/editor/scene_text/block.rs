//! Blocks: headings, quotations and scene breaks, which take whole lines.

use std::ops::Range;

use super::{
    edit::{Edit, Replacement},
    line,
};

/// Makes headings of the selected lines; if all are headings, text.
pub fn heading(text: &str, selected: Range<usize>) -> Edit {
    // A heading may stand in a quotation.
    let signs = |line: &Range<usize>| {
        let typed = text.get(line.clone()).unwrap_or_default();
        let quote = line::quote(typed);
        let start = line.start + quote;
        start..start + line::heading(typed.get(quote..).unwrap_or_default())
    };
    let signs = written(text, &selected).iter().map(signs).collect::<Vec<_>>();
    let all = if signs.iter().any(Range::is_empty) {
        signs.into_iter().filter(Range::is_empty).map(|at| (at, "# ".to_owned())).collect()
    } else {
        signs.into_iter().map(|signs| (signs, String::new())).collect()
    };
    Edit::of(text, all, selected)
}

/// Makes a quotation of the selected lines; if all are quoted, takes one level of that away.
pub fn quote(text: &str, selected: Range<usize>) -> Edit {
    let sign = |line: &Range<usize>| match text.get(line.clone()) {
        Some(typed) if typed.starts_with("> ") => 2,
        Some(typed) if typed.starts_with('>') => 1,
        Some(_) | None => 0,
    };
    let written = written(text, &selected);
    let is_quoted = written.iter().all(|line| sign(line) > 0);
    let change = |line: Range<usize>| -> Replacement {
        if is_quoted {
            return (line.start..line.start + sign(&line), String::new());
        }
        // A blank line between two paragraphs of a quotation has the sign alone.
        let sign = if written.contains(&line) { "> " } else { ">" };
        (line.start..line.start, sign.to_owned())
    };
    Edit::of(text, line::touched(text, &selected).into_iter().map(change).collect(), selected)
}

/// A scene break below what stands before the caret, with what stands behind it below.
pub fn scene_break(text: &str, selected: &Range<usize>) -> Edit {
    let (left, right) = text.split_at(selected.end);
    let (start, end) = (left.trim_end().len(), text.len() - right.trim_start().len());
    let above = if start == 0 { "" } else { "\n\n" };
    let new = format!("{above}***\n\n");
    let caret = start + new.len();
    Edit { replaced: start..end, text: new, selected: caret..caret }
}

/// The selected lines that are not blank, or the only one.
fn written(text: &str, selected: &Range<usize>) -> Vec<Range<usize>> {
    let mut lines = line::touched(text, selected);
    if lines.len() > 1 {
        lines.retain(|line| text.get(line.clone()).is_some_and(|line| !line.trim().is_empty()));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{super::edit, *};

    #[track_caller]
    fn check(tool: impl Fn(&str, Range<usize>) -> Edit, before: &str, expected: &str) {
        edit::check(|text, selected| Some(tool(text, selected)), before, expected);
    }

    #[test]
    fn lines_become_headings_and_text_again() {
        check(heading, "One.\nT|wo.", "One.\n# T|wo.");
        check(heading, "## T|wo.", "T|wo.");
        check(heading, "|", "# |");
        check(heading, "«One.\n\n# Two.»", "# «One.\n\n# Two.»");
        check(heading, "> a|", "> # a|");
    }

    #[test]
    fn lines_become_a_quotation_and_text_again() {
        check(quote, "One.\nT|wo.", "One.\n> T|wo.");
        check(quote, "«One.\n\nTwo.»", "> «One.\n>\n> Two.»");
        check(quote, "> «One.\n>\n> Two.»", "«One.\n\nTwo.»");
        check(quote, "«> One.\nTwo.»", "> «> One.\n> Two.»");
        check(quote, "> > a|", "> a|");
    }

    #[test]
    fn a_scene_break_stands_alone() {
        let tool = |text: &str, selected: Range<usize>| scene_break(text, &selected);
        check(tool, "One.| Two.", "One.\n\n***\n\n|Two.");
        check(tool, "One.\n\n|\n\nTwo.", "One.\n\n***\n\n|Two.");
        check(tool, "|One.", "***\n\n|One.");
        check(tool, "One.|", "One.\n\n***\n\n|");
    }
}
