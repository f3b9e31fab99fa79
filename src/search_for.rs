//! What is searched for: words, what the stories must be, and their order. In an address it is the query string.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    kinds::{Format, Genre, Language, Length, Rating, SortOrder, Status, UnknownKind, Warning},
    story_facts::Warnings,
    text::{SearchText, TagName, TextError},
};

/// A search, as in `q=tide&genre=mystery&without=death`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SearchFor {
    /// Words of a title, an author, a tag or a blurb.
    pub text: SearchText,
    /// Only of this genre.
    pub genre: Option<Genre>,
    /// Only of this format.
    pub format: Option<Format>,
    /// Only of this status.
    pub status: Option<Status>,
    /// Only as long as this.
    pub length: Option<Length>,
    /// Only with this rating.
    pub rating: Option<Rating>,
    /// Only in this language.
    pub language: Option<Language>,
    /// Only with this tag.
    pub tag: Option<TagName>,
    /// None with one of these warnings.
    pub without: Warnings,
    /// In which order.
    pub sort: Option<SortOrder>,
}

/// Why a search was refused: a sentence for the person who made it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotASearch {
    /// Its words are none.
    #[error("{0}")]
    Text(#[from] TextError),
    /// Something of it is not known here.
    #[error("{0}")]
    Kind(#[from] UnknownKind),
}

impl SearchFor {
    /// The order that was chosen, or the best first. Without words none is better: then the newest chapters come first.
    pub fn order(&self) -> SortOrder {
        match self.sort {
            None | Some(SortOrder::Relevance) if self.text.is_empty() => SortOrder::Updated,
            None => SortOrder::Relevance,
            Some(sort) => sort,
        }
    }

    /// Stories with this tag.
    pub fn tagged(tag: &TagName) -> Self {
        Self { tag: Some(tag.clone()), ..Self::default() }
    }
}

/// The query string of an address. What is not known there is passed over, as is what is empty: a form sends it.
impl FromStr for SearchFor {
    type Err = NotASearch;
    fn from_str(query: &str) -> Result<Self, NotASearch> {
        let (mut search, mut without) = (Self::default(), vec![]);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match &*name {
                "q" => search.text = SearchText::parse(value)?,
                "genre" => search.genre = Some(value.parse()?),
                "format" => search.format = Some(value.parse()?),
                "status" => search.status = Some(value.parse()?),
                "length" => search.length = Some(value.parse()?),
                "rating" => search.rating = Some(value.parse()?),
                "language" => search.language = Some(value.parse()?),
                "tag" => search.tag = Some(TagName::parse(value)?.in_small_letters()?),
                "without" => without.push(value.parse::<Warning>()?),
                "sort" => search.sort = Some(value.parse()?),
                _ => {}
            }
        }
        search.without = without.into();
        Ok(search)
    }
}

impl fmt::Display for SearchFor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let said = [
            ("q", Some(self.text.as_str()).filter(|text| !text.is_empty())),
            ("genre", self.genre.map(Genre::slug)),
            ("format", self.format.map(Format::slug)),
            ("status", self.status.map(Status::slug)),
            ("length", self.length.map(Length::slug)),
            ("rating", self.rating.map(Rating::slug)),
            ("language", self.language.map(Language::slug)),
            ("tag", self.tag.as_ref().map(TagName::as_str)),
            ("sort", self.sort.map(SortOrder::slug)),
        ];
        query.extend_pairs(said.into_iter().filter_map(|(name, value)| Some((name, value?))));
        query.extend_pairs(self.without.iter().map(|warning| ("without", warning.slug())));
        f.write_str(&query.finish())
    }
}

impl TryFrom<String> for SearchFor {
    type Error = NotASearch;
    fn try_from(query: String) -> Result<Self, NotASearch> {
        query.parse()
    }
}

impl From<SearchFor> for String {
    fn from(search: SearchFor) -> Self {
        search.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: &str) {
        let search = query.parse::<SearchFor>();
        let said = search.as_ref().map_or_else(ToString::to_string, ToString::to_string);
        assert_eq!(said, expected, "{query}");
        if search.is_ok() {
            assert_eq!(expected.parse(), search);
        }
    }

    #[test]
    fn an_address_and_its_search_are_one() {
        check("", "");
        check("q=tide+table", "q=tide+table");
        check("q=%22tide%22%20AND%20*", "q=%22tide%22+AND+*");
        check("q=&genre=&x=1&sort=", "");
        check(
            "without=sex&genre=mystery&q=%E6%84%9B&without=death",
            "q=%E6%84%9B&genre=mystery&without=death&without=sex",
        );
        check("tag=Slow%20Burn&status=complete&length=long", "status=complete&length=long&tag=slow+burn");
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_a_sentence() {
        check("genre=nonsense", "There is no genre of that name.");
        check("q=nul%00", "There is a control character in a search (number 0); please remove it.");
        check("q=%E2%80%8B", "There is an invisible character in a search (U+200B); please remove it.");
        let long = format!("q={}", "x".repeat(10_000));
        check(&long, "That is too long for a search: 10000 characters, and 200 fit.");
        // No text at all in any encoding.
        check("q=%FF%FE", "q=%EF%BF%BD%EF%BF%BD");
    }
}
