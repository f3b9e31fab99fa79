//! Who leaves is nowhere but where it is said, and what they leave behind names nobody.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    AuthorPage, CastKind, FORMER_MEMBER, Feed, Legacy, MyLibrary, MyLikes, NewComment, Note, ReadingPage, Reason,
    Reportable, Role, Seq, StoryPage, Thread, Trashed, UserId,
};
use store::{Error, Store};

use crate::library::{
    Library, On,
    app::{asked, turn_on},
    fixture::{comment, email, grounds, note, password, post, remark, save, sign_up, typed},
    on_both, tables,
};

on_both! {
    with_all_that_is_theirs_a_person_is_in_no_table_but_these
    what_readers_have_may_stay_and_nothing_else
    nobody_is_signed_in_and_nobody_can_be
    what_was_removed_is_nowhere_and_threads_keep_their_shape
    what_stays_names_nobody
    the_wrong_password_and_the_demo_accounts_change_nothing
    the_last_manager_stays
    of_two_who_ask_at_once_one_is_answered
}

/// Tables in which no row is about a person.
const NOBODYS: [&str; 4] = ["_sqlx_migrations", "log_head", "manager_links", "site"];

/// Rows that a test finds by these are Ada's: her id, her address, her stories, a trashed one of them, and words of hers.
const WORDS: &str = "zqadas";

/// Ada has something in every table that can name a person.
async fn fill(library: &Library) -> Vec<String> {
    let (store, f) = (&library.store, &library.fixture);
    let (ada, out) = (f.ada, &f.out);
    store.like_story(ada, out.story, true).await.expect("liked");
    store.like_post(ada, f.post, true).await.expect("liked");
    store.follow_story(ada, out.story, true).await.expect("followed");
    store.keep_bookmarks(ada, crate::library::fixture::report(out, 1, true, 0)).await.expect("kept");
    store.read_inbox(ada, domain::Millis(i64::MAX)).await.expect("read");
    let said = comment(store, ada, f.post, Some(f.comments[0]), &format!("{WORDS} reply")).await.expect("a comment");
    comment(store, f.ben, f.post, Some(said), "Why?").await.expect("a reply");
    let own = post(store, ada, &format!("{WORDS} post"), Some(out.story.into())).await.expect("a post");
    comment(store, f.ben, own, None, "Well.").await.expect("a comment");
    store
        .save_scene(ada, out.scenes[1], save(&format!("Out. <!-- {WORDS} note -->"), domain::Rev(2)))
        .await
        .expect("saved");
    store.keep_working_copy(ada, out.scenes[0], typed(&format!("{WORDS} typed"), 2, 0)).await.expect("kept");
    store.delete_scene(ada, f.draft.scenes[3]).await.expect("in the trash");
    store.report_thing(ada, Reportable::Post(f.post), Reason::Spam, note("Look.")).await.expect("reported");
    store.report_thing(f.rea, Reportable::Post(own), Reason::Other, note("Hm.")).await.expect("reported");
    store.report_thing(f.rea, Reportable::Comment(said), Reason::Other, note("Hm.")).await.expect("reported");
    store.hide_thing(f.mia, Reportable::Comment(said), grounds("No."), Note::default()).await.expect("hidden");
    let (_, session) = store.sign_in(email("ada"), password("ada")).await.expect("a session").open();
    turn_on(store, ada, "ada", &session).await;
    asked(store, "ada").await;
    store.begin_reset(ada).await.expect("a link");
    store.forget_password(&email("ada")).await.expect("noted");
    let new = domain::Email::parse("ada@elsewhere.example").expect("an address");
    store.ask_for_email(ada, password("ada"), &new).await.expect("noted");
    // She likes a story of Ben's that he throws away.
    store.publish_story(f.ben, f.bens.story, &f.bens.chapters).await.expect("out");
    store.like_story(ada, f.bens.story, true).await.expect("liked");
    store.follow_author(ada, f.ben, true).await.expect("followed");
    store.delete_story(f.ben, f.bens.story).await.expect("in the trash");
    store.silence_person(ada, f.sid, domain::Silence::Mute).await.expect("muted");
    store.silence_person(f.sid, ada, domain::Silence::Block).await.expect("blocked");
    let goal = domain::WordGoal::of(500).expect("a goal");
    store.save_goals(ada, out.story, goal, goal).await.expect("goals");
    store.choose_mail(ada, domain::MailChoice::Daily).await.expect("chosen");
    post(store, f.ben, "Read @ada!", None).await.expect("a post");
    comment(store, ada, f.post, None, &format!("{WORDS} to @ben")).await.expect("a comment");
    let invited =
        format!("insert into invitations (id, code, who, by_id, at, expires_at) values ('i', 'c', 'w', '{ada}', 1, 1)");
    tables::run(&library.address, &invited).await;
    let key = format!(
        "insert into idempotency_keys (account, key, function, content, answer, at) values ('{ada}', 'k', 'f', 'c', '', 1)"
    );
    tables::run(&library.address, &key).await;
    [ada.to_string(), "ada@".to_owned(), out.story.to_string(), f.draft.story.to_string(), WORDS.to_owned()].into()
}

/// How many rows of each table name one of these.
async fn named(library: &Library, names: &[String]) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for row in tables::dump(&library.address).await {
        let (table, row) = row.split_once(": ").expect("a table's name");
        if names.iter().any(|name| row.contains(name)) {
            *found.entry(table.to_owned()).or_default() += 1;
        }
    }
    found
}

async fn every_table(library: &Library) -> BTreeSet<String> {
    let tables = match &library.address {
        store::Address::Sqlite(_) => "select name from sqlite_master where type = 'table' and name not like 'sqlite%'",
        store::Address::Postgres(_) => {
            "select cast(table_name as text) from information_schema.tables where table_schema = 'public'"
        }
    };
    tables::column(&library.address, tables).await.into_iter().collect()
}

/// The list of tables is the database's own: one that is new breaks this, until somebody has decided what becomes of its
/// rows when a person leaves.
async fn with_all_that_is_theirs_a_person_is_in_no_table_but_these(on: On) {
    let library = Library::open(on).await;
    let names = fill(&library).await;
    let before: BTreeSet<String> = named(&library, &names).await.into_keys().collect();
    let tables: BTreeSet<String> =
        every_table(&library).await.into_iter().filter(|table| !NOBODYS.contains(&table.as_str())).collect();
    assert_eq!(before, tables, "each table has something of hers, or nobody's");
    library.store.delete_account(library.fixture.ada, password("ada"), Legacy::Remove).await.expect("she left");
    let left: BTreeSet<String> = named(&library, &names).await.into_keys().collect();
    // The empty row of the account; the record of moderation and what was reported; the places of her comments; ids in
    // the log.
    assert_eq!(left.iter().map(String::as_str).collect::<Vec<_>>(), ["acts", "comments", "log", "reports", "users"]);
    let address = &library.address;
    let id = library.fixture.ada;
    let row = format!("select name || email || handle || bio || password || role from users where id = '{id}'");
    assert_eq!(tables::column(address, &row).await, [format!("{FORMER_MEMBER}left {id}{id}reader")]);
    let texts = format!("select text from comments where author_id = '{id}'");
    assert!(tables::column(address, &texts).await.iter().all(String::is_empty));
    // Her handle is nobody's, and nobody can take it.
    let held = "select handle from handles where user_id is null";
    assert_eq!(tables::column(address, held).await, ["ada"]);
}

async fn what_readers_have_may_stay_and_nothing_else(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let names = fill(&library).await;
    store.unpublish_chapter(f.ada, f.out.chapters[1]).await.expect("a draft");
    store.delete_account(f.ada, password("ada"), Legacy::Keep).await.expect("she left");
    let left: BTreeSet<String> = named(&library, &names).await.into_keys().collect();
    let expected = [
        "acts",
        "bookmarks",
        "chapters",
        "chapters_read",
        "comments",
        "followed_stories",
        "hidden",
        "log",
        "parts",
        "posts",
        "reports",
        "scenes",
        "spots",
        "stories",
        "story_likes",
        "story_terms",
        "users",
    ];
    assert_eq!(left.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    let of_stories = async |what: &str| tables::column(&library.address, what).await;
    assert_eq!(of_stories("select id from stories").await, [f.out.story.to_string()], "drafts are gone");
    let chapters: BTreeSet<String> = of_stories("select id from chapters").await.into_iter().collect();
    assert_eq!(chapters, [f.out.chapters[0], f.out.chapters[2]].map(|id| id.to_string()).into());
    let notes = "select title || goal || conflict || outcome from scenes union all select synopsis from chapters
                 union all select synopsis from parts";
    assert!(of_stories(notes).await.iter().all(String::is_empty));
    let notes = format!("select id from scenes where content like '%{WORDS}%' or characters <> length(content)");
    assert!(of_stories(&notes).await.is_empty(), "notes between her words are gone");
    for (table, own) in [("bookmarks", "user_id"), ("story_likes", "user_id"), ("followed_stories", "user_id")] {
        let hers = format!("select {own} from {table} where {own} = '{}'", f.ada);
        assert!(of_stories(&hers).await.is_empty(), "what is in {table} is other people's");
    }
}

async fn nobody_is_signed_in_and_nobody_can_be(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let other = library.another_node().await;
    let reset = store.begin_reset(f.rea).await.expect("a link");
    assert!(other.known_viewer(&f.token).await.expect("an answer").is_some());
    let left = store.delete_account(f.rea, password("rea"), Legacy::Keep).await.expect("she left");
    other.confirm(left.record().seq).await.expect("the other node knows");
    for node in [store, &other] {
        assert!(node.viewer(&f.token).await.expect("an answer").is_none());
        assert!(node.known_viewer(&f.token).await.expect("an answer").is_none());
    }
    let again = store.sign_in(email("rea"), password("rea")).await;
    assert!(matches!(again, Err(Error::WrongPassword)), "{again:?}");
    assert_eq!(store.find_user(&email("rea")).await.expect("an answer"), None);
    let umbrellas = domain::Password::parse("three green umbrellas").expect("a password");
    assert!(matches!(store.reset_password(&reset, umbrellas).await, Err(Error::LinkIsOver)));
    // What a request of hers that was under way would still do is refused.
    let late = post(store, f.rea, "One thing more.", None).await;
    assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
    // The address is free, the handle isn't.
    let next = *store.register(sign_up("rea", Role::Reader), None).await.expect("an account").value();
    let handle = format!("select handle from users where id = '{next}'");
    assert_eq!(tables::column(&library.address, &handle).await, ["rea-2"]);
    assert_eq!(store.give_handles().await.expect("given"), 0, "nobody gets none");
    assert_eq!(store.index_all().await.expect("indexed"), 0, "and is not found");
}

async fn said(store: &Store, at: domain::PostId) -> Vec<(u32, Option<String>)> {
    let thread = store.fetch(&Thread::first(at), Seq::ZERO).await.expect("a thread");
    let said = |comment: &domain::Comment| comment.said.as_ref().map(|(who, text)| format!("{}: {text}", who.name));
    thread.entry.value.comments.iter().map(|comment| (comment.depth, said(comment))).collect()
}

async fn what_was_removed_is_nowhere_and_threads_keep_their_shape(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    // Ben's post with Rea's comment, Ben's reply, and Rea's reply to that; and below Rea's post a last word of hers.
    let ours = post(store, f.sid, "And you?", None).await.expect("a post");
    let first = comment(store, f.rea, ours, None, "I do.").await.expect("a comment");
    comment(store, f.ben, ours, Some(first), "So do I.").await.expect("a reply");
    let second = comment(store, f.sid, ours, None, "Good.").await.expect("a comment");
    comment(store, f.rea, ours, Some(second), "Very.").await.expect("a reply");
    library.warm().await;
    store.delete_account(f.rea, password("rea"), Legacy::Remove).await.expect("she left");
    let by = |who: &str, text: &str| Some(format!("{who}: {text}"));
    assert_eq!(said(store, ours).await, [(0, None), (1, by("ben", "So do I.")), (0, by("sid", "Good."))]);
    assert_eq!(said(store, f.post).await, [(0, None), (1, by("ben", "Ha!"))]);
    assert!(matches!(store.fetch(&Thread::first(f.reas_post), Seq::ZERO).await, Err(Error::NotThere { .. })));
    let feed = store.fetch(&Feed { about: None, page: 0 }, Seq::ZERO).await.expect("the feed");
    let of_ben = feed.entry.value.posts.iter().find(|card| card.post == f.post).expect("his post");
    assert_eq!((of_ben.likes, of_ben.comments), (0, 1));
    let front = store.fetch(&StoryPage::first(f.out.story), Seq::ZERO).await.expect("a story");
    assert_eq!(front.entry.value.card.likes, 1, "Ben's");

    store.delete_account(f.ada, password("ada"), Legacy::Remove).await.expect("she left");
    let (story, chapter) = (f.out.story, f.out.chapters[0]);
    assert!(matches!(store.fetch(&StoryPage::first(story), Seq::ZERO).await, Err(Error::NotThere { .. })));
    assert!(matches!(store.fetch(&ReadingPage { story, chapter }, Seq::ZERO).await, Err(Error::NotThere { .. })));
    let likes = store.fetch(&MyLikes { viewer: f.ben }, Seq::ZERO).await.expect("likes");
    assert!(likes.entry.value.stories.is_empty());
    let library_of_ben = store.fetch(&MyLibrary { viewer: f.ben }, Seq::ZERO).await.expect("his library");
    assert!(library_of_ben.entry.value.stories.is_empty() && library_of_ben.entry.value.authors.is_empty());
    let feed = store.fetch(&Feed { about: None, page: 0 }, Seq::ZERO).await.expect("the feed");
    let of_ben = feed.entry.value.posts.iter().find(|card| card.post == f.post).expect("his post");
    assert_eq!(of_ben.about, None, "it is about nothing now");
}

async fn what_stays_names_nobody(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let handle = AuthorPage::first("ada".parse().expect("a handle"));
    store
        .add_cast_member(f.ada, f.out.story, CastKind::Setting, crate::library::fixture::named("Sea"), Note::default())
        .await
        .expect("a setting");
    library.warm().await;
    store.delete_account(f.ada, password("ada"), Legacy::Keep).await.expect("she left");
    let front = store.fetch(&StoryPage::first(f.out.story), Seq::ZERO).await.expect("a story");
    let author = &front.entry.value.card.author;
    assert_eq!((author.name.as_str(), author.has_page()), (FORMER_MEMBER, false));
    let page = ReadingPage { story: f.out.story, chapter: f.out.chapters[0] };
    assert!(!store.fetch(&page, Seq::ZERO).await.expect("a chapter").entry.value.scenes.is_empty());
    // Neither by the handle nor by the id.
    let by_id = AuthorPage::first(f.ada.to_string().parse().expect("an id"));
    for gone in [handle, by_id] {
        assert!(matches!(store.fetch(&gone, Seq::ZERO).await, Err(Error::NotThere { .. })), "{gone:?}");
    }
    let follow = store.follow_author(f.sid, f.ada, true).await;
    assert!(matches!(follow, Err(Error::NotFound)), "{follow:?}");
    let suspended = store.suspend_account(f.mia, f.ada, domain::Suspension::Day, grounds("No."), Note::default()).await;
    assert!(matches!(suspended, Err(Error::NotFound)), "{suspended:?}");
    let listed = store.fetch_sitemap(store::SitemapPage::Authors(0)).await.expect("a list");
    assert!(listed.is_empty() && store.fetch_listed_count().await.expect("a count").authors == 0);
    // People go on talking below what stays.
    let new = NewComment { post: f.post, parent: None, text: remark("Who wrote it?") };
    store.add_comment(f.rea, new).await.expect("said");
    assert_eq!(store.release_due().await.expect("nothing is due"), 0);
}

async fn refused(library: &Library, user: UserId, who: &str) -> Error {
    let before = tables::dump(&library.address).await;
    let error = library.store.delete_account(user, password(who), Legacy::Remove).await.expect_err("refused");
    assert_eq!(tables::dump(&library.address).await, before, "nothing was changed");
    error
}

async fn the_wrong_password_and_the_demo_accounts_change_nothing(on: On) {
    let library = Library::open(on).await;
    let f = &library.fixture;
    assert!(matches!(refused(&library, f.rea, "ben").await, Error::NotThePassword));
    tables::run(&library.address, &format!("update users set demo = 1 where id = '{}'", f.rea)).await;
    assert!(matches!(refused(&library, f.rea, "rea").await, Error::NotAllowed));
}

async fn the_last_manager_stays(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    assert!(matches!(refused(&library, f.mia, "mia").await, Error::LastManager));
    store.set_role(f.sid, Role::Manager).await.expect("a second one");
    // Of two who leave at once one stays.
    let leave = async |user, who| store.delete_account(user, password(who), Legacy::Keep).await.is_ok();
    let (mia, sid) = tokio::join!(leave(f.mia, "mia"), leave(f.sid, "sid"));
    assert!(mia != sid, "{mia} {sid}");
    let log = tables::column(&library.address, "select by_id from acts").await;
    assert!(log.contains(&f.mia.to_string()), "the record is as it was");
}

async fn of_two_who_ask_at_once_one_is_answered(on: On) {
    let library = Library::open(on).await;
    let leave = async || {
        let left = library.store.delete_account(library.fixture.ada, password("ada"), Legacy::Remove).await;
        left.map(drop).map_err(|error| assert!(matches!(error, Error::NotThePassword), "{error:?}"))
    };
    let (first, second) = tokio::join!(leave(), leave());
    assert!(first.is_ok() != second.is_ok());
    assert!(leave().await.is_err());
    let trashed = library.store.restore_trashed(library.fixture.ada, Trashed::Story(library.fixture.out.story)).await;
    assert!(matches!(trashed, Err(Error::NotFound)), "{trashed:?}");
}
