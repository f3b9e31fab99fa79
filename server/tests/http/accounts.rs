//! Accounts over HTTP: cookies, sessions, attempts, and what every mutation's answer says.

use domain::{Millis, Role, Seq};

use crate::site::{Answer, Browser, Person, Site, books::a_story};

const PASSWORD: &str = "correct horse";

/// Registers a writer by the form's fields.
async fn register(browser: &mut Browser, who: &str) -> Answer {
    let email = format!("{who}@quire.example");
    let fields = [("name", who), ("email", &email), ("password", PASSWORD), ("role", "writer")];
    browser.fields("/api/register", &fields).await
}

async fn sign_in(browser: &mut Browser, who: &str, password: &str) -> Answer {
    let email = format!("{who}@quire.example");
    browser.fields("/api/sign_in", &[("email", &email), ("password", password)]).await
}

fn session_cookie(answer: &Answer) -> &str {
    let set = answer.cookies_set();
    set.into_iter().find(|cookie| cookie.contains("quire-session=") && !cookie.contains("Max-Age=0")).expect("one")
}

#[tokio::test]
async fn a_sessions_cookie_is_out_of_reach() {
    let site = Site::start().await;
    let mut browser = site.nobody();
    let answer = register(&mut browser, "cora").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let cookie = session_cookie(&answer).to_owned();
    for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let token = browser.cookie("quire-session").expect("a token").to_owned();
    assert!(!answer.body.contains(&token), "no script sees the token");
    assert_eq!(browser.fields("/api/become_writer", &[]).await.status, 200, "and it works");
}

/// What a proxy says, and whether the cookie is for TLS alone.
async fn check_secure(site: &Site, who: &str, proto: Option<&str>, secure: bool) {
    let mut browser = site.nobody();
    let form = crate::site::form::encode(&[
        ("name", who),
        ("email", &format!("{who}@quire.example")),
        ("password", PASSWORD),
        ("role", "reader"),
    ]);
    let request = browser
        .request(reqwest::Method::POST, "/api/register")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form);
    let request = proto.iter().fold(request, |request, proto| request.header("x-forwarded-proto", *proto));
    let answer = browser.send(request).await;
    assert_eq!(session_cookie(&answer).contains("; Secure"), secure, "{proto:?}");
    assert_eq!(session_cookie(&answer).starts_with("__Host-quire-session="), secure, "{proto:?}");
    // Either name is read.
    assert_eq!(browser.fields("/api/become_writer", &[]).await.status, 200, "{proto:?}");
}

#[tokio::test]
async fn cookies_are_secure_where_our_proxy_speaks_tls() {
    let direct = Site::start().await;
    check_secure(&direct, "dora", None, false).await;
    check_secure(&direct, "dina", Some("https"), false).await;
    let behind = Site::behind_proxy().await;
    check_secure(&behind, "dana", None, false).await;
    check_secure(&behind, "dela", Some("http"), false).await;
    check_secure(&behind, "dita", Some("https"), true).await;
}

#[tokio::test]
async fn a_session_that_ended_is_nobodys() {
    let site = Site::start().await;
    let (mut here, mut there) = (site.nobody(), site.nobody());
    assert_eq!(register(&mut here, "eva").await.status, 200);
    assert_eq!(sign_in(&mut there, "eva", PASSWORD).await.status, 200);
    let stolen = here.cookie("quire-session").expect("a token").to_owned();

    assert_eq!(here.fields("/api/sign_out", &[]).await.status, 200);
    assert_eq!(here.cookie("quire-session"), None, "the browser has forgotten it");
    let mut thief = site.nobody();
    thief.set_cookie("quire-session", &stolen);
    assert_eq!(thief.fields("/api/become_writer", &[]).await.status, 401, "and so has the server");
    assert_eq!(there.fields("/api/become_writer", &[]).await.status, 200, "the other session goes on");

    assert_eq!(sign_in(&mut here, "eva", PASSWORD).await.status, 200);
    assert_eq!(here.fields("/api/sign_out_everywhere", &[]).await.status, 200);
    assert_eq!(there.fields("/api/become_writer", &[]).await.status, 401, "now it does not");
    for nonsense in ["", "x", &"0".repeat(64), &"g".repeat(64), &"0".repeat(10_000)] {
        thief.set_cookie("quire-session", nonsense);
        assert_eq!(thief.fields("/api/become_writer", &[]).await.status, 401, "{nonsense:?}");
    }
}

/// What a tab asks that may have missed the word: is my session still there?
#[tokio::test]
async fn a_tab_learns_with_which_session_it_asks() {
    let site = Site::start().await;
    let (mut here, mut there) = (site.nobody(), site.nobody());
    let session =
        async |browser: &mut Browser| browser.raw("/api/fetch_session", "application/json", "{}").await.json();
    assert_eq!(session(&mut here).await, serde_json::Value::Null);
    assert_eq!(register(&mut here, "ivy").await.status, 200);
    assert_eq!(sign_in(&mut there, "ivy", PASSWORD).await.status, 200);
    let (ours, theirs) = (session(&mut here).await, session(&mut there).await);
    assert!(ours.is_string() && theirs.is_string() && ours != theirs, "{ours} {theirs}");
    assert_eq!(session(&mut here).await, ours);
    let token = here.cookie("quire-session").expect("a token").to_owned();
    assert_eq!(here.fields("/api/sign_out", &[]).await.status, 200);
    here.set_cookie("quire-session", &token);
    assert_eq!(session(&mut here).await, serde_json::Value::Null, "it is over");
    assert_eq!(session(&mut there).await, theirs);
}

#[tokio::test]
async fn guessing_is_slow() {
    let site = Site::start().await;
    let mut browser = site.nobody();
    assert_eq!(register(&mut browser, "fay").await.status, 200);
    let mut guesser = site.nobody();
    let mut refused = None;
    for guess in 0..12 {
        let answer = sign_in(&mut guesser, "fay", &format!("wrong guess {guess}")).await;
        match answer.status {
            401 => assert!(guess < 10, "guess {guess} was let through"),
            429 => refused = Some(answer.json()),
            other => panic!("{other}: {}", answer.body),
        }
    }
    let seconds = refused.as_ref().and_then(|refused| refused["too-many"].as_u64());
    assert!(seconds.is_some_and(|seconds| (1..=60).contains(&seconds)), "{refused:?}");
    assert_eq!(sign_in(&mut guesser, "fay", PASSWORD).await.status, 429, "not even the right one");
    // Who signed in here before is not locked out by strangers; a stranger who claims it is.
    for mut held in [String::new(), "0".repeat(32), browser.cookie("quire-browser").expect("kept")[1..].to_owned()] {
        held.push('.');
        guesser.set_cookie("quire-browser", &held);
        assert_eq!(sign_in(&mut guesser, "fay", PASSWORD).await.status, 429, "{held}");
    }
    assert_eq!(browser.fields("/api/sign_out", &[]).await.status, 200);
    assert_eq!(sign_in(&mut browser, "fay", PASSWORD).await.status, 200);
    // It has no more attempts than anybody else has, and none at another account.
    let mut stolen = site.nobody();
    stolen.set_cookie("quire-browser", browser.cookie("quire-browser").expect("kept"));
    let mut statuses = vec![];
    for guess in 0..10 {
        statuses.push(sign_in(&mut stolen, "fay", &format!("stolen guess {guess}")).await.status);
    }
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
    // An account that isn't there is slowed, and answered, like one that is.
    assert_eq!(sign_in(&mut guesser, "nobody", "wrong guess").await.status, 401);
    // Attempts at one server are no attempts at another.
    let other = Site::start().await;
    assert_eq!(sign_in(&mut other.nobody(), "fay", "wrong guess").await.status, 401);
}

#[tokio::test]
async fn every_mutation_says_what_it_made_old() {
    let site = Site::start().await;
    let gil = Person::join(&site.store, "gil", Role::Writer).await;
    let mut browser = site.browser_of(&gil);
    let create = [("title", "The Roof"), ("format", "novel"), ("genre", "mystery")];
    let created = browser.fields("/api/create_story", &create).await;
    let story = created.json()["value"].as_str().expect("an id").to_owned();
    let written = a_story(&site.store, gil.user, "The Pier", false).await;
    let (pier, chapter) = (written.story.to_string(), written.parts[0].chapters[0].chapter.to_string());
    let published = browser.fields("/api/publish_story", &[("story", &pier), ("chapters[]", &chapter)]).await;
    let liked = browser.fields("/api/like_story", &[("story", &pier), ("liked", "true")]).await;
    let posted = browser.fields("/api/create_post", &[("text", "It is out.")]).await;
    for (answer, area, key) in [
        (&created, "writing", format!("manuscript:{story}")),
        (&published, "reading", format!("contents:{pier}")),
        (&liked, "community", format!("likes:{pier}")),
        (&posted, "community", "feed".to_owned()),
    ] {
        let list = |name| answer.header(name).unwrap_or_default().split(',').map(str::to_owned).collect::<Vec<_>>();
        assert!(list("x-cache-invalidate").contains(&area.to_owned()), "{:?}", answer.headers);
        assert!(list("x-cache-invalidate-keys").contains(&key), "{:?}", answer.headers);
        let record = &answer.json()["record"];
        let at = record["at"].as_i64().map(|at| domain::date::iso8601(Millis(at)));
        assert_eq!(answer.header("x-cache-invalidate-timestamp"), at.as_deref());
        let seen = format!("quire-seen={}.{};", site.store.log_id(), record["seq"]);
        assert!(answer.cookies_set().iter().any(|cookie| cookie.starts_with(&seen)), "{:?}", answer.cookies_set());
    }
    assert!(domain::SeenCookie::parse(browser.cookie("quire-seen").expect("Seen"), site.store.log_id()) > Seq(3));
}

#[tokio::test]
async fn plain_forms_lead_on_or_back() {
    let site = Site::start().await;
    let mut browser = site.nobody();
    let fields = [("name", "Hal"), ("email", "hal@quire.example"), ("password", PASSWORD), ("role", "writer")];
    let registered = browser.plain_form("/api/register", "/register", &fields).await;
    assert!([302, 303].contains(&registered.status), "{registered:?}");
    assert_eq!(registered.header("location"), Some("/studio"));

    let wrong = [("email", "hal@quire.example"), ("password", "not his own")];
    let refused = browser.plain_form("/api/sign_in", "/sign-in", &wrong).await;
    assert_eq!((refused.status, refused.header("location")), (401, None), "{refused:?}");
    assert!(refused.body.contains("hal@quire.example"), "the address is typed once: {refused:?}");
    assert!(!refused.body.contains("not his own"), "and the password is told nobody: {refused:?}");

    let right = |next| [("email", "hal@quire.example"), ("password", PASSWORD), ("next", next)];
    for next in ["/novels/0000000000001?x=y", "/"] {
        let led = browser.plain_form("/api/sign_in", "/sign-in", &right(next)).await;
        assert_eq!(led.header("location"), Some(next), "{led:?}");
    }
    for evil in ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)"]
    {
        let answer = browser.plain_form("/api/sign_in", "/sign-in", &right(evil)).await;
        assert_eq!((answer.status, answer.header("location")), (422, None), "{evil:?}: {answer:?}");
        let fields = right(evil);
        assert_eq!(browser.fields("/api/sign_in", &fields).await.status, 422, "{evil:?}");
    }

    let sense = browser.plain_form("/api/create_story", "/studio", &[("title", ""), ("format", "novel")]).await;
    assert_eq!((sense.status, sense.header("location")), (422, None), "{sense:?}");
    assert!(site.store.find_user(&crate::site::people::email("hal")).await.expect("a library").is_some());
}
