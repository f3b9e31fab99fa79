//! Every page and every server function, and who is told what.

use std::sync::LazyLock;

use super::world::{Asker, World};
use crate::site::{Answer, form, pages::plain};

/// Who is told what by a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Everybody while the story is out; otherwise it isn't there, not even for its author.
    WhileOut,
    /// The same while the story's first chapter is out, too.
    WithChapter,
    /// Everybody who is signed in, while the story is out.
    WhileOutSignedIn,
    /// The same while the story's first chapter is out, too.
    WithChapterSignedIn,
    /// The author; nobody is asked to sign in, others don't find it.
    Author,
    /// The one whose it is, who is the author; to everybody else that is signing in as another person.
    Own,
    /// The same while the story is out; otherwise it isn't there, not even for its author.
    OwnWhileOut,
    /// A manager; everybody else is asked to sign in, or doesn't find it.
    Managers,
    /// Something else is done; nothing of the story is in the answer.
    Silent,
}

/// What is sent.
#[derive(Debug, Clone, Copy)]
enum Sent {
    /// A page: the path with its arguments filled in.
    Page(&'static str),
    Get(&'static str),
    Form(&'static str),
    Json(&'static str),
    /// A book to import.
    Upload(&'static str),
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call {
    /// The route of a page, or the path of a server function.
    pub(crate) path: &'static str,
    sent: Sent,
    pub(crate) rule: Rule,
}

impl Call {
    /// Whether it only reads.
    pub(crate) fn is_read(&self) -> bool {
        matches!(self.sent, Sent::Page(_) | Sent::Get(_))
    }

    /// Whether it is a page.
    pub(crate) fn is_page(&self) -> bool {
        matches!(self.sent, Sent::Page(_))
    }

    /// The method it is sent by.
    pub(crate) fn method(&self) -> &'static str {
        if self.is_read() { "GET" } else { "POST" }
    }

    /// Sends it as this person.
    pub(crate) async fn make(&self, world: &World, asker: Asker) -> Answer {
        self.make_with(world, asker, str::to_owned).await
    }

    /// Sends it with what it asks about changed.
    pub(crate) async fn make_with(&self, world: &World, asker: Asker, change: impl Fn(&str) -> String) -> Answer {
        let mut browser = world.browser(asker);
        let fill = |text: &str| change(&world.fill(text, asker));
        match self.sent {
            Sent::Page(path) => browser.get(&fill(path)).await,
            Sent::Get("") => browser.get(self.path).await,
            Sent::Get(arguments) => browser.get(&format!("{}?{}", self.path, fill(arguments))).await,
            Sent::Form(fields) => browser.raw(self.path, "application/x-www-form-urlencoded", fill(fields)).await,
            Sent::Upload(book) => {
                let fields = [("genre", "mystery"), ("format", "novel")];
                let body = form::multipart("line", &fields, ("file", "book.md", book.as_bytes()));
                browser.raw(self.path, "multipart/form-data; boundary=line", body).await
            }
            Sent::Json(body) => browser.raw(self.path, "application/json", fill(body)).await,
        }
    }
}

/// The argument that says whose a query is.
const VIEWER: &str = "viewer";

/// Queries that are answered to managers alone.
const OF_MANAGERS: [&str; 4] =
    ["/api/fetch_moderation_queue", "/api/fetch_act_log", "/api/fetch_members", "/api/fetch_invitations"];

/// A person's own queries about what everybody may read.
const OF_READERS: [&str; 1] = ["/api/fetch_my_story"];

const TAGS: &str = r#"{"log":"{log}","since":{since},"tags":[{"story":"{story}"},{"contents":"{story}"},
    {"part":"{part}"},{"chapter":"{chapter}"},{"scene":"{scene}"},{"cast":"{story}"},{"character":"{character}"},
    {"setting":"{setting}"},{"likes":"{story}"},{"author":"{ada}"},{"viewer":"{ada}"},{"catalogue":["novel","mystery"]},
    {"manuscript":"{story}"},{"outline":"{story}"},{"words":"{story}"},{"trash":"{ada}"},{"reader":"{ada}"},
    {"releases-of":"{ada}"},{"person":"{ada}"},{"posts-of":"{ada}"},{"silences":"{ada}"},
    {"progress":"{ada}"}]}"#;

const REPORTS: &str = r#"{"reports":[{"story":"{story}","mark":{"chapter":"{chapter}","number":1,"ended":true},
    "spot":{"paragraph":2,"print":0,"thousandth":0},"base":0,"read":[]}]}"#;

const SHOWN: &str = r#"{"log":"{log}","shown":{"key":"manuscript.5?viewer={ada}&story={story}","tier":"signals",
    "tags":[{"story":"{story}"}],"as_of":{since},"watermark":{since},"seen":{since},"marked":false},
    "sample":{"ago":0,"after":null,"hash":"cbf29ce484222325"}}"#;

/// The table: first the rows that follow from the lists of queries and pages, then those that need judgement.
pub(crate) fn table() -> &'static [Call] {
    static TABLE: LazyLock<Vec<Call>> = LazyLock::new(|| plain_pages().chain(own_queries()).chain(judged()).collect());
    &TABLE
}

/// Pages that are about nothing in particular: they tell of no draft.
fn plain_pages() -> impl Iterator<Item = Call> {
    plain().map(|path| {
        let path: &'static str = path.leak();
        Call { path, sent: Sent::Page(path), rule: Rule::Silent }
    })
}

/// A person's own queries, as their key says: each asker's own, and Ada's. What an asker's own query names
/// besides is Ada's, so nobody else finds it.
fn own_queries() -> impl Iterator<Item = Call> {
    macro_rules! addresses {
        ($(
            $(#[$doc:meta])* $function:ident $address:literal $query:ident { $($(#[$on:meta])* $argument:ident: $type:ty),* };
        )*) => {
            vec![$((concat!("/api/", $address), vec![$(stringify!($argument)),*])),*]
        };
    }
    let queries: Vec<(&'static str, Vec<&'static str>)> = domain::each_query! { addresses {} };
    queries.into_iter().filter(|(_, arguments)| arguments.contains(&VIEWER)).flat_map(|(path, arguments)| {
        // What names nothing of Ada's is each asker's own.
        let is_own = arguments.iter().all(|argument| [VIEWER, "page", "author", "name"].contains(argument));
        let (mine, adas) = match is_own {
            _ if OF_MANAGERS.contains(&path) => (Rule::Managers, Rule::Managers),
            true => (Rule::Silent, Rule::Own),
            false if OF_READERS.contains(&path) => (Rule::WhileOutSignedIn, Rule::OwnWhileOut),
            false => (Rule::Author, Rule::Own),
        };
        [("me", mine), ("ada", adas)].map(|(who, rule)| {
            let named = arguments.iter().map(|argument| match *argument {
                VIEWER => format!("{argument}={{{who}}}"),
                "author" | "name" => format!("{argument}=ada"),
                _ => format!("{argument}={{{argument}}}"),
            });
            Call { path, sent: Sent::Get(named.collect::<Vec<_>>().join("&").leak()), rule }
        })
    })
}

/// What deletes comes last, and what ends a session after that.
fn judged() -> Vec<Call> {
    use Rule::{Author, Managers, Own, Silent, WhileOut, WhileOutSignedIn, WithChapter, WithChapterSignedIn};
    use Sent::{Form, Get, Json, Page, Upload};
    let call = |path, sent, rule| Call { path, sent, rule };
    vec![
        call("/novels", Page("/novels?genre=mystery"), Silent),
        call("/novels/{story}", Page("/novels/{story}"), WhileOut),
        call("/novels/{story}/{chapter}", Page("/novels/{story}/{chapter}"), WithChapter),
        call("/authors/{author}", Page("/authors/ada"), Silent),
        call("/community", Page("/community?about={story}"), Silent),
        call("/community/{post}", Page("/community/{post}"), Silent),
        call("/studio/edit/story/{story}", Page("/studio/edit/story/{story}"), Author),
        call("/studio/history/{scene}", Page("/studio/history/{scene}?version=1"), Author),
        call("/reset-password", Page("/reset-password?link=0"), Silent),
        call("/confirm-email", Page("/confirm-email?link=0"), Silent),
        call("", Page("/nowhere/{story}"), Silent),
        call("/api/fetch_demo", Get(""), Silent),
        call("/api/fetch_session", Json("{}"), Silent),
        call("/api/fetch_second_step", Get(""), Silent),
        call("/api/fetch_home", Get(""), Silent),
        call("/api/fetch_shelf", Get("format=novel"), Silent),
        call("/api/fetch_shelf", Get("format=novel&genre=mystery"), Silent),
        call("/api/fetch_story", Get("story={story}"), WhileOut),
        call("", Page("/search?genre=mystery&sort=new"), Silent),
        call("/api/fetch_search", Get("wanted=genre%3Dmystery"), Silent),
        call("/api/fetch_author", Get("author=ada"), Silent),
        call("/api/fetch_reading_page", Get("story={story}&chapter={chapter}"), WithChapter),
        call("", Page("/feed.atom"), Silent),
        call("", Page("/novels/{story}/feed.atom"), WhileOut),
        call("", Page("/authors/{ada}/feed.atom"), Silent),
        call("/api/fetch_releases", Get(""), Silent),
        call("/api/fetch_releases", Get("author={ada}"), Silent),
        call("/api/fetch_releases", Get("story={story}"), WhileOut),
        call("/api/export_story", Get("story={story}&format=markdown"), Author),
        call("/api/export_account", Get(""), Silent),
        call("/api/fetch_feed", Get("page=0"), Silent),
        call("/api/fetch_feed", Get("about={story}&page=0"), WhileOut),
        call("/api/fetch_chapter_talk", Get("story={story}&chapter={chapter}"), WithChapter),
        call("/api/fetch_thread", Get("post={post}"), Silent),
        call("/api/fetch_comment_place", Get("post={post}&comment={comment}"), Silent),
        call("/api/fetch_node_report", Get(""), Silent),
        call("/api/fetch_changes", Json(TAGS), Silent),
        call("/api/check_answer", Json(SHOWN), Own),
        call("/api/set_appearance", Form("choice=theme%3Ddark"), Silent),
        call("/api/clear_node_metrics", Form(""), Silent),
        call("/api/set_areas", Form("areas=all"), Silent),
        call("/api/acknowledge_alert", Form("rule=hit-rate"), Silent),
        call("/api/fetch_log", Json(r#"{"tags":[]}"#), Silent),
        call("/api/fetch_node_keys", Get(""), Silent),
        call("/api/explain_answer", Get("key=story-page.5?story={story}"), Silent),
        call("/api/invalidate_answers", Json(r#"{"what":["feed"]}"#), Silent),
        call("/api/like_story", Form("story={story}&liked=true"), WhileOutSignedIn),
        call("/api/like_story", Form("story={story}&liked=false"), WhileOutSignedIn),
        call("/api/follow_story", Form("story={story}&followed=true"), WhileOutSignedIn),
        call("/api/follow_story", Form("story={story}&followed=false"), Silent),
        call("/api/fetch_bookmarks", Get("reader={me}"), Silent),
        call("/api/fetch_bookmarks", Get("reader={ada}"), Own),
        call("/api/fetch_my_silences", Get("by={me}"), Silent),
        call("/api/fetch_my_silences", Get("by={ada}"), Own),
        call("/api/read_inbox", Form("up_to=1"), Silent),
        call("/api/follow_author", Form("author={ada}&followed=true"), WhileOutSignedIn),
        call("/api/keep_bookmarks", Json(REPORTS), WithChapterSignedIn),
        call(
            "/api/keep_spot",
            Json(
                r#"{"story":"{story}","chapter":"{chapter}","spot":{"paragraph":9,"print":0,"thousandth":0},"base":0}"#,
            ),
            WhileOutSignedIn,
        ),
        call("/api/fetch_spot", Get("story={story}"), WhileOutSignedIn),
        call("/api/report_thing", Form("what=story:{story}&reason=spam"), WhileOutSignedIn),
        call("/api/report_thing", Form("what=chapter:{chapter}&reason=other&words=So"), WithChapterSignedIn),
        call("/api/report_thing", Form("what=post:{post}&reason=other"), Silent),
        call("/api/hide_thing", Form("what=story:{story}&told=So"), Managers),
        call("/api/restore_hidden", Form("what=story:{story}"), Managers),
        call("/api/dismiss_reports", Form("what=story:{story}"), Managers),
        call("/api/lock_thread", Form("post={post}&locked=true"), Managers),
        call("/api/suspend_account", Form("user={ada}&term=day&told=So"), Managers),
        call("/api/ban_account", Form("user={ada}&told=So"), Managers),
        call("/api/lift_bar", Form("user={ada}"), Managers),
        call("/api/fetch_site", Get(""), Silent),
        call("/api/save_site", Form("registration=open&base=0"), Managers),
        call("/api/invite", Form("who=So"), Managers),
        call("/api/withdraw_invitation", Form("invitation=0000000000007"), Managers),
        call("/api/give_role", Form("user={ada}&role=writer"), Managers),
        call("/api/choose_mail", Form("choice=never"), Silent),
        call("/api/answer_decision", Form("decision=0000000000007&text=So"), Managers),
        call("/silence", Page("/silence?person=ada"), Silent),
        call("/report", Page("/report?what=story:{story}"), Silent),
        call("/api/create_post", Form("text=So&about={story}"), WhileOutSignedIn),
        call("/api/create_post", Form("text=So"), Silent),
        call("/api/save_post", Form("post={post}&text=So&base=1"), Silent),
        call("/api/like_post", Form("post={post}&liked=true"), Silent),
        call("/api/add_comment", Form("post={post}&text=So"), Silent),
        call("/api/save_comment", Form("comment={comment}&text=So&base=1"), Silent),
        call("/api/create_story", Form("title=Mine&format=novel&genre=mystery"), Silent),
        call("/api/preview_import", Upload("# Mine\n\nIt rained."), Silent),
        call("/api/import_story", Upload("# Mine\n\nIt rained."), Silent),
        call("/api/become_writer", Form(""), Silent),
        call(
            "/api/save_story",
            Json(
                r#"{"story":"{story}","draft":{"title":"Zqtold","blurb":"","format":"novel","genre":"mystery","base":1}}"#,
            ),
            Author,
        ),
        call("/api/add_part", Json(r#"{"story":"{story}","title":"Zqtold"}"#), Author),
        call("/api/save_part", Json(r#"{"part":"{part}","draft":{"title":"Zqtold","synopsis":"","base":2}}"#), Author),
        call("/api/move_part", Json(r#"{"part":"{part}","place":0}"#), Author),
        call("/api/add_chapter", Json(r#"{"part":"{part}","title":"Zqtold"}"#), Author),
        call(
            "/api/save_chapter",
            Json(r#"{"chapter":"{chapter}","draft":{"title":"Zqtold","synopsis":"","base":2}}"#),
            Author,
        ),
        call("/api/move_chapter", Json(r#"{"chapter":"{chapter}","to":"{part}","place":0}"#), Author),
        call("/api/add_scene", Json(r#"{"chapter":"{chapter}","title":"Zqtold"}"#), Author),
        call(
            "/api/save_scene",
            Json(
                r#"{"scene":"{scene}","save":{"title":"","content":"Zqtold","goal":"","conflict":"","outcome":"","base":3}}"#,
            ),
            Author,
        ),
        call(
            "/api/keep_version",
            Json(
                r#"{"scene":"{scene}","texts":{"title":"","content":"Zqnever","goal":"","conflict":"","outcome":""}}"#,
            ),
            Author,
        ),
        call(
            "/api/keep_working_copy",
            Json(
                r#"{"scene":"{scene}","keep":{"texts":{"title":"","content":"Zqnever","goal":"","conflict":"","outcome":""},"base":4,"kept":3}}"#,
            ),
            Author,
        ),
        call("/api/leave_working_copy", Form("scene={scene}&kept=4"), Author),
        call("/api/save_goals", Form("story={story}&day=500&whole=50000"), Author),
        call(
            "/api/replace_in_story",
            Json(
                r#"{"story":"{story}","needle":"words=Zqnowhere","with":"Zqnever","scenes":[{"scene":"{scene}","base":4,"kept":5}]}"#,
            ),
            Author,
        ),
        call("/api/undo_replace", Json(r#"{"story":"{story}","scenes":[]}"#), Author),
        call("/api/restore_version", Form("scene={scene}&number=1&base=4"), Author),
        call("/api/move_scene", Json(r#"{"scene":"{scene}","to":"{chapter}","place":0}"#), Author),
        call(
            "/api/add_cast_member",
            Json(r#"{"story":"{story}","kind":"character","name":"Zqnever","description":""}"#),
            Author,
        ),
        call(
            "/api/add_cast_member",
            Json(r#"{"story":"{story}","kind":"setting","name":"Zqnever","description":""}"#),
            Author,
        ),
        call(
            "/api/save_cast_member",
            Json(
                r#"{"kind":"character","member":"{character}",
                    "draft":{"name":"Zqnever","description":"","base":1}}"#,
            ),
            Author,
        ),
        call(
            "/api/save_cast_member",
            Json(r#"{"kind":"setting","member":"{setting}","draft":{"name":"Zqnever","description":"","base":1}}"#),
            Author,
        ),
        call("/api/publish_story", Form("story={story}&chapters[0]={chapter}"), Author),
        call("/api/publish_chapter", Form("chapter={chapter}"), Author),
        call("/api/unpublish_chapter", Form("chapter={chapter}"), Author),
        call("/api/schedule_chapter", Form("chapter={chapter}&local=2999-12-01T09:30&zone=UTC"), Author),
        call("/api/unschedule_chapter", Form("chapter={chapter}"), Author),
        call("/api/unpublish_story", Form("story={story}"), Author),
        call("/api/delete_cast_member", Json(r#"{"kind":"character","member":"{character}"}"#), Author),
        call("/api/delete_cast_member", Json(r#"{"kind":"setting","member":"{setting}"}"#), Author),
        call("/api/restore_trashed", Form("what=character:{character}"), Author),
        call("/api/delete_trashed", Form("what=setting:{setting}"), Author),
        call("/api/delete_scene", Json(r#"{"scene":"{scene}"}"#), Author),
        call("/api/restore_trashed", Form("what=scene:{scene}"), Author),
        call("/api/delete_scene", Json(r#"{"scene":"{scene}"}"#), Author),
        call("/api/delete_trashed", Form("what=scene:{scene}"), Author),
        call("/api/delete_chapter", Json(r#"{"chapter":"{chapter}"}"#), Author),
        call("/api/delete_part", Json(r#"{"part":"{part}"}"#), Author),
        call("/api/delete_story", Form("story={story}"), Author),
        call("/api/restore_trashed", Form("what=story:{story}"), Author),
        call("/api/end_session", Form("session=0000000000007"), Managers),
        call("/api/silence_person", Form("person={ada}&how=mute"), Silent),
        call("/api/end_silence", Form("person={ada}"), Silent),
        call("/api/change_name", Form("name=Eve"), Silent),
        call("/api/delete_comment", Form("comment={comment}"), Silent),
        call("/api/delete_post", Form("post={post}"), Silent),
        call("/api/clear_node_memory", Form(""), Silent),
        call("/api/register", Form("name=Eve&email=eve%40quire.example&password=eve%27s+password&role=writer"), Silent),
        call(
            "/api/register_manager",
            Form("link=0&name=Eve&email=eve%40quire.example&password=three+green+umbrellas"),
            Silent,
        ),
        call("/api/sign_in", Form("email=eve%40quire.example&password=eve%27s+password"), Silent),
        call("/api/save_profile", Form("handle=ada&bio=So&base=1"), Silent),
        call("/api/change_password", Form("current=eve%27s+password&new=three+green+umbrellas"), Silent),
        call("/api/begin_second_factor", Form(""), Silent),
        call("/api/turn_on_second_factor", Form("code=123456&current=eve%27s+password"), Silent),
        call("/api/turn_off_second_factor", Form("code=123456&current=eve%27s+password"), Silent),
        call("/api/make_recovery_codes", Form("code=123456&current=eve%27s+password"), Silent),
        call("/api/confirm_sign_in", Form("code=123456"), Silent),
        call("/api/forgot_password", Form("email=ada%40quire.example"), Silent),
        call("/api/change_email", Form("email=eva%40quire.example&current=eve%27s+password"), Silent),
        call("/api/confirm_email", Form("link=0"), Silent),
        call("/api/delete_account", Form("current=eve%27s+password&legacy=keep"), Silent),
        call("/api/reset_password", Form("link=0&new=three+green+umbrellas"), Silent),
        call("/api/sign_out", Form(""), Silent),
        call("/api/sign_out_everywhere", Form(""), Silent),
    ]
}
