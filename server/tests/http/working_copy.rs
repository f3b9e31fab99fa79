//! What is typed in several tabs of several devices, by a server that is killed now and then: no word of it is lost.

use std::{collections::BTreeSet, path::PathBuf};

use domain::{Format, Genre, Manuscript, NewStory, Note, Role, SceneId, Title, merge};
use reqwest::Method;
use serde_json::{Value, json};
use store::{Address, Store};

use crate::site::{Browser, Person, Site, child::Program, rows};

async fn scene_of_a_new_story(store: &Store, author: &Person) -> SceneId {
    let title = Title::parse("The Tide Table").expect("a title");
    let new = NewStory { title, blurb: Note::default(), format: Format::Novel, genre: Genre::Mystery };
    let story = store.create_story(author.user, new).await.expect("a story").value().story;
    let tree = store.load(&Manuscript { viewer: author.user, story }).await.expect("its tree");
    tree.value.parts[0].chapters[0].scenes[0].scene
}

fn texts(content: &str) -> Value {
    json!({"title": "", "content": content, "goal": "", "conflict": "", "outcome": ""})
}

fn keep(scene: SceneId, content: &str, base: i64, kept: i64) -> Value {
    json!({"scene": scene, "keep": {"texts": texts(content), "base": base, "kept": kept}})
}

/// It is its author's: nobody else reads, keeps or ends it, and readers' pages say nothing of it.
#[tokio::test]
async fn nobody_else_has_anything_of_a_working_copy() {
    let site = Site::start().await;
    let (ada, ben) =
        (Person::join(&site.store, "ada", Role::Writer).await, Person::join(&site.store, "ben", Role::Manager).await);
    let scene = scene_of_a_new_story(&site.store, &ada).await;
    let mut hers = site.browser_of(&ada);
    assert_eq!(hers.json("/api/keep_working_copy", &keep(scene, "Zqsecret.", 1, 0)).await.status, 200);
    let question = |who: &Person| format!("/api/fetch_scene?viewer={}&scene={scene}", who.user);
    let kept = hers.get(&question(&ada)).await.json();
    assert_eq!(kept["entry"]["value"]["working"]["texts"]["content"], "Zqsecret.");
    let mut his = site.browser_of(&ben);
    for answer in [
        his.get(&question(&ada)).await,
        his.get(&question(&ben)).await,
        his.json("/api/keep_working_copy", &keep(scene, "His.", 1, 1)).await,
        his.fields("/api/leave_working_copy", &[("scene", &scene.to_string()), ("kept", "1")]).await,
    ] {
        assert!(matches!(answer.status, 401 | 403 | 404), "{}", answer.body);
        assert!(!answer.body.contains("Zqsecret"), "{}", answer.body);
    }
    assert_eq!(hers.get(&question(&ada)).await.json()["entry"]["value"]["kept"], 1);
}

/// What a page knows of the scene.
#[derive(Debug, Clone)]
struct Head {
    rev: i64,
    kept: i64,
    text: String,
}

/// A tab: a page that knows a head, and text that was typed on from it.
struct Tab {
    browser: usize,
    known: Head,
    text: String,
    is_online: bool,
    is_open: bool,
}

/// What a tab had not sent when it was closed: its browser keeps it.
struct Draft {
    known: Head,
    text: String,
}

/// A browser's drafts, the newest last.
type Drafts = Vec<Draft>;

impl Tab {
    /// What is typed is not sent as it goes: only its browser has it then.
    fn close(&mut self, drafts: &mut Drafts) {
        self.is_open = false;
        if self.text != self.known.text {
            drafts.push(Draft { known: self.known.clone(), text: self.text.clone() });
        }
    }

    /// A new page, that knows what the server has now. If its browser has a draft, it goes on with that, from what that
    /// was begun from. Says whether there was one.
    async fn open(&mut self, world: &mut World, drafts: &mut Drafts) -> bool {
        let (found, now) = (drafts.pop(), world.head().await);
        let is_found = found.is_some();
        let Draft { known, text } = found.unwrap_or_else(|| Draft { text: now.text.clone(), known: now });
        *self = Self { browser: self.browser, known, text, is_online: true, is_open: true };
        is_found
    }
}

/// All tabs of a device have a line, or none has.
fn set_line(tabs: &mut [Tab], device: usize, is_online: bool) {
    tabs.iter_mut().filter(|tab| tab.browser == device).for_each(|tab| tab.is_online = is_online);
}

/// A library, its server, and its author's devices.
struct World {
    program: Option<Program>,
    path: PathBuf,
    author: Person,
    scene: SceneId,
}

impl World {
    fn browser(&mut self) -> Browser {
        let program = self.program.get_or_insert_with(|| Program::start(&self.path));
        let mut browser = Browser::new(&program.base);
        browser.set_cookie("quire-session", self.author.token.as_str());
        browser
    }

    async fn head(&mut self) -> Head {
        let question = format!("/api/fetch_scene?viewer={}&scene={}", self.author.user, self.scene);
        let answer = self.browser().get(&question).await.json();
        let scene = &answer["entry"]["value"];
        let text = scene["working"]["texts"]["content"].as_str().or_else(|| scene["content"].as_str());
        Head {
            rev: scene["rev"].as_i64().expect("a revision"),
            kept: scene["kept"].as_i64().expect("a revision"),
            text: text.expect("a text").to_owned(),
        }
    }

    /// Sends a tab's text, to be kept or saved, and does what a page does about the answer.
    async fn send(&mut self, tab: &mut Tab, is_save: bool) {
        let Head { rev, kept, .. } = tab.known;
        let (path, body) = if is_save {
            let mut save = texts(&tab.text);
            save["base"] = rev.into();
            save["kept"] = kept.into();
            ("/api/save_scene", json!({"scene": self.scene, "save": save}))
        } else {
            ("/api/keep_working_copy", keep(self.scene, &tab.text, rev, kept))
        };
        let answer = self.browser().json(path, &body).await;
        match answer.status {
            200 => {
                tab.known = self.head().await;
                tab.text.clone_from(&tab.known.text);
            }
            409 => self.meet(tab).await,
            status => panic!("{status}: {}", answer.body),
        }
    }

    /// A newer text is joined with the tab's own; where that can't be, its author takes it, and their own is a version.
    async fn meet(&mut self, tab: &mut Tab) {
        let now = self.head().await;
        if tab.text != now.text {
            if let Some(joined) = merge(&tab.known.text, &now.text, &tab.text) {
                tab.text = joined;
            } else {
                let aside = json!({"scene": self.scene, "texts": texts(&tab.text)});
                assert_eq!(self.browser().json("/api/keep_version", &aside).await.status, 200);
                tab.text.clone_from(&now.text);
            }
        }
        tab.known = now;
    }

    /// A request is on its way when the server is killed: it is done or not, and nobody is told.
    async fn kill(&mut self, tab: &Tab) {
        let body = keep(self.scene, &tab.text, tab.known.rev, tab.known.kept);
        let mut browser = self.browser();
        let request =
            browser.request(Method::POST, "/api/keep_working_copy").header("content-type", "application/json");
        let request = request.body(body.to_string());
        let sent = tokio::spawn(async move { browser.try_send(request).await });
        tokio::task::yield_now().await;
        if let Some(program) = self.program.take() {
            program.kill();
        }
        sent.await.expect("it ends");
    }
}

/// How often something is typed: a few hundred times, or as often as it is told.
fn edits() -> u32 {
    std::env::var("QUIRE_TYPED_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(200).min(10_000)
}

/// Three tabs on two devices type a word at a time. Lines are cut, tabs are closed and opened again from what their
/// browser kept, and the server is killed. In the end each word is in the text, or in its history.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_typed_word_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("library.db");
    let address = Address::Sqlite(path.clone());
    let store = Store::open(&address).await.expect("a library");
    let author = Person::join(&store, "ada", Role::Writer).await;
    let scene = scene_of_a_new_story(&store, &author).await;
    drop(store);
    let mut world = World { program: None, path, author, scene };
    let first = world.head().await;
    let text = "a\n\nb\n\nc\n\nd\n\ne".to_owned();
    let mut begin = Tab { browser: 0, known: first, text, is_online: true, is_open: true };
    world.send(&mut begin, true).await;
    let tab = |browser| Tab { browser, known: begin.known.clone(), text: begin.text.clone(), ..begin };
    let mut tabs = [tab(0), tab(0), tab(1)];
    let mut drafts = [Drafts::new(), Drafts::new()];
    let mut recovered = 0;
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below).expect("a small number")
    };
    let mut words = vec![];
    for number in 0..edits() {
        let one = next(3);
        if !tabs[one].is_open {
            // Without a line no page opens.
            if !tabs[one].is_online {
                let device = tabs[one].browser;
                set_line(&mut tabs, device, next(2) == 0);
                continue;
            }
            let of = tabs[one].browser;
            recovered += usize::from(tabs[one].open(&mut world, &mut drafts[of]).await);
        }
        let word = format!("w{number}");
        let mut paragraphs: Vec<String> = tabs[one].text.split("\n\n").map(str::to_owned).collect();
        let place = next(paragraphs.len() as u64);
        paragraphs[place] = format!("{} {word}", paragraphs[place]);
        tabs[one].text = paragraphs.join("\n\n");
        words.push(word);
        match next(40) {
            // The line of the device is cut, or is back.
            0..=2 => {
                let (device, is_online) = (tabs[one].browser, !tabs[one].is_online);
                set_line(&mut tabs, device, is_online);
            }
            3 => world.kill(&tabs[one]).await,
            4..=6 => {
                let of = tabs[one].browser;
                tabs[one].close(&mut drafts[of]);
            }
            // More is typed before anything is sent.
            7..=15 => {}
            16..=21 if tabs[one].is_online => world.send(&mut tabs[one], true).await,
            _ if tabs[one].is_online => world.send(&mut tabs[one], false).await,
            _ => {}
        }
    }
    for tab in &mut tabs {
        let of = &mut drafts[tab.browser];
        if !tab.is_open {
            recovered += usize::from(tab.open(&mut world, of).await);
        }
        loop {
            world.meet(tab).await;
            world.send(tab, false).await;
            if of.is_empty() {
                break;
            }
            // Two were closed and one is open again: it finds the other draft when it is opened once more.
            tab.close(of);
            recovered += usize::from(tab.open(&mut world, of).await);
        }
    }
    let last = world.head().await;
    let everywhere = format!(
        "select content from scene_versions where scene_id = '{scene}' union all
         select content from working_copies where scene_id = '{scene}' union all
         select content from scenes where id = '{scene}'"
    );
    let all = rows::column(&address, &everywhere).await.join("\n");
    let there: BTreeSet<&str> = all.split_whitespace().collect();
    let lost: Vec<_> = words.iter().filter(|word| !there.contains(word.as_str())).collect();
    assert!(lost.is_empty(), "{lost:?} of {} are lost; the last text has {}", words.len(), last.text.len());
    assert!(recovered > 0, "no page found what another had left");
    println!("{} words typed, {recovered} drafts recovered, none lost", words.len());
}
