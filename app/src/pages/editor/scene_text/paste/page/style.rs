//! How elements set their text.

use domain::RunStyle;

use super::Element;

/// How an element sets its text; its own style sheet has the last word.
pub(super) fn set(style: &mut RunStyle, element: &Element, declared: &[(String, String)], is_block: bool) {
    match element.name.as_str() {
        "em" | "i" | "cite" | "dfn" | "var" => style.emphasis = true,
        "strong" | "b" => style.strong = true,
        "s" | "strike" | "del" => style.struck = true,
        "a" => style.link = element.href.clone().filter(|href| is_link(href)),
        _ => {}
    }
    // What a whole paragraph looks like is its page's business.
    if is_block {
        return;
    }
    for (property, value) in declared {
        match property.as_str() {
            "font-style" => style.emphasis = value.starts_with("italic") || value.starts_with("oblique"),
            "font-weight" => {
                style.strong = value.starts_with("bold") || value.parse::<f32>().is_ok_and(|weight| weight >= 600.0);
            }
            "text-decoration" | "text-decoration-line" if value.contains("line-through") => style.struck = true,
            _ => {}
        }
    }
}

fn is_link(href: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| href.starts_with(scheme))
}

/// What a style sheet says, in small letters.
pub(super) fn declarations(style: &str) -> Vec<(String, String)> {
    let small = |text: &str| text.trim().to_ascii_lowercase();
    style.split(';').filter_map(|one| one.split_once(':')).map(|(name, value)| (small(name), small(value))).collect()
}
