//! What is reported is for managers, what is hidden is its author's, a banned person is out, and the record stays.

use domain::{
    ActKind, ActLog, Barred, ChapterId, Decisions, ModerationQueue, NewComment, NotPublished, Note, OpenCases, Reason,
    Reportable, Suspension, UserId,
};
use store::{Error, Result, Store};

use crate::library::{
    Fixture, Library, On,
    fixture::{email, grounds, note, password, remark},
    on_both, tables,
};

on_both! {
    a_report_is_found_by_managers_alone
    one_has_one_open_report_of_a_thing
    what_nobody_finds_cannot_be_reported
    what_is_hidden_is_nowhere
    what_is_hidden_cannot_be_published
    what_is_restored_is_as_it_was
    nobody_but_a_manager_does_anything
    the_record_is_never_changed
    a_suspended_person_is_known_as_one
    a_suspended_persons_chapters_wait
    a_banned_person_is_out_and_told_after_the_right_password
    a_session_that_begins_beside_a_ban_is_none
    managers_are_not_barred
    a_closed_thread_takes_nothing_more
    a_decision_is_answered_once_by_whom_it_is_about
}

async fn queue(library: &Library) -> OpenCases {
    let queue = ModerationQueue { viewer: library.fixture.mia, page: 0 };
    library.store.load(&queue).await.expect("a manager's queue").value.clone()
}

async fn hide(library: &Library, what: Reportable) {
    library.store.hide_thing(library.fixture.mia, what, grounds("Not here."), Note::default()).await.expect("hidden");
}

async fn a_report_is_found_by_managers_alone(on: On) {
    let library = Library::open(on).await;
    let f = &library.fixture;
    for (viewer, finds) in
        [(f.ada, false), (f.ben, false), (f.rea, false), (f.mia, true), (UserId::from_bits(404), false)]
    {
        assert_eq!(library.store.load(&ModerationQueue { viewer, page: 0 }).await.is_ok(), finds);
        assert_eq!(library.store.load(&ActLog { viewer, page: 0 }).await.is_ok(), finds);
    }
    let cases = queue(&library).await.cases;
    let [case] = cases.as_slice() else { panic!("one case: {cases:?}") };
    assert_eq!((case.what, case.author.user, case.count), (Reportable::Post(f.post), f.ben, 1));
    assert_eq!((case.text.as_str(), case.at.as_str()), ("I have read it thrice.", &*format!("/community/{}", f.post)));
    assert_eq!((case.reports[0].by.user, case.reports[0].reason), (f.rea, Reason::Spam));
    assert_eq!(case.reports[0].words.as_str(), "Thrice!");
}

async fn one_has_one_open_report_of_a_thing(on: On) {
    let library = Library::open(on).await;
    let (f, what) = (&library.fixture, Reportable::Post(library.fixture.post));
    for (by, reason) in [(f.rea, Reason::Copied), (f.rea, Reason::Hate), (f.ada, Reason::Other)] {
        library.store.report_thing(by, what, reason, note("Again.")).await.expect("reported");
    }
    let cases = queue(&library).await.cases;
    let reasons: Vec<_> = cases[0].reports.iter().map(|report| (report.by.user, report.reason)).collect();
    assert_eq!(reasons, [(f.rea, Reason::Hate), (f.ada, Reason::Other)]);
    // Decided, it can be reported anew.
    library.store.dismiss_reports(f.mia, what, Note::default()).await.expect("dismissed");
    assert!(queue(&library).await.cases.is_empty());
    library.store.report_thing(f.rea, what, Reason::Spam, Note::default()).await.expect("reported");
    assert_eq!(queue(&library).await.cases[0].count, 1);
}

async fn what_nobody_finds_cannot_be_reported(on: On) {
    let library = Library::open(on).await;
    let f = &library.fixture;
    hide(&library, Reportable::Comment(f.comments[2])).await;
    for what in [
        Reportable::Story(f.draft.story),
        Reportable::Chapter(f.draft.chapters[0]),
        Reportable::Chapter(ChapterId::from_bits(404)),
        Reportable::Comment(f.comments[2]),
    ] {
        let reported = library.store.report_thing(f.rea, what, Reason::Other, Note::default()).await;
        assert!(matches!(reported, Err(Error::NotFound)), "{what}: {reported:?}");
    }
    let nobody = UserId::from_bits(404);
    let reported = library.store.report_thing(nobody, Reportable::Post(f.post), Reason::Other, Note::default()).await;
    assert!(matches!(reported, Err(Error::NotFound)), "{reported:?}");
}

/// What was hidden is in no answer to anybody but its author and managers, through the tiers.
async fn what_is_hidden_is_nowhere(on: On) {
    type Hidden = fn(&Fixture) -> (Reportable, UserId, &'static str);
    let kinds: [Hidden; 4] = [
        |f| (Reportable::Story(f.out.story), f.ada, "The Tide Table"),
        |f| (Reportable::Chapter(f.out.chapters[1]), f.ada, "The Tide Table, chapter 2"),
        |f| (Reportable::Post(f.post), f.ben, "I have read it thrice."),
        |f| (Reportable::Comment(f.comments[1]), f.ben, "Ha!\""),
    ];
    for kind in kinds {
        let library = Library::open(on).await;
        let (what, author, words) = kind(&library.fixture);
        library.warm().await;
        let told = async || {
            let mut told = 0;
            for question in library.questions() {
                if question.viewer().is_none_or(|viewer| viewer != author && viewer != library.fixture.mia) {
                    let answer = question.through(&library.store, domain::Seq::ZERO).await.value;
                    told += usize::from(answer.is_ok_and(|answer| answer.to_string().contains(words)));
                }
            }
            told
        };
        assert!(told().await > 0, "{what}: it was somewhere");
        hide(&library, what).await;
        assert_eq!(told().await, 0, "{what}");
        let hidden = queue(&library).await.hidden;
        assert_eq!(hidden.iter().map(|hidden| hidden.what).collect::<Vec<_>>(), [what]);
        let listed = library.store.fetch_listed_count().await.expect("a count");
        let stories = u32::from(!matches!(what, Reportable::Story(_)));
        assert_eq!(listed.stories, stories, "{what}");
        // Its author is told, with the text.
        let decisions = library.store.load(&Decisions { viewer: author }).await.expect("decisions");
        assert_eq!((decisions.value[0].what, decisions.value[0].told.as_str()), (Some(what), "Not here."));
    }
}

async fn what_is_hidden_cannot_be_published(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (story, chapter) = (f.out.story, f.out.chapters[1]);
    let refused = |published: Result<_>| matches!(published, Err(Error::NotPublished(NotPublished::Hidden)));
    hide(&library, Reportable::Chapter(chapter)).await;
    assert!(refused(store.publish_chapter(f.ada, chapter).await.map(drop)));
    assert!(refused(store.publish_story(f.ada, story, &[chapter]).await.map(drop)));
    let wanted = crate::library::fixture::wanted("2126-12-01T09:30");
    assert!(refused(store.schedule_chapter(f.ada, chapter, wanted).await.map(drop)));
    hide(&library, Reportable::Story(story)).await;
    assert!(refused(store.publish_story(f.ada, story, &[]).await.map(drop)));
    // Nor by way of the trash.
    store.delete_story(f.ada, story).await.expect("in the trash");
    store.restore_trashed(f.ada, domain::Trashed::Story(story)).await.expect("back");
    assert!(refused(store.publish_story(f.ada, story, &f.out.chapters[..1]).await.map(drop)));
}

async fn what_is_restored_is_as_it_was(on: On) {
    let library = Library::open(on).await;
    let f = &library.fixture;
    let seen = async || {
        let mut seen = vec![];
        for question in library.questions() {
            // Managers and those concerned have been told of something.
            if !question.key().as_str().starts_with("decisions") && question.viewer() != Some(f.mia) {
                seen.push((question.key(), question.past(&library.store).await));
            }
        }
        seen
    };
    let before = seen().await;
    for what in [
        Reportable::Story(f.out.story),
        Reportable::Chapter(f.out.chapters[0]),
        Reportable::Post(f.post),
        Reportable::Comment(f.comments[0]),
    ] {
        hide(&library, what).await;
        assert_ne!(seen().await, before, "{what}");
        library.store.restore_hidden(f.mia, what, Note::default()).await.expect("restored");
        assert_eq!(seen().await, before, "{what}");
        let again = library.store.restore_hidden(f.mia, what, Note::default()).await;
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    }
}

async fn nobody_but_a_manager_does_anything(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    hide(&library, Reportable::Comment(f.comments[2])).await;
    let before = tables::dump(&library.address).await;
    let (what, none, told) = (Reportable::Post(f.post), Note::default, || grounds("Mine."));
    for who in [f.ada, f.ben, f.rea, UserId::from_bits(404)] {
        let tried = [
            store.hide_thing(who, what, told(), none()).await.map(drop),
            store.restore_hidden(who, Reportable::Comment(f.comments[2]), none()).await.map(drop),
            store.dismiss_reports(who, what, none()).await.map(drop),
            store.lock_thread(who, f.post, true, none()).await.map(drop),
            store.suspend_account(who, f.sid, Suspension::Day, told(), none()).await.map(drop),
            store.ban_account(who, f.sid, told(), none()).await.map(drop),
            store.lift_bar(who, f.sid, none()).await.map(drop),
        ];
        for (number, tried) in tried.into_iter().enumerate() {
            assert!(matches!(tried, Err(Error::NotFound)), "{number}: {tried:?}");
        }
    }
    assert_eq!(tables::dump(&library.address).await, before);
}

async fn the_record_is_never_changed(on: On) {
    let library = Library::open(on).await;
    let before = tables::dump(&library.address).await;
    for statement in
        ["update acts set told = 'Nothing.'", "delete from acts", "delete from acts where kind = 'suspend'"]
    {
        assert!(tables::refuses(&library.address, statement).await, "{statement}");
    }
    assert_eq!(tables::dump(&library.address).await, before);
    let log = library.store.load(&ActLog { viewer: library.fixture.mia, page: 0 }).await.expect("the record");
    let kinds: Vec<_> = log.value.acts.iter().map(|act| act.kind).collect();
    assert_eq!(kinds, [ActKind::Lift, ActKind::Suspend, ActKind::Dismiss]);
    assert!(!log.value.more);
}

/// Whether the session says that its owner is suspended, asked of the database and of memory.
async fn is_suspended(store: &Store, f: &Fixture) -> bool {
    let asked = store.viewer(&f.token).await.expect("an answer").expect("a session").suspended_until;
    let known = store.known_viewer(&f.token).await.expect("an answer").expect("a session").suspended_until;
    assert_eq!(asked, known);
    asked.is_some()
}

async fn a_suspended_person_is_known_as_one(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    assert!(!is_suspended(store, f).await);
    store
        .suspend_account(f.mia, f.rea, Suspension::Day, grounds("Calm down."), Note::default())
        .await
        .expect("suspended");
    assert!(is_suspended(store, f).await);
    assert_eq!(queue(&library).await.barred[0].person.user, f.rea);
    store.lift_bar(f.mia, f.rea, Note::default()).await.expect("lifted");
    assert!(!is_suspended(store, f).await);
    // One that is over by itself is no suspension.
    store
        .suspend_account(f.mia, f.rea, Suspension::Day, grounds("Calm down."), Note::default())
        .await
        .expect("suspended");
    tables::run(&library.address, "update users set suspended_until = 1 where suspended_until is not null").await;
    assert!(store.viewer(&f.token).await.expect("an answer").expect("a session").suspended_until.is_none());
}

async fn a_suspended_persons_chapters_wait(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let chapter = f.out.chapters[1];
    store.unpublish_chapter(f.ada, chapter).await.expect("a draft");
    let wanted = crate::library::fixture::wanted("2126-12-01T09:30");
    store.schedule_chapter(f.ada, chapter, wanted).await.expect("scheduled");
    tables::run(&library.address, "update chapters set release_at = 1 where release_at is not null").await;
    store.suspend_account(f.mia, f.ada, Suspension::Day, grounds("Wait."), Note::default()).await.expect("suspended");
    assert_eq!(store.release_due().await.expect("nothing is due"), 0);
    store.lift_bar(f.mia, f.ada, Note::default()).await.expect("lifted");
    assert_eq!(store.release_due().await.expect("it is due"), 1);
}

async fn a_banned_person_is_out_and_told_after_the_right_password(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    assert!(store.known_viewer(&f.token).await.expect("an answer").is_some());
    store.ban_account(f.mia, f.rea, grounds("Enough."), Note::default()).await.expect("banned");
    assert!(store.viewer(&f.token).await.expect("an answer").is_none());
    assert!(store.known_viewer(&f.token).await.expect("an answer").is_none());
    let wrong = store.sign_in(email("rea"), password("ada")).await;
    assert!(matches!(wrong, Err(Error::WrongPassword)), "{wrong:?}");
    let right = store.sign_in(email("rea"), password("rea")).await;
    assert!(matches!(&right, Err(Error::Barred(Barred::Banned(told))) if told == "Enough."), "{right:?}");
    store.lift_bar(f.mia, f.rea, Note::default()).await.expect("lifted");
    store.sign_in(email("rea"), password("rea")).await.expect("a session");
}

/// A ban ends the sessions that it finds. One that is committed a moment later was not there to be found.
async fn a_session_that_begins_beside_a_ban_is_none(on: On) {
    let library = Library::open(on).await;
    let (_, session) = library.store.sign_in(email("rea"), password("rea")).await.expect("a session").open();
    assert!(library.store.viewer(&session).await.expect("an answer").is_some());
    tables::run(&library.address, &format!("update users set banned_at = 1 where id = '{}'", library.fixture.rea))
        .await;
    assert_eq!(library.store.viewer(&session).await.expect("an answer"), None);
    assert_eq!(library.another_node().await.known_viewer(&session).await.expect("an answer"), None);
}

async fn managers_are_not_barred(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let suspended = store.suspend_account(f.mia, f.mia, Suspension::Day, grounds("Me."), Note::default()).await;
    assert!(matches!(suspended, Err(Error::NotFound)), "{suspended:?}");
    let banned = store.ban_account(f.mia, f.mia, grounds("Me."), Note::default()).await;
    assert!(matches!(banned, Err(Error::NotFound)), "{banned:?}");
}

async fn a_closed_thread_takes_nothing_more(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let say = async || {
        let new = NewComment { post: f.post, parent: Some(f.comments[0]), text: remark("More.") };
        store.add_comment(f.rea, new).await.map(drop)
    };
    store.lock_thread(f.mia, f.post, true, Note::default()).await.expect("closed");
    assert!(matches!(say().await, Err(Error::Barred(Barred::Thread))));
    assert!(queue(&library).await.cases[0].locked);
    store.lock_thread(f.mia, f.post, false, Note::default()).await.expect("open");
    say().await.expect("said");
    assert!(!queue(&library).await.cases[0].locked);
    hide(&library, Reportable::Post(f.post)).await;
    assert!(matches!(say().await, Err(Error::NotFound)));
}

async fn a_decision_is_answered_once_by_whom_it_is_about(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let own = store.load(&Decisions { viewer: f.sid }).await.expect("decisions");
    let [lifted, suspended] = own.value.as_slice() else { panic!("two decisions: {own:?}") };
    assert_eq!(
        (lifted.kind, suspended.kind, suspended.told.as_str()),
        (ActKind::Lift, ActKind::Suspend, "By mistake.")
    );
    let answer = async |who, act| store.answer_decision(who, act, grounds("I did nothing.")).await.map(drop);
    assert!(matches!(answer(f.rea, suspended.act).await, Err(Error::NotFound)));
    assert!(matches!(answer(f.sid, lifted.act).await, Err(Error::NotFound)));
    answer(f.sid, suspended.act).await.expect("answered");
    assert!(matches!(answer(f.sid, suspended.act).await, Err(Error::NotAllowed)));
    let own = store.load(&Decisions { viewer: f.sid }).await.expect("decisions");
    assert_eq!(own.value[1].answer.as_deref(), Some("I did nothing."));
    let log = store.load(&ActLog { viewer: f.mia, page: 0 }).await.expect("the record");
    assert_eq!((log.value.acts[0].kind, log.value.acts[0].by.user), (ActKind::Answer, f.sid));
}
