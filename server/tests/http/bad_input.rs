//! Whatever is sent: a 4xx with a sentence that a person understands, nothing half-written, and a
//! server that goes on.

mod books;
mod functions;
mod markdown;
mod requests;
mod schedules;

use app::AppError;
use domain::{Format, Genre, Manuscript, NewStory, Note, Role, StoryTree, Title};

use crate::site::{Answer, Browser, Person, Site, rows};

/// A site with a story of Ada's and one of Ben's.
struct World {
    site: Site,
    ada: Browser,
    tree: StoryTree,
    bens: StoryTree,
    names: Vec<(&'static str, String)>,
}

impl World {
    async fn make() -> Self {
        let site = Site::start().await;
        let ada = Person::join(&site.store, "ada", Role::Writer).await;
        let ben = Person::join(&site.store, "ben", Role::Writer).await;
        let (tree, bens) = (begin_story(&site, &ada).await, begin_story(&site, &ben).await);
        let names = vec![
            ("me", ada.user.to_string()),
            ("log", site.store.log_id().to_string()),
            ("story", tree.story.to_string()),
            ("part", tree.parts[0].part.to_string()),
            ("chapter", tree.parts[0].chapters[0].chapter.to_string()),
            ("scene", tree.parts[0].chapters[0].scenes[0].scene.to_string()),
            ("bens-story", bens.story.to_string()),
            ("bens-chapter", bens.parts[0].chapters[0].chapter.to_string()),
            ("bens-scene", bens.parts[0].chapters[0].scenes[0].scene.to_string()),
        ];
        let ada = site.browser_of(&ada);
        Self { site, ada, tree, bens, names }
    }

    /// The text with every `{…}` replaced by what it names.
    fn fill(&self, text: &str) -> String {
        let names = self.names.iter();
        names.fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// How many rows there are of everything, and how far the log is.
    async fn size(&self) -> Vec<i64> {
        let tables = ["users", "sessions", "stories", "parts", "chapters", "scenes", "characters", "settings", "posts"];
        let mut sizes = rows::numbers(&self.site.address, "select cast(seq as text) from log_head").await;
        for table in tables {
            let count = format!("select cast(count(*) as text) from {table}");
            sizes.extend(rows::numbers(&self.site.address, &count).await);
        }
        sizes
    }
}

async fn begin_story(site: &Site, author: &Person) -> StoryTree {
    let title = Title::parse("The Tide Table").expect("a title");
    let new = NewStory { title, blurb: Note::default(), format: Format::Novel, genre: Genre::Mystery };
    let story = site.store.create_story(author.user, new).await.expect("a story").value().story;
    let query = Manuscript { viewer: author.user, story };
    site.store.load(&query).await.expect("its tree").value.clone()
}

/// The answer is this refusal, in a sentence.
fn assert_refused(what: &str, answer: &Answer, status: u16) {
    let said = format!("{what}: {} {}", answer.status, answer.body.chars().take(500).collect::<String>());
    assert_eq!(answer.status, status, "{said}");
    let error: AppError = serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{said}: {error}"));
    let sentence = error.to_string();
    let is_one = sentence.starts_with(char::is_uppercase) && sentence.ends_with('.') && sentence.contains(' ');
    assert!(is_one, "{what}: {sentence:?} is no sentence");
    for jargon in ["serde", "column", "expected", "invalid type", "EOF", "panicked"] {
        assert!(!sentence.contains(jargon), "{what}: {sentence:?} is for programmers");
    }
}
