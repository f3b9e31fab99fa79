//! What a form edits: its texts, and how they are saved, kept and joined.

use std::future::{Future, ready};

use domain::Rev;

use super::{head::Head, sheet::Fields};
use crate::AppError;

/// What a form edits.
pub trait Subject: Copy + Send + Sync + 'static {
    /// Its texts.
    type Fields: Fields;
    /// What it is called in a sentence.
    const NOUN: &'static str;
    /// Whether what is typed is kept on the server before it is saved.
    const IS_KEPT: bool = false;

    /// How the names of its drafts begin.
    fn drafts(&self) -> String;
    /// Saves texts that were begun from a revision.
    fn save(self, fields: Self::Fields, base: Rev) -> impl Future<Output = Result<Rev, AppError>>;
    /// The same of texts that go on from this revision of a working copy.
    fn save_kept(self, fields: Self::Fields, base: Rev, _: Rev) -> impl Future<Output = Result<Rev, AppError>> {
        self.save(fields, base)
    }
    /// What the server has, asked past every cache of this browser.
    fn fresh(self) -> impl Future<Output = Result<Head<Self::Fields>, AppError>>;
    /// Keeps texts that are not saved, over this revision of the text and of its working copy. Answers with the working
    /// copy's next one.
    fn keep(self, _: Self::Fields, _: Rev, _: Rev) -> impl Future<Output = Result<Rev, AppError>> {
        ready(Err(AppError::NotFound))
    }
    /// Gives up this revision of the working copy. Answers with its next one.
    fn leave(self, _: Rev) -> impl Future<Output = Result<Rev, AppError>> {
        ready(Err(AppError::NotFound))
    }
    /// What two made of one text, in one, if that can be.
    fn merge(_: &Self::Fields, _: &Self::Fields, _: &Self::Fields) -> Option<Self::Fields> {
        None
    }
    /// Keeps texts that were not chosen, if what it edits has versions.
    fn set_aside(self, _: Self::Fields) -> impl Future<Output = Result<(), AppError>> {
        ready(Ok(()))
    }
    /// Where its versions are, if it has any.
    fn history(&self) -> Option<String> {
        None
    }
}
