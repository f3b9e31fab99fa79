//! A chapter's text on screen: when it changes, only the changed paragraphs are replaced.
//!
//! A reader may have selected a sentence, or be halfway through a paragraph. Setting all of the HTML again would
//! take the selection away and have a screen reader begin again, so the old and the new text are compared
//! paragraph by paragraph, and equal paragraphs stay the same elements.

use domain::Prose;
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlTemplateElement, Node};

/// The scenes of a chapter, one after the other.
#[component]
pub fn ProseView(scenes: Memo<Vec<Prose>>) -> impl IntoView {
    let text = NodeRef::<html::Div>::new();
    Effect::new(move |made: Option<()>| {
        let html = scenes.with(|scenes| html_of(scenes));
        // The first text came with the page.
        if made.is_some()
            && let Some(text) = text.get_untracked()
            && let Some(now) = parse(&html)
        {
            patch(&text, &now);
        }
    });
    // `Prose` is safe to set as HTML: it can only be made from a Body, whose own HTML is escaped.
    view! { <div class="prose" dir="auto" data-testid="prose" node_ref=text inner_html=scenes.with_untracked(|scenes| html_of(scenes))></div> }
}

fn html_of(scenes: &[Prose]) -> String {
    let section = |scene: &Prose| format!(r#"<section class="scene">{}</section>"#, scene.html());
    scenes.iter().map(section).collect::<Vec<_>>().join(Prose::BREAK)
}

/// What the HTML says, as elements that are nowhere on the page.
fn parse(html: &str) -> Option<Node> {
    let template: HtmlTemplateElement = document().create_element("template").ok()?.dyn_into().ok()?;
    template.set_inner_html(html);
    Some(template.content().into())
}

/// Makes the children of `old` equal those of `new`. Their common beginning and end stay as they are.
fn patch(old: &Node, new: &Node) {
    let (before, after) = (children(old), children(new));
    let same = |(a, b): &(&Node, &Node)| a.is_equal_node(Some(b));
    let first = before.iter().zip(&after).take_while(same).count();
    let last = before[first..].iter().rev().zip(after[first..].iter().rev()).take_while(same).count();
    let (gone, come) = (&before[first..before.len() - last], &after[first..after.len() - last]);
    if let ([gone], [come]) = (gone, come)
        && is_scene(gone)
        && is_scene(come)
    {
        return patch(gone, come);
    }
    let rest = before.get(before.len() - last);
    for node in gone {
        // It was there a moment ago, and an extension that took it away has done our work.
        let _ = old.remove_child(node);
    }
    for node in come {
        let _ = old.insert_before(node, rest);
    }
}

fn children(node: &Node) -> Vec<Node> {
    let list = node.child_nodes();
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}

/// Within a scene paragraphs are compared; within a paragraph nothing is.
fn is_scene(node: &Node) -> bool {
    node.node_name().eq_ignore_ascii_case("section")
}
