//! What is loaded ahead: the questions of pages, and which of them a change concerns.

use std::collections::BTreeSet;

use abreast_server::{Ahead, WarmUp};
use domain::{
    Bookshelf, CataloguePage, Directive, Feed, Format, Genre, Home, Key, Manuscript, Query, ReadingPage, StoryId,
    StoryPage, Tag, Thread, UserId,
};

use crate::{Library, Reader, Result, catalogue};

/// How many stories are loaded on start.
const POPULAR: i64 = 20;
/// How many of their own stories are loaded for a person who signs in.
const NEWEST: usize = 10;

/// Quire's pages, as the engine warms them.
#[derive(Debug, Clone, Copy)]
pub enum Pages {}

/// A question that a page asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// The front page.
    Home(Home),
    /// A catalogue.
    Catalogue(CataloguePage),
    /// A title page, and what of the story's text is looked at after it.
    Story(StoryPage, Chapters),
    /// A chapter.
    Chapter(ReadingPage),
    /// Talk.
    Feed(Feed),
    /// A thread.
    Thread(Thread),
    /// A person's own stories, and the trees of the newest.
    Bookshelf(Bookshelf),
    /// The tree of a story, for its author.
    Manuscript(Manuscript),
}

/// Which chapters come after a title page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapters {
    /// None of them.
    None,
    /// The first, where readers begin.
    First,
    /// All of them, as far as they are worth it.
    All,
}

impl WarmUp<Library> for Pages {
    type Page = Page;

    /// The stories that most people like, the newest among equals. Views would be the better sign, but
    /// the database has none: to keep them each read would have to write.
    async fn first(reader: &mut Reader) -> Result<Vec<Page>> {
        Ok(first_looked_at(&catalogue::popular(reader, POPULAR).await?))
    }

    fn touched(directives: &[Directive]) -> Vec<Page> {
        touched(directives)
    }

    fn signed_in(viewer: UserId) -> Vec<Page> {
        vec![Page::Bookshelf(Bookshelf { viewer })]
    }

    fn key(page: &Page) -> Key {
        page.key()
    }

    async fn load(page: Page, ahead: &Ahead<'_, Library>) -> Vec<Page> {
        page.load(ahead).await
    }
}

impl Page {
    /// Its key.
    fn key(&self) -> Key {
        match self {
            Self::Home(query) => query.key(),
            Self::Catalogue(query) => query.key(),
            Self::Story(query, _) => query.key(),
            Self::Chapter(query) => query.key(),
            Self::Feed(query) => query.key(),
            Self::Thread(query) => query.key(),
            Self::Bookshelf(query) => query.key(),
            Self::Manuscript(query) => query.key(),
        }
    }

    /// Loads it, and says what is looked at after it.
    async fn load(self, ahead: &Ahead<'_, Library>) -> Vec<Self> {
        match self {
            Self::Home(query) => drop(ahead.load(&query).await),
            Self::Catalogue(query) => drop(ahead.load(&query).await),
            Self::Chapter(query) => drop(ahead.load(&query).await),
            Self::Feed(query) => drop(ahead.load(&query).await),
            Self::Thread(query) => drop(ahead.load(&query).await),
            Self::Manuscript(query) => drop(ahead.load(&query).await),
            Self::Story(query, chapters) => {
                let Some(front) = ahead.load(&query).await else { return vec![] };
                let all = front.parts.iter().flat_map(|part| &part.chapters);
                let most = match chapters {
                    Chapters::None => 0,
                    Chapters::First => 1,
                    Chapters::All => usize::MAX,
                };
                let page = |chapter| Self::Chapter(ReadingPage { story: query.story, chapter });
                return all.take(most).map(|listed| page(listed.chapter)).collect();
            }
            Self::Bookshelf(query) => {
                let own = ahead.load(&query).await.unwrap_or_default();
                let tree = |story| Self::Manuscript(Manuscript { viewer: query.viewer, story });
                return own.iter().take(NEWEST).map(|own| tree(own.story)).collect();
            }
        }
        vec![]
    }
}

/// What is looked at first after a start: the front page, the catalogues, and how these stories begin.
fn first_looked_at(stories: &[StoryId]) -> Vec<Page> {
    let catalogues = Format::ALL.iter().map(|&format| Page::Catalogue(CataloguePage::first(format, None)));
    let stories = stories.iter().map(|&story| Page::Story(StoryPage::first(story), Chapters::First));
    [Page::Home(Home {})].into_iter().chain(catalogues).chain(stories).collect()
}

/// The public pages that may be old by these directives. What an author works on is not among them:
/// it comes along with the answer to their own save. Nor is what was evicted.
fn touched(directives: &[Directive]) -> Vec<Page> {
    let (mut stories, mut moved, mut talk) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let (mut chapters, mut posts) = (BTreeSet::new(), BTreeSet::new());
    let (mut catalogues, mut feed) = (false, false);
    for directive in directives {
        let Directive::Refresh(tag) = *directive else { continue };
        match tag {
            Tag::Story(story) | Tag::Likes(story) => drop(stories.insert(story)),
            Tag::Contents(story) => drop((stories.insert(story), moved.insert(story))),
            Tag::Chapter(chapter) => drop(chapters.insert(chapter)),
            Tag::Post(post) => drop(posts.insert(post)),
            Tag::Catalogues | Tag::Catalogue(..) => catalogues = true,
            Tag::Feed => feed = true,
            Tag::Talk(story) => drop(talk.insert(story)),
            Tag::Part(_)
            | Tag::Scene(_)
            | Tag::Cast(_)
            | Tag::Character(_)
            | Tag::Setting(_)
            | Tag::Author(_)
            | Tag::Viewer(_)
            | Tag::Listed(_)
            | Tag::Posted(_)
            | Tag::Session(_)
            | Tag::Manuscript(_)
            | Tag::Outline(_)
            | Tag::Words(_)
            | Tag::Progress(_)
            // Programs ask for it, and can wait.
            | Tag::Releases
            | Tag::Trash(_)
            | Tag::Reader(_)
            | Tag::ReleasesOf(_)
            | Tag::PostsOf(_)
            | Tag::Stories
            | Tag::Moderation
            | Tag::Site
            | Tag::Members
            // Who reads the chapter asks for it.
            | Tag::ChapterTalk(_)
            // All its pages may be old: those that are still read are asked for soon enough.
            | Tag::Person(_)
            | Tag::Silences(_)
            | Tag::Area(_) => {}
        }
    }
    let mut pages = vec![];
    for &story in &stories {
        pages.extend(chapters.iter().map(|&chapter| Page::Chapter(ReadingPage { story, chapter })));
        let after = if moved.contains(&story) { Chapters::All } else { Chapters::None };
        pages.push(Page::Story(StoryPage::first(story), after));
    }
    pages.extend(posts.iter().map(|&post| Page::Thread(Thread::first(post))));
    if feed || !posts.is_empty() || !moved.is_empty() {
        pages.push(Page::Feed(Feed { about: None, page: 0 }));
        pages.extend(moved.union(&talk).map(|&story| Page::Feed(Feed { about: Some(story), page: 0 })));
    }
    // Lists show of a story its words and its likes.
    if catalogues || !stories.is_empty() || !posts.is_empty() || feed {
        pages.push(Page::Home(Home {}));
    }
    if catalogues || !stories.is_empty() {
        for &format in Format::ALL {
            let genres = [None].into_iter().chain(Genre::ALL.iter().copied().map(Some));
            pages.extend(genres.map(|genre| Page::Catalogue(CataloguePage::first(format, genre))));
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    macro_rules! names {
        (; $($(#[$doc:meta])* $function:ident $address:literal $query:ident $arguments:tt;)*) => {
            [$(<domain::$query as Query>::NAME),*]
        };
    }

    /// A new query is loaded ahead, or stands here because that is not worth it.
    #[test]
    fn every_query_is_warmed_or_known_not_to_be() {
        let (story, viewer) = (StoryId::from_bits(1), UserId::from_bits(2));
        let warmed = [
            Page::Home(Home {}),
            Page::Catalogue(CataloguePage::first(Format::Novel, None)),
            Page::Story(StoryPage::first(story), Chapters::None),
            Page::Chapter(ReadingPage { story, chapter: domain::ChapterId::from_bits(3) }),
            Page::Feed(Feed { about: None, page: 0 }),
            Page::Thread(Thread::first(domain::PostId::from_bits(4))),
            Page::Bookshelf(Bookshelf { viewer }),
            Page::Manuscript(Manuscript { viewer, story }),
        ];
        let name = |page: &Page| page.key().as_str().split(['?', '.']).next().unwrap_or_default().to_owned();
        // One person's, asked when they open the page; what programs ask, who can wait; and what is read in a moment.
        let not = [
            "act-log",
            "author-page",
            "bookmarks",
            "cast",
            "comment-place",
            "chapter-talk",
            "decisions",
            "inbox",
            "invitations",
            "members",
            "moderation-queue",
            "my-author",
            "my-email",
            "my-library",
            "my-likes",
            "my-mail",
            "my-profile",
            "my-second-factor",
            "my-silences",
            "my-story",
            "my-progress",
            "own-sessions",
            "publications",
            "releases",
            "scene-draft",
            "scene-history",
            "scene-version",
            "search",
            "site",
            "story-matches",
            "trash",
        ];
        let known: BTreeSet<String> = warmed.iter().map(name).chain(not.map(str::to_owned)).collect();
        let all: BTreeSet<String> = domain::each_query! { names { ; } }.map(str::to_owned).into();
        assert_eq!(known, all);
    }
}
