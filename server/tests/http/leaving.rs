//! Deleting one's account over HTTP: by a plain form, with the password, and gone from every page.

use domain::{NewPost, Remark, Role};

use crate::site::{Answer, Browser, Person, Site, books::a_story};

async fn leave(browser: &mut Browser, password: &str, legacy: &str) -> Answer {
    browser.plain_form("/api/delete_account", "/account", &[("current", password), ("legacy", legacy)]).await
}

struct World {
    site: Site,
    ada: Person,
    story: String,
    post: String,
}

/// Ada has published and said something, and everybody has seen it.
async fn world() -> World {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let story = a_story(&site.store, ada.user, "The Tide Table", true).await.story;
    let new = NewPost { text: Remark::parse("Zq it is out.").expect("a remark"), about: Some(story.into()) };
    let post = site.store.create_post(ada.user, new).await.expect("a post");
    let post = post.value().to_string();
    let world = World { site, ada, story: story.to_string(), post };
    for path in world.pages() {
        assert_eq!(world.site.nobody().get(&path).await.status, 200, "{path}");
    }
    world
}

impl World {
    fn pages(&self) -> [String; 7] {
        [
            "/".to_owned(),
            "/novels".to_owned(),
            format!("/novels/{}", self.story),
            format!("/novels/{}/feed.atom", self.story),
            "/community".to_owned(),
            format!("/community/{}", self.post),
            "/authors/ada".to_owned(),
        ]
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_leaves_with_everything_is_on_no_page() {
    let world = world().await;
    let mut ada = world.site.browser_of(&world.ada);
    let page = ada.get("/account").await.body;
    for said in ["Delete your account", "This can’t be undone.", "/api/export_account", "a former member"] {
        assert!(page.contains(said), "{said}");
    }
    let left = leave(&mut ada, "ada's password", "remove").await;
    assert_eq!((left.status, left.header("location")), (302, Some("/sign-in?done=left")));
    assert_eq!(ada.cookie("quire-session"), None, "the browser has forgotten it");
    assert!(ada.get("/sign-in?done=left").await.body.contains("Your account is deleted."));
    for (path, status) in world.pages().iter().zip([200, 200, 404, 404, 200, 404, 404]) {
        let answer = world.site.nobody().get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(!answer.body.contains("Zq it") && !answer.body.contains("Tide Table"), "{path}: {}", answer.body);
    }
    let fields = [("email", "ada@quire.example"), ("password", "ada's password")];
    assert_eq!(world.site.nobody().fields("/api/sign_in", &fields).await.status, 401);
    assert!(!world.site.browser_of(&world.ada).get("/account").await.body.contains("Signed in as"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_kept_is_by_a_former_member_and_leads_nowhere() {
    let world = world().await;
    let mut ada = world.site.browser_of(&world.ada);
    assert_eq!(leave(&mut ada, "ada's password", "keep").await.status, 302);
    for (path, status) in world.pages().iter().zip([200, 200, 200, 200, 200, 200, 404]) {
        let answer = world.site.nobody().get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.body.contains("a former member"), status == 200, "{path}");
        // The page that is not there names its own address.
        assert!(status == 404 || !answer.body.contains("/authors/"), "no link: {path}");
        assert!(!answer.body.contains(">ada<"), "{path}");
    }
    let story = world.site.nobody().get(&format!("/novels/{}", world.story)).await.body;
    assert!(story.contains("Follow story") && !story.contains("Follow author"), "{story}");
    let feed = format!("/authors/{}/feed.atom", world.ada.user);
    assert_eq!(world.site.nobody().get(&feed).await.status, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_form_says_why_and_nothing_is_gone() {
    let world = world().await;
    let mut ada = world.site.browser_of(&world.ada);
    let wrong = leave(&mut ada, "zq not her password", "remove").await;
    assert_eq!(wrong.status, 401);
    assert!(wrong.body.contains("That isn’t the password you have now.") && !wrong.body.contains("zq not"));
    assert!(wrong.body.contains("value=\"remove\""), "the choice is there: {}", wrong.body);
    for legacy in ["", "everything"] {
        assert_eq!(leave(&mut ada, "ada's password", legacy).await.status, 422, "{legacy:?}");
    }
    assert_eq!(leave(&mut world.site.nobody(), "ada's password", "remove").await.status, 401, "who are you?");
    let mia = Person::join(&world.site.store, "mia", Role::Manager).await;
    let only = leave(&mut world.site.browser_of(&mia), "mia's password", "keep").await;
    assert_eq!(only.status, 409);
    assert!(only.body.contains("make another person a manager first"), "{}", only.body);
    for path in world.pages() {
        assert_eq!(world.site.nobody().get(&path).await.status, 200, "{path}");
    }
}
