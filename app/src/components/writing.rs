//! Inputs for what must not be lost: what was typed before the page came alive counts too.

use domain::{Piece, difference};
use leptos::{html, prelude::*};

use super::text_area::escaped;

/// One line of text with its label.
#[component]
pub fn Line(
    /// Unique on the page.
    id: &'static str,
    label: &'static str,
    text: Signal<String>,
    #[prop(into)] write: Callback<String>,
    #[prop(default = "field-input")] class: &'static str,
    /// Its label is for those who can't see where it stands.
    #[prop(default = false)]
    quiet: bool,
    #[prop(optional)] testid: Option<&'static str>,
    /// What stands there while it is empty.
    #[prop(optional)]
    placeholder: Option<&'static str>,
    #[prop(default = 200)] most: usize,
    #[prop(default = false)] required: bool,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    let first = text.get_untracked();
    let initial = coming_alive().then(|| first.clone());
    Effect::new(move |again: Option<()>| {
        let text = text.get();
        let Some(input) = node.get() else { return };
        let there = input.value();
        if again.is_none() && initial.as_ref().is_some_and(|initial| there.trim() != initial.trim()) {
            write.run(there);
        } else if there != text {
            input.set_value(&text);
        }
    });
    view! {
        <Labelled id label quiet>
            <input
                class=class dir="auto" id=id node_ref=node value=first required=required placeholder=placeholder maxlength=most.to_string()
                data-face="serif" data-testid=testid autocomplete="off"
                on:input=move |event| write.run(event_target_value(&event))
            />
        </Labelled>
    }
}

/// Lines of text with their label.
#[component]
pub fn LongText(
    /// Unique on the page.
    id: &'static str,
    label: &'static str,
    text: Signal<String>,
    #[prop(into)] write: Callback<String>,
    #[prop(default = "field-input")] class: &'static str,
    /// Its label is for those who can't see where it stands.
    #[prop(default = false)]
    quiet: bool,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] testid: Option<&'static str>,
    #[prop(optional)] hint: Option<&'static str>,
    /// The element, for tools.
    #[prop(optional)]
    area: NodeRef<html::Textarea>,
) -> impl IntoView {
    let (first, initial) = (text.get_untracked(), coming_alive().then(|| text.get_untracked()));
    // Leptos writes a text area's children into the page as they are: hence `escaped`.
    let first = escaped(&first);
    Effect::new(move |again: Option<()>| {
        let text = text.get();
        let Some(area) = area.get() else { return };
        let there = area.value();
        if again.is_none() && initial.as_ref().is_some_and(|initial| there.trim() != initial.trim()) {
            write.run(there);
        } else if there != text {
            let cursor = [area.selection_start(), area.selection_end()];
            area.set_value(&text);
            // Its author may be typing while a text comes from elsewhere, or comes back to it later.
            if let [Ok(Some(start)), Ok(Some(end))] = cursor {
                let [start, end] = [start, end].map(|at| moved(&there, &text, at));
                area.set_selection_range(start, end).ok();
            }
        }
    });
    let hint_id = format!("{id}-hint");
    view! {
        <Labelled id label quiet>
            <textarea
                class=class dir="auto" id=id node_ref=area rows=rows.to_string() data-face="serif" data-testid=testid
                aria-describedby=hint.map(|_| hint_id.clone()) autocomplete="off" spellcheck="true"
                inner_html=first on:input=move |event| write.run(event_target_value(&event))
            ></textarea>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
        </Labelled>
    }
}

#[component]
fn Labelled(id: &'static str, label: &'static str, quiet: bool, children: Children) -> impl IntoView {
    if quiet {
        view! { <label class="visually-hidden" for=id>{label}</label> {children()} }.into_any()
    } else {
        view! { <div class="field"><label class="field-label" for=id>{label}</label>{children()}</div> }.into_any()
    }
}

/// Where a cursor is in a text that took the place of another one, in units of UTF-16: between the same words.
fn moved(before: &str, after: &str, at: u32) -> u32 {
    among_words(before, after, at).unwrap_or_else(|| between_ends(before, after, at))
}

/// The same, where both texts have the words around it.
fn among_words(before: &str, after: &str, at: u32) -> Option<u32> {
    let (mut old, mut new) = (0, 0);
    for piece in difference(before, after) {
        match piece {
            Piece::Same(text) if at <= old + units(&text) => return Some(new + (at - old)),
            Piece::Same(text) => {
                old += units(&text);
                new += units(&text);
            }
            Piece::Gone(text) if at < old + units(&text) => return None,
            Piece::Gone(text) => old += units(&text),
            Piece::New(text) => new += units(&text),
        }
    }
    None
}

fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The same, where what stood around it is gone.
fn between_ends(before: &str, after: &str, at: u32) -> u32 {
    let same = |pairs: &mut dyn Iterator<Item = (u16, u16)>| {
        u32::try_from(pairs.take_while(|(before, after)| before == after).count()).unwrap_or(u32::MAX)
    };
    let first = same(&mut before.encode_utf16().zip(after.encode_utf16()));
    if at <= first {
        return at;
    }
    let backwards = |text: &str| text.encode_utf16().collect::<Vec<_>>().into_iter().rev();
    let last = same(&mut backwards(before).zip(backwards(after)));
    // What stands at both ends of what went belongs to either.
    let twice = (first + last).saturating_sub(units(after).min(units(before)));
    units(after).saturating_sub(last.min(units(before).saturating_sub(at))).max(first - twice.min(first))
}

/// Whether the server's page is just being taken over. Later, an element may have been another
/// form's a moment ago: what it says then was typed there.
pub(super) fn coming_alive() -> bool {
    !cfg!(feature = "ssr") && document().body().is_some_and(|body| body.dataset().get("hydrated").is_none())
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[track_caller]
    fn check(before: &str, after: &str, at: u32, expected: u32) {
        assert_eq!(moved(before, after, at), expected, "{before} {after} {at}");
    }

    #[test]
    fn a_cursor_stays_between_its_words() {
        check("One. Two.", "One. Two. Three.", 4, 4);
        check("One. Two.", "Zero. One. Two.", 4, 10);
        check("One. Two.", "One. Two.", 9, 9);
        check("One. Two.", "One! Two.", 6, 6);
        check("One, two, three.", "One, three.", 7, 3);
        check("abc", "", 2, 0);
        check("\u{1f989} owl", "An \u{1f989} owl", 2, 5);
        // Words on both sides became others.
        check("key, key, key", "golden key, golden key, golden key", 6, 20);
        check("Mara left.\n\nMara came.", "Eleonora left.\n\nEleonora came.", 8, 12);
    }
}
