//! The types that an app names for the engine: its tags, its page families, its viewers.

use std::{
    fmt::{Debug, Display},
    hash::Hash,
    str::FromStr,
};

use serde::{Serialize, de::DeserializeOwned};

use crate::Policy;

/// A small value with a name.
pub trait Noun: Debug + Copy + Eq + Ord + Hash + Serialize + DeserializeOwned + Send + Sync + 'static {}

impl<T> Noun for T where T: Debug + Copy + Eq + Ord + Hash + Serialize + DeserializeOwned + Send + Sync + 'static {}

/// Something cached data can depend on.
pub trait Tag: Noun + Display {
    /// Whether the text of a change in the log names what the tag stands for. Only a finding of the sampler is worded
    /// by it.
    fn is_named_in(self, _change: &str) -> bool {
        false
    }
}

/// An app's nouns, as one type that is never made: an empty enum with derives.
pub trait Nouns: Debug + Copy + Eq + Ord + Hash + Send + Sync + 'static {
    /// Something cached data can depend on.
    type Tag: Tag;
    /// A family of pages, which people switch and count by.
    type Area: Noun;
    /// A person who may be told of changes that others may not hear of. The log keeps their name in text.
    type Viewer: Noun + Display + FromStr<Err: Display>;

    /// The tag that every answer of a page family depends on.
    fn area_tag(area: Self::Area) -> Self::Tag;

    /// How long a family's answers may be kept, where a query doesn't choose.
    fn policy_of(area: Self::Area) -> Policy;
}
