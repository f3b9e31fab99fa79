//! Pages under load: each comes, whole, whatever else is asked at the same time.

use std::sync::Arc;

use domain::{NewPost, Remark, Role};

use crate::site::{Person, Site, books::a_story, pages::plain};

/// How many ask at once, and how often each asks for every page.
const BROWSERS: usize = 8;
const ROUNDS: usize = 12;

#[tokio::test]
async fn every_page_comes() {
    let site = Arc::new(Site::start().await);
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let pages = Arc::new(pages(&site, &ada).await);
    let browsers: Vec<_> = (0..BROWSERS)
        .map(|number| {
            let pages = Arc::clone(&pages);
            let mut browser = if number % 2 == 0 { site.browser_of(&ada) } else { site.nobody() };
            let site = Arc::clone(&site);
            tokio::spawn(async move {
                for round in 0..ROUNDS {
                    for page in 0..pages.len() {
                        let (path, text) = &pages[(page + number * 3) % pages.len()];
                        // Now and then nothing is held, so that some answers come late.
                        if (round + page + number) % 5 == 0 {
                            site.store.clear_memory();
                        }
                        let answer = browser.get(path).await;
                        assert_eq!(answer.status, 200, "{path}");
                        assert!(answer.body.contains("</html>"), "{path} ends early");
                        assert!(number % 2 == 1 || answer.body.contains(text), "{path}: no {text:?}");
                    }
                }
            })
        })
        .collect();
    for browser in browsers {
        browser.await.expect("a browser that lasts");
    }
    let mia = Person::join(&site.store, "mia", Role::Manager).await;
    for path in OF_MANAGERS {
        let (hers, adas) = (site.browser_of(&mia).get(path).await, site.browser_of(&ada).get(path).await);
        assert_eq!((hers.status, adas.status), (200, 404), "{path}");
    }
}

/// Browsers keep it, and open it for whoever is there then.
#[tokio::test]
async fn the_app_shell_is_the_same_for_everybody() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let hers = site.browser_of(&ada).get(app::app_shell::PATH).await;
    let nobodys = site.nobody().get(app::app_shell::PATH).await;
    assert_eq!((hers.status, nobodys.status), (200, 200));
    assert_eq!(without_nonces(&hers.body), without_nonces(&nobodys.body));
    assert!(!hers.body.contains("ada") && !hers.body.contains("<main"), "{}", hers.body);
    assert!(hers.body.contains("data-app-shell"), "{}", hers.body);
    let policy = hers.header("content-security-policy").expect("a policy");
    assert!(policy.contains("'sha256-"), "its script may run: {policy}");
}

/// The page's text but for what is another each time.
fn without_nonces(page: &str) -> String {
    let mut parts = page.split("nonce=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('"').map_or(part, |(_, rest)| rest))
}

/// Pages that nobody but a manager finds.
const OF_MANAGERS: [&str; 4] = ["/moderation", "/moderation/log", "/admin", "/admin/members"];

/// Every page, and what it shows at least, to Ada.
async fn pages(site: &Site, ada: &Person) -> Vec<(String, &'static str)> {
    let (store, author) = (&site.store, ada.user);
    let tree = a_story(store, author, "The Tide Table", true).await;
    let (story, chapter) = (tree.story, &tree.parts[0].chapters[0]);
    let (chapter, scene) = (chapter.chapter, chapter.scenes[0].scene);
    let text = Remark::parse("Is it done?").expect("a remark");
    let post = *store.create_post(author, NewPost { text, about: Some(story.into()) }).await.expect("a post").value();
    store.like_story(author, story, true).await.expect("she likes it");
    let (title, said) = ("The Tide Table", "Is it done?");
    let mut pages = vec![
        ("/".to_owned(), title),
        ("/novels".to_owned(), title),
        ("/novels?genre=mystery".to_owned(), title),
        ("/comics".to_owned(), "Comics"),
        (format!("/novels/{story}"), title),
        (format!("/novels/{story}/{chapter}"), title),
        ("/community".to_owned(), said),
        (format!("/community?about={story}"), said),
        (format!("/community/{post}"), said),
        ("/studio".to_owned(), title),
        (format!("/studio/edit/story/{story}"), title),
        (format!("/studio/edit/story/{story}?scene={scene}"), title),
        ("/publish".to_owned(), title),
        ("/sign-in".to_owned(), "Sign in"),
        ("/register".to_owned(), "Make an account"),
        ("/account".to_owned(), "Another password"),
        ("/reset-password?link=0".to_owned(), "A new password"),
        ("/confirm-email?link=0".to_owned(), "A new e-mail address"),
        ("/debug/cache".to_owned(), "Cache"),
    ];
    // A page without arguments need not be listed.
    let listed: Vec<String> = pages.iter().map(|(path, _)| path.clone()).collect();
    pages.extend(
        plain()
            .filter(|path| !listed.contains(path) && !OF_MANAGERS.contains(&path.as_str()))
            .map(|path| (path, "<main")),
    );
    pages
}
