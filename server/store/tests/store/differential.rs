//! After every Change, every question answered through the tiers is answered as it is past them.
//!
//! One row a mutation, under the Change that it makes. A new Change does not compile until it has
//! a row here. A wrong or missing directive turns its row red; a missing one also stops the commit,
//! because a debug build holds the rows that were touched against the directives. A library where everything
//! is always old would pass all of this: that a Change leaves the rest alone is in `sparing.rs`.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use domain::{
    ActKind, Area, Areas, Bio, CastKind, Change, ChapterDraft, ChapterId, Decisions, Directive, Email, Format, Genre,
    Heading, Home, Invalidation, Invitations, Language, Legacy, MailChoice, Manuscript, ManuscriptFile, Millis,
    NewStory, Note, PartDraft, PartId, ProfileDraft, Query, Rating, ReadingPage, Reason, RecoveryCode, Registration,
    Replaced, Reportable, Rev, Role, SceneDraft, SceneId, SceneSave, Seq, SignInCode, SignUp, Silence, Status,
    StoryDraft, StoryFacts, StoryId, Subject, Suspension, Tag, Tier, Trashed, UserId, Warning, WordGoal,
};
use store::{AddressAsked, LinkToken, Result, Store};

use crate::library::{
    Library, On,
    app::{self, App},
    fixture::{
        cast_draft, chosen, comment, email, grounds, heading, named, needle, note, password, post, remark, replacement,
        report, save, sign_up, site_draft, title, typed, wanted,
    },
    nodes::with_redis,
    tables,
};

/// How long the memory of what was evicted may take to be given back.
const SOON: Duration = Duration::from_secs(5);

macro_rules! table {
    ($($change:ident: $($row:ident)*;)*) => {
        /// No `_`: a new Change needs a row.
        fn name_of(change: &Change) -> &'static str {
            match change {
                $(Change::$change { .. } => stringify!($change)),*
            }
        }

        mod sqlite {
            $($(
                #[tokio::test(flavor = "multi_thread")]
                async fn $row() {
                    super::row(super::$row, stringify!($change)).await;
                }
            )*)*
        }

        mod two_nodes {
            $($(
                #[tokio::test(flavor = "multi_thread")]
                async fn $row() {
                    super::row_on_two_nodes(super::$row, stringify!($change)).await;
                }
            )*)*
        }
    };
}

table! {
    StoryCreated: create_story import_draft import_published;
    StorySaved: save_published_story save_draft_story save_facts move_story_to_another_catalogue;
    StoryPublished: publish publish_again publish_never_published;
    StoryUnpublished: unpublish unpublish_draft;
    StoryDeleted: delete_published_story delete_draft_story;
    StoryRestored: restore_story;
    PartAdded: add_part;
    PartSaved: save_part save_part_of_drafts;
    PartMoved: move_part;
    PartDeleted: delete_part;
    PartRestored: restore_part;
    ChapterAdded: add_chapter;
    ChaptersImported: import_chapters import_chapters_into_parts;
    ChapterSaved: save_chapter;
    ChapterMoved: move_chapter move_chapter_to_another_part move_draft_chapter;
    ChapterPublished: publish_chapter publish_chapter_again release_chapter;
    ChapterScheduled: schedule_chapter unschedule_chapter;
    ChapterUnpublished: unpublish_chapter unpublish_chapter_of_draft_story;
    ChapterDeleted: delete_chapter delete_draft_chapter;
    ChapterRestored: restore_chapter restore_chapter_elsewhere;
    SceneAdded: add_scene;
    SceneSaved: save_published_scene save_draft_scene save_scene_of_draft_chapter join_two_saves restore_version
        save_what_was_typed save_beside_what_was_typed;
    SceneMoved: move_scene move_scene_to_another_chapter move_scene_out_of_draft_chapter move_scene_into_draft_chapter;
    SceneDeleted: delete_scene;
    SceneRestored: restore_scene restore_scene_elsewhere;
    VersionSetAside: keep_version;
    WorkingCopyBegun: type_into_scene type_into_scene_again;
    WorkingCopyKept: type_on keep_the_same;
    WorkingCopyLeft: leave_working_copy type_back_what_is_saved;
    GoalsSaved: save_goals;
    VersionsThinned: thin_versions;
    WordsReplaced: replace_words replace_in_a_draft replace_what_is_typed replace_nothing undo_replace;
    CastMemberAdded: add_character add_setting;
    CastMemberSaved: save_character save_setting;
    CastMemberDeleted: delete_character delete_setting;
    CastMemberRestored: restore_character restore_setting;
    TrashedDeleted: delete_trashed empty_trash;
    StoryLiked: like_story unlike_story;
    BookmarkMoved: begin_reading read_on_and_end read_while_a_chapter_goes;
    StoryFollowed: follow_story unfollow_story;
    AuthorFollowed: follow_author unfollow_author;
    PersonSilenced: mute_person block_person block_follower silence_no_longer;
    InboxRead: read_inbox;
    ProfileSaved: save_profile give_handle;
    PostCreated: create_post create_post_about create_post_about_a_chapter create_post_to_somebody;
    PostSaved: save_post save_post_about_draft mention_in_post mention_no_longer_in_post;
    PostDeleted: delete_post delete_post_with_mentions;
    PostLiked: like_post unlike_post;
    CommentAdded: add_comment add_reply add_comment_to_somebody;
    CommentSaved: save_comment mention_in_comment mention_no_longer_in_comment;
    CommentDeleted: delete_comment_with_replies delete_last_reply delete_mention;
    Reported: report_comment report_again;
    Hidden: hide_story hide_chapter hide_post hide_comment hide_withdrawn_story hide_mention hide_post_with_mentions;
    Shown: show_story show_chapter show_post show_comment show_mention show_post_with_mentions;
    ThreadLocked: lock_thread unlock_thread;
    Recorded: dismiss_reports answer_decision restore_what_was_deleted;
    StandingChanged: suspend_account ban_account lift_bar;
    Registered: register register_invited register_manager;
    Renamed: change_name;
    RoleChanged: become_writer;
    RoleGiven: give_role give_up_role;
    InvitationsChanged: invite withdraw_invitation;
    SiteSaved: save_site close_site;
    MailChosen: choose_mail stop_mail;
    SignedIn: sign_in sign_in_with_code sign_in_with_recovery_code;
    SignedOut: sign_out sign_out_everywhere end_session;
    PasswordChanged: change_password reset_password;
    EmailChanged: confirm_email set_email;
    SecondFactorOn: turn_on_second_factor;
    SecondFactorOff: turn_off_second_factor end_second_factor;
    RecoveryCodesMade: make_recovery_codes;
    AccountDeleted: leave_with_all leave_works_behind leave_as_reader leave_as_talker leave_with_hidden_works;
    Invalidated: invalidate_tag invalidate_key invalidate_area;
    SetBack: lose_the_last_commit;
}

/// One row on SQLite, by one node.
async fn row(mutation: impl AsyncFnOnce(&mut Library) -> Result<()>, change: &str) {
    let mut library = Library::open(On::Sqlite).await;
    let held = warm(&library, &library.store).await;
    mutation(&mut library).await.expect("the mutation");
    let change = last_change(&library, change).await;
    check_directives(&change, &held, &library.store).await;
    for question in library.answered_questions() {
        let through = question.through(&library.store, Seq::ZERO).await;
        assert!(!through.stale, "{}", question.key());
        assert_eq!(through.value, question.past(&library.store).await, "{} after {change:?}", question.key());
    }
    library.is_compared = true;
}

/// One row on PostgreSQL, written on one node and read on another, with a Redis between them that holds what both
/// read before. One node alone is not asked again: its statements are the same, and its rules are SQLite's.
async fn row_on_two_nodes(mutation: impl AsyncFnOnce(&mut Library) -> Result<()>, change: &str) {
    let settings = with_redis(&services::redis().url());
    let mut library = Library::open_with(On::Postgres, settings.clone()).await;
    let other = library.another_node_with(settings).await;
    let held = warm(&library, &library.store).await;
    warm(&library, &other).await;
    mutation(&mut library).await.expect("the mutation");
    let seen = library.store.watermark();
    let change = last_change(&library, change).await;
    check_directives(&change, &held, &library.store).await;
    let questions = library.answered_questions();
    let mut past = Vec::with_capacity(questions.len());
    for question in &questions {
        past.push(question.past(&other).await);
    }
    // First the one that did not write: what it reads anew the other may then take from Redis.
    for store in [&other, &library.store] {
        for (question, past) in questions.iter().zip(&past) {
            let through = question.through(store, seen).await;
            assert!(!through.stale, "{}", question.key());
            assert_eq!(through.value, *past, "{} after {change:?}", question.key());
        }
    }
    library.is_compared = true;
    let tallies = [&library.store, &other].map(|store| store.report().recorder.tally(Tier::Redis));
    assert!(tallies[1].hits >= 50, "it took what the first node read: {tallies:?}");
    assert_eq!(tallies.map(|tally| tally.errors), [0, 0]);
}

/// What a node held of each key before, and the key's area.
type Held = Vec<(domain::Key, BTreeSet<Tag>, Area)>;

async fn warm(library: &Library, store: &Store) -> Held {
    let mut held = vec![];
    for question in library.answered_questions() {
        let answered = question.through(store, Seq::ZERO).await;
        if let Some(tags) = answered.tags {
            held.push((question.key(), tags.iter().collect(), question.area()));
        }
    }
    held
}

async fn last_change(library: &Library, expected: &str) -> Change {
    let change = tables::log(&library.address).await.pop().expect("a Change");
    assert_eq!(name_of(&change), expected);
    change
}

/// The Change names the areas of what it makes old, and what it evicts leaves the memory of the node that wrote.
async fn check_directives(change: &Change, held: &Held, store: &Store) {
    let directives = change.directives();
    let evicts = |tag| directives.contains(&Directive::Evict(tag));
    let is_old = |tags: &BTreeSet<Tag>| directives.iter().any(|directive| tags.contains(&directive.tag()));
    for (key, _, area) in held.iter().filter(|(_, tags, _)| is_old(tags)) {
        assert!(change.areas().contains(area), "{change:?} makes {key} old, and does not name its area");
    }
    for (key, ..) in held.iter().filter(|(_, tags, _)| tags.iter().any(|&tag| evicts(tag))) {
        let gone = async {
            while store.memory_keys().contains(key) {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(SOON, gone).await.unwrap_or_else(|_| panic!("{change:?} left {key} in memory"));
    }
}

/// `Tag::areas` says of each tag which page families depend on it: of every query, no more and no less.
#[tokio::test(flavor = "multi_thread")]
async fn a_tag_names_the_areas_of_the_answers_that_depend_on_it() {
    let library = Library::open(On::Sqlite).await;
    let name = |key: &domain::Key| key.as_str().split('?').next().map(str::to_owned);
    let (mut asked, mut answered) = (BTreeSet::new(), BTreeSet::new());
    let mut of_kind: BTreeMap<String, (Areas, Areas)> = BTreeMap::new();
    for question in library.questions() {
        asked.insert(name(&question.key()));
        let Some(tags) = question.through(&library.store, Seq::ZERO).await.tags else { continue };
        answered.insert(name(&question.key()));
        for tag in tags.iter() {
            let text = tag.to_string();
            let kind = text.split_once(':').filter(|(kind, _)| *kind != "area").map_or(&*text, |(kind, _)| kind);
            let (carried, _) = of_kind.entry(kind.to_owned()).or_insert((Areas::NONE, tag.areas(true)));
            *carried = carried.with(question.area());
        }
    }
    assert_eq!(asked, answered, "each query has an answer here");
    for (kind, (carried, said)) in of_kind {
        assert_eq!(carried, said, "answers that depend on {kind} are of these areas; see src/tag/areas.rs");
    }
}

// The rows.

async fn create_story(library: &mut Library) -> Result<()> {
    let new = NewStory { title: title("New"), blurb: Note::default(), format: Format::Novel, genre: Genre::Horror };
    let changed = library.store.create_story(library.fixture.ben, new).await?;
    library.fixture.stories.push(changed.value().story);
    Ok(())
}

async fn import(library: &mut Library, publish: bool) -> Result<()> {
    let book = "# Book\n\n## Part One\n\n### One\n\nText.\n\n***\n\nMore.\n\n### Two\n\nEnd.\n";
    let file = ManuscriptFile::parse("book.md", book).expect("a book");
    let (genre, format) = (Genre::Mystery, Format::Novel);
    let changed = library.store.import_story(library.fixture.ben, file, genre, format, publish).await?;
    library.fixture.stories.push(*changed.value());
    Ok(())
}

async fn add_chapters(library: &mut Library, book: &str) -> Result<()> {
    let file = ManuscriptFile::parse("book.md", book).expect("a book");
    library.store.import_chapters(library.fixture.ada, library.fixture.out.story, file).await.map(drop)
}

async fn import_chapters(library: &mut Library) -> Result<()> {
    add_chapters(library, "# Chapter 1\n\nText.\n\n***\n\nMore.\n\n# Chapter 2\n\nEnd.\n").await
}

async fn import_chapters_into_parts(library: &mut Library) -> Result<()> {
    add_chapters(library, "# Book\n\n## Part One\n\n### One\n\nText.\n\n## Part Two\n\n### Two\n\nEnd.\n").await
}

async fn import_draft(library: &mut Library) -> Result<()> {
    import(library, false).await
}

async fn import_published(library: &mut Library) -> Result<()> {
    import(library, true).await
}

fn story_draft(format: Format, genre: Genre) -> StoryDraft {
    StoryDraft { title: title("Renamed"), blurb: note("Other"), format, genre, facts: None, base: Rev(1) }
}

async fn save_published_story(library: &mut Library) -> Result<()> {
    let draft = story_draft(Format::Novel, Genre::Mystery);
    library.store.save_story(library.fixture.ada, library.fixture.out.story, draft).await.map(drop)
}

async fn save_draft_story(library: &mut Library) -> Result<()> {
    let draft = story_draft(Format::Novel, Genre::Mystery);
    library.store.save_story(library.fixture.ada, library.fixture.draft.story, draft).await.map(drop)
}

async fn move_story_to_another_catalogue(library: &mut Library) -> Result<()> {
    let draft = story_draft(Format::Comic, Genre::Fantasy);
    library.store.save_story(library.fixture.ada, library.fixture.out.story, draft).await.map(drop)
}

async fn save_facts(library: &mut Library) -> Result<()> {
    let facts = StoryFacts {
        status: Status::Complete,
        language: Language::German,
        rating: Rating::Teen,
        warnings: [Warning::Death].into_iter().collect(),
        tags: "tides, tea".parse().expect("tags"),
    };
    let draft = StoryDraft { facts: Some(facts), ..story_draft(Format::Novel, Genre::Mystery) };
    library.store.save_story(library.fixture.ada, library.fixture.out.story, draft).await.map(drop)
}

async fn publish(library: &mut Library) -> Result<()> {
    library.store.publish_story(library.fixture.ada, library.fixture.draft.story, &[]).await.map(drop)
}

async fn publish_again(library: &mut Library) -> Result<()> {
    library.store.publish_story(library.fixture.ada, library.fixture.out.story, &[]).await.map(drop)
}

async fn publish_never_published(library: &mut Library) -> Result<()> {
    let tale = &library.fixture.bens;
    library.store.publish_story(library.fixture.ben, tale.story, &tale.chapters[1..]).await.map(drop)
}

async fn unpublish(library: &mut Library) -> Result<()> {
    library.store.unpublish_story(library.fixture.ada, library.fixture.out.story).await.map(drop)
}

async fn unpublish_draft(library: &mut Library) -> Result<()> {
    library.store.unpublish_story(library.fixture.ada, library.fixture.draft.story).await.map(drop)
}

async fn delete_published_story(library: &mut Library) -> Result<()> {
    library.store.delete_story(library.fixture.ada, library.fixture.out.story).await.map(drop)
}

async fn delete_draft_story(library: &mut Library) -> Result<()> {
    library.store.delete_story(library.fixture.ada, library.fixture.draft.story).await.map(drop)
}

async fn add_part(library: &mut Library) -> Result<()> {
    library.store.add_part(library.fixture.ada, library.fixture.out.story, heading("Part three")).await.map(drop)
}

async fn save_part(library: &mut Library) -> Result<()> {
    let draft = PartDraft { title: heading("Renamed"), synopsis: note("Other"), base: Rev(1) };
    library.store.save_part(library.fixture.ada, library.fixture.out.parts[1], draft).await.map(drop)
}

async fn move_part(library: &mut Library) -> Result<()> {
    library.store.move_part(library.fixture.ada, library.fixture.out.parts[1], 0).await.map(drop)
}

async fn delete_part(library: &mut Library) -> Result<()> {
    library.store.delete_part(library.fixture.ada, library.fixture.out.parts[0]).await.map(drop)
}

async fn add_chapter(library: &mut Library) -> Result<()> {
    let part = library.fixture.out.parts[0];
    let changed = library.store.add_chapter(library.fixture.ada, part, Heading::default()).await?;
    library.fixture.chapters.push(*changed.value());
    Ok(())
}

async fn save_chapter(library: &mut Library) -> Result<()> {
    let draft = ChapterDraft { title: heading("Renamed"), synopsis: note("Other"), base: Rev(1) };
    library.store.save_chapter(library.fixture.ada, library.fixture.out.chapters[1], draft).await.map(drop)
}

async fn move_chapter(library: &mut Library) -> Result<()> {
    let tale = &library.fixture.out;
    library.store.move_chapter(library.fixture.ada, tale.chapters[1], tale.parts[0], 0).await.map(drop)
}

async fn move_chapter_to_another_part(library: &mut Library) -> Result<()> {
    let tale = &library.fixture.out;
    library.store.move_chapter(library.fixture.ada, tale.chapters[0], tale.parts[1], 9).await.map(drop)
}

async fn delete_chapter(library: &mut Library) -> Result<()> {
    library.store.delete_chapter(library.fixture.ada, library.fixture.out.chapters[1]).await.map(drop)
}

/// A draft chapter with words, in a part of its own in the story that is out; everybody has asked since.
async fn add_draft(library: &mut Library) -> Result<(PartId, ChapterId, SceneId)> {
    let (ada, story) = (library.fixture.ada, library.fixture.out.story);
    let part = *library.store.add_part(ada, story, heading("Part three")).await?.value();
    let chapter = *library.store.add_chapter(ada, part, heading("The end")).await?.value();
    let tree = library.store.load(&Manuscript { viewer: ada, story }).await?;
    let scene = tree.value.parts[2].chapters[0].scenes[0].scene;
    library.store.save_scene(ada, scene, save("They lived.", Rev(1))).await?;
    library.fixture.chapters.push(chapter);
    library.fixture.scenes.push(scene);
    library.warm().await;
    Ok((part, chapter, scene))
}

async fn publish_chapter(library: &mut Library) -> Result<()> {
    let (_, chapter, _) = add_draft(library).await?;
    library.store.publish_chapter(library.fixture.ada, chapter).await.map(drop)
}

/// A moment that every test lives to see in the future.
const LATER: &str = "2126-12-01T09:30";

async fn schedule_chapter(library: &mut Library) -> Result<()> {
    let (_, chapter, _) = add_draft(library).await?;
    library.store.schedule_chapter(library.fixture.ada, chapter, wanted(LATER)).await.map(drop)
}

async fn unschedule_chapter(library: &mut Library) -> Result<()> {
    let (_, chapter, _) = add_draft(library).await?;
    library.store.schedule_chapter(library.fixture.ada, chapter, wanted(LATER)).await?;
    library.warm().await;
    library.store.unschedule_chapter(library.fixture.ada, chapter).await.map(drop)
}

async fn release_chapter(library: &mut Library) -> Result<()> {
    let (_, chapter, _) = add_draft(library).await?;
    library.store.schedule_chapter(library.fixture.ada, chapter, wanted(LATER)).await?;
    let due = format!("update chapters set release_at = 1 where id = '{chapter}'");
    tables::run(&library.address, &due).await;
    assert_eq!(library.store.release_due().await?, 1);
    Ok(())
}

async fn publish_chapter_again(library: &mut Library) -> Result<()> {
    library.store.publish_chapter(library.fixture.ada, library.fixture.out.chapters[2]).await.map(drop)
}

async fn unpublish_chapter(library: &mut Library) -> Result<()> {
    library.store.unpublish_chapter(library.fixture.ada, library.fixture.out.chapters[1]).await.map(drop)
}

async fn unpublish_chapter_of_draft_story(library: &mut Library) -> Result<()> {
    library.store.unpublish_chapter(library.fixture.ada, library.fixture.draft.chapters[1]).await.map(drop)
}

async fn save_part_of_drafts(library: &mut Library) -> Result<()> {
    let (part, ..) = add_draft(library).await?;
    let draft = PartDraft { title: heading("Renamed"), synopsis: note("Other"), base: Rev(1) };
    library.store.save_part(library.fixture.ada, part, draft).await.map(drop)
}

async fn move_draft_chapter(library: &mut Library) -> Result<()> {
    let (_, chapter, _) = add_draft(library).await?;
    library.store.move_chapter(library.fixture.ada, chapter, library.fixture.out.parts[0], 0).await.map(drop)
}

async fn delete_draft_chapter(library: &mut Library) -> Result<()> {
    let (_, chapter, _) = add_draft(library).await?;
    library.store.delete_chapter(library.fixture.ada, chapter).await.map(drop)
}

async fn save_scene_of_draft_chapter(library: &mut Library) -> Result<()> {
    let (.., scene) = add_draft(library).await?;
    library.store.save_scene(library.fixture.ada, scene, save("Quite other text.", Rev(2))).await.map(drop)
}

async fn move_scene_out_of_draft_chapter(library: &mut Library) -> Result<()> {
    let (.., scene) = add_draft(library).await?;
    library.store.move_scene(library.fixture.ada, scene, library.fixture.out.chapters[0], 0).await.map(drop)
}

async fn move_scene_into_draft_chapter(library: &mut Library) -> Result<()> {
    let (_, chapter, _) = add_draft(library).await?;
    library.store.move_scene(library.fixture.ada, library.fixture.out.scenes[0], chapter, 0).await.map(drop)
}

async fn add_scene(library: &mut Library) -> Result<()> {
    let chapter = library.fixture.out.chapters[2];
    let changed = library.store.add_scene(library.fixture.ada, chapter, heading("Last")).await?;
    library.fixture.scenes.push(*changed.value());
    Ok(())
}

async fn save_published_scene(library: &mut Library) -> Result<()> {
    let scene = library.fixture.out.scenes[0];
    library.store.save_scene(library.fixture.ada, scene, save("Quite other text.", Rev(2))).await.map(drop)
}

async fn save_draft_scene(library: &mut Library) -> Result<()> {
    let scene = library.fixture.draft.scenes[0];
    library.store.save_scene(library.fixture.ada, scene, save("Quite other text.", Rev(2))).await.map(drop)
}

async fn move_scene(library: &mut Library) -> Result<()> {
    let tale = &library.fixture.out;
    library.store.move_scene(library.fixture.ada, tale.scenes[0], tale.chapters[0], 1).await.map(drop)
}

async fn move_scene_to_another_chapter(library: &mut Library) -> Result<()> {
    let tale = &library.fixture.out;
    library.store.move_scene(library.fixture.ada, tale.scenes[0], tale.chapters[2], 0).await.map(drop)
}

async fn delete_scene(library: &mut Library) -> Result<()> {
    library.store.delete_scene(library.fixture.ada, library.fixture.out.scenes[1]).await.map(drop)
}

async fn add_member(library: &mut Library, kind: CastKind) -> Result<()> {
    let story = library.fixture.out.story;
    library.store.add_cast_member(library.fixture.ada, story, kind, named("Dennis"), note("New.")).await.map(drop)
}

async fn add_character(library: &mut Library) -> Result<()> {
    add_member(library, CastKind::Character).await
}

async fn add_setting(library: &mut Library) -> Result<()> {
    add_member(library, CastKind::Setting).await
}

async fn save_character(library: &mut Library) -> Result<()> {
    let (kind, character) = (CastKind::Character, library.fixture.out.character);
    let draft = cast_draft("Ms Owl", Rev(1));
    library.store.save_cast_member(library.fixture.ada, kind, character, draft).await.map(drop)
}

async fn save_setting(library: &mut Library) -> Result<()> {
    let (kind, setting) = (CastKind::Setting, library.fixture.out.setting);
    let draft = cast_draft("A roof", Rev(1));
    library.store.save_cast_member(library.fixture.ada, kind, setting, draft).await.map(drop)
}

async fn delete_character(library: &mut Library) -> Result<()> {
    let character = library.fixture.out.character;
    library.store.delete_cast_member(library.fixture.ada, CastKind::Character, character).await.map(drop)
}

async fn delete_setting(library: &mut Library) -> Result<()> {
    let setting = library.fixture.out.setting;
    library.store.delete_cast_member(library.fixture.ada, CastKind::Setting, setting).await.map(drop)
}

async fn restore_trashed(library: &mut Library, what: Trashed) -> Result<()> {
    library.warm().await;
    library.store.restore_trashed(library.fixture.ada, what).await.map(drop)
}

async fn restore_story(library: &mut Library) -> Result<()> {
    delete_draft_story(library).await?;
    restore_trashed(library, Trashed::Story(library.fixture.draft.story)).await
}

async fn restore_part(library: &mut Library) -> Result<()> {
    let part = library.fixture.draft.parts[0];
    library.store.delete_part(library.fixture.ada, part).await?;
    restore_trashed(library, Trashed::Part(part)).await
}

async fn restore_chapter(library: &mut Library) -> Result<()> {
    let chapter = library.fixture.draft.chapters[0];
    library.store.delete_chapter(library.fixture.ada, chapter).await?;
    restore_trashed(library, Trashed::Chapter(chapter)).await
}

async fn restore_chapter_elsewhere(library: &mut Library) -> Result<()> {
    let tale = &library.fixture.draft;
    library.store.delete_chapter(library.fixture.ada, tale.chapters[0]).await?;
    library.store.delete_part(library.fixture.ada, tale.parts[0]).await?;
    let chapter = Trashed::Chapter(tale.chapters[0]);
    restore_trashed(library, chapter).await
}

async fn restore_scene(library: &mut Library) -> Result<()> {
    let scene = library.fixture.out.scenes[0];
    library.store.delete_scene(library.fixture.ada, scene).await?;
    restore_trashed(library, Trashed::Scene(scene)).await
}

async fn restore_scene_elsewhere(library: &mut Library) -> Result<()> {
    let tale = &library.fixture.draft;
    library.store.delete_scene(library.fixture.ada, tale.scenes[0]).await?;
    for part in &tale.parts {
        library.store.delete_part(library.fixture.ada, *part).await?;
    }
    let scene = Trashed::Scene(tale.scenes[0]);
    restore_trashed(library, scene).await
}

async fn restore_character(library: &mut Library) -> Result<()> {
    delete_character(library).await?;
    restore_trashed(library, Trashed::Character(library.fixture.out.character)).await
}

async fn restore_setting(library: &mut Library) -> Result<()> {
    delete_setting(library).await?;
    restore_trashed(library, Trashed::Setting(library.fixture.out.setting)).await
}

async fn delete_trashed(library: &mut Library) -> Result<()> {
    delete_part(library).await?;
    library.warm().await;
    library.store.delete_trashed(library.fixture.ada, Trashed::Part(library.fixture.out.parts[0])).await.map(drop)
}

async fn empty_trash(library: &mut Library) -> Result<()> {
    delete_draft_story(library).await?;
    library.warm().await;
    library.store.empty_trash_at(Millis(i64::MAX)).await.map(drop)
}

async fn keep_version(library: &mut Library) -> Result<()> {
    let (ada, scene) = (library.fixture.ada, library.fixture.out.scenes[0]);
    library.store.keep_version(ada, scene, save("Not this.", Rev(2)).into()).await.map(drop)
}

/// Ada types into a scene that is out, and this is what is kept.
async fn type_into(library: &Library, text: &str, base: i64, kept: i64) -> Result<()> {
    let (ada, scene) = (library.fixture.ada, library.fixture.out.scenes[0]);
    library.store.keep_working_copy(ada, scene, typed(text, base, kept)).await.map(drop)
}

async fn type_into_scene(library: &mut Library) -> Result<()> {
    type_into(library, "Typed.", 2, 0).await
}

async fn type_into_scene_again(library: &mut Library) -> Result<()> {
    leave_working_copy(library).await?;
    library.warm().await;
    type_into(library, "Typed again.", 2, 2).await
}

async fn type_on(library: &mut Library) -> Result<()> {
    type_into(library, "Typed.", 2, 0).await?;
    library.warm().await;
    type_into(library, "Typed, and more.", 2, 1).await
}

async fn keep_the_same(library: &mut Library) -> Result<()> {
    type_into(library, "Typed.", 2, 0).await?;
    library.warm().await;
    type_into(library, "Typed.", 2, 1).await
}

async fn save_goals(library: &mut Library) -> Result<()> {
    let (ada, story) = (library.fixture.ada, library.fixture.out.story);
    let [day, whole] = [500, 50_000].map(|words| WordGoal::of(words).expect("a goal"));
    library.store.save_goals(ada, story, day, whole).await.map(drop)
}

async fn leave_working_copy(library: &mut Library) -> Result<()> {
    type_into(library, "Typed.", 2, 0).await?;
    library.warm().await;
    library.store.leave_working_copy(library.fixture.ada, library.fixture.out.scenes[0], Rev(1)).await.map(drop)
}

async fn type_back_what_is_saved(library: &mut Library) -> Result<()> {
    save_published_scene(library).await?;
    let (ada, scene) = (library.fixture.ada, library.fixture.out.scenes[0]);
    type_into(library, "Typed.", 3, 0).await?;
    library.warm().await;
    let saved = library.store.load(&SceneDraft { viewer: ada, scene }).await?;
    type_into(library, saved.value.content.as_str(), 3, 1).await
}

async fn save_what_was_typed(library: &mut Library) -> Result<()> {
    type_into(library, "Typed.", 2, 0).await?;
    library.warm().await;
    let save = SceneSave { kept: Rev(1), ..save("Typed, and saved.", Rev(2)) };
    library.store.save_scene(library.fixture.ada, library.fixture.out.scenes[0], save).await.map(drop)
}

/// The word of every scene becomes another one in a story of Ada's.
async fn replace_all(library: &Library, story: StoryId) -> Result<Replaced> {
    let (store, ada) = (&library.store, library.fixture.ada);
    let (needle, with) = (needle("scene"), replacement("Other"));
    let chosen = chosen(store, ada, story, &needle).await;
    Ok(store.replace_in_story(ada, story, needle, with, chosen).await?.value().clone())
}

async fn replace_words(library: &mut Library) -> Result<()> {
    replace_all(library, library.fixture.out.story).await.map(drop)
}

async fn replace_in_a_draft(library: &mut Library) -> Result<()> {
    replace_all(library, library.fixture.draft.story).await.map(drop)
}

async fn replace_what_is_typed(library: &mut Library) -> Result<()> {
    type_into(library, "Typed: *scene* 1.", 2, 0).await?;
    library.warm().await;
    replace_all(library, library.fixture.out.story).await.map(drop)
}

async fn replace_nothing(library: &mut Library) -> Result<()> {
    let (ada, story) = (library.fixture.ada, library.fixture.out.story);
    let none = vec![].try_into().expect("no scenes");
    library.store.replace_in_story(ada, story, needle("scene"), replacement("Other"), none).await.map(drop)
}

async fn undo_replace(library: &mut Library) -> Result<()> {
    type_into(library, "Typed: *scene* 1.", 2, 0).await?;
    let story = library.fixture.out.story;
    let replaced = replace_all(library, story).await?;
    library.warm().await;
    library.store.undo_replace(library.fixture.ada, story, replaced.scenes).await.map(drop)
}

async fn save_beside_what_was_typed(library: &mut Library) -> Result<()> {
    let (ada, scene) = (library.fixture.ada, library.fixture.out.scenes[0]);
    library.store.save_scene(ada, scene, save("One.\n\nTwo.", Rev(2))).await?;
    type_into(library, "One!\n\nTwo.", 3, 0).await?;
    library.warm().await;
    library.store.save_scene(ada, scene, save("One.\n\nTwo!", Rev(3))).await.map(drop)
}

async fn restore_version(library: &mut Library) -> Result<()> {
    save_published_scene(library).await?;
    library.warm().await;
    library.store.restore_version(library.fixture.ada, library.fixture.out.scenes[0], 1, Rev(3)).await.map(drop)
}

async fn join_two_saves(library: &mut Library) -> Result<()> {
    let (ada, scene) = (library.fixture.ada, library.fixture.out.scenes[0]);
    library.store.save_scene(ada, scene, save("One.\n\nTwo.", Rev(2))).await?;
    library.store.save_scene(ada, scene, save("One!\n\nTwo.", Rev(3))).await?;
    library.warm().await;
    library.store.save_scene(ada, scene, save("One.\n\nTwo!", Rev(3))).await.map(drop)
}

/// All of one scene's versions are of one day, long ago.
async fn thin_versions(library: &mut Library) -> Result<()> {
    let (ada, scene) = (library.fixture.ada, library.fixture.out.scenes[0]);
    for base in 2..5 {
        library.store.save_scene(ada, scene, save(&format!("From {base}."), Rev(base))).await?;
    }
    let long_ago = format!("update scene_versions set saved_at = 1700000000000 where scene_id = '{scene}'");
    tables::run(&library.address, &long_ago).await;
    library.store.invalidate(vec![Invalidation::Tag(Tag::Scene(scene))]).await?;
    library.warm().await;
    library.store.thin_versions().await.map(drop)
}

async fn like_story(library: &mut Library) -> Result<()> {
    library.store.like_story(library.fixture.sid, library.fixture.out.story, true).await.map(drop)
}

async fn unlike_story(library: &mut Library) -> Result<()> {
    library.store.like_story(library.fixture.rea, library.fixture.out.story, false).await.map(drop)
}

async fn begin_reading(library: &mut Library) -> Result<()> {
    let tale = library.fixture.out.clone();
    library.store.keep_bookmarks(library.fixture.sid, report(&tale, 0, false, 0)).await.map(drop)
}

async fn read_on_and_end(library: &mut Library) -> Result<()> {
    let (sid, tale) = (library.fixture.sid, library.fixture.out.clone());
    library.store.keep_bookmarks(sid, report(&tale, 0, false, 0)).await?;
    library.warm().await;
    library.store.keep_bookmarks(sid, report(&tale, 1, true, 1)).await.map(drop)
}

/// The reader's own answers know of the chapter that was taken back in between.
async fn read_while_a_chapter_goes(library: &mut Library) -> Result<()> {
    let (sid, tale) = (library.fixture.sid, library.fixture.out.clone());
    library.store.keep_bookmarks(sid, report(&tale, 1, false, 0)).await?;
    library.warm().await;
    library.store.unpublish_chapter(library.fixture.ada, tale.chapters[1]).await?;
    library.warm().await;
    library.store.keep_bookmarks(sid, report(&tale, 2, false, 0)).await.map(drop)
}

async fn mute_person(library: &mut Library) -> Result<()> {
    library.store.silence_person(library.fixture.rea, library.fixture.ben, Silence::Mute).await.map(drop)
}

async fn block_person(library: &mut Library) -> Result<()> {
    library.store.silence_person(library.fixture.rea, library.fixture.ben, Silence::Block).await.map(drop)
}

/// Ben follows her.
async fn block_follower(library: &mut Library) -> Result<()> {
    library.store.silence_person(library.fixture.ada, library.fixture.ben, Silence::Block).await.map(drop)
}

async fn silence_no_longer(library: &mut Library) -> Result<()> {
    mute_person(library).await?;
    library.warm().await;
    library.store.end_silence(library.fixture.rea, library.fixture.ben).await.map(drop)
}

async fn read_inbox(library: &mut Library) -> Result<()> {
    library.store.read_inbox(library.fixture.ben, Millis(i64::MAX)).await.map(drop)
}

async fn follow_story(library: &mut Library) -> Result<()> {
    library.store.follow_story(library.fixture.sid, library.fixture.out.story, true).await.map(drop)
}

async fn unfollow_story(library: &mut Library) -> Result<()> {
    follow_story(library).await?;
    library.warm().await;
    library.store.follow_story(library.fixture.sid, library.fixture.out.story, false).await.map(drop)
}

async fn follow_author(library: &mut Library) -> Result<()> {
    library.store.follow_author(library.fixture.sid, library.fixture.ada, true).await.map(drop)
}

async fn unfollow_author(library: &mut Library) -> Result<()> {
    follow_author(library).await?;
    library.warm().await;
    library.store.follow_author(library.fixture.sid, library.fixture.ada, false).await.map(drop)
}

/// Another handle: all that names her names it.
async fn save_profile(library: &mut Library) -> Result<()> {
    let draft = ProfileDraft {
        handle: "countess".parse().expect("a handle"),
        bio: Bio::parse("I count.").expect("a bio"),
        base: Rev(1),
    };
    library.store.save_profile(library.fixture.ada, draft).await.map(drop)
}

/// To an account from before there were any.
async fn give_handle(library: &mut Library) -> Result<()> {
    let ada = library.fixture.ada;
    let before =
        format!("update users set handle = null where id = '{ada}'; delete from handles where user_id = '{ada}'");
    tables::run(&library.address, &before).await;
    library.store.invalidate(vec![Invalidation::Tag(Tag::Person(ada))]).await?;
    library.warm().await;
    assert_eq!(library.store.give_handles().await?, 1);
    Ok(())
}

async fn create_post(library: &mut Library) -> Result<()> {
    let id = post(&library.store, library.fixture.sid, "My first.", None).await?;
    library.fixture.posts.push(id);
    Ok(())
}

async fn create_post_about(library: &mut Library) -> Result<()> {
    let id = post(&library.store, library.fixture.sid, "My first.", Some(library.fixture.out.story.into())).await?;
    library.fixture.posts.push(id);
    Ok(())
}

async fn create_post_about_a_chapter(library: &mut Library) -> Result<()> {
    let tale = &library.fixture.out;
    let chapter = Subject::chapter(tale.story, tale.chapters[1]);
    let id = post(&library.store, library.fixture.sid, "My first.", Some(chapter)).await?;
    library.fixture.posts.push(id);
    Ok(())
}

async fn save_post(library: &mut Library) -> Result<()> {
    library.store.save_post(library.fixture.ben, library.fixture.post, remark("Four times."), Rev(1)).await.map(drop)
}

async fn save_post_about_draft(library: &mut Library) -> Result<()> {
    let post = library.fixture.post_about_draft;
    library.store.save_post(library.fixture.ben, post, remark("It is not."), Rev(1)).await.map(drop)
}

async fn delete_post(library: &mut Library) -> Result<()> {
    library.store.delete_post(library.fixture.ben, library.fixture.post).await.map(drop)
}

async fn change_name(library: &mut Library) -> Result<()> {
    library.store.change_name(library.fixture.ada, named("Ada the Second")).await.map(drop)
}

async fn end_session(library: &mut Library) -> Result<()> {
    let (rea, session) = (library.fixture.rea, library.fixture.token.tag());
    library.store.end_session(rea, session).await.map(drop)
}

async fn report_it(library: &Library, what: Reportable) -> Result<()> {
    library.store.report_thing(library.fixture.sid, what, Reason::Hate, note("Look.")).await.map(drop)
}

async fn report_comment(library: &mut Library) -> Result<()> {
    report_it(library, Reportable::Comment(library.fixture.comments[1])).await
}

async fn report_again(library: &mut Library) -> Result<()> {
    let what = Reportable::Post(library.fixture.post);
    library.store.report_thing(library.fixture.rea, what, Reason::Copied, note("Again.")).await.map(drop)
}

async fn hide(library: &Library, what: Reportable) -> Result<()> {
    library.store.hide_thing(library.fixture.mia, what, grounds("Not here."), note("Seen.")).await.map(drop)
}

/// Everybody asks in between, so that every tier holds what is so while it is hidden.
async fn hide_and_show(library: &Library, what: Reportable) -> Result<()> {
    hide(library, what).await?;
    library.warm().await;
    library.store.restore_hidden(library.fixture.mia, what, note("After all.")).await.map(drop)
}

async fn hide_story(library: &mut Library) -> Result<()> {
    hide(library, Reportable::Story(library.fixture.out.story)).await
}

async fn hide_withdrawn_story(library: &mut Library) -> Result<()> {
    let (ada, story) = (library.fixture.ada, library.fixture.out.story);
    report_it(library, Reportable::Story(story)).await?;
    library.store.unpublish_story(ada, story).await?;
    hide(library, Reportable::Story(story)).await
}

async fn hide_chapter(library: &mut Library) -> Result<()> {
    hide(library, Reportable::Chapter(library.fixture.out.chapters[1])).await
}

async fn hide_post(library: &mut Library) -> Result<()> {
    hide(library, Reportable::Post(library.fixture.post)).await
}

async fn hide_comment(library: &mut Library) -> Result<()> {
    hide(library, Reportable::Comment(library.fixture.comments[2])).await
}

async fn show_story(library: &mut Library) -> Result<()> {
    hide_and_show(library, Reportable::Story(library.fixture.out.story)).await
}

async fn show_chapter(library: &mut Library) -> Result<()> {
    hide_and_show(library, Reportable::Chapter(library.fixture.out.chapters[1])).await
}

async fn show_post(library: &mut Library) -> Result<()> {
    hide_and_show(library, Reportable::Post(library.fixture.post)).await
}

async fn show_comment(library: &mut Library) -> Result<()> {
    hide_and_show(library, Reportable::Comment(library.fixture.comments[1])).await
}

async fn lock_thread(library: &mut Library) -> Result<()> {
    library.store.lock_thread(library.fixture.mia, library.fixture.post, true, note("Enough.")).await.map(drop)
}

async fn unlock_thread(library: &mut Library) -> Result<()> {
    lock_thread(library).await?;
    library.warm().await;
    library.store.lock_thread(library.fixture.mia, library.fixture.post, false, Note::default()).await.map(drop)
}

async fn dismiss_reports(library: &mut Library) -> Result<()> {
    let what = Reportable::Post(library.fixture.post);
    library.store.dismiss_reports(library.fixture.mia, what, note("He may.")).await.map(drop)
}

async fn answer_decision(library: &mut Library) -> Result<()> {
    let sid = library.fixture.sid;
    let decisions = library.store.load(&Decisions { viewer: sid }).await?;
    let suspended = decisions.value.iter().find(|decision| decision.kind == ActKind::Suspend).expect("a decision");
    library.store.answer_decision(sid, suspended.act, grounds("I did nothing.")).await.map(drop)
}

async fn restore_what_was_deleted(library: &mut Library) -> Result<()> {
    let (ben, mia, post) = (library.fixture.ben, library.fixture.mia, library.fixture.post);
    hide(library, Reportable::Post(post)).await?;
    library.store.delete_post(ben, post).await?;
    library.warm().await;
    library.store.restore_hidden(mia, Reportable::Post(post), Note::default()).await.map(drop)
}

async fn suspend_account(library: &mut Library) -> Result<()> {
    let f = &library.fixture;
    library.store.suspend_account(f.mia, f.rea, Suspension::Day, grounds("Calm down."), Note::default()).await.map(drop)
}

async fn ban_account(library: &mut Library) -> Result<()> {
    let f = &library.fixture;
    library.store.ban_account(f.mia, f.rea, grounds("Enough."), Note::default()).await.map(drop)
}

async fn lift_bar(library: &mut Library) -> Result<()> {
    ban_account(library).await?;
    library.warm().await;
    library.store.lift_bar(library.fixture.mia, library.fixture.rea, note("Promised.")).await.map(drop)
}

async fn like_post(library: &mut Library) -> Result<()> {
    library.store.like_post(library.fixture.sid, library.fixture.post, true).await.map(drop)
}

async fn unlike_post(library: &mut Library) -> Result<()> {
    library.store.like_post(library.fixture.rea, library.fixture.post, false).await.map(drop)
}

async fn add_comment(library: &mut Library) -> Result<()> {
    comment(&library.store, library.fixture.sid, library.fixture.reas_post, None, "Hello.").await.map(drop)
}

async fn add_reply(library: &mut Library) -> Result<()> {
    let parent = Some(library.fixture.comments[0]);
    comment(&library.store, library.fixture.sid, library.fixture.post, parent, "Me too.").await.map(drop)
}

async fn save_comment(library: &mut Library) -> Result<()> {
    library.store.save_comment(library.fixture.ben, library.fixture.comments[1], remark("Oh."), Rev(1)).await.map(drop)
}

/// Ben's post and his reply below it mention Sid, who has that in his inbox.
async fn mention_sid(library: &Library) -> Result<()> {
    let f = &library.fixture;
    library.store.save_post(f.ben, f.post, remark("Thrice, @sid."), Rev(1)).await?;
    library.store.save_comment(f.ben, f.comments[1], remark("Ha, @sid!"), Rev(1)).await?;
    library.warm().await;
    Ok(())
}

async fn create_post_to_somebody(library: &mut Library) -> Result<()> {
    let id = post(&library.store, library.fixture.sid, "Dear @rea and @nobody,", None).await?;
    library.fixture.posts.push(id);
    Ok(())
}

async fn mention_in_post(library: &mut Library) -> Result<()> {
    library.store.save_post(library.fixture.ben, library.fixture.post, remark("Ask @sid."), Rev(1)).await.map(drop)
}

async fn mention_no_longer_in_post(library: &mut Library) -> Result<()> {
    mention_sid(library).await?;
    library.store.save_post(library.fixture.ben, library.fixture.post, remark("Ask @mia."), Rev(2)).await.map(drop)
}

async fn delete_post_with_mentions(library: &mut Library) -> Result<()> {
    mention_sid(library).await?;
    library.store.delete_post(library.fixture.ben, library.fixture.post).await.map(drop)
}

async fn add_comment_to_somebody(library: &mut Library) -> Result<()> {
    let f = &library.fixture;
    comment(&library.store, f.sid, f.reas_post, None, "Hello @rea, and @ben.").await.map(drop)
}

async fn mention_in_comment(library: &mut Library) -> Result<()> {
    let f = &library.fixture;
    library.store.save_comment(f.ben, f.comments[1], remark("Ask @sid."), Rev(1)).await.map(drop)
}

async fn mention_no_longer_in_comment(library: &mut Library) -> Result<()> {
    mention_sid(library).await?;
    let f = &library.fixture;
    library.store.save_comment(f.ben, f.comments[1], remark("Ask @mia."), Rev(2)).await.map(drop)
}

async fn delete_mention(library: &mut Library) -> Result<()> {
    mention_sid(library).await?;
    library.store.delete_comment(library.fixture.ben, library.fixture.comments[1]).await.map(drop)
}

async fn hide_mention(library: &mut Library) -> Result<()> {
    mention_sid(library).await?;
    hide(library, Reportable::Comment(library.fixture.comments[1])).await
}

async fn hide_post_with_mentions(library: &mut Library) -> Result<()> {
    mention_sid(library).await?;
    hide(library, Reportable::Post(library.fixture.post)).await
}

async fn show_mention(library: &mut Library) -> Result<()> {
    mention_sid(library).await?;
    hide_and_show(library, Reportable::Comment(library.fixture.comments[1])).await
}

async fn show_post_with_mentions(library: &mut Library) -> Result<()> {
    mention_sid(library).await?;
    hide_and_show(library, Reportable::Post(library.fixture.post)).await
}

async fn delete_comment_with_replies(library: &mut Library) -> Result<()> {
    library.store.delete_comment(library.fixture.rea, library.fixture.comments[0]).await.map(drop)
}

async fn delete_last_reply(library: &mut Library) -> Result<()> {
    library.store.delete_comment(library.fixture.rea, library.fixture.comments[2]).await.map(drop)
}

async fn register(library: &mut Library) -> Result<()> {
    library.store.register(sign_up("new", Role::Reader), None).await.map(drop)
}

async fn register_invited(library: &mut Library) -> Result<()> {
    invite(library).await?;
    library.warm().await;
    let open = library.store.load(&Invitations { viewer: library.fixture.mia }).await?;
    let link = LinkToken::parse(&open.value[0].code).expect("a link");
    library.store.register(sign_up("new", Role::Reader), Some(&link)).await.map(drop)
}

async fn invite(library: &mut Library) -> Result<()> {
    library.store.invite(library.fixture.mia, named("Uncle Vanya")).await.map(drop)
}

async fn withdraw_invitation(library: &mut Library) -> Result<()> {
    let invitation = *library.store.invite(library.fixture.mia, named("Uncle Vanya")).await?.value();
    library.warm().await;
    library.store.withdraw_invitation(library.fixture.mia, invitation).await.map(drop)
}

async fn give_role(library: &mut Library) -> Result<()> {
    library.store.give_role(library.fixture.mia, library.fixture.rea, Role::Manager).await.map(drop)
}

async fn give_up_role(library: &mut Library) -> Result<()> {
    give_role(library).await?;
    library.warm().await;
    library.store.give_role(library.fixture.rea, library.fixture.mia, Role::Reader).await.map(drop)
}

async fn save_site(library: &mut Library) -> Result<()> {
    let draft = site_draft(Registration::Open, "A place for *tides*.", 0);
    library.store.save_site(library.fixture.mia, draft).await.map(drop)
}

async fn close_site(library: &mut Library) -> Result<()> {
    save_site(library).await?;
    library.warm().await;
    library.store.save_site(library.fixture.mia, site_draft(Registration::Closed, "", 1)).await.map(drop)
}

async fn register_manager(library: &mut Library) -> Result<()> {
    // Where there is a manager, nobody becomes the first.
    library.store.set_role(library.fixture.mia, Role::Reader).await?;
    library.warm().await;
    let link = library.store.begin_first_manager().await?.expect("a link");
    let SignUp { name, email, .. } = sign_up("new", Role::Reader);
    library.store.register_manager(&link, name, email, new_password("three green umbrellas")).await.map(drop)
}

async fn become_writer(library: &mut Library) -> Result<()> {
    library.store.become_writer(library.fixture.rea).await.map(drop)
}

async fn choose_mail(library: &mut Library) -> Result<()> {
    library.store.choose_mail(library.fixture.rea, MailChoice::Daily).await.map(drop)
}

async fn stop_mail(library: &mut Library) -> Result<()> {
    choose_mail(library).await?;
    library.warm().await;
    let codes = tables::column(&library.address, "select code from mail_choices").await;
    library.store.stop_mail(&codes[0]).await
}

async fn sign_in(library: &mut Library) -> Result<()> {
    library.store.sign_in(email("sid"), password("sid")).await.map(drop)
}

async fn sign_out(library: &mut Library) -> Result<()> {
    library.store.sign_out(library.fixture.token.clone()).await.map(drop)
}

async fn sign_out_everywhere(library: &mut Library) -> Result<()> {
    library.store.sign_out_everywhere(library.fixture.rea).await.map(drop)
}

async fn change_password(library: &mut Library) -> Result<()> {
    let (new, kept) = (new_password("three green umbrellas"), library.fixture.token.clone());
    library.store.change_password(library.fixture.rea, password("rea"), new, &kept).await.map(drop)
}

async fn reset_password(library: &mut Library) -> Result<()> {
    let link = library.store.begin_reset(library.fixture.rea).await?;
    library.store.reset_password(&link, new_password("three green umbrellas")).await.map(drop)
}

async fn confirm_email(library: &mut Library) -> Result<()> {
    let new = Email::parse("rea@elsewhere.example").expect("an address");
    library.store.ask_for_email(library.fixture.rea, password("rea"), &new).await?;
    let asked = library.store.find_address_asked(&new).await?;
    let Some(AddressAsked::Link(_, link)) = asked else { panic!("no link: {asked:?}") };
    library.store.confirm_email(&link, Some(&library.fixture.token)).await.map(drop)
}

async fn set_email(library: &mut Library) -> Result<()> {
    let new = Email::parse("rea@elsewhere.example").expect("an address");
    library.store.set_email(library.fixture.rea, &new).await.map(drop)
}

async fn turn_on(library: &Library) -> (App, Vec<RecoveryCode>) {
    app::turn_on(&library.store, library.fixture.rea, "rea", &library.fixture.token).await
}

async fn turn_on_second_factor(library: &mut Library) -> Result<()> {
    turn_on(library).await;
    Ok(())
}

async fn turn_off_second_factor(library: &mut Library) -> Result<()> {
    let (app, _) = turn_on(library).await;
    library.warm().await;
    let code = app.next_code(&library.store);
    library.store.turn_off_second_factor(library.fixture.rea, password("rea"), &code).await.map(drop)
}

async fn end_second_factor(library: &mut Library) -> Result<()> {
    turn_on(library).await;
    library.warm().await;
    library.store.end_second_factor(library.fixture.rea).await.map(drop)
}

async fn make_recovery_codes(library: &mut Library) -> Result<()> {
    let (app, codes) = turn_on(library).await;
    let token = app::asked(&library.store, "rea").await;
    library.store.finish_sign_in(&token, &SignInCode::Recovery(codes[0].clone()), None).await?;
    library.warm().await;
    let code = app.next_code(&library.store);
    library.store.make_recovery_codes(library.fixture.rea, password("rea"), &code).await.map(drop)
}

async fn sign_in_with_code(library: &mut Library) -> Result<()> {
    let (app, _) = turn_on(library).await;
    library.warm().await;
    let token = app::asked(&library.store, "rea").await;
    library.store.finish_sign_in(&token, &app.next_code(&library.store), None).await.map(drop)
}

async fn sign_in_with_recovery_code(library: &mut Library) -> Result<()> {
    let (_, codes) = turn_on(library).await;
    library.warm().await;
    let token = app::asked(&library.store, "rea").await;
    library.store.finish_sign_in(&token, &SignInCode::Recovery(codes[0].clone()), None).await.map(drop)
}

async fn leave(library: &Library, user: UserId, who: &str, legacy: Legacy) -> Result<()> {
    library.store.delete_account(user, password(who), legacy).await.map(drop)
}

async fn leave_with_all(library: &mut Library) -> Result<()> {
    delete_scene(library).await?;
    type_into(library, "Typed.", 2, 0).await?;
    library.warm().await;
    leave(library, library.fixture.ada, "ada", Legacy::Remove).await
}

async fn leave_works_behind(library: &mut Library) -> Result<()> {
    add_draft(library).await?;
    type_into(library, "Typed.", 2, 0).await?;
    library.warm().await;
    leave(library, library.fixture.ada, "ada", Legacy::Keep).await
}

/// She likes, follows, reads, posts and talks.
async fn leave_as_reader(library: &mut Library) -> Result<()> {
    leave(library, library.fixture.rea, "rea", Legacy::Keep).await
}

/// Rea replied to him, and he to her.
async fn leave_as_talker(library: &mut Library) -> Result<()> {
    comment(&library.store, library.fixture.ben, library.fixture.reas_post, None, "Hello yourself.").await?;
    library.warm().await;
    leave(library, library.fixture.ben, "ben", Legacy::Remove).await
}

async fn leave_with_hidden_works(library: &mut Library) -> Result<()> {
    let f = library.fixture.clone();
    hide(library, Reportable::Chapter(f.out.chapters[1])).await?;
    library.store.like_story(f.ada, f.out.story, true).await?;
    library.store.follow_author(f.rea, f.ada, true).await?;
    library.warm().await;
    leave(library, f.ada, "ada", Legacy::Keep).await
}

fn new_password(text: &str) -> domain::Password {
    domain::Password::parse(text).expect("a password")
}

async fn invalidate_tag(library: &mut Library) -> Result<()> {
    let story = Invalidation::Tag(Tag::Contents(library.fixture.out.story));
    library.store.invalidate(vec![story, Invalidation::Tag(Tag::Feed)]).await.map(drop)
}

async fn invalidate_key(library: &mut Library) -> Result<()> {
    let page = ReadingPage { story: library.fixture.out.story, chapter: library.fixture.out.chapters[0] };
    library.store.invalidate(vec![Invalidation::Key(page.key())]).await.map(drop)
}

async fn invalidate_area(library: &mut Library) -> Result<()> {
    library.store.invalidate(vec![Invalidation::Tag(Tag::Area(Area::Writing))]).await.map(drop)
}

/// A backup is restored that lacks the last commit, and a reader comes.
async fn lose_the_last_commit(library: &mut Library) -> Result<()> {
    let last = "delete from log where seq = (select seq from log_head); update log_head set seq = seq - 1";
    tables::run(&library.address, last).await;
    library.store.load(&Home {}).await?;
    library.store.confirm(Seq::ZERO).await
}
