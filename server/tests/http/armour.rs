//! What an attacker does not get who can make a member follow a link, or put text on a page.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::Role;
use reqwest::Method;
use sha2::{Digest, Sha256};

use crate::site::{Answer, Person, Site, docs::world};

/// Pages that are kept and pages that are not.
const PAGES: [&str; 14] = [
    "/",
    "/novels",
    "/novels/$STORY",
    "/novels/$STORY/$CHAPTER",
    "/community",
    "/community/$POST",
    "/sign-in",
    "/register",
    "/studio",
    "/studio/edit/story/$STORY",
    "/studio/edit/story/$STORY?scene=$SCENE",
    "/publish",
    "/debug/cache",
    "/no/such/page",
];

/// Every inline script has its hash in the page's policy, also of a page that is kept, and nothing else is inline.
#[tokio::test]
async fn a_page_runs_what_was_rendered_with_it_and_nothing_else() {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let names = world(&site, &ada).await;
    let pages = PAGES.map(|path| names.iter().fold(path.to_owned(), |path, (name, id)| path.replace(name, id)));
    for mut browser in [site.nobody(), site.browser_of(&ada)] {
        // The second time it is the kept one.
        for path in pages.iter().chain(&pages) {
            let answer = browser.get(path).await;
            let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("{path} has no policy"));
            assert!(!policy.contains("unsafe-inline") && policy.contains("object-src 'none'"), "{path}: {policy}");
            assert_eq!(answer.header("x-quire-nonce"), None, "{path}");
            let scripts = inline(&answer);
            assert!(scripts.len() >= 3, "{path} is brought alive by inline scripts: {scripts:?}");
            for script in scripts {
                let hash = format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script)));
                assert!(policy.contains(&hash), "{path}: {script:.60} is not in {policy}");
            }
            let tags = answer.body.split('<').filter_map(|tag| tag.split('>').next());
            assert_eq!(tags.filter(|tag| has_inline(tag)).collect::<Vec<_>>(), [""; 0], "{path}");
        }
    }
}

/// Whether a tag has a handler or a style of its own, which no hash allows.
fn has_inline(tag: &str) -> bool {
    let names = tag.split('"').step_by(2).flat_map(str::split_ascii_whitespace).skip(1);
    names.filter_map(|name| name.split('=').next()).any(|name| name.starts_with("on") || name == "style")
}

#[test]
fn what_is_inline() {
    for (tag, expected) in [
        ("a href=\"/\" onclick=\"f()\"", true),
        ("img onerror", true),
        ("p style=\"color: red\"", true),
        ("meta name=\"description\" content=\"a style on paper\"", false),
        ("p class=\"style\" data-on=\"one\"", false),
        ("on", false),
    ] {
        assert_eq!(has_inline(tag), expected, "{tag}");
    }
}

fn inline(answer: &Answer) -> Vec<&str> {
    let tags = answer.body.split("<script").skip(1).filter_map(|rest| rest.split_once('>'));
    tags.filter(|(tag, _)| !tag.contains(" src="))
        .filter_map(|(_, rest)| Some(rest.split_once("</script>")?.0))
        .collect()
}

#[tokio::test]
async fn every_answer_forbids_what_no_page_of_ours_uses() {
    let site = Site::start().await;
    for path in ["/", "/novels", "/quire.css", "/api/fetch_home", "/api/nothing", "/no/such/page"] {
        let answer = site.nobody().get(path).await;
        assert!(answer.header("permissions-policy").is_some_and(|said| said.contains("camera=()")), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("strict-transport-security"), None, "{path} came without TLS");
    }
}

/// The header belongs to how a page was asked for, not to the page that is kept.
#[tokio::test]
async fn what_came_over_tls_is_asked_for_over_tls_alone() {
    let behind = Site::behind_proxy().await;
    for path in ["/", "/novels", "/sign-in?__err=x", "/quire.css", "/api/fetch_home", "/no/such/page"] {
        for proto in ["https", "http", "https", "http"] {
            let mut browser = behind.nobody();
            let request = browser.request(Method::GET, path).header("x-forwarded-proto", proto);
            let answer = browser.send(request).await;
            let said = answer.header("strict-transport-security");
            assert_eq!(said.is_some_and(|said| said.contains("max-age=")), proto == "https", "{path} over {proto}");
        }
    }
}

/// Leptos and others read errors out of addresses, which anybody can write. Our pages don't.
#[tokio::test]
async fn words_in_an_address_are_not_shown() {
    let site = Site::start().await;
    let forged =
        BASE64_STANDARD.encode(r#"{"invalid":"Call +1 555 0100 to unlock your account."}"#).replace('=', "%3D");
    for address in [
        format!("/sign-in?__path=/api/sign_in&__err={forged}"),
        format!("/sign-in?__p%61th=/api/sign_in&__%65rr={forged}"),
        format!("/register?__path=/api/register&__err={forged}"),
        format!("/community?__path=/api/create_post&__err={forged}"),
    ] {
        let answer = site.nobody().get(&address).await;
        assert!(!answer.body.contains("555 0100"), "{address}");
    }
}

/// What was sent comes back in a decoder's complaint. It must not be shown as if it were ours.
#[tokio::test]
async fn what_somebody_sends_is_not_said_by_us() {
    let site = Site::start().await;
    let evil = "Call +1 555 0100 to unlock your account.";
    for role in
        [evil.to_owned(), format!("{evil} at line 1"), format!("{evil}`. at line 1"), format!("`{evil} at line x")]
    {
        let form =
            [("name", "Eve"), ("email", "eve@quire.example"), ("password", "seven brass lanterns"), ("role", &*role)];
        let refused = site.nobody().plain_form("/api/register", "/register", &form).await;
        assert_eq!(refused.status, 422, "{role}");
        assert!(refused.body.contains("could not be understood"), "{role}");
        let hidden = format!("type=\"hidden\" name=\"role\" value=\"{role}\"");
        let shown = refused.body.replace(&hidden, "");
        assert!(!shown.contains("555 0100"), "{role}: a stranger's words on our page: {shown}");
    }
}

#[tokio::test]
async fn a_form_leads_back_to_pages_of_ours_alone() {
    let site = Site::start().await;
    for (from, expected) in [
        ("https://evil.example/", "/".to_owned()),
        ("https://evil.example/?x=http://127.0.0.1/", "/".to_owned()),
        ("not an address", "/".to_owned()),
        (&*format!("{}/novels", site.base), format!("{}/novels", site.base)),
    ] {
        for function in ["/api/fetch_home", "/api/fetch_demo"] {
            let mut browser = site.nobody();
            let request = browser.request(Method::GET, function).header("accept", "text/html").header("referer", from);
            let answer = browser.send(request).await;
            let back = answer.header("location").map(|back| back.trim_end_matches('?'));
            assert_eq!((answer.status, back), (302, Some(&*expected)), "{function} from {from}");
            assert_eq!(answer.header("etag"), None, "{function} from {from}: that is no content");
            assert_eq!(answer.header("cache-tag"), None);
        }
    }
    let content = site.nobody().get("/api/fetch_home").await;
    assert_eq!((content.status, content.header("etag").is_some()), (200, true));
}
