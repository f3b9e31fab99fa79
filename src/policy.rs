//! How long Quire keeps its answers.

use abreast_core::Policy;

use crate::kinds::Area;

/// What everybody may read.
pub const PUBLISHED: Policy = Policy::minutes(30);
/// What an author is working on.
pub const DRAFT: Policy = Policy::minutes(3);
/// What a community says.
pub const TALK: Policy = Policy::minutes(10);

/// For how many milliseconds a browser keeps what a reader opens without a network: as long as a journey may be.
pub const JOURNEY: i64 = Policy::days(30).keep_for;

/// What an area's answers are kept by, where a query doesn't choose.
pub const fn policy_of(area: Area) -> Policy {
    match area {
        Area::Writing | Area::Publish => DRAFT,
        Area::Reading => PUBLISHED,
        Area::Community | Area::Analytics => TALK,
    }
}
