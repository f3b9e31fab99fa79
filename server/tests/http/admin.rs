//! With an address for operators, the debug page and the figures are there and nowhere else.

use std::net::TcpListener;

use crate::site::{browser::Browser, child::Program, docs::sections};

/// An address that nobody listens at, for now.
fn free() -> String {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").to_string()
}

async fn status(base: &str, method: &str, path: &str) -> u16 {
    let mut browser = Browser::new(base);
    let request = browser.request(method.parse().expect("a method"), path);
    browser.send(request).await.status
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_for_insiders_is_at_their_door_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = format!("sqlite:{}", folder.path().join("library.db").display());
    let start = |admin: Option<&str>| {
        let mut command = Program::serve();
        command.args(["--addr", "127.0.0.1:0", "--database", &library]);
        if let Some(admin) = admin {
            command.env("QUIRE_ADMIN_ADDR", admin);
        }
        Program::run(&mut command)
    };
    let theirs: Vec<_> = sections().into_iter().filter(|section| section.for_managers).collect();
    assert_eq!(theirs.len(), 9);
    let admin = free();
    let with = start(Some(&admin));
    let at_the_door = format!("http://{admin}");
    let without = start(None);
    for (base, is_theirs) in [(&with.base, false), (&at_the_door, true), (&without.base, true)] {
        for path in ["/metrics", "/debug/cache", "/metrics/", "/debug/%63ache"] {
            let is_spelled = path == "/metrics" || path == "/debug/cache";
            let expected = if is_theirs && is_spelled { 200 } else { 404 };
            // Otherwise spelled, it is at most a page that says there is none.
            let answer = status(base, "GET", path).await;
            assert!(answer == expected || (is_theirs && !is_spelled), "{base}{path}: {answer}");
        }
        for section in &theirs {
            let answer = status(base, section.method, section.path).await;
            // Nothing is said, so what is there at all finds it wanting, or does it.
            assert_eq!(answer != 404, is_theirs, "{base}{}: {answer}", section.path);
        }
        for path in ["/", "/community", "/sign-in", "/healthz", "/readyz", "/api/fetch_home"] {
            assert_eq!(status(base, "GET", path).await, 200, "{base}{path}");
        }
        let page = Browser::new(base).get("/").await.body;
        let link = page.split("href=\"/debug/cache\"").next().and_then(|before| before.rsplit("<li").next());
        let is_hidden = link.is_some_and(|before| before.split('>').next().is_some_and(|li| li.contains("hidden")));
        assert_eq!(is_hidden, *base != without.base, "{base}: who reads finds no door that is closed to them");
    }
}
