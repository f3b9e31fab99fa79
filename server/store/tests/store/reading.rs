//! What readers see: chapters in order, catalogues, and whole books that came in at once.

use domain::{
    Body, CataloguePage, FileChapter, FilePart, Format, Genre, Heading, Home, Manuscript, ManuscriptFile, ReadingPage,
    Seq, StoryPage, Thread,
};

use crate::library::{Library, On, fixture, on_both, tables};

on_both! {
    chapters_are_numbered_across_parts
    catalogues_and_the_front_page
    a_book_is_imported_whole
    half_a_book_is_no_book
    what_is_moved_stands_where_it_was_put
    a_catalogue_has_pages_of_a_hundred
    contents_have_pages_of_two_hundred
    the_demo_library
}

async fn chapters_are_numbered_across_parts(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let tale = &fixture.out;
    let page = async |chapter: usize| {
        let page = ReadingPage { story: tale.story, chapter: tale.chapters[chapter] };
        store.fetch(&page, Seq::ZERO).await.expect("a page").entry.value.clone()
    };
    let (first, second, third) = (page(0).await, page(1).await, page(2).await);
    assert_eq!([first.number, second.number, third.number], [1, 2, 3]);
    assert_eq!([first.of, second.of, third.of], [3, 3, 3]);
    assert_eq!((first.previous, third.next), (None, None));
    assert_eq!(third.previous.map(|before| (before.chapter, before.number)), Some((tale.chapters[1], 2)));
    assert_eq!(first.next.map(|after| (after.chapter, after.number)), Some((tale.chapters[1], 2)));
    assert_eq!(third.part_title.as_str(), "The Tide Table, later");
    assert_eq!(first.scenes.len(), 2);
    assert_eq!(first.scenes[0].html().trim(), "<p>The Tide Table: <em>scene</em> 1.</p>");

    store.move_part(fixture.ada, tale.parts[1], 0).await.expect("moved");
    assert_eq!([page(0).await.number, page(2).await.number], [2, 1]);
    store.delete_scene(fixture.ada, tale.scenes[3]).await.expect("deleted");
    assert!(page(2).await.scenes.is_empty(), "a chapter without text is a page all the same");
}

async fn catalogues_and_the_front_page(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let catalogue = async |format, genre| {
        let catalogue = store.fetch(&CataloguePage::first(format, genre), Seq::ZERO).await.expect("a catalogue").entry;
        catalogue.value.stories.iter().map(|card| card.story).collect::<Vec<_>>()
    };
    assert_eq!(catalogue(Format::Novel, None).await, [fixture.out.story]);
    assert_eq!(catalogue(Format::Novel, Some(Genre::Mystery)).await, [fixture.out.story]);
    assert!(catalogue(Format::Novel, Some(Genre::Horror)).await.is_empty());
    assert!(catalogue(Format::Comic, None).await.is_empty());
    store.publish_story(fixture.ben, fixture.bens.story, &fixture.bens.chapters).await.expect("published");
    assert_eq!(catalogue(Format::Novel, None).await, [fixture.bens.story, fixture.out.story], "the newest first");
    store.publish_story(fixture.ada, fixture.out.story, &[]).await.expect("published");
    assert_eq!(catalogue(Format::Novel, None).await[0], fixture.bens.story, "publishing again is no way to the top");
    let home = store.fetch(&Home {}, Seq::ZERO).await.expect("the front page").entry;
    assert_eq!((home.value.stories.len(), home.value.posts.len()), (2, 3));
    let front = store.fetch(&StoryPage::first(fixture.out.story), Seq::ZERO).await.expect("a page").entry;
    assert_eq!(front.value.card.words, 4 * 5);
    assert_eq!(front.value.parts.iter().map(|part| part.chapters.len()).collect::<Vec<_>>(), [2, 1]);
}

/// A book of 61 chapters and 690 kB.
fn long_book() -> ManuscriptFile {
    let words = "It is a truth universally acknowledged. ".repeat(280);
    let chapter = |number: u32| format!("\n\n## Chapter {number}\n\n{words}");
    let chapters = (1..=61).map(chapter).collect::<String>();
    let text = format!("# A Long Book{chapters}\n");
    ManuscriptFile::parse("long.md", &text).expect("a book")
}

async fn a_book_is_imported_whole(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    let (format, genre) = (Format::Novel, Genre::Romance);
    let changed = store.import_story(fixture.ben, long_book(), genre, format, true).await.expect("a story");
    let tree = store.load(&Manuscript { viewer: fixture.ben, story: *changed.value() }).await.expect("its tree");
    let chapters: Vec<_> = tree.value.parts.iter().flat_map(|part| &part.chapters).collect();
    assert_eq!(chapters.len(), 61);
    assert_eq!(chapters[60].title.as_str(), "Chapter 61");
    assert!(chapters.iter().all(|chapter| chapter.scenes[0].words == 280 * 6));
    let catalogue = store.load(&CataloguePage::first(format, Some(genre))).await.expect("a catalogue");
    assert_eq!(catalogue.value.stories[0].words, 61 * 280 * 6);
}

async fn contents_have_pages_of_two_hundred(on: On) {
    let Library { store, fixture, .. } = &Library::open(on).await;
    // Three parts of 150 chapters, one without any before each, and one at the end.
    let heading = |text: String| Heading::parse(&text).expect("a title");
    let chapter = |part: u32, number: u32| FileChapter {
        title: heading(format!("{part}.{number}")),
        scenes: vec![Body::parse("a b").expect("a scene").into()],
    };
    let empty = |part: u32| FilePart { title: heading(format!("Part {part}, empty")), chapters: vec![] };
    let part = |part: u32| FilePart {
        title: heading(format!("Part {part}")),
        chapters: (1..=150).map(|number| chapter(part, number)).collect(),
    };
    let mut file = ManuscriptFile::parse("long.md", "a b").expect("a book");
    file.parts = (1..=3).flat_map(|number| [empty(number), part(number)]).chain([empty(4)]).collect();
    let story = store.import_story(fixture.ben, file, Genre::Horror, Format::Novel, true).await.expect("a story");
    let story = *story.value();
    let first = store.load(&StoryPage::first(story)).await.expect("a page").value.first;
    let check = async |page: u32, expected: &[(&str, usize)]| {
        let front = store.fetch(&StoryPage { story, page }, Seq::ZERO).await.expect("a page").entry;
        let parts: Vec<_> = front.value.parts.iter().map(|part| (part.title.as_str(), part.chapters.len())).collect();
        assert_eq!(parts, expected, "page {page}");
        let listed = || front.value.parts.iter().flat_map(|part| &part.chapters);
        let before = page * StoryPage::CHAPTERS;
        assert!(listed().map(|chapter| chapter.number).eq((before + 1..).take(listed().count())), "page {page}");
        assert!(listed().all(|chapter| chapter.words == 2));
        assert_eq!((front.value.chapters, front.value.first, front.value.card.words), (450, first, 900));
    };
    check(0, &[("Part 1", 150), ("Part 2", 50)]).await;
    check(1, &[("Part 2", 100), ("Part 3", 100)]).await;
    check(2, &[("Part 3", 50)]).await;
    check(3, &[]).await;
    let page = ReadingPage { story, chapter: first.expect("a chapter") };
    let text = store.load(&page).await.expect("a chapter");
    assert_eq!((text.value.number, text.value.of, text.value.previous.is_some()), (1, 450, false));
    assert_eq!(text.value.next.as_ref().map(|next| (next.number, next.title.as_str())), Some((2, "1.2")));
}

async fn what_is_moved_stands_where_it_was_put(on: On) {
    let library = Library::open(on).await;
    let (store, fixture) = (&library.store, &library.fixture);
    let (ada, story, part) = (fixture.ada, fixture.out.story, fixture.out.parts[0]);
    for chapter in &fixture.out.chapters[..2] {
        store.delete_chapter(ada, *chapter).await.expect("deleted");
    }
    let mut chapters = vec![];
    for title in ["a", "b", "c", "d"] {
        chapters.push(*store.add_chapter(ada, part, fixture::heading(title)).await.expect("a chapter").value());
    }
    let check = async |moved: usize, place: u32, expected: &str| {
        store.move_chapter(ada, chapters[moved], part, place).await.expect("moved");
        let tree = store.load(&Manuscript { viewer: ada, story }).await.expect("its tree");
        let titles: String = tree.value.parts[0].chapters.iter().map(|chapter| chapter.title.to_string()).collect();
        assert_eq!(titles, expected);
    };
    check(0, 0, "abcd").await;
    check(0, 2, "bcad").await;
    check(3, 0, "dbca").await;
    check(1, 3, "dcab").await;
    check(3, 99, "cabd").await;
    store.delete_chapter(ada, chapters[0]).await.expect("deleted");
    check(3, 1, "cdb").await;
    // What comes in takes its place among the others, and leaves the part that it came from in order.
    store.move_chapter(ada, fixture.out.chapters[2], part, 1).await.expect("moved");
    check(1, 0, "bcThe Tide Table, chapter 3d").await;
    let places = format!("select cast(position as text) from chapters where part_id = '{part}' order by position");
    assert_eq!(tables::column(&library.address, &places).await, ["0", "1", "2", "3"]);
}

async fn a_catalogue_has_pages_of_a_hundred(on: On) {
    let library = Library::open(on).await;
    let (store, ben) = (&library.store, library.fixture.ben);
    let columns = "stories (id, author_id, title, blurb, format, genre, published_at, rev, created_at, updated_at)";
    let values = format!("{}, '{ben}', 'Number ' || n, '', 'comic', 'horror', n, 1, 0, 0", tables::id("00bn"));
    tables::run(&library.address, &tables::rows(101, columns, &values)).await;
    for genre in [None, Some(Genre::Horror)] {
        let page = async |page| {
            let listed = store
                .load(&CataloguePage { page, ..CataloguePage::first(Format::Comic, genre) })
                .await
                .expect("a page");
            let titles = listed.value.stories.iter().map(|card| card.title.to_string());
            (titles.collect::<Vec<_>>(), listed.value.more)
        };
        let (first, second, third) = (page(0).await, page(1).await, page(2).await);
        assert_eq!((first.0.len(), first.0[0].as_str(), first.0[99].as_str()), (100, "Number 101", "Number 2"));
        assert_eq!((first.1, second, third), (true, (vec!["Number 1".to_owned()], false), (vec![], false)));
    }
}

async fn half_a_book_is_no_book(on: On) {
    let library = Library::open(on).await;
    tables::refuse(&library.address, "scenes", "(select count(*) from scenes) > 40").await;
    let before = tables::dump(&library.address).await;
    let (store, ben, bens) = (&library.store, library.fixture.ben, library.fixture.bens.story);
    assert!(store.import_story(ben, long_book(), Genre::Romance, Format::Novel, true).await.is_err());
    assert_eq!(tables::dump(&library.address).await, before);
    assert!(store.import_chapters(ben, bens, long_book()).await.is_err());
    assert_eq!(tables::dump(&library.address).await, before, "nor half of what was to be added to a story");
}

async fn the_demo_library(on: On) {
    let (store, _folder) = Library::empty(on).await;
    assert!(store.seed_demo().await.expect("seeded"));
    assert!(!store.seed_demo().await.expect("left alone"), "there are accounts");
    let home = store.load(&Home {}).await.expect("the front page");
    let titles: Vec<_> = home.value.stories.iter().map(|card| card.title.as_str()).collect();
    assert_eq!(titles, ["The Tare", "The Understudy", "The Friday Slot", "Any Other Business"]);
    assert!(home.value.posts.iter().any(|card| card.about.is_some()));
    let oldest = store.load(&domain::Feed { about: None, page: 0 }).await.expect("the feed");
    let first = oldest.value.posts.last().expect("a post").post;
    let thread = store.load(&Thread::first(first)).await.expect("a thread");
    let depths: Vec<_> = thread.value.comments.iter().map(|comment| comment.depth).collect();
    assert_eq!(depths, [0, 1, 0]);
    store
        .sign_in(crate::library::fixture::email("mira"), domain::Password::parse("quire-demo").expect("a password"))
        .await
        .expect("they can sign in");
    for card in &home.value.stories {
        let viewer = card.author.user;
        let tree = store.load(&Manuscript { viewer, story: card.story }).await.expect("a tree");
        assert!(tree.value.parts.iter().flat_map(|part| &part.chapters).count() >= 4, "{}", card.title);
    }
}
