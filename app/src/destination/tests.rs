use domain::{Cursor, Genre, PostId, SearchFor};

use super::*;
use crate::{bundle::Part, pages::PAGES};

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
    let forms = ["/sign-in", "/sign-in/code", "/register"];
    for (path, part) in PAGES {
        let id = |part| if str::starts_with(part, ':') { "0000000000001" } else { part };
        let address: Vec<_> = path.split('/').map(id).collect();
        let expected = *part == Part::Reading && !forms.contains(path);
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
