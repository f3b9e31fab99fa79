//! Which mails a person wants.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::{
    Quire, Tags,
    ids::UserId,
    kinds::{Area, MailChoice},
    tag::Tag,
};

/// When the viewer gets what is new in their inbox by mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyMail {
    /// Who.
    pub viewer: UserId,
}

impl Query for MyMail {
    type Nouns = Quire;
    type Output = MailChoice;
    const NAME: &'static str = "my-mail";
    const AREA: Area = Area::Community;

    fn viewer(&self) -> Option<UserId> {
        Some(self.viewer)
    }

    fn tags(&self, _: &MailChoice) -> Tags {
        Tags::of(Tag::Viewer(self.viewer), [])
    }
}
