//! What people say, as pages show it: links in it, and the address of each comment.

use domain::Role;
use reqwest::Method;

use crate::site::{Person, Site};

async fn a_post(site: &Site, author: &Person, text: &str) -> String {
    let answer = site.browser_of(author).fields("/api/create_post", &[("text", text)]).await;
    answer.json()["value"].as_str().expect("a post").to_owned()
}

async fn a_comment(site: &Site, author: &Person, post: &str, text: &str) -> String {
    let answer = site.browser_of(author).fields("/api/add_comment", &[("post", post), ("text", text)]).await;
    answer.json()["value"].as_str().expect("a comment").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn addresses_and_handles_are_links() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    Person::join(&site.store, "ben", Role::Reader).await;
    let text = "Ask @Ben or @nobody; see https://a.example/b?c=1&d=2. \
                Not javascript:alert(1), https://a.example/\"onclick=\"x, nor https://bank.example@evil.example/.";
    let post = a_post(&site, &ada, text).await;
    a_comment(&site, &ada, &post, text).await;
    let bio = [("handle", "ada"), ("bio", "https://ada.example/ and @ben"), ("base", "1")];
    assert_eq!(site.browser_of(&ada).fields("/api/save_profile", &bio).await.status, 200);
    let link =
        r#"<a href="https://a.example/b?c=1&amp;d=2" rel="ugc nofollow noopener">https://a.example/b?c=1&amp;d=2</a>"#;
    for (path, times) in [(&*format!("/community/{post}"), 2), ("/community", 1), ("/", 1), ("/authors/ada", 1)] {
        let page = site.nobody().get(path).await.body.replace("<!>", "");
        assert_eq!(page.matches(link).count(), times, "{path}: {page}");
        assert_eq!(page.matches(r#"<a href="/authors/ben">@Ben</a>"#).count(), times, "{path}");
        assert_eq!(page.matches(r#"<a href="https://a.example/" rel"#).count(), times, "{path}");
        for never in ["/authors/nobody", r#"href="javascript"#, r#"href="https://bank"#, "/\"onclick"] {
            let main = page.split("<main").nth(1).and_then(|main| main.split("</main>").next()).expect("a page");
            assert!(!main.contains(never), "{path}: {never}");
        }
    }
    let page = site.nobody().get("/authors/ada").await.body.replace("<!>", "");
    let link = r#"<a href="https://ada.example/" rel="ugc nofollow noopener">https://ada.example/</a>"#;
    assert!(page.contains(link) && !page.contains(r#"href="/authors/ben">@ben"#), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_address_of_a_comment_leads_to_its_page() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let post = a_post(&site, &ada, "Say something.").await;
    let first = a_comment(&site, &ada, &post, "First").await;
    let mut last = String::new();
    for number in 0..50 {
        last = a_comment(&site, &ada, &post, &format!("Number {number}")).await;
    }
    let at = |comment: &str| format!("/community/{post}?comment={comment}");
    let page = site.nobody().get(&format!("/community/{post}")).await.body;
    assert!(page.contains(&format!(r#"href="{}#comment-{first}""#, at(&first))), "{page}");
    for (comment, page) in [(&first, ""), (&last, "?page=2")] {
        let to = format!("/community/{post}{page}#comment-{comment}");
        for _ in 0..2 {
            let asked = site.nobody().request(Method::GET, &at(comment)).header("accept", "text/html");
            let answer = site.nobody().send(asked).await;
            assert_eq!((answer.status, answer.header("location")), (302, Some(&*to)));
        }
        assert!(site.nobody().get(&to).await.body.contains(&format!(r#"id="comment-{comment}""#)));
    }
    site.browser_of(&ada).fields("/api/delete_comment", &[("comment", &first)]).await;
    let asked = site.nobody().request(Method::GET, &at(&last)).header("accept", "text/html");
    let answer = site.nobody().send(asked).await;
    assert_eq!(answer.header("location"), Some(&*format!("/community/{post}#comment-{last}")), "it moved");
    for gone in [&*first, "0000000000007", "nonsense"] {
        assert_eq!(site.nobody().get(&at(gone)).await.status, 404, "{gone}");
    }
}
