//! How a book's style sheets set text: which classes are emphasis, and which are strong.

use std::collections::HashMap;

use domain::RunStyle;
use html5gum::{StartTag, Token, Tokenizer};

use super::attribute;

/// Which classes set text apart.
#[derive(Debug, Default)]
pub(super) struct Styles {
    classes: HashMap<String, RunStyle>,
}

impl Styles {
    /// Finds the style sheet within a page.
    pub(super) fn look(&mut self, html: &str) {
        let mut is_in_style = false;
        for Ok(token) in Tokenizer::new(html) {
            match token {
                Token::StartTag(tag) => is_in_style = tag.name.as_slice() == b"style",
                Token::EndTag(_) => is_in_style = false,
                Token::String(text) if is_in_style => self.sheet(&super::text(&text)),
                Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
    }

    /// Reads the rules of a sheet that are about a class and nothing else.
    pub(super) fn sheet(&mut self, css: &str) {
        for rule in css.split('}') {
            let Some((selectors, declarations)) = rule.rsplit_once('{') else { continue };
            let style = declared(declarations);
            if style == RunStyle::default() {
                continue;
            }
            for selector in selectors.split(',') {
                let selector = selector.trim().strip_prefix("span").unwrap_or(selector.trim());
                let class = selector
                    .strip_prefix('.')
                    .filter(|class| class.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')));
                if let Some(class) = class {
                    self.classes.insert(class.to_owned(), style.clone());
                }
            }
        }
    }

    /// How an element sets its text.
    pub(super) fn of(&self, tag: &StartTag<()>) -> RunStyle {
        let mut style = match &*super::text(&tag.name) {
            "em" | "i" | "cite" | "dfn" | "var" => RunStyle { emphasis: true, ..RunStyle::default() },
            "strong" | "b" => RunStyle { strong: true, ..RunStyle::default() },
            "s" | "strike" | "del" => RunStyle { struck: true, ..RunStyle::default() },
            // What a whole paragraph looks like is its page's business.
            "span" | "font" => RunStyle::default(),
            _ => return RunStyle::default(),
        };
        let classes = attribute(tag, "class").unwrap_or_default();
        let by_class = classes.split_ascii_whitespace().filter_map(|class| self.classes.get(class)).cloned();
        let own = attribute(tag, "style").map(|own| declared(&own));
        for other in by_class.chain(own) {
            style.emphasis |= other.emphasis;
            style.strong |= other.strong;
            style.struck |= other.struck;
        }
        style
    }
}

fn declared(declarations: &str) -> RunStyle {
    let mut style = RunStyle::default();
    for declaration in declarations.split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let value = value.trim().to_ascii_lowercase();
        match property.trim().to_ascii_lowercase().as_str() {
            "font-style" => style.emphasis = value.starts_with("italic") || value.starts_with("oblique"),
            "font-weight" => {
                style.strong =
                    value.starts_with("bold") || matches!(value.get(..3), Some("600" | "700" | "800" | "900"));
            }
            "text-decoration" | "text-decoration-line" => style.struck = value.contains("line-through"),
            _ => {}
        }
    }
    style
}
