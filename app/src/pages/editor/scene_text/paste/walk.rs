//! The browser's own parser reads what is pasted. In a template nothing of it runs or is loaded.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element as DomElement, HtmlTemplateElement, Node};

use super::page::{Element, Page};

/// How deep elements may stand in each other; what is deeper is passed over.
const MOST_OPEN: usize = 200;

/// Hands a page over to its reader.
pub fn walk(html: &str, page: &mut Page) -> Option<()> {
    let template = document().create_element("template").ok()?.dyn_into::<HtmlTemplateElement>().ok()?;
    template.set_inner_html(html);
    children(&template.content(), page, 0);
    Some(())
}

fn children(parent: &Node, page: &mut Page, depth: usize) {
    let mut next = parent.first_child();
    while let Some(node) = next {
        match node.node_type() {
            Node::TEXT_NODE => page.text(&node.text_content().unwrap_or_default()),
            Node::ELEMENT_NODE if depth < MOST_OPEN => element(node.unchecked_ref(), page, depth),
            _ => {}
        }
        next = node.next_sibling();
    }
}

fn element(found: &DomElement, page: &mut Page, depth: usize) {
    let name = found.local_name();
    let is_cell = matches!(name.as_str(), "td" | "th");
    let style = found.get_attribute("style").unwrap_or_default();
    if page.begin(&Element { name, style, href: found.get_attribute("href") }) {
        children(found, page, depth + 1);
        page.end();
        if is_cell {
            page.blank();
        }
    }
}
