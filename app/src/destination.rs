//! Where links lead, and what the page there asks first.

use std::fmt;

use domain::{
    AuthorPage, Bookmarks, CataloguePage, ChapterId, ChapterTalk, CommentId, CommentPlace, Feed, Format, Home,
    MyAuthor, MyLikes, MySilences, MyStory, ReadingPage, Search, Site, StoryId, StoryPage, Thread, UserId,
};

use crate::cache::AnyQuery;

/// A page that everybody may open. The studio's are not among them: what an author works on is asked
/// when it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// The front page.
    Home,
    /// A catalogue of stories.
    Catalogue(CataloguePage),
    /// A story's title page.
    Story(StoryPage),
    /// What a search finds.
    Search(Search),
    /// An author's page.
    Author(AuthorPage),
    /// A chapter.
    Chapter(StoryId, ChapterId),
    /// The talk of the community, or about one story.
    Community(Feed),
    /// A post and its comments.
    Thread(Thread),
    /// A comment, on whichever page of its thread it is by then.
    Comment(CommentPlace),
    /// What the place is.
    About,
    /// What it asks of people.
    Rules,
}

/// The feed of a story's new chapters. No page, so nothing is fetched ahead for it.
pub fn feed_of(story: StoryId) -> String {
    format!("/novels/{story}/feed.atom")
}

/// A comment on the page of a thread that shows it.
pub fn comment_on(page: Thread, comment: CommentId) -> String {
    format!("{}#{}", Destination::Thread(page), comment_id(comment))
}

/// The id of a comment's element.
pub fn comment_id(comment: CommentId) -> String {
    format!("comment-{comment}")
}

/// The feed of an author's new chapters. It stays where it is when they take another handle.
pub fn feed_of_author(author: UserId) -> String {
    format!("/authors/{author}/feed.atom")
}

impl Destination {
    /// Where an address of this site leads, if it is one of these pages.
    pub fn of(address: &str) -> Option<Self> {
        let address = address.split('#').next()?;
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        // Pages are counted from 1 where people see them.
        let page = || value("page").map_or(Ok(1), str::parse::<u32>).ok()?.checked_sub(1);
        let catalogue = |format| {
            let genre = value("genre").map(str::parse).transpose().ok()?;
            Some(Self::Catalogue(CataloguePage { format, genre, page: page()? }))
        };
        let mut way = path.strip_prefix('/')?.split('/');
        match (way.next()?, way.next(), way.next(), way.next()) {
            ("", None, None, None) => Some(Self::Home),
            ("novels", None, None, None) => catalogue(Format::Novel),
            ("comics", None, None, None) => catalogue(Format::Comic),
            ("novels", Some(story), None, None) => {
                Some(Self::Story(StoryPage { story: story.parse().ok()?, page: page()? }))
            }
            ("novels", Some(story), Some(chapter), None) => {
                Some(Self::Chapter(story.parse().ok()?, chapter.parse().ok()?))
            }
            ("search", None, None, None) => {
                let after = value("after").map(str::parse).transpose().ok()?;
                Some(Self::Search(Search { after, wanted: query.parse().ok()? }))
            }
            ("authors", Some(author), None, None) => {
                Some(Self::Author(AuthorPage { author: author.parse().ok()?, page: page()? }))
            }
            ("about", None, None, None) => Some(Self::About),
            ("rules", None, None, None) => Some(Self::Rules),
            ("community", None, None, None) => {
                let about = value("about").map(str::parse).transpose().ok()?;
                Some(Self::Community(Feed { about, page: page()? }))
            }
            ("community", Some(post), None, None) if value("comment").is_some() => {
                let comment = value("comment")?.parse().ok()?;
                Some(Self::Comment(CommentPlace { post: post.parse().ok()?, comment }))
            }
            ("community", Some(post), None, None) => {
                let under = value("under").map(str::parse).transpose().ok()?;
                Some(Self::Thread(Thread { post: post.parse().ok()?, under, page: page()? }))
            }
            _ => None,
        }
    }

    /// What the page there asks, beginning with what it is about.
    pub fn queries(&self, viewer: Option<UserId>) -> Vec<AnyQuery> {
        // What stands beside everything that people like and say.
        let likes = viewer
            .into_iter()
            .flat_map(|viewer| [AnyQuery::of(&MyLikes { viewer }), AnyQuery::of(&MySilences { by: viewer })]);
        match self {
            Self::Home => {
                let begun = viewer.map(|viewer| AnyQuery::of(&Bookmarks { reader: viewer }));
                [AnyQuery::of(&Home {})].into_iter().chain(likes).chain(begun).collect()
            }
            Self::Catalogue(catalogue) => vec![AnyQuery::of(catalogue)],
            Self::Story(front) => {
                let talk = Feed { about: Some(front.story), page: 0 };
                let mine = viewer.map(|viewer| AnyQuery::of(&MyStory { viewer, story: front.story }));
                [AnyQuery::of(front), AnyQuery::of(&talk)].into_iter().chain(likes).chain(mine).collect()
            }
            Self::Search(search) => vec![AnyQuery::of(search)],
            Self::Author(page) => {
                let mine = viewer.map(|viewer| AnyQuery::of(&MyAuthor { viewer, author: page.author }));
                [AnyQuery::of(page)].into_iter().chain(mine).chain(likes).collect()
            }
            Self::Chapter(story, chapter) => {
                let (story, chapter) = (*story, *chapter);
                let talk = AnyQuery::of(&ChapterTalk { story, chapter, page: 0 });
                let mine = viewer.map(|viewer| AnyQuery::of(&MyStory { viewer, story }));
                [AnyQuery::of(&ReadingPage { story, chapter }), talk].into_iter().chain(likes).chain(mine).collect()
            }
            Self::Community(feed) => [AnyQuery::of(feed)].into_iter().chain(likes).collect(),
            Self::Thread(thread) => [AnyQuery::of(thread)].into_iter().chain(likes).collect(),
            Self::About | Self::Rules => vec![AnyQuery::of(&Site {})],
            Self::Comment(place) => [AnyQuery::of(place)].into_iter().chain(likes).collect(),
        }
    }
}

/// Its address.
impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => f.write_str("/"),
            Self::About => f.write_str("/about"),
            Self::Rules => f.write_str("/rules"),
            Self::Catalogue(CataloguePage { format, genre, page }) => {
                f.write_str(match format {
                    Format::Novel => "/novels",
                    Format::Comic => "/comics",
                })?;
                match (genre, page) {
                    (None, 0) => Ok(()),
                    (None, page) => write!(f, "?page={}", page + 1),
                    (Some(genre), 0) => write!(f, "?genre={genre}"),
                    (Some(genre), page) => write!(f, "?genre={genre}&page={}", page + 1),
                }
            }
            Self::Story(StoryPage { story, page: 0 }) => write!(f, "/novels/{story}"),
            Self::Story(StoryPage { story, page }) => write!(f, "/novels/{story}?page={}", page + 1),
            Self::Search(Search { after, wanted }) => {
                let wanted = wanted.to_string();
                let after = after.map(|after| format!("after={after}"));
                let said: Vec<_> =
                    [Some(wanted).filter(|said| !said.is_empty()), after].into_iter().flatten().collect();
                write!(f, "/search{}{}", if said.is_empty() { "" } else { "?" }, said.join("&"))
            }
            Self::Author(AuthorPage { author, page: 0 }) => write!(f, "/authors/{author}"),
            Self::Author(AuthorPage { author, page }) => write!(f, "/authors/{author}?page={}", page + 1),
            Self::Chapter(story, chapter) => write!(f, "/novels/{story}/{chapter}"),
            Self::Community(Feed { about, page }) => match (about, page) {
                (None, 0) => f.write_str("/community"),
                (None, page) => write!(f, "/community?page={}", page + 1),
                (Some(story), 0) => write!(f, "/community?about={story}"),
                (Some(story), page) => write!(f, "/community?about={story}&page={}", page + 1),
            },
            Self::Thread(Thread { post, under, page }) => match (under, page) {
                (None, 0) => write!(f, "/community/{post}"),
                (None, page) => write!(f, "/community/{post}?page={}", page + 1),
                (Some(comment), 0) => write!(f, "/community/{post}?under={comment}"),
                (Some(comment), page) => write!(f, "/community/{post}?under={comment}&page={}", page + 1),
            },
            Self::Comment(CommentPlace { post, comment }) => {
                write!(f, "/community/{post}?comment={comment}#{}", comment_id(*comment))
            }
        }
    }
}

#[cfg(test)]
mod tests;
