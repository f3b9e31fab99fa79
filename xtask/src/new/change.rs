//! A new Change: the fact, the tags that it makes old, and the people who may be told.

use std::str::FromStr;

use anyhow::{Context, Result, ensure};
use clap::Args;

use super::{argument::Argument, edits::Edits};

const CHANGES: &str = "src/change.rs";
const DIRECTIVES: &str = "src/change/directives.rs";
const AUDIENCES: &str = "src/change/audience.rs";

/// Where the new lines stand: before the Changes that concern no noun.
const FACT: &str = "    /// A manager invalidates the cached answers of these tags: every tier reads them again.";
const ARM: &str = "            Self::Invalidated(tags) => tags.iter().copied().map(Refresh).collect(),";
const AUDIENCE: &str = "            // Nothing changed, so there is nothing to keep to oneself.";

/// What a new Change says.
#[derive(Debug, Args)]
pub(super) struct Change {
    /// The fact, if the Change is a new one, as a sentence
    #[arg(long, value_name = "SENTENCE", requires = "told")]
    fact: Option<String>,
    /// A tag that it makes old, as in `Post(post)`; the old answer may be shown until a new one is there
    #[arg(long, value_name = "TAG", requires = "fact")]
    refresh: Vec<Value>,
    /// A tag of answers that must never be shown again, as in `Post(post)`
    #[arg(long, value_name = "TAG", requires = "fact")]
    evict: Vec<Value>,
    /// Who may be told: `Everyone`, or `Only(user)`
    #[arg(long, value_name = "AUDIENCE", requires = "fact")]
    told: Option<Value>,
}

/// A value of the domain, as on the command line: `PostLiked(post, user)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    name: String,
    inside: Vec<String>,
}

impl Change {
    /// The variant, and its arms; nothing if the Change is there already.
    pub(super) fn write(&self, edits: &mut Edits, change: &Value, arguments: &[Argument]) -> Result<()> {
        let (Some(fact), Some(told)) = (&self.fact, &self.told) else { return Ok(()) };
        ensure!(!edits.says(CHANGES, &change.name)?, "{CHANGES} has a Change {}", change.name);
        let directives = self.directives();
        ensure!(!directives.is_empty(), "a Change without a tag makes nothing old: name one with --refresh or --evict");
        let types = change.inside.iter().map(|name| type_of(name, arguments)).collect::<Result<Vec<_>>>()?;
        for of in &types {
            if !edits.says(CHANGES, of)? {
                edits.import(CHANGES, "crate", std::slice::from_ref(of))?;
            }
        }
        let variant = Value { name: change.name.clone(), inside: types };
        let fact = fact.trim_end_matches('.');
        edits.before(CHANGES, FACT, &format!("    /// {fact}.\n    {},\n", variant.written()))?;
        let tags: Vec<&Value> = self.refresh.iter().chain(&self.evict).collect();
        let arm = format!("            Self::{} => vec![{}],\n", change.matched(&tags), directives.join(", "));
        edits.before(DIRECTIVES, ARM, &arm)?;
        let arm = format!("            Self::{} => Audience::{},", change.matched(&[told]), told.copied());
        edits.before(AUDIENCES, AUDIENCE, &arm)
    }

    fn directives(&self) -> Vec<String> {
        let named = |kind: &'static str| move |tag: &Value| format!("{kind}(Tag::{})", tag.copied());
        self.refresh.iter().map(named("Refresh")).chain(self.evict.iter().map(named("Evict"))).collect()
    }
}

impl Value {
    /// As Rust has it.
    pub(super) fn written(&self) -> String {
        self.of(&self.inside)
    }

    /// Made of copies of what a pattern bound.
    fn copied(&self) -> String {
        self.of(&self.inside.iter().map(|name| format!("*{name}")).collect::<Vec<_>>())
    }

    /// As a pattern that binds what these need.
    fn matched(&self, needed: &[&Self]) -> String {
        let is_needed = |name: &String| needed.iter().any(|value| value.inside.contains(name));
        if !self.inside.is_empty() && !self.inside.iter().any(is_needed) {
            return format!("{}(..)", self.name);
        }
        let bound = |name: &String| if is_needed(name) { name.clone() } else { "_".to_owned() };
        self.of(&self.inside.iter().map(bound).collect::<Vec<_>>())
    }

    fn of(&self, inside: &[String]) -> String {
        if inside.is_empty() { self.name.clone() } else { format!("{}({})", self.name, inside.join(", ")) }
    }
}

impl FromStr for Value {
    type Err = anyhow::Error;
    fn from_str(text: &str) -> Result<Self> {
        let (name, rest) = text.split_once('(').unwrap_or((text, ")"));
        let inside = rest.strip_suffix(')').with_context(|| format!("{text} has no closing bracket"))?;
        let inside = inside.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        let name = name.trim();
        ensure!(name.starts_with(|first: char| first.is_ascii_uppercase()), "{text} is no name of a variant");
        Ok(Self { name: name.to_owned(), inside })
    }
}

/// `user` is the asker.
fn type_of(name: &str, arguments: &[Argument]) -> Result<String> {
    if name == "user" {
        return Ok("UserId".to_owned());
    }
    let argument = arguments.iter().find(|argument| argument.name() == name);
    argument.map(|argument| argument.of().to_owned()).with_context(|| format!("the mutation has no argument {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let post = "Post(post)".parse::<Value>().expect("a tag");
        let said = text.parse::<Value>().ok().map(|value| (value.written(), value.matched(&[&post])));
        assert_eq!(said, expected.map(|(written, matched)| (written.to_owned(), matched.to_owned())), "{text}");
    }

    #[test]
    fn values() {
        check("PostLiked(post, user)", Some(("PostLiked(post, user)", "PostLiked(post, _)")));
        check("PostLiked(post)", Some(("PostLiked(post)", "PostLiked(post)")));
        check("Registered( user )", Some(("Registered(user)", "Registered(..)")));
        check("Everyone", Some(("Everyone", "Everyone")));
        check("PostLiked(post", None);
        check("post_liked(post)", None);
    }
}
