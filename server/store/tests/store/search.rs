//! Search and what readers choose by: only what readers have is found, at once, and on both databases alike.

use std::collections::BTreeSet;

use domain::{
    Bio, Cursor, Format, FoundStories, Genre, Language, Manuscript, ManuscriptFile, ProfileDraft, Rating, ReadingPage,
    Rev, Search, SearchFor, Status, StoryDraft, StoryFacts, StoryId, StoryPage, Trashed, UserId, Warning,
};

use crate::library::{
    Library, On,
    fixture::{heading, note, save, title},
    on_both, tables,
};

on_both! {
    facts_are_saved_and_shown
    words_find_a_story
    conditions_find_a_story
    what_is_not_out_is_not_found
    a_draft_chapter_is_neither_found_nor_counted
    what_came_otherwise_is_found_too
    pages_repeat_nothing_and_skip_nothing
    what_looks_like_an_operator_is_none
    what_was_not_indexed_is
}

fn search(wanted: &str) -> Search {
    Search::first(wanted.parse().expect("a search"))
}

/// Through the tiers, which must never be behind.
async fn find(library: &Library, wanted: &str) -> Vec<StoryId> {
    let found = found(library, search(wanted)).await;
    found.stories.iter().map(|card| card.story).collect()
}

async fn found(library: &Library, search: Search) -> FoundStories {
    let seen = library.store.watermark();
    library.store.fetch(&search, seen).await.expect("an answer").entry.value.clone()
}

fn facts() -> StoryFacts {
    StoryFacts {
        status: Status::Complete,
        language: Language::German,
        rating: Rating::Teen,
        warnings: [Warning::Death, Warning::Violence].into_iter().collect(),
        tags: "Slow Burn, tides".parse().expect("tags"),
    }
}

fn draft(name: &str, blurb: &str, facts: Option<StoryFacts>, base: i64) -> StoryDraft {
    StoryDraft {
        title: title(name),
        blurb: note(blurb),
        format: Format::Novel,
        genre: Genre::Mystery,
        facts,
        base: Rev(base),
    }
}

async fn name(library: &Library, name: &str, blurb: &str) {
    let f = &library.fixture;
    let saved = library.store.save_story(f.ada, f.out.story, draft(name, blurb, Some(facts()), 1)).await;
    saved.expect("saved");
}

async fn facts_are_saved_and_shown(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    name(&library, "Ebb", "").await;
    let front = store.load(&StoryPage::first(f.out.story)).await.expect("a page");
    assert_eq!(front.value.card.facts, facts());
    let page = ReadingPage { story: f.out.story, chapter: f.out.chapters[0] };
    assert_eq!(store.load(&page).await.expect("a chapter").value.language, Language::German);
    // Who says nothing of them leaves them as they are.
    store.save_story(f.ada, f.out.story, draft("Flow", "", None, 2)).await.expect("saved");
    let front = store.load(&StoryPage::first(f.out.story)).await.expect("a page");
    assert_eq!((front.value.card.title.as_str(), &front.value.card.facts), ("Flow", &facts()));
}

async fn words_find_a_story(on: On) {
    let library = Library::open(on).await;
    let out = library.fixture.out.story;
    name(&library, "The Crème Tidewater", "A lighthouse keeper counts ships.").await;
    for wanted in [
        "q=tidewater",
        "q=TIDEWATER",
        "q=tide",
        "q=creme",
        "q=cr%C3%A8me+the",
        "q=lighthouse+ships",
        "q=ada+tidewater",
        "q=slow",
        "q=burn+tides",
        "q=%22tidewater%22",
    ] {
        assert_eq!(find(&library, wanted).await, [out], "{wanted}");
    }
    for wanted in ["q=water", "q=ti", "q=lighthou", "q=tidewater+nonsense", "q=*", "q=%25", "q=ben+tidewater"] {
        assert_eq!(find(&library, wanted).await, [], "{wanted}");
    }
    // An author's other name, from then on.
    let profile = ProfileDraft { handle: "countess".parse().expect("a handle"), bio: Bio::default(), base: Rev(1) };
    assert_eq!(find(&library, "q=countess").await, []);
    library.store.save_profile(library.fixture.ada, profile).await.expect("saved");
    assert_eq!(find(&library, "q=countess").await, [out]);
    let (f, store) = (&library.fixture, &library.store);
    store.save_story(f.ada, f.out.story, draft("Other", "", None, 2)).await.expect("saved");
    assert_eq!(find(&library, "q=tidewater").await, [], "the title was another");
    assert_eq!(find(&library, "q=other").await, [out]);
}

async fn conditions_find_a_story(on: On) {
    let library = Library::open(on).await;
    let out = library.fixture.out.story;
    name(&library, "Ebb", "").await;
    for wanted in [
        "",
        "genre=mystery",
        "format=novel",
        "status=complete",
        "length=short",
        "rating=teen",
        "language=de",
        "tag=slow+burn",
        "tag=Slow+Burn",
        "without=sex",
        "sort=new",
        "sort=liked",
        "sort=words",
        "sort=relevance",
    ] {
        assert!(find(&library, wanted).await.contains(&out), "{wanted}");
        assert_eq!(find(&library, &format!("{wanted}&q=ebb")).await, [out], "{wanted}");
    }
    for wanted in [
        "genre=horror",
        "format=comic",
        "status=hiatus",
        "length=long",
        "rating=general",
        "language=en",
        "tag=slow",
        "tag=%25",
        "without=death",
        "without=sex&without=violence",
    ] {
        assert!(!find(&library, wanted).await.contains(&out), "{wanted}");
    }
}

async fn what_is_not_out_is_not_found(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (out, all) = (f.out.story, async || find(&library, "").await.into_iter().collect::<BTreeSet<_>>());
    name(&library, "Ebb", "").await;
    let there = async || (find(&library, "q=ebb").await == [out], all().await.contains(&out));
    assert_eq!(there().await, (true, true));
    assert!(!all().await.contains(&f.draft.story), "a draft");
    store.unpublish_story(f.ada, out).await.expect("withdrawn");
    assert_eq!(there().await, (false, false));
    store.publish_story(f.ada, out, &[]).await.expect("out");
    assert_eq!(there().await, (true, true));
    store.delete_story(f.ada, out).await.expect("deleted");
    assert_eq!(there().await, (false, false));
    store.restore_trashed(f.ada, Trashed::Story(out)).await.expect("it is back");
    assert_eq!(there().await, (false, false), "as a draft");
    store.publish_story(f.ada, out, &f.out.chapters).await.expect("out");
    assert_eq!(there().await, (true, true), "and with its words");
}

async fn a_draft_chapter_is_neither_found_nor_counted(on: On) {
    let mut library = Library::open(on).await;
    // Longer than what is out of the other, and shorter than that with its draft.
    let between = import_text(&library, library.fixture.ben, "Between", &"Word. ".repeat(100)).await;
    library.fixture.stories.push(between);
    let (store, f) = (&library.store, &library.fixture);
    let (ada, out) = (f.ada, f.out.story);
    let chapter = *store.add_chapter(ada, f.out.parts[0], heading("Zqnever")).await.expect("a chapter").value();
    let tree = store.load(&Manuscript { viewer: ada, story: out }).await.expect("its tree");
    let scene = tree.value.parts[0].chapters.last().expect("it").scenes[0].scene;
    store.save_scene(ada, scene, save(&"Zqnever. ".repeat(10_000), Rev(1))).await.expect("saved");
    let counted = async || {
        let (short, medium) = (find(&library, "length=short").await, find(&library, "length=medium").await);
        (find(&library, "sort=words").await, short.contains(&out), medium.contains(&out))
    };
    assert_eq!(find(&library, "q=zqnever").await, []);
    assert_eq!(counted().await, (vec![between, out], true, false));
    store.publish_chapter(ada, chapter).await.expect("out");
    assert_eq!(counted().await, (vec![out, between], false, true), "only now");
}

async fn import(library: &Library, author: UserId, name: &str) -> StoryId {
    import_text(library, author, name, "Text.").await
}

async fn import_text(library: &Library, author: UserId, name: &str, text: &str) -> StoryId {
    let file = ManuscriptFile::parse("book.md", &format!("# {name}\n\n{text}\n")).expect("a book");
    let imported = library.store.import_story(author, file, Genre::Humour, Format::Novel, true).await;
    *imported.expect("a story").value()
}

async fn what_came_otherwise_is_found_too(on: On) {
    let mut library = Library::open(on).await;
    let story = import(&library, library.fixture.ben, "Imported Umbrella").await;
    library.fixture.stories.push(story);
    assert_eq!(find(&library, "q=umbrella").await, [story]);
    assert_eq!(find(&library, "q=ben+umbrella").await, [story]);
}

async fn pages_repeat_nothing_and_skip_nothing(on: On) {
    let mut library = Library::open(on).await;
    let mut expected = BTreeSet::new();
    for number in 0..i64::from(Search::STORIES) * 2 + 3 {
        expected.insert(import(&library, library.fixture.ben, &format!("Umbrella {number}")).await);
    }
    library.fixture.stories.extend(&expected);
    for sort in ["new", "updated", "liked", "words", "relevance"] {
        let (mut seen, mut after, mut pages) = (vec![], None, 0);
        loop {
            let wanted: SearchFor = format!("q=umbrella&sort={sort}").parse().expect("a search");
            let page = found(&library, Search { after, wanted }).await;
            seen.extend(page.stories.iter().map(|card| card.story));
            // What arrives meanwhile stands before, or is a story more at the end.
            if pages == 0 && sort == "new" {
                library.fixture.stories.push(import(&library, library.fixture.ben, "Umbrella, late").await);
            }
            pages += 1;
            after = page.after;
            if after.is_none() {
                break;
            }
        }
        let each: BTreeSet<_> = seen.iter().copied().collect();
        assert_eq!(each.len(), seen.len(), "{sort}: none twice");
        assert!(each.is_superset(&expected), "{sort}: all of them");
        assert_eq!(pages, 3, "{sort}");
    }
    let nowhere = Cursor { key: i64::MIN, id: StoryId::from_bits(7) };
    let wanted = SearchFor::default();
    assert_eq!(found(&library, Search { after: Some(nowhere), wanted }).await.stories, []);
}

async fn what_looks_like_an_operator_is_none(on: On) {
    let library = Library::open(on).await;
    name(&library, "Ebb", "").await;
    for words in [
        "\"",
        "'",
        "';drop table stories;--",
        "ebb*",
        "ebb NEAR/2 tide",
        "(",
        "\\",
        "%",
        "_",
        "title:ebb",
        "ebb | !x",
        "-ebb",
        "\u{fffd}",
        "<->",
        "& & &",
    ] {
        let wanted: SearchFor =
            SearchFor { text: domain::SearchText::parse(words).expect("words"), ..SearchFor::default() };
        library.store.load(&Search::first(wanted)).await.unwrap_or_else(|error| panic!("{words}: {error}"));
    }
    assert_eq!(find(&library, "q=%22ebb%22*").await, [library.fixture.out.story]);
}

async fn what_was_not_indexed_is(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    name(&library, "Ebb", "").await;
    assert_eq!(find(&library, "q=ebb").await, [f.out.story]);
    // As a node of an older version saves it.
    let save = format!("update stories set title = 'Flood', rev = rev + 1 where id = '{}'", f.out.story);
    tables::run(&library.address, &format!("{save}; update users set indexed = 0; delete from person_terms;")).await;
    assert_eq!(store.index_all().await.expect("indexed"), 6);
    assert_eq!(store.index_all().await.expect("indexed"), 0);
    assert_eq!(find(&library, "q=flood").await, [f.out.story]);
    assert_eq!(find(&library, "q=ebb").await, []);
    assert_eq!(find(&library, "q=ada+flood").await, [f.out.story]);
}
