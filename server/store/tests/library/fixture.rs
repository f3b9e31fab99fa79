//! What is in the small library.

use std::collections::BTreeSet;

use domain::{
    Body, Bookmark, BookmarkReport, BookmarkReports, CastDraft, CastId, CastKind, ChapterId, ChosenScene, ChosenScenes,
    CommentId, Email, Format, Genre, Grounds, Heading, Keep, Name, Needle, NewComment, NewPost, NewStory, Note, PartId,
    Password, PostId, Reason, Registration, Remark, Replacement, Reportable, Rev, Role, SceneId, SceneSave, SignUp,
    SiteDraft, SiteText, Spot, StoryId, StoryMatches, Subject, Suspension, Title, UserId, Wanted,
};
use store::{Result, SessionToken, Store};

/// A story and what is in it.
#[derive(Debug, Clone)]
pub struct Tale {
    pub story: StoryId,
    pub parts: Vec<PartId>,
    /// The first part has two chapters, the second has one.
    pub chapters: Vec<ChapterId>,
    /// The first chapter has two scenes, the others have one each.
    pub scenes: Vec<SceneId>,
    pub character: CastId,
    pub setting: CastId,
}

/// Who and what is in the small library. The lists hold everything that questions are asked about:
/// a test adds what it makes.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// Writes both tales.
    pub ada: UserId,
    /// Writes a story of his own, and posts.
    pub ben: UserId,
    /// Reads, likes and talks.
    pub rea: UserId,
    /// Has done nothing yet, and was suspended for it; that was lifted.
    pub sid: UserId,
    /// Looks after the place. Rea reported Ben's post to her; Ben's report of Rea's post she dismissed.
    pub mia: UserId,
    /// Rea is signed in.
    pub token: SessionToken,
    /// Everybody may read it. Rea and Ben like it, and read it: Rea is in its second chapter, Ben at its end.
    pub out: Tale,
    /// It was out once, and is a draft again. Rea likes it, and Ben posted about it.
    pub draft: Tale,
    /// Ben's, never published.
    pub bens: Tale,
    /// Ben's post about the second chapter of the story that is out; Rea likes it.
    pub post: PostId,
    /// Below it: Rea's comment, Ben's reply, and Rea's reply to that.
    pub comments: [CommentId; 3],
    /// Ben's post about the draft's first chapter, from when it was out.
    pub post_about_draft: PostId,
    /// Rea's post about nothing.
    pub reas_post: PostId,

    pub stories: Vec<StoryId>,
    pub chapters: Vec<ChapterId>,
    pub scenes: Vec<SceneId>,
    pub posts: Vec<PostId>,
}

/// What is in the titles of Ada's draft, and nowhere else.
pub const SECRET: &str = "Unfinished";

impl Fixture {
    /// Everybody.
    pub fn people(&self) -> [UserId; 5] {
        [self.ada, self.ben, self.rea, self.sid, self.mia]
    }

    /// Writes the small library.
    pub async fn write(store: &Store) -> Result<Self> {
        let ada = *store.register(sign_up("ada", Role::Writer), None).await?.value();
        let ben = *store.register(sign_up("ben", Role::Writer), None).await?.value();
        let rea = *store.register(sign_up("rea", Role::Reader), None).await?.value();
        let sid = *store.register(sign_up("sid", Role::Reader), None).await?.value();
        let mia = *store.add_account(sign_up("mia", Role::Manager)).await?.value();
        let (_, token) = store.sign_in(email("rea"), password("rea")).await?.open();

        let out = tale(store, ada, "The Tide Table", Format::Novel, Genre::Mystery).await?;
        store.publish_story(ada, out.story, &out.chapters).await?;
        let draft = tale(store, ada, SECRET, Format::Comic, Genre::Humour).await?;
        store.publish_story(ada, draft.story, &draft.chapters).await?;
        let bens = tale(store, ben, "Ben's own", Format::Novel, Genre::Mystery).await?;

        let post =
            post(store, ben, "I have read it thrice.", Some(Subject::chapter(out.story, out.chapters[1]))).await?;
        let of_draft = Subject::chapter(draft.story, draft.chapters[0]);
        let post_about_draft = self::post(store, ben, "Is it done?", Some(of_draft)).await?;
        let reas_post = self::post(store, rea, "Hello!", None).await?;
        let first = comment(store, rea, post, None, "So have I.").await?;
        let second = comment(store, ben, post, Some(first), "Ha!").await?;
        let third = comment(store, rea, post, Some(second), "Ha ha!").await?;

        for (user, story) in [(rea, out.story), (ben, out.story), (rea, draft.story)] {
            store.like_story(user, story, true).await?;
        }
        store.like_post(rea, post, true).await?;
        // Rea reads both, and Ben has read all of one.
        for report in [report(&out, 1, false, 0), report(&draft, 0, false, 0)] {
            store.keep_bookmarks(rea, report).await?;
        }
        store.keep_bookmarks(ben, report(&out, 2, true, 0)).await?;
        store.follow_story(rea, out.story, true).await?;
        store.follow_author(ben, ada, true).await?;
        store.unpublish_story(ada, draft.story).await?;
        store.report_thing(rea, Reportable::Post(post), Reason::Spam, note("Thrice!")).await?;
        store.report_thing(ben, Reportable::Post(reas_post), Reason::Other, Note::default()).await?;
        store.dismiss_reports(mia, Reportable::Post(reas_post), note("It only says hello.")).await?;
        store.suspend_account(mia, sid, Suspension::Week, grounds("By mistake."), Note::default()).await?;
        store.lift_bar(mia, sid, note("Sorry.")).await?;

        let tales = [&out, &draft, &bens];
        Ok(Self {
            stories: tales.iter().map(|tale| tale.story).collect(),
            chapters: tales.iter().flat_map(|tale| tale.chapters.clone()).collect(),
            scenes: tales.iter().flat_map(|tale| tale.scenes.clone()).collect(),
            posts: vec![post, post_about_draft, reas_post],
            comments: [first, second, third],
            ada,
            ben,
            rea,
            sid,
            mia,
            token,
            out,
            draft,
            bens,
            post,
            post_about_draft,
            reas_post,
        })
    }
}

async fn tale(store: &Store, author: UserId, name: &str, format: Format, genre: Genre) -> Result<Tale> {
    let new = NewStory { title: title(name), blurb: note(&format!("About {name}")), format, genre };
    let story = store.create_story(author, new).await?.value().story;
    let tree = store.load(&domain::Manuscript { viewer: author, story }).await?;
    let begun = &tree.value.parts[0];
    let mut parts = vec![begun.part];
    let mut chapters = vec![begun.chapters[0].chapter];
    let mut scenes = vec![begun.chapters[0].scenes[0].scene];
    parts.push(*store.add_part(author, story, heading(&format!("{name}, later"))).await?.value());
    for (part, number) in [(parts[0], 2), (parts[1], 3)] {
        chapters.push(*store.add_chapter(author, part, heading(&format!("{name}, chapter {number}"))).await?.value());
    }
    scenes.push(*store.add_scene(author, chapters[0], Heading::default()).await?.value());
    let tree = store.load(&domain::Manuscript { viewer: author, story }).await?;
    let added = tree.value.parts.iter().flat_map(|part| &part.chapters).skip(1);
    scenes.extend(added.map(|chapter| chapter.scenes[0].scene));
    for (number, &scene) in (1..).zip(&scenes) {
        store.save_scene(author, scene, save(&format!("{name}: *scene* {number}."), Rev(1))).await?;
    }
    let (owl, roof) = ((named("Mrs Owl"), note("Sharp.")), (named("The roof"), note("Wet.")));
    let character = *store.add_cast_member(author, story, CastKind::Character, owl.0, owl.1).await?.value();
    let setting = *store.add_cast_member(author, story, CastKind::Setting, roof.0, roof.1).await?.value();
    Ok(Tale { story, parts, chapters, scenes, character, setting })
}

/// A person's form; they are called by their name, and so is their password, nearly.
pub fn sign_up(who: &str, role: Role) -> SignUp {
    SignUp { name: named(who), email: email(who), password: password(who), role }
}

pub fn email(who: &str) -> Email {
    Email::parse(&format!("{who}@quire.example")).expect("an address")
}

pub fn password(who: &str) -> Password {
    Password::parse(&format!("{who}'s password")).expect("a password")
}

pub fn title(text: &str) -> Title {
    Title::parse(text).expect("a title")
}

pub fn heading(text: &str) -> Heading {
    Heading::parse(text).expect("a heading")
}

pub fn named(text: &str) -> Name {
    Name::parse(text).expect("a name")
}

pub fn note(text: &str) -> Note {
    Note::parse(text).expect("a note")
}

pub fn grounds(text: &str) -> Grounds {
    Grounds::parse(text).expect("a reason")
}

pub fn site_draft(registration: Registration, about: &str, base: i64) -> SiteDraft {
    let page = |text| SiteText::parse(text).expect("a page");
    SiteDraft { registration, about: page(about), rules: page("Be kind."), base: Rev(base) }
}

pub fn remark(text: &str) -> Remark {
    Remark::parse(text).expect("a remark")
}

/// A character or a setting with this name.
pub fn cast_draft(name: &str, base: Rev) -> CastDraft {
    CastDraft { name: named(name), description: note("Notes."), base }
}

/// A scene with this text.
pub fn save(text: &str, base: Rev) -> SceneSave {
    SceneSave {
        title: Heading::default(),
        content: Body::parse(text).expect("a body"),
        goal: Note::default(),
        conflict: Note::default(),
        outcome: Note::default(),
        base,
        kept: Rev(0),
    }
}

/// Typed text, on from this revision of the scene and of its working copy.
pub fn typed(text: &str, base: i64, kept: i64) -> Keep {
    Keep { texts: save(text, Rev(base)).into(), base: Rev(base), kept: Rev(kept) }
}

/// These words, in capitals or not.
pub fn needle(words: &str) -> Needle {
    Needle::parse(words, false, false).expect("words")
}

pub fn replacement(words: &str) -> Replacement {
    Replacement::parse(words).expect("words")
}

/// All scenes of a story in which an author finds the words, as they are now.
pub async fn chosen(store: &Store, viewer: UserId, story: StoryId, needle: &Needle) -> ChosenScenes {
    let found = store.load(&StoryMatches { viewer, story, needle: needle.clone() }).await.expect("matches");
    let chosen = found.value.scenes.iter().map(|found| ChosenScene {
        scene: found.scene,
        base: found.rev,
        kept: found.kept,
        left_out: BTreeSet::new(),
    });
    chosen.collect::<Vec<_>>().try_into().expect("a choice")
}

/// A reader is in a tale's chapter (from 0), or at its end, and knew this revision of where they were.
pub fn report(tale: &Tale, chapter: usize, ended: bool, base: i64) -> BookmarkReports {
    let at = tale.chapters[chapter];
    let mark = Bookmark { chapter: at, number: u32::try_from(chapter).expect("a few") + 1, ended };
    let spot = Spot { paragraph: 1, print: 7, thousandth: 500 };
    let report = BookmarkReport { story: tale.story, mark, spot, base: Rev(base), read: vec![] };
    vec![report].try_into().expect("one report")
}

/// A time in Berlin.
pub fn wanted(local: &str) -> Wanted {
    let (local, zone) = (local.parse().expect("a time"), "Europe/Berlin".to_owned());
    Wanted { local, zone: zone.try_into().expect("a zone"), which: None }
}

pub async fn post(store: &Store, author: UserId, text: &str, about: Option<Subject>) -> Result<PostId> {
    Ok(*store.create_post(author, NewPost { text: remark(text), about }).await?.value())
}

pub async fn comment(
    store: &Store,
    author: UserId,
    post: PostId,
    parent: Option<CommentId>,
    text: &str,
) -> Result<CommentId> {
    Ok(*store.add_comment(author, NewComment { post, parent, text: remark(text) }).await?.value())
}
