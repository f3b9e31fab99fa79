//! The live connection: who is told what, and who is shown the door.

use std::time::Duration;

use abreast_server::http::Heartbeat;
use domain::{
    Body, CatchUp, ChapterId, Directive, Heading, Manuscript, Note, Rev, Role, SceneSave, Seq, ServerMessage, StoryId,
    Tag,
};

use crate::site::{
    Line, Person, Site,
    books::a_story,
    people::{email, password},
};

/// Ada's story with one scene, and live lines of several people.
struct World {
    site: Site,
    ada: Person,
    ben: Person,
    story: StoryId,
    chapter: ChapterId,
}

impl World {
    async fn new() -> Self {
        Self::on(Site::start().await).await
    }

    async fn on(site: Site) -> Self {
        let ada = Person::join(&site.store, "ada", Role::Writer).await;
        let ben = Person::join(&site.store, "ben", Role::Writer).await;
        let tree = a_story(&site.store, ada.user, "The Tide Table", false).await;
        Self { site, ada, ben, story: tree.story, chapter: tree.parts[0].chapters[0].chapter }
    }

    async fn line(&self, of: Option<&Person>) -> Line {
        self.line_about(of, Tag::Story(self.story)).await
    }

    async fn line_about(&self, of: Option<&Person>, tag: Tag) -> Line {
        let mut line = Line::open(&self.site.base, of.map(|of| of.token.as_str())).await;
        let store = &self.site.store;
        let told = line.hold(store.log_id(), store.watermark(), &[tag]).await;
        assert_eq!(told, ServerMessage::CaughtUp(CatchUp::Changes { head: store.watermark(), log: vec![] }));
        line
    }

    async fn publish(&self) -> Seq {
        self.site.store.publish_story(self.ada.user, self.story, &[self.chapter]).await.expect("published").record().seq
    }

    async fn save(&self, base: i64) -> Seq {
        let (store, ada) = (&self.site.store, self.ada.user);
        let tree = store.load(&Manuscript { viewer: ada, story: self.story }).await.expect("its tree");
        let scene = tree.value.parts[0].chapters[0].scenes[0].scene;
        let (title, note) = (Heading::default(), Note::default());
        let content = Body::parse("It rained.").expect("a text");
        let save = SceneSave {
            title,
            content,
            goal: note.clone(),
            conflict: note.clone(),
            outcome: note,
            base: Rev(base),
            kept: Rev(0),
        };
        store.save_scene(ada, scene, save).await.expect("saved").record().seq
    }
}

fn row(seq: Seq, tag: Tag) -> ServerMessage {
    ServerMessage::Row { seq, directives: vec![Directive::Refresh(tag)], spread: 0 }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_told_to_its_author_alone() {
    let world = World::new().await;
    let desk = Tag::Manuscript(world.story);
    let mut ada = world.line_about(Some(&world.ada), desk).await;
    let mut others = vec![];
    for who in [Some(&world.ben), None] {
        others.push(world.line_about(who, desk).await);
        others.push(world.line(who).await);
    }
    let draft = world.save(1).await;
    assert_eq!(ada.told().await, Some(row(draft, desk)));
    for line in &mut others {
        assert_eq!(line.told().await, None);
    }
    let published = world.publish().await;
    assert_eq!(ada.told().await, Some(row(published, desk)));
    for line in others.iter_mut().skip(1).step_by(2) {
        assert_eq!(line.told().await, Some(row(published, Tag::Story(world.story))));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happened_before_the_line_was_there_is_caught_up_on() {
    let world = World::new().await;
    let before = world.site.store.watermark();
    world.save(1).await;
    let published = world.publish().await;
    let mut line = Line::open(&world.site.base, None).await;
    let told = line.hold(world.site.store.log_id(), before, &[Tag::Story(world.story)]).await;
    let log = vec![(published, vec![Directive::Refresh(Tag::Story(world.story))])];
    assert_eq!(told, ServerMessage::CaughtUp(CatchUp::Changes { head: published, log }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_signs_out_is_asked_to_call_again() {
    let world = World::new().await;
    let (mut ada, mut ben) = (world.line(Some(&world.ada)).await, world.line(Some(&world.ben)).await);
    world.site.store.sign_out(world.ada.token.clone()).await.expect("signed out");
    assert_eq!(ada.closed().await.0, 1013);
    world.publish().await;
    assert!(ben.told().await.is_some());
}

/// Each tab holds its session's tag; the line is cut after the word, not before it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_of_a_session_is_told_to_its_own_tabs() {
    let world = World::new().await;
    let store = &world.site.store;
    let (_, elsewhere) = store.sign_in(email("ada"), password("ada")).await.expect("a session").open();
    let (here, there) = (Tag::Session(world.ada.token.tag()), Tag::Session(elsewhere.tag()));
    let mut ours = Line::open(&world.site.base, Some(world.ada.token.as_str())).await;
    let mut theirs = Line::open(&world.site.base, Some(elsewhere.as_str())).await;
    let mut ben = Line::open(&world.site.base, Some(world.ben.token.as_str())).await;
    for (line, held) in [(&mut ours, here), (&mut theirs, there), (&mut ben, here)] {
        line.hold(store.log_id(), store.watermark(), &[held]).await;
    }
    let seq = store.sign_out(world.ada.token.clone()).await.expect("signed out").record().seq;
    let ended = |seq, tag| ServerMessage::Row { seq, directives: vec![Directive::Evict(tag)], spread: 0 };
    assert_eq!(ours.told().await, Some(ended(seq, here)));
    assert_eq!(ours.closed().await.0, 1013);
    assert_eq!(theirs.closed().await.0, 1013, "who is there is found out anew");
    assert_eq!(ben.told().await, None, "it is nobody else's business");

    let mut theirs = Line::open(&world.site.base, Some(elsewhere.as_str())).await;
    assert_eq!(
        theirs.hold(store.log_id(), Seq(seq.0 - 1), &[there]).await,
        ServerMessage::CaughtUp(CatchUp::Changes { head: seq, log: vec![] }),
        "another session goes on"
    );
    let seq = store.sign_out_everywhere(world.ada.user).await.expect("signed out").record().seq;
    assert_eq!(theirs.told().await, Some(ended(seq, there)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_is_told_why_and_disturbs_nobody() {
    let world = World::new().await;
    let many = |count: usize| {
        let tags: Vec<Tag> = (0..count).map(|n| Tag::Story(StoryId::from_bits(n as u64))).collect();
        serde_json::json!({ "log": world.site.store.log_id(), "tags": tags, "since": 0 }).to_string()
    };
    let cases = [
        ("not json".to_owned(), 1007, "not what a browser holds"),
        ("{}".to_owned(), 1007, "not what a browser holds"),
        (r#"{"log":"x","tags":[],"since":0}"#.to_owned(), 1007, "not what a browser holds"),
        (many(1_001), 1009, "too many tags"),
        (many(1_000_000), 1009, "too long a message"),
    ];
    // Only now: a million tags take a while to write, and nothing answers a beat meanwhile.
    let mut ben = world.line(Some(&world.ben)).await;
    // Ben answers beats meanwhile: on a busy machine this takes longer than a silent line may last.
    ben.read_during(async {
        for (message, code, words) in cases {
            let mut line = Line::open(&world.site.base, None).await;
            line.send(message.clone()).await;
            assert_eq!(line.closed().await, (code, words.to_owned()), "{}", &message[..message.len().min(60)]);
        }
        let mut line = Line::open(&world.site.base, None).await;
        line.send_bytes(vec![0; 10]).await;
        assert_eq!(line.closed().await, (1003, "only text".to_owned()));
        let mut line = Line::open(&world.site.base, None).await;
        for _ in 0..100 {
            line.send(many(1)).await;
        }
        assert_eq!(line.closed().await, (1008, "too many messages".to_owned()));
        assert!(Line::open_with(&world.site.base, None, Some("https://evil.example")).await.is_err());
    })
    .await;
    let published = world.publish().await;
    assert_eq!(ben.told().await, Some(row(published, Tag::Story(world.story))));
}

/// Who answers no beat is gone, or might as well be; who answers them may say nothing else for ever.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_browser_is_cut_and_a_quiet_one_is_not() {
    let heartbeat = Heartbeat { interval: Duration::from_millis(100), max_unanswered: 10 };
    let world = World::on(Site::impatient(heartbeat).await).await;
    let mut ben = world.line(Some(&world.ben)).await;
    let silent = world.line(None).await;
    let mut end = None;
    ben.read_during(async { end = Some(silent.ignored().await) }).await;
    let (beats, code, words) = end.expect("the silent line's end");
    assert_eq!((code, words.as_str()), (1008, "silent for too long"));
    assert!(beats >= 10, "it was asked whether it is there");
    let published = world.publish().await;
    assert_eq!(ben.told().await, Some(row(published, Tag::Story(world.story))));
}
