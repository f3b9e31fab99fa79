//! The second factor over HTTP: what is asked for and shown, by plain forms; what a cookie opens; and what nobody learns.

use std::fs;

use domain::{Millis, Role};
use reqwest::Method;
use server::{
    mail::{Carrier, send_due},
    proxies::Proxies,
    router::RouterConfig,
};
use totp_rs::{Builder, Secret, Totp};

use crate::site::{Answer, Browser, Person, Site};

/// An app that makes codes.
struct App(Totp);

impl App {
    /// Takes the key from the page that shows it.
    fn of(page: &str) -> Self {
        let key = page.split("data-testid=\"setup-secret\">").nth(1).and_then(|rest| rest.split('<').next());
        let secret = Secret::try_from_base32(key.expect("a key").replace(' ', "")).expect("a key");
        Self(Builder::new().with_secret(secret).build().expect("an app"))
    }

    /// Its code so many half minutes from now.
    fn code(&self, site: &Site, steps: i64) -> String {
        let Millis(now) = site.store.now();
        self.0.generate(u64::try_from(now / 1_000 + steps * 30).expect("a time")).to_string()
    }
}

/// A place that sends mail, behind a proxy.
async fn site() -> Site {
    let config = RouterConfig { sends_mail: true, proxies: Proxies::EveryPeer, ..RouterConfig::default() };
    Site::configured(config).await
}

/// Turns it on as a person does: their app, and their recovery codes.
async fn turn_on(site: &Site, browser: &mut Browser, who: &str) -> (App, Vec<String>) {
    let begun = browser.plain_form("/api/begin_second_factor", "/account", &[]).await;
    assert_eq!((begun.status, begun.header("location")), (302, Some("/account/second-step")));
    let app = App::of(&browser.get("/account/second-step").await.body);
    let form = [("code", app.code(site, 0)), ("current", format!("{who}'s password"))];
    let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
    let on = browser.plain_form("/api/turn_on_second_factor", "/account/second-step", &form).await;
    assert_eq!((on.status, on.header("location")), (302, Some("/account/second-step?done=on")), "{}", on.body);
    let page = browser.get("/account/second-step?done=on").await.body;
    (app, shown(&page))
}

/// The recovery codes on a page.
fn shown(page: &str) -> Vec<String> {
    let list = page.split("data-testid=\"recovery-codes\"").nth(1).and_then(|rest| rest.split("</ul>").next());
    let codes = list.into_iter().flat_map(|list| list.split("<code>").skip(1));
    codes.filter_map(|rest| rest.split('<').next()).map(str::to_owned).collect()
}

async fn sign_in(browser: &mut Browser, who: &str, password: &str) -> Answer {
    let email = format!("{who}@quire.example");
    let form = [("email", email.as_str()), ("password", password), ("next", "/inbox")];
    browser.plain_form("/api/sign_in", "/sign-in?next=/inbox", &form).await
}

async fn confirm(browser: &mut Browser, code: &str) -> Answer {
    let form = [("code", code), ("next", "/inbox")];
    browser.plain_form("/api/confirm_sign_in", "/sign-in/code?next=/inbox", &form).await
}

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/account").await.body.contains("Signed in as")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_script_it_is_turned_on_used_and_turned_off() {
    let site = site().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let (mut here, mut there) = (site.browser_of(&ada), site.nobody());
    assert_eq!(sign_in(&mut there, "ada", "ada's password").await.header("location"), Some("/inbox"));
    let account = here.get("/account").await.body;
    assert!(account.contains("data-testid=\"set-up-form\"") && !account.contains("turn-off-form"));
    let nothing = here.get("/account/second-step").await;
    assert!(nothing.body.contains("There is nothing to set up here now."), "{}", nothing.body);

    here.plain_form("/api/begin_second_factor", "/account", &[]).await;
    let page = here.get("/account/second-step").await;
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(page.body.contains("otpauth://totp/Quire:ada%40quire.example?secret=") && page.body.contains("<svg"));
    let wrong = [("code", "000 000"), ("current", "zq not her password")];
    let refused = here.plain_form("/api/turn_on_second_factor", "/account/second-step", &wrong).await;
    assert_eq!(refused.status, 401);
    assert!(refused.body.contains("The second step is still off") && !refused.body.contains("zq not"));
    let (app, codes) = turn_on(&site, &mut here, "ada").await;
    assert_eq!(codes.len(), 10, "{codes:?}");
    assert!(shown(&here.get("/account/second-step?done=on").await.body).is_empty(), "they are shown once");
    assert!(!is_signed_in(&mut there).await, "the other browser is signed out");
    let account = here.get("/account").await.body;
    assert!(account.contains("10 recovery codes are left.") && account.contains("turn-off-form"), "{account}");
    assert!(!account.contains("set-up-form"));

    let asked = sign_in(&mut there, "ada", "ada's password").await;
    assert_eq!((asked.status, asked.header("location")), (302, Some("/sign-in/code?next=/inbox")));
    assert!(!is_signed_in(&mut there).await, "the password alone lets no one in");
    assert!(there.get("/sign-in/code?next=/inbox").await.body.contains("code-form"));
    let refused = confirm(&mut there, "no code").await;
    assert!(refused.status == 422 && refused.body.contains("your app shows six digits"), "{}", refused.body);
    let refused = confirm(&mut there, &app.code(&site, 0)).await;
    assert_eq!(refused.status, 401, "it turned it on");
    assert!(refused.body.contains("That code isn’t right, or it was used already."), "{}", refused.body);
    assert!(!refused.body.contains(&app.code(&site, 0)), "another one is typed");
    let done = confirm(&mut there, &app.code(&site, 1)).await;
    assert_eq!((done.status, done.header("location")), (302, Some("/inbox")), "{}", done.body);
    assert!(is_signed_in(&mut there).await);
    assert_eq!(there.cookie("quire-sign-in"), None, "what waited is over");

    let form = [("code", codes[0].as_str()), ("current", "ada's password")];
    let made = there.plain_form("/api/make_recovery_codes", "/account", &form).await;
    assert_eq!((made.status, made.header("location")), (302, Some("/account/second-step?done=codes")), "{}", made.body);
    let new = shown(&there.get("/account/second-step?done=codes").await.body);
    assert!(new.len() == 10 && new.iter().all(|code| !codes.contains(code)), "{new:?}");
    let form = [("code", codes[1].as_str()), ("current", "ada's password")];
    let refused = there.plain_form("/api/turn_off_second_factor", "/account", &form).await;
    assert!(refused.status == 401 && refused.body.contains("The second step is still on"), "{}", refused.body);
    let form = [("code", new[1].as_str()), ("current", "ada's password")];
    let off = there.plain_form("/api/turn_off_second_factor", "/account", &form).await;
    assert_eq!(off.header("location"), Some("/account?done=second-step-off#second-step-title"));
    assert!(there.get("/account?done=second-step-off").await.body.contains("The second step is off."));
    let mut anew = site.nobody();
    assert_eq!(sign_in(&mut anew, "ada", "ada's password").await.header("location"), Some("/inbox"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_opens_nothing_but_the_second_step() {
    let site = site().await;
    let ada = Person::join(&site.store, "gita", Role::Writer).await;
    let (app, _) = turn_on(&site, &mut site.browser_of(&ada), "gita").await;
    let mut browser = site.nobody();
    let request = browser
        .request(Method::POST, "/api/sign_in")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-forwarded-proto", "https")
        .body("email=gita%40quire.example&password=gita%27s+password");
    let asked = browser.send(request).await;
    assert_eq!((asked.status, asked.body.as_str()), (200, "null"), "nothing was done yet");
    let cookies = asked.cookies_set().into_iter().filter(|cookie| !cookie.contains("Max-Age=0"));
    let [cookie] = cookies.collect::<Vec<_>>()[..] else { panic!("one cookie: {asked:?}") };
    assert!(cookie.starts_with("__Host-quire-sign-in="), "{cookie}");
    for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=600", "; Secure"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let token = browser.cookie("__Host-quire-sign-in").expect("a token").to_owned();
    assert!(!asked.body.contains(&token), "no script sees it");
    for path in ["/api/become_writer", "/api/begin_second_factor", "/api/sign_out_everywhere"] {
        assert_eq!(browser.fields(path, &[]).await.status, 401, "{path}");
        let mut thief = site.nobody();
        thief.set_cookie("quire-session", &token);
        assert_eq!(thief.fields(path, &[]).await.status, 401, "{path}");
    }
    let mut reset = site.nobody();
    let fields = [("link", token.as_str()), ("new", "three green umbrellas")];
    assert_eq!(reset.fields("/api/reset_password", &fields).await.status, 410);
    for wrong in ["", "x", &"0".repeat(64)] {
        let mut thief = site.nobody();
        thief.set_cookie("quire-sign-in", wrong);
        let refused = thief.fields("/api/confirm_sign_in", &[("code", &app.code(&site, 1))]).await;
        assert_eq!((refused.status, refused.json().as_str()), (410, Some("sign-in-is-over")), "{wrong:?}");
    }
    assert!(site.nobody().get("/sign-in/code").await.body.contains("e-mail address and password"));

    // A few wrong codes, and it is over, in words and with a way to begin again.
    for _ in 0..5 {
        assert_eq!(browser.fields("/api/confirm_sign_in", &[("code", "0000-0000-0000-0000")]).await.status, 401);
    }
    let over = confirm(&mut browser, &app.code(&site, 1)).await;
    assert_eq!(over.status, 410);
    assert!(over.body.contains("This sign-in is over") && over.body.contains("/sign-in?next=/inbox"), "{}", over.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_learns_who_has_one_without_the_password() {
    let site = site().await;
    let ada = Person::join(&site.store, "bea", Role::Writer).await;
    Person::join(&site.store, "ben", Role::Writer).await;
    turn_on(&site, &mut site.browser_of(&ada), "bea").await;
    let mut told = vec![];
    for who in ["bea", "ben", "eve"] {
        let mut browser = site.nobody();
        let fields = [("email", format!("{who}@quire.example")), ("password", "not the password".to_owned())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        let answer = browser.fields("/api/sign_in", &fields).await;
        assert!(answer.cookies_set().is_empty(), "{answer:?}");
        told.push((answer.status, answer.body, answer.headers.get("serverfnredirect").cloned()));
    }
    assert_eq!(told[0].0, 401);
    assert!(told.iter().all(|answer| *answer == told[0]), "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_are_not_guessed() {
    let site = site().await;
    let ada = Person::join(&site.store, "cleo", Role::Writer).await;
    let (app, codes) = turn_on(&site, &mut site.browser_of(&ada), "cleo").await;
    let right: Vec<String> = (-3..6).map(|step| app.code(&site, step)).collect();
    let wrong = (0..20).map(|number| format!("{number:06}")).find(|code| !right.contains(code)).expect("one");
    let mut statuses = vec![];
    for _ in 0..2 {
        let mut browser = site.nobody();
        sign_in(&mut browser, "cleo", "cleo's password").await;
        for _ in 0..3 {
            statuses.push(confirm(&mut browser, &wrong).await.status);
        }
    }
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429], "over all sign-ins");
    let mut browser = site.nobody();
    sign_in(&mut browser, "cleo", "cleo's password").await;
    let refused = browser.fields("/api/confirm_sign_in", &[("code", &app.code(&site, 1))]).await;
    assert!(refused.status == 429 && refused.json()["too-many-codes"].is_u64(), "{refused:?}");
    assert!(refused.header("retry-after").is_some(), "{refused:?}");
    let page = confirm(&mut browser, &app.code(&site, 1)).await.body;
    assert!(page.contains("Too many wrong codes were tried.") && page.contains("in a minute"), "{page}");
    assert_eq!(confirm(&mut browser, &codes[0]).await.header("location"), Some("/inbox"), "a recovery code works");
}

/// One address that tries codes of many accounts is slowed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_tries_no_more_than_it_may() {
    let site = Site::behind_proxy().await;
    let mut statuses = vec![];
    let mut browser = site.nobody();
    for _ in 0..70 {
        let request = browser
            .request(Method::POST, "/api/confirm_sign_in")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-forwarded-for", "2001:db8:77:1::1")
            .body("code=123456");
        statuses.push(browser.send(request).await.status);
    }
    let looked_at = statuses.iter().filter(|status| **status == 410).count();
    // One more a second comes back meanwhile.
    assert!((60..70).contains(&looked_at) && statuses.contains(&429), "{statuses:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_password_by_a_link_is_no_way_around_it() {
    let site = site().await;
    let ada = Person::join(&site.store, "dora", Role::Writer).await;
    let (app, _) = turn_on(&site, &mut site.browser_of(&ada), "dora").await;
    let link = site.store.begin_reset(ada.user).await.expect("a link");
    let mut browser = site.nobody();
    let fields = [("link", link.as_str()), ("new", "three green umbrellas")];
    let reset = browser.fields("/api/reset_password", &fields).await;
    assert!(reset.status == 200 && browser.cookie("quire-session").is_none(), "{reset:?}");
    let asked = sign_in(&mut browser, "dora", "three green umbrellas").await;
    assert_eq!(asked.header("location"), Some("/sign-in/code?next=/inbox"));
    assert!(!is_signed_in(&mut browser).await);
    assert_eq!(confirm(&mut browser, &app.code(&site, 1)).await.header("location"), Some("/inbox"));
}

/// What goes out now.
async fn mails(site: &Site) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let from = "Quire <quire@stories.example>".parse().expect("a sender");
    let carrier = Carrier::folder(folder.path().to_owned(), from);
    send_due(&site.store, &carrier, &"https://stories.example".parse().expect("an address")).await.expect("it is sent");
    let Ok(files) = fs::read_dir(folder.path()) else { return vec![] };
    files.map(|file| fs::read_to_string(file.expect("a file").path()).expect("a mail")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_owner_is_told_by_mail() {
    let site = site().await;
    let ada = Person::join(&site.store, "effi", Role::Writer).await;
    let mut here = site.browser_of(&ada);
    let (_, codes) = turn_on(&site, &mut here, "effi").await;
    let on = mails(&site).await;
    let [mail] = on.as_slice() else { panic!("one mail: {on:?}") };
    for part in ["To: effi@quire.example", "Subject: The second step is on, at Quire", "Hello effi,", "UTC"] {
        assert!(mail.contains(part), "{part}: {mail}");
    }
    let mut there = site.nobody();
    sign_in(&mut there, "effi", "effi's password").await;
    assert!(mails(&site).await.is_empty(), "the password alone is no news");
    confirm(&mut there, &codes[0]).await;
    let used = mails(&site).await;
    assert!(used.len() == 1 && used[0].contains("Subject: A recovery code was used, at Quire"), "{used:?}");
    let form = [("code", codes[2].as_str()), ("current", "effi's password")];
    here.plain_form("/api/make_recovery_codes", "/account", &form).await;
    let codes = shown(&here.get("/account/second-step?done=codes").await.body);
    let made = mails(&site).await;
    assert!(made.iter().any(|mail| mail.contains("Subject: New recovery codes, at Quire")), "{made:?}");
    let form = [("code", codes[1].as_str()), ("current", "effi's password")];
    assert_eq!(here.fields("/api/turn_off_second_factor", &form).await.status, 200);
    let off = mails(&site).await;
    assert!(off.iter().any(|mail| mail.contains("Subject: The second step is off, at Quire")), "{off:?}");
}

#[tokio::test]
async fn those_who_run_the_place_turn_it_off() {
    let site = site().await;
    let ada = Person::join(&site.store, "fleur", Role::Writer).await;
    turn_on(&site, &mut site.browser_of(&ada), "fleur").await;
    let store::Address::Sqlite(library) = &site.address else { panic!("a file") };
    let end = |email: &str| {
        let mut quire = std::process::Command::new(env!("CARGO_BIN_EXE_quire"));
        quire.args(["end-second-step", email, "--database", &format!("sqlite:{}", library.display())]);
        quire.output().expect("the program ends")
    };
    let done = end("fleur@quire.example");
    assert!(done.status.success(), "{done:?}");
    assert!(String::from_utf8_lossy(&done.stdout).contains("asks for no code at sign-in any more"));
    let mut browser = site.nobody();
    assert_eq!(sign_in(&mut browser, "fleur", "fleur's password").await.header("location"), Some("/inbox"));
    let nobody = end("eve@quire.example");
    assert!(!nobody.status.success() && nobody.stdout.is_empty());
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("There is no account with that e-mail address."));
}
