//! The styles of a document, by their names.

use std::collections::HashMap;

use domain::RunStyle;
use quick_xml::events::Event;

use super::{each, is_on, value};
use crate::import::ReadFailed;

/// What a paragraph is by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Heading(usize),
    Quote,
    Break,
    /// A line of a table of contents, which the program made of the headings.
    Contents,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
}

#[derive(Debug, Default)]
struct Style {
    role: Option<Role>,
    based_on: Option<String>,
    is_character: bool,
    set: RunStyle,
}

/// How many styles may be based on each other; files that go round in circles have an end.
const MOST_STEPS: usize = 20;

impl Styles {
    pub(super) fn read(xml: &str) -> Result<Self, ReadFailed> {
        let mut styles = Self::default();
        let mut at = None::<(String, Style)>;
        each(xml, |event| match event {
            Event::Start(tag) | Event::Empty(tag) => match (tag.local_name().as_ref(), &mut at) {
                ("style", at) => {
                    let is_character = value(tag, "type").as_deref() == Some("character");
                    *at = value(tag, "styleId").map(|id| (id, Style { is_character, ..Style::default() }));
                }
                ("name", Some((_, style))) => {
                    style.role = style.role.or(value(tag, "val").and_then(|name| role(&name)));
                }
                ("outlineLvl", Some((_, style))) => {
                    style.role = style.role.or(value(tag, "val").and_then(|level| outline(&level)));
                }
                ("basedOn", Some((_, style))) => style.based_on = value(tag, "val"),
                ("i", Some((_, style))) => style.set.emphasis = is_on(tag),
                ("b", Some((_, style))) => style.set.strong = is_on(tag),
                ("strike" | "dstrike", Some((_, style))) => style.set.struck = is_on(tag),
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "style" => styles.by_id.extend(at.take()),
            _ => {}
        })?;
        Ok(styles)
    }

    /// What a paragraph of this style is.
    pub(super) fn role(&self, id: &str) -> Option<Role> {
        let mut at = Some(id);
        for _ in 0..MOST_STEPS {
            let style = self.by_id.get(at?)?;
            if style.role.is_some() {
                return style.role;
            }
            at = style.based_on.as_deref();
        }
        None
    }

    /// How text in this style of characters is set.
    pub(super) fn of_text(&self, id: &str) -> RunStyle {
        self.by_id.get(id).filter(|style| style.is_character).map(|style| style.set.clone()).unwrap_or_default()
    }
}

/// The role of a style by its name, which programs keep in English.
fn role(name: &str) -> Option<Role> {
    let name = name.to_lowercase();
    match name.as_str() {
        "title" => Some(Role::Title),
        "quote" | "quotations" | "intense quote" | "block text" | "block quotation" | "blockquote" => Some(Role::Quote),
        "horizontal line" | "scene break" | "section break" => Some(Role::Break),
        "toc heading" | "contents heading" => Some(Role::Contents),
        _ if name.strip_prefix("toc ").is_some_and(|level| level.parse::<u8>().is_ok()) => Some(Role::Contents),
        _ => {
            let level = name.strip_prefix("heading ")?.parse().ok()?;
            (1..=9).contains(&level).then_some(Role::Heading(level))
        }
    }
}

/// The role by an outline's level, which is counted from 0; 9 is text.
pub(super) fn outline(level: &str) -> Option<Role> {
    level.parse().ok().filter(|level| *level < 9).map(|level: usize| Role::Heading(level + 1))
}
