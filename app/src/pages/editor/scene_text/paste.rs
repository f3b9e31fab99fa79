//! Pasting text with styles: what of it story text can say stays, and all else becomes plain text.

mod page;
mod walk;

use std::ops::Range;

use leptos::ev;
use web_sys::DataTransfer;

use self::page::{Page, Pasted};
use super::{edit::Edit, line};

/// What is known before a text is pasted.
#[derive(Debug, Default)]
pub struct Pasting {
    /// Whether the last keys asked for plain text.
    is_plain: bool,
}

impl Pasting {
    /// Ctrl+Shift+V, or Cmd+Shift+V, pastes plain text.
    pub fn pressed(&mut self, event: &ev::KeyboardEvent) {
        let is_v = event.key().eq_ignore_ascii_case("v") || event.code() == "KeyV";
        self.is_plain = is_v && event.shift_key() && (event.ctrl_key() || event.meta_key());
    }

    /// What the clipboard has as story text. Nothing, where its plain text says the same: the browser pastes that.
    pub fn text(&self, event: &ev::ClipboardEvent) -> Option<Pasted> {
        let clipboard = event.clipboard_data().filter(|clipboard| !self.is_plain && !is_of_code(clipboard))?;
        let html = clipboard.get_data("text/html").ok().filter(|html| !html.trim().is_empty())?;
        let mut page = Page::default();
        walk::walk(&html, &mut page)?;
        page.pasted()
    }
}

/// Pastes a text over what is selected. What takes whole lines begins and ends with a paragraph.
pub fn edit(text: &str, selected: Range<usize>, pasted: &Pasted) -> Edit {
    let rest_of = |range: Range<usize>| text.get(range).unwrap_or_default().trim();
    let before = rest_of(line::around(text, selected.start).start..selected.start);
    let after = rest_of(selected.end..line::around(text, selected.end).end);
    let gap = |is_needed: bool| if is_needed { "\n\n" } else { "" };
    let (above, below) = (gap(pasted.begins_apart && !before.is_empty()), gap(pasted.ends_apart && !after.is_empty()));
    let text = format!("{above}{}{below}", pasted.text);
    let end = selected.start + text.len();
    Edit { replaced: selected, text, selected: end..end }
}

/// Editors of code say that they are: there a star is a star that someone typed.
fn is_of_code(clipboard: &DataTransfer) -> bool {
    clipboard.types().iter().any(|kind| kind.as_string().is_some_and(|kind| kind == "vscode-editor-data"))
}

#[cfg(test)]
mod tests {
    use super::{super::edit::check, *};

    #[test]
    fn what_takes_whole_lines_stands_apart() {
        let pasted = |begins_apart, ends_apart| Pasted { text: "x".to_owned(), begins_apart, ends_apart };
        let paste = |begins, ends| move |text: &str, at: Range<usize>| Some(edit(text, at, &pasted(begins, ends)));
        check(paste(false, false), "a |b", "a x|b");
        check(paste(true, false), "a |b", "a \n\nx|b");
        check(paste(true, true), "a «b»", "a \n\nx|");
        check(paste(true, true), "|b", "x\n\n|b");
        check(paste(true, true), "a\n\n|\n\nb", "a\n\nx|\n\nb");
    }
}
