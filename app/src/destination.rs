//! Where links lead, and what the page there asks first.

use std::fmt;

use domain::{
    AuthorPage, Bookmarks, CataloguePage, ChapterId, CommentId, CommentPlace, Feed, Format, Home, MyAuthor, MyLikes,
    MyStory, ReadingPage, Search, Site, StoryId, StoryPage, Thread, UserId,
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
        let likes = viewer.map(|viewer| AnyQuery::of(&MyLikes { viewer }));
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
                vec![AnyQuery::of(&ReadingPage { story: *story, chapter: *chapter })]
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
mod tests {
    use domain::{Cursor, Genre, PostId, SearchFor};

    use super::*;
    use crate::pages::PAGES;

    const STORY: StoryId = StoryId::from_bits(1);

    #[track_caller]
    fn check(address: &str, expected: Option<&Destination>) {
        assert_eq!(Destination::of(address).as_ref(), expected, "{address}");
    }

    #[test]
    fn an_address_and_its_destination_are_one() {
        let tides: SearchFor = "q=tide table&genre=horror".parse().expect("a search");
        let maria = "maria-lopez".parse().expect("a handle");
        let (thread, under) = (Thread::first(PostId::from_bits(3)), Some(CommentId::from_bits(4)));
        for (address, destination) in [
            ("/", Destination::Home),
            ("/novels", Destination::Catalogue(CataloguePage::first(Format::Novel, None))),
            ("/comics?genre=horror", Destination::Catalogue(CataloguePage::first(Format::Comic, Some(Genre::Horror)))),
            (
                "/novels?page=2",
                Destination::Catalogue(CataloguePage { page: 1, ..CataloguePage::first(Format::Novel, None) }),
            ),
            (
                "/comics?genre=horror&page=3",
                Destination::Catalogue(CataloguePage {
                    page: 2,
                    ..CataloguePage::first(Format::Comic, Some(Genre::Horror))
                }),
            ),
            ("/novels/0000000000001", Destination::Story(StoryPage::first(STORY))),
            ("/novels/0000000000001?page=2", Destination::Story(StoryPage { story: STORY, page: 1 })),
            ("/novels/0000000000001/0000000000002", Destination::Chapter(STORY, ChapterId::from_bits(2))),
            ("/search", Destination::Search(Search::first(SearchFor::default()))),
            ("/search?q=tide+table&genre=horror", Destination::Search(Search::first(tides.clone()))),
            (
                "/search?q=tide+table&genre=horror&after=0000000000001.7",
                Destination::Search(Search { after: Some(Cursor { key: 7, id: STORY }), wanted: tides }),
            ),
            ("/authors/maria-lopez", Destination::Author(AuthorPage::first(maria))),
            ("/authors/maria-lopez?page=2", Destination::Author(AuthorPage { author: maria, page: 1 })),
            ("/community", Destination::Community(Feed { about: None, page: 0 })),
            ("/community?page=3", Destination::Community(Feed { about: None, page: 2 })),
            ("/community?about=0000000000001", Destination::Community(Feed { about: Some(STORY), page: 0 })),
            ("/community?about=0000000000001&page=2", Destination::Community(Feed { about: Some(STORY), page: 1 })),
            ("/community/0000000000003", Destination::Thread(thread.clone())),
            ("/community/0000000000003?page=2", Destination::Thread(Thread { page: 1, ..thread.clone() })),
            ("/community/0000000000003?under=0000000000004", Destination::Thread(Thread { under, ..thread.clone() })),
            (
                "/community/0000000000003?under=0000000000004&page=3",
                Destination::Thread(Thread { under, page: 2, ..thread.clone() }),
            ),
            (
                "/community/0000000000003?comment=0000000000004#comment-0000000000004",
                Destination::Comment(CommentPlace { post: PostId::from_bits(3), comment: CommentId::from_bits(4) }),
            ),
        ] {
            check(address, Some(&destination));
            assert_eq!(destination.to_string(), address);
        }
        check("/community/0000000000003?edit=0000000000003#post", Some(&Destination::Thread(thread)));
    }

    #[test]
    fn other_addresses_lead_nowhere_that_is_known() {
        for address in [
            "",
            "#main",
            "/studio",
            "/studio/edit/story/0000000000001",
            "/publish",
            "/sign-in",
            "/debug/cache",
            "/novels/x",
            "/authors",
            "/search?genre=x",
            "/search?after=x",
            "/authors/Maria%20Lopez",
            "/authors/maria/feed.atom",
            "/novels?genre=x",
            "/novels?page=0",
            "/novels/0000000000001/x",
            "/novels/0000000000001/0000000000002/3",
            "/community?page=0",
            "/community?page=-1",
            "/novels/0000000000001?page=0",
            "/community/0000000000003?page=0",
            "/community/0000000000003?under=x",
            "https://quire.example/novels",
            "novels",
            "//novels",
        ] {
            check(address, None);
        }
    }

    /// A new page for readers is fetched ahead, or stands here because that is not worth it.
    #[test]
    fn every_reading_page_is_a_destination() {
        let forms = ["/sign-in", "/register"];
        for (path, bundle) in PAGES {
            let id = |part| if str::starts_with(part, ':') { "0000000000001" } else { part };
            let address: Vec<_> = path.split('/').map(id).collect();
            let expected = *bundle == "reading" && !forms.contains(path);
            assert_eq!(Destination::of(&address.join("/")).is_some(), expected, "{path}");
        }
    }

    /// A page is about its first question; a visitor without a session has no likes.
    #[test]
    fn a_story_page_asks_for_the_story_first() {
        let front = StoryPage::first(STORY);
        let queries = Destination::Story(front.clone()).queries(None);
        let talk = Feed { about: Some(STORY), page: 0 };
        assert_eq!(queries, [AnyQuery::of(&front), AnyQuery::of(&talk)]);
        let viewer = UserId::from_bits(7);
        assert!(Destination::Story(front).queries(Some(viewer)).contains(&AnyQuery::of(&MyLikes { viewer })));
    }
}
