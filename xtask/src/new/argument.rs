//! An argument of a query or a mutation, as on the command line: `story:StoryId`.

use std::str::FromStr;

use anyhow::{Context, Result, ensure};

use super::name::Name;

/// The argument that says whose a query is.
const VIEWER: &str = "viewer";

/// Types of Rust's own that nothing imports.
const EVERYWHERE: [&str; 4] = ["Option", "Vec", "String", "Result"];

/// An argument and its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Argument {
    name: Name,
    of: String,
}

impl Argument {
    pub(super) fn name(&self) -> &str {
        self.name.as_str()
    }

    pub(super) fn of(&self) -> &str {
        &self.of
    }

    pub(super) fn is_viewer(&self) -> bool {
        self.name() == VIEWER
    }

    /// As a parameter: `story: StoryId`.
    pub(super) fn declared(&self) -> String {
        format!("{}: {}", self.name(), self.of)
    }

    /// As a field with its comment.
    pub(super) fn field(&self) -> String {
        let comment = if self.is_viewer() { "Whose.".to_owned() } else { format!("The {}.", self.words()) };
        format!("/// {comment}\npub {},\n", self.declared())
    }

    /// As a line of `docs/api.md` has it.
    pub(super) fn documented(&self) -> String {
        if self.is_viewer() { format!("`{VIEWER}` yourself") } else { format!("`{}`", self.name()) }
    }

    /// Its value in a line with `curl` in `docs/api.md`: a variable there, if it is no number.
    pub(super) fn example(&self) -> String {
        match (self.is_viewer(), &*self.of) {
            (true, _) => "$ME".to_owned(),
            (false, "u32" | "u64") => "0".to_owned(),
            (false, _) => format!("${}", self.name().to_uppercase()),
        }
    }

    /// The types of the domain in it.
    pub(super) fn types(&self) -> Vec<String> {
        types(&self.of)
    }

    fn words(&self) -> String {
        self.name().replace('_', " ")
    }
}

/// The types in a type that are not of Rust's own.
pub(super) fn types(text: &str) -> Vec<String> {
    let words = text.split(|mark: char| !mark.is_alphanumeric());
    let types = words.filter(|word| word.starts_with(|first: char| first.is_ascii_uppercase()));
    types.filter(|word| !EVERYWHERE.contains(word)).map(str::to_owned).collect()
}

impl FromStr for Argument {
    type Err = anyhow::Error;
    fn from_str(text: &str) -> Result<Self> {
        let (name, of) = text.split_once(':').context("an argument is written as in story:StoryId")?;
        let of = of.trim();
        ensure!(!of.is_empty(), "{name} has no type");
        Ok(Self { name: name.trim().parse()?, of: of.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &[&str])>) {
        let argument = text.parse::<Argument>().ok().map(|argument| (argument.declared(), argument.types()));
        let expected =
            expected.map(|(declared, types)| (declared.to_owned(), types.iter().map(ToString::to_string).collect()));
        assert_eq!(argument, expected, "{text}");
    }

    #[test]
    fn arguments() {
        check("viewer:UserId", Some(("viewer: UserId", &["UserId"])));
        check("about: Option<StoryId>", Some(("about: Option<StoryId>", &["StoryId"])));
        check("page:u32", Some(("page: u32", &[])));
        check("story", None);
        check("story:", None);
        check("Story:StoryId", None);
    }
}
