//! What a query may be asked about: for each type of an argument, all that the small library has of it.

use domain::{
    ChapterId, CommentId, Format, Genre, Handle, Needle, PostId, SceneId, SearchFor, SearchText, StoryCursor, StoryId,
    UserId,
};

use super::Fixture;

/// An argument of a query. One of another type doesn't compile until it is said here what there is of it.
pub trait Argument: Sized {
    fn every(fixture: &Fixture) -> Vec<Self>;
}

impl Argument for UserId {
    fn every(fixture: &Fixture) -> Vec<Self> {
        fixture.people().to_vec()
    }
}

/// The first page, and what comes after a story that nobody has.
impl Argument for StoryCursor {
    fn every(_: &Fixture) -> Vec<Self> {
        vec![Self { key: 1, id: StoryId::from_bits(7) }]
    }
}

/// Each kind of condition, and each order.
impl Argument for SearchFor {
    fn every(_: &Fixture) -> Vec<Self> {
        let searches = [
            "",
            "q=out",
            "q=renamed",
            "q=ada",
            "q=countess",
            "tag=tea",
            "genre=mystery",
            "format=novel&sort=new",
            "status=complete",
            "length=short&sort=words",
            "rating=teen&sort=liked",
            "language=de",
            "without=death",
        ];
        searches.map(|search| search.parse().expect("a search")).to_vec()
    }
}

/// Words that are in each text, in some, and in none at first.
impl Argument for Needle {
    fn every(_: &Fixture) -> Vec<Self> {
        ["words=scene", "words=Other&case=on", "words=typed&whole=on"]
            .map(|words| words.parse().expect("words"))
            .to_vec()
    }
}

/// A part of a name or of a handle, of some people and of nobody.
impl Argument for SearchText {
    fn every(_: &Fixture) -> Vec<Self> {
        ["", "ada", "count", "new", "%"].map(|text| Self::parse(text).expect("a text")).to_vec()
    }
}

/// Those that people have at first, and one that comes later.
impl Argument for Handle {
    fn every(_: &Fixture) -> Vec<Self> {
        ["ada", "ben", "rea", "sid", "countess"].map(|name| name.parse().expect("a handle")).to_vec()
    }
}

impl Argument for StoryId {
    fn every(fixture: &Fixture) -> Vec<Self> {
        fixture.stories.clone()
    }
}

impl Argument for ChapterId {
    fn every(fixture: &Fixture) -> Vec<Self> {
        fixture.chapters.clone()
    }
}

impl Argument for SceneId {
    fn every(fixture: &Fixture) -> Vec<Self> {
        fixture.scenes.clone()
    }
}

impl Argument for PostId {
    fn every(fixture: &Fixture) -> Vec<Self> {
        fixture.posts.clone()
    }
}

impl Argument for CommentId {
    fn every(fixture: &Fixture) -> Vec<Self> {
        fixture.comments.to_vec()
    }
}

impl Argument for Format {
    fn every(_: &Fixture) -> Vec<Self> {
        Self::ALL.to_vec()
    }
}

impl Argument for Genre {
    fn every(_: &Fixture) -> Vec<Self> {
        Self::ALL.to_vec()
    }
}

/// The first page, and the one after it, which is empty.
impl Argument for u32 {
    fn every(_: &Fixture) -> Vec<Self> {
        vec![0, 1]
    }
}

impl<A: Argument> Argument for Option<A> {
    fn every(fixture: &Fixture) -> Vec<Self> {
        [None].into_iter().chain(A::every(fixture).into_iter().map(Some)).collect()
    }
}
