//! How the place is run, and what it says of itself.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{
    Quire, Rev, Tags,
    ids::UserId,
    kinds::{Area, Registration},
    prose::Prose,
    tag::Tag,
    text::{Body, SiteText},
};

/// What managers decided about the place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {}

/// What they decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteSettings {
    /// Who may make an account.
    pub registration: Registration,
    /// What the place is.
    pub about: SitePage,
    /// What it asks of people.
    pub rules: SitePage,
    /// The revision.
    pub rev: Rev,
}

/// A page of the place's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitePage {
    /// As it was written: in the dialect of stories.
    pub text: SiteText,
    /// As it is shown; nothing of an empty text.
    pub shown: Vec<Prose>,
}

impl SitePage {
    /// The page with this text.
    pub fn of(text: SiteText) -> Self {
        let shown = Body::parse(text.as_str()).map(|body| Prose::of(&[body])).unwrap_or_default();
        Self { text, shown }
    }
}

/// What holds until a manager decides: everybody may come in, and the pages are empty.
impl Default for SiteSettings {
    fn default() -> Self {
        let empty = SitePage::of(SiteText::default());
        Self { registration: Registration::Open, about: empty.clone(), rules: empty, rev: Rev(0) }
    }
}

impl Query for Site {
    type Nouns = Quire;
    type Output = SiteSettings;
    const NAME: &'static str = "site";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        None
    }

    fn tags(&self, _: &SiteSettings) -> Tags {
        Tags::of(Tag::Site, [])
    }
}
