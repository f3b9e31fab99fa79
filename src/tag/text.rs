//! Tags as people and caches outside write them: `story:ID`, `catalogue:novel/horror`, `feed`.

use std::{fmt, str::FromStr};

use super::Tag;

/// The text is no tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("There is no tag of that name. A tag is written as in story:0123456789abc, catalogue:novel/horror or feed.")]
pub struct NotATag;

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Story(id) => write!(f, "story:{id}"),
            Self::Contents(id) => write!(f, "contents:{id}"),
            Self::Part(id) => write!(f, "part:{id}"),
            Self::Chapter(id) => write!(f, "chapter:{id}"),
            Self::Scene(id) => write!(f, "scene:{id}"),
            Self::Cast(id) => write!(f, "cast:{id}"),
            Self::Character(id) => write!(f, "character:{id}"),
            Self::Setting(id) => write!(f, "setting:{id}"),
            Self::Likes(id) => write!(f, "likes:{id}"),
            Self::Catalogues => f.write_str("catalogues"),
            Self::Catalogue(format, genre) => write!(f, "catalogue:{format}/{genre}"),
            Self::Author(id) => write!(f, "author:{id}"),
            Self::Feed => f.write_str("feed"),
            Self::Post(id) => write!(f, "post:{id}"),
            Self::Talk(id) => write!(f, "talk:{id}"),
            Self::Viewer(id) => write!(f, "viewer:{id}"),
            Self::Area(area) => write!(f, "area:{area}"),
            Self::Listed(id) => write!(f, "listed:{id}"),
            Self::Posted(id) => write!(f, "posted:{id}"),
            Self::Session(id) => write!(f, "session:{id}"),
            Self::Manuscript(id) => write!(f, "manuscript:{id}"),
            Self::Outline(id) => write!(f, "outline:{id}"),
            Self::Releases => f.write_str("releases"),
            Self::Trash(id) => write!(f, "trash:{id}"),
            Self::Reader(id) => write!(f, "reader:{id}"),
            Self::ReleasesOf(id) => write!(f, "releases-of:{id}"),
            Self::Stories => f.write_str("stories"),
            Self::Person(id) => write!(f, "person:{id}"),
            Self::PostsOf(id) => write!(f, "posts-of:{id}"),
            Self::Moderation => f.write_str("moderation"),
            Self::Site => f.write_str("site"),
            Self::Members => f.write_str("members"),
            Self::ChapterTalk(id) => write!(f, "chapter-talk:{id}"),
            Self::Silences(id) => write!(f, "silences:{id}"),
            Self::Words(id) => write!(f, "words:{id}"),
            Self::Progress(id) => write!(f, "progress:{id}"),
        }
    }
}

impl FromStr for Tag {
    type Err = NotATag;
    fn from_str(text: &str) -> Result<Self, NotATag> {
        let Some((kind, of)) = text.split_once(':') else {
            return match text {
                "catalogues" => Ok(Self::Catalogues),
                "feed" => Ok(Self::Feed),
                "releases" => Ok(Self::Releases),
                "stories" => Ok(Self::Stories),
                "moderation" => Ok(Self::Moderation),
                "site" => Ok(Self::Site),
                "members" => Ok(Self::Members),
                _ => Err(NotATag),
            };
        };
        match kind {
            "story" => read(of).map(Self::Story),
            "contents" => read(of).map(Self::Contents),
            "part" => read(of).map(Self::Part),
            "chapter" => read(of).map(Self::Chapter),
            "scene" => read(of).map(Self::Scene),
            "cast" => read(of).map(Self::Cast),
            "character" => read(of).map(Self::Character),
            "setting" => read(of).map(Self::Setting),
            "likes" => read(of).map(Self::Likes),
            "catalogue" => {
                let (format, genre) = of.split_once('/').ok_or(NotATag)?;
                Ok(Self::Catalogue(read(format)?, read(genre)?))
            }
            "author" => read(of).map(Self::Author),
            "post" => read(of).map(Self::Post),
            "talk" => read(of).map(Self::Talk),
            "viewer" => read(of).map(Self::Viewer),
            "area" => read(of).map(Self::Area),
            "listed" => read(of).map(Self::Listed),
            "posted" => read(of).map(Self::Posted),
            "session" => read(of).map(Self::Session),
            "manuscript" => read(of).map(Self::Manuscript),
            "outline" => read(of).map(Self::Outline),
            "trash" => read(of).map(Self::Trash),
            "reader" => read(of).map(Self::Reader),
            "releases-of" => read(of).map(Self::ReleasesOf),
            "person" => read(of).map(Self::Person),
            "posts-of" => read(of).map(Self::PostsOf),
            "chapter-talk" => read(of).map(Self::ChapterTalk),
            "silences" => read(of).map(Self::Silences),
            "words" => read(of).map(Self::Words),
            "progress" => read(of).map(Self::Progress),
            _ => Err(NotATag),
        }
    }
}

fn read<T: FromStr>(text: &str) -> Result<T, NotATag> {
    text.parse().map_err(|_| NotATag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{CastId, ChapterId, PartId, PostId, SceneId, SessionTag, StoryId, UserId},
        kinds::{Area, Format, Genre},
    };

    #[track_caller]
    fn check(tag: Tag, text: &str) {
        assert_eq!(tag.to_string(), text);
        assert_eq!(text.parse(), Ok(tag));
    }

    #[test]
    fn text_and_back() {
        let (story, user) = (StoryId::from_bits(1), UserId::from_bits(2));
        check(Tag::Story(story), "story:0000000000001");
        check(Tag::Contents(story), "contents:0000000000001");
        check(Tag::Part(PartId::from_bits(3)), "part:0000000000003");
        check(Tag::Chapter(ChapterId::from_bits(4)), "chapter:0000000000004");
        check(Tag::Scene(SceneId::from_bits(5)), "scene:0000000000005");
        check(Tag::Cast(story), "cast:0000000000001");
        check(Tag::Character(CastId::from_bits(6)), "character:0000000000006");
        check(Tag::Setting(CastId::from_bits(7)), "setting:0000000000007");
        check(Tag::Likes(story), "likes:0000000000001");
        check(Tag::Catalogues, "catalogues");
        check(Tag::Catalogue(Format::Comic, Genre::ScienceFiction), "catalogue:comic/science-fiction");
        check(Tag::Author(user), "author:0000000000002");
        check(Tag::Feed, "feed");
        check(Tag::Post(PostId::from_bits(8)), "post:0000000000008");
        check(Tag::Talk(story), "talk:0000000000001");
        check(Tag::Viewer(user), "viewer:0000000000002");
        check(Tag::Area(Area::Reading), "area:reading");
        check(Tag::Listed(story), "listed:0000000000001");
        check(Tag::Posted(PostId::from_bits(8)), "posted:0000000000008");
        check(Tag::Session(SessionTag::from_bits(9)), "session:0000000000009");
        check(Tag::Manuscript(story), "manuscript:0000000000001");
        check(Tag::Outline(story), "outline:0000000000001");
        check(Tag::Releases, "releases");
        check(Tag::Trash(user), "trash:0000000000002");
        check(Tag::Reader(user), "reader:0000000000002");
        check(Tag::ReleasesOf(user), "releases-of:0000000000002");
        check(Tag::Stories, "stories");
        check(Tag::Person(user), "person:0000000000002");
        check(Tag::PostsOf(user), "posts-of:0000000000002");
        check(Tag::Moderation, "moderation");
        check(Tag::ChapterTalk(ChapterId::from_bits(4)), "chapter-talk:0000000000004");
        check(Tag::Silences(user), "silences:0000000000002");
        check(Tag::Words(StoryId::from_bits(5)), "words:0000000000005");
        check(Tag::Progress(user), "progress:0000000000002");
    }

    /// In rows of the log, and in what a browser keeps.
    #[test]
    fn names_that_a_version_before_wrote_are_understood() {
        let read = |json| serde_json::from_str::<Tag>(json).expect("a tag");
        assert_eq!(read(r#""shelves""#), Tag::Catalogues);
        assert_eq!(read(r#"{"shelf":["novel","horror"]}"#), Tag::Catalogue(Format::Novel, Genre::Horror));
    }
}
