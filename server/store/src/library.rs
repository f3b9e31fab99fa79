//! Quire, as an app of the engine.

use std::sync::LazyLock;

use abreast_server::{App, Error as EngineError, migrations};
use domain::{Area, Audience, Change, Directive, Quire, Tag, UserId};
use include_dir::include_dir;
use sqlx::migrate::Migrator;

use crate::{Error, row_rules::Rows, warm_up::Pages};

/// How the tables are brought up to date, the engine's among them.
static MIGRATIONS: LazyLock<Migrator> =
    LazyLock::new(|| migrations(include_dir!("$CARGO_MANIFEST_DIR/../../migrations")));

/// Quire, for the engine. Never made.
#[derive(Debug, Clone, Copy)]
pub enum Library {}

/// Rows being written. Ends in a commit with its Change, or leaves nothing behind.
///
/// No other package can begin one:
/// ```compile_fail
/// async fn around(store: &store::Store) {
///     let tx = store.begin().await;
/// }
/// ```
/// A commit without a Change does not compile:
/// ```compile_fail
/// async fn forgetful(tx: store::Tx) -> store::Result<domain::Changed<()>> {
///     tx.commit(()).await
/// }
/// ```
/// Nor does answering without having committed:
/// ```compile_fail
/// async fn forgetful(tx: store::Tx) -> store::Result<domain::Changed<()>> {
///     Ok(())
/// }
/// ```
/// With the fact it does:
/// ```
/// async fn save(tx: store::Tx, post: domain::PostId) -> store::Result<domain::Changed<()>> {
///     tx.commit(domain::Change::PostSaved(post, vec![]), ()).await
/// }
/// ```
pub type Tx = abreast_server::Tx<Library>;
/// An answer that shares its Entry with the memory tier.
pub type Fetched<V> = abreast_server::Fetched<V, Tag>;
/// What a node heard of the log.
pub type Heard = abreast_server::Heard<Quire>;

impl App for Library {
    type Nouns = Quire;
    type Change = Change;
    type Error = Error;
    type Rows = Rows;
    type WarmUp = Pages;

    const NAME: &'static str = "quire";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");

    fn migrations() -> &'static Migrator {
        &MIGRATIONS
    }

    fn directives(change: &Change) -> Vec<Directive> {
        change.directives()
    }

    fn areas(change: &Change) -> Vec<Area> {
        change.areas()
    }

    fn audience(change: &Change) -> Audience {
        change.audience()
    }

    fn rights_of(tag: Tag) -> Option<UserId> {
        if let Tag::Viewer(user) = tag { Some(user) } else { None }
    }

    fn set_back() -> Change {
        Change::SetBack
    }

    fn place_of(area: Area) -> u32 {
        area as u32
    }
}

/// Each error of the engine's under the same name here.
impl From<EngineError> for Error {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::NotFound => Self::NotFound,
            EngineError::NotThere { as_of } => Self::NotThere { as_of },
            EngineError::Answered(answer) => Self::Answered(answer),
            EngineError::KeyTaken => Self::KeyTaken,
            EngineError::Corrupt(detail) => Self::Corrupt(detail),
            EngineError::BadAddress(detail) => Self::BadAddress(detail),
            EngineError::Database(error) => Self::Database(error),
            EngineError::Uncertain(error) => Self::Uncertain(error),
            EngineError::Migration(error) => Self::Migration(error),
            EngineError::Internal(detail) => Self::Internal(detail),
            EngineError::Refused(refusal) => {
                refusal.downcast_ref().cloned().unwrap_or_else(|| Self::Internal(refusal.to_string().into()))
            }
        }
    }
}

/// And back; what the engine has no name for goes through it whole.
impl From<Error> for EngineError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::NotThere { as_of } => Self::NotThere { as_of },
            Error::Answered(answer) => Self::Answered(answer),
            Error::KeyTaken => Self::KeyTaken,
            Error::Corrupt(detail) => Self::Corrupt(detail),
            Error::BadAddress(detail) => Self::BadAddress(detail),
            Error::Database(error) => Self::Database(error),
            Error::Uncertain(error) => Self::Uncertain(error),
            Error::Migration(error) => Self::Migration(error),
            Error::Internal(detail) => Self::Internal(detail),
            refusal @ (Error::Conflict { .. }
            | Error::ConflictWith(_)
            | Error::NotPublished(_)
            | Error::NotRestored(_)
            | Error::Full(_)
            | Error::AddressTaken
            | Error::HandleTaken
            | Error::WrongPassword
            | Error::NotThePassword
            | Error::LinkIsOver
            | Error::SecondStep(_)
            | Error::WrongCode
            | Error::NoSecondFactor
            | Error::SignInIsOver
            | Error::TooManyCodes { .. }
            | Error::Barred(_)
            | Error::Blocked(_)
            | Error::Busy
            | Error::WeakPassword
            | Error::NoRegistration(_)
            | Error::LastManager
            | Error::NotAllowed) => Self::Refused(std::sync::Arc::new(refusal)),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{CastId, CastKind, ChapterId, Format, Genre, PostId, Rev, SessionTag, StoryId};

    use super::*;

    #[test]
    fn a_refusal_comes_through_the_engine_as_it_was() {
        let through = |error: Error| Error::from(EngineError::from(error));
        assert!(matches!(through(Error::Conflict { now: Rev(7) }), Error::Conflict { now: Rev(7) }));
        assert!(matches!(through(Error::NotFound), Error::NotFound));
    }

    /// Another version's node must not take one tag for another: where each stands is never changed.
    #[test]
    fn tags_keep_their_place() {
        let (story, user, post) = (StoryId::from_bits(1), UserId::from_bits(2), PostId::from_bits(3));
        for (tag, place) in [
            (Tag::Story(story), 0),
            (Tag::Contents(story), 1),
            (Tag::Chapter(ChapterId::from_bits(4)), 3),
            (Tag::cast_member(CastKind::Character, CastId::from_bits(6)), 6),
            (Tag::cast_member(CastKind::Setting, CastId::from_bits(7)), 7),
            (Tag::Likes(story), 8),
            (Tag::Catalogues, 9),
            (Tag::Catalogue(Format::Comic, Genre::Horror), 10),
            (Tag::Author(user), 11),
            (Tag::Feed, 12),
            (Tag::Talk(story), 13),
            (Tag::Post(post), 14),
            (Tag::Viewer(user), 15),
            (Tag::Area(Area::Reading), 16),
            (Tag::Listed(story), 17),
            (Tag::Posted(post), 18),
            (Tag::Session(SessionTag::from_bits(5)), 19),
            (Tag::Manuscript(story), 20),
            (Tag::Outline(story), 21),
            (Tag::Releases, 22),
            (Tag::Trash(user), 23),
            (Tag::Reader(user), 24),
            (Tag::ReleasesOf(user), 25),
            (Tag::Person(user), 26),
            (Tag::PostsOf(user), 27),
            (Tag::Stories, 28),
            (Tag::Moderation, 29),
            (Tag::Site, 30),
            (Tag::Members, 31),
            (Tag::ChapterTalk(ChapterId::from_bits(4)), 32),
            (Tag::Silences(user), 33),
        ] {
            assert_eq!(postcard::to_allocvec(&tag).expect("bytes").first(), Some(&place), "{tag}");
        }
    }
}
