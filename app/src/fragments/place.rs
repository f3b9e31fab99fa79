//! The places of a body, and the conditions in it, by their names.

use std::{fmt, str::FromStr};

use domain::{ChapterId, UserId};

use crate::components::{follow_button::Followable, likes::Likeable};

/// What belongs into a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What the page's script must know before all else.
    Boot,
    /// The answer to the question what the member likes.
    AllLikes,
    /// The answer to the question whom they mute or block.
    Silences,
    /// The answer to the question where they read on.
    Bookmarks,
    /// The answer to the question what the page's story is to them.
    MyStory,
    /// The answer to the question what the page's author is to them.
    MyAuthor,
    /// The stories that they are in the midst of.
    Begun,
    /// What the link says where they go on in the page's story.
    ReadOnWords,
    /// The member's name.
    Name,
    /// A new idempotency key for a form.
    Key,
    /// Whether the member likes this.
    Likes(Likeable),
    /// Whether a click means that they like it from then on.
    WouldLike(Likeable),
    /// Whether they follow this.
    Follows(Followable),
    /// Whether a click means that they follow it from then on.
    WouldFollow(Followable),
    /// What a button says that follows it, or no longer.
    Following(Followable),
    /// How they silence this person.
    Silence(UserId),
    /// Whether they read a chapter of the page's story to its end.
    HasRead(ChapterId),
    /// The address where they go on in the page's story, whose first chapter this is.
    ReadOnAt(ChapterId),
}

/// For whom a part of a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// For this person.
    IsAuthor(UserId),
}

/// No place or condition has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unknown;

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boot => f.write_str("boot"),
            Self::AllLikes => f.write_str("all-likes"),
            Self::Silences => f.write_str("silences"),
            Self::Silence(person) => write!(f, "silence {person}"),
            Self::Bookmarks => f.write_str("bookmarks"),
            Self::MyStory => f.write_str("my-story"),
            Self::MyAuthor => f.write_str("my-author"),
            Self::Begun => f.write_str("begun"),
            Self::ReadOnWords => f.write_str("read-on-words"),
            Self::Name => f.write_str("name"),
            Self::Key => f.write_str("key"),
            Self::Likes(thing) => write!(f, "likes {thing}"),
            Self::WouldLike(thing) => write!(f, "would-like {thing}"),
            Self::Follows(thing) => write!(f, "follows {thing}"),
            Self::WouldFollow(thing) => write!(f, "would-follow {thing}"),
            Self::Following(thing) => write!(f, "following {thing}"),
            Self::HasRead(chapter) => write!(f, "has-read {chapter}"),
            Self::ReadOnAt(chapter) => write!(f, "read-on-at {chapter}"),
        }
    }
}

impl FromStr for Place {
    type Err = Unknown;

    fn from_str(name: &str) -> Result<Self, Unknown> {
        match name.split_once(' ') {
            None if name == "boot" => Ok(Self::Boot),
            None if name == "all-likes" => Ok(Self::AllLikes),
            None if name == "silences" => Ok(Self::Silences),
            None if name == "bookmarks" => Ok(Self::Bookmarks),
            None if name == "my-story" => Ok(Self::MyStory),
            None if name == "my-author" => Ok(Self::MyAuthor),
            None if name == "begun" => Ok(Self::Begun),
            None if name == "read-on-words" => Ok(Self::ReadOnWords),
            None if name == "name" => Ok(Self::Name),
            None if name == "key" => Ok(Self::Key),
            Some(("likes", thing)) => Ok(Self::Likes(likeable(thing)?)),
            Some(("would-like", thing)) => Ok(Self::WouldLike(likeable(thing)?)),
            Some(("follows", thing)) => Ok(Self::Follows(followable(thing)?)),
            Some(("would-follow", thing)) => Ok(Self::WouldFollow(followable(thing)?)),
            Some(("following", thing)) => Ok(Self::Following(followable(thing)?)),
            Some(("silence", person)) => person.parse().map(Self::Silence).map_err(|_| Unknown),
            Some(("has-read", chapter)) => chapter.parse().map(Self::HasRead).map_err(|_| Unknown),
            Some(("read-on-at", chapter)) => chapter.parse().map(Self::ReadOnAt).map_err(|_| Unknown),
            None | Some(_) => Err(Unknown),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IsAuthor(user) => write!(f, "is-author {user}"),
        }
    }
}

impl FromStr for Condition {
    type Err = Unknown;

    fn from_str(name: &str) -> Result<Self, Unknown> {
        let user = name.strip_prefix("is-author ").ok_or(Unknown)?;
        user.parse().map(Self::IsAuthor).map_err(|_| Unknown)
    }
}

impl fmt::Display for Likeable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Story(story) => write!(f, "story {story}"),
            Self::Post(post) => write!(f, "post {post}"),
        }
    }
}

impl fmt::Display for Followable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Story(story) => write!(f, "story {story}"),
            Self::Author(author) => write!(f, "author {author}"),
        }
    }
}

fn followable(name: &str) -> Result<Followable, Unknown> {
    match name.split_once(' ') {
        Some(("story", id)) => id.parse().map(Followable::Story).map_err(|_| Unknown),
        Some(("author", id)) => id.parse().map(Followable::Author).map_err(|_| Unknown),
        None | Some(_) => Err(Unknown),
    }
}

fn likeable(name: &str) -> Result<Likeable, Unknown> {
    match name.split_once(' ') {
        Some(("story", id)) => id.parse().map(Likeable::Story).map_err(|_| Unknown),
        Some(("post", id)) => id.parse().map(Likeable::Post).map_err(|_| Unknown),
        None | Some(_) => Err(Unknown),
    }
}

#[cfg(test)]
mod tests {
    use domain::{PostId, StoryId};

    use super::*;

    #[test]
    fn each_name_is_one_places() {
        let things = [Likeable::Story(StoryId::from_bits(7)), Likeable::Post(PostId::from_bits(8))];
        let of_things = things.into_iter().flat_map(|thing| [Place::Likes(thing), Place::WouldLike(thing)]);
        let of_readers = [
            Place::Follows(Followable::Story(StoryId::from_bits(7))),
            Place::WouldFollow(Followable::Author(UserId::from_bits(9))),
            Place::Following(Followable::Story(StoryId::from_bits(7))),
            Place::HasRead(ChapterId::from_bits(6)),
            Place::ReadOnAt(ChapterId::from_bits(6)),
            Place::Silence(UserId::from_bits(9)),
            Place::Silences,
            Place::ReadOnWords,
            Place::Begun,
            Place::Bookmarks,
            Place::MyStory,
            Place::MyAuthor,
        ];
        let plain = [Place::Boot, Place::AllLikes, Place::Name, Place::Key];
        for place in plain.into_iter().chain(of_things).chain(of_readers) {
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        let condition = Condition::IsAuthor(UserId::from_bits(9));
        assert_eq!(condition.to_string().parse(), Ok(condition));
        for name in ["", "x", "likes", "likes x", "likes story", "likes part 7", "boot 7"] {
            assert_eq!(name.parse::<Place>(), Err(Unknown), "{name}");
        }
        assert_eq!("is-author x".parse::<Condition>(), Err(Unknown));
    }
}
