//! Alerts on their way to people: the log, the report, and a webhook whose receiver may do anything.

mod site;

use std::{
    fmt::Write as _,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Json, Router,
    http::{StatusCode, header::LOCATION},
    routing::{any, post},
};
use domain::{Alert, AlertEvent, CacheEvent, Key, Level, Millis, Outcome, Rule, Tier};
use serde_json::{Value, json};
use server::alerts::{
    self,
    notices::Fate,
    webhook::{Pace, Webhook},
};
use tokio::{
    net::TcpListener,
    sync::mpsc::{self, UnboundedReceiver},
    time::timeout,
};
use tracing::{Event, Subscriber, field::Field, subscriber::DefaultGuard};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
};

use site::Site;

/// What a receiver does with one notice.
#[derive(Debug, Clone, Copy)]
enum Deed {
    /// It takes it in, and never answers.
    Hang,
    Answer(StatusCode),
}

use Deed::{Answer, Hang};

const TAKEN: Deed = Answer(StatusCode::NO_CONTENT);
const BROKEN: Deed = Answer(StatusCode::INTERNAL_SERVER_ERROR);

/// A webhook that is told of alerts, and does one thing after the other; the last for ever.
struct Receiver {
    url: String,
    told: UnboundedReceiver<Value>,
}

impl Receiver {
    async fn start(deeds: &'static [Deed]) -> Self {
        let (tell, told) = mpsc::unbounded_channel();
        let times = Arc::new(AtomicUsize::new(0));
        let take = move |Json(notice): Json<Value>| {
            let time = times.fetch_add(1, Ordering::Relaxed);
            tell.send(notice).expect("the test listens");
            async move {
                match deeds[time.min(deeds.len() - 1)] {
                    Hang => std::future::pending().await,
                    Answer(status) => status,
                }
            }
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/alerts?secret=7", listener.local_addr().expect("an address"));
        let router = Router::new().route("/alerts", post(take));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, told }
    }

    fn webhook(&self) -> Webhook {
        webhook(&self.url)
    }

    async fn next(&mut self) -> Value {
        timeout(Duration::from_secs(20), self.told.recv()).await.expect("in time").expect("a notice")
    }

    /// The value of the alert that comes next, by which notices are told apart.
    async fn next_value(&mut self) -> u64 {
        self.next().await["alert"]["value"].as_u64().expect("a value")
    }
}

fn webhook(url: &str) -> Webhook {
    let pace = Pace { patience: Duration::from_millis(200), pauses: vec![Duration::from_millis(1)] };
    Webhook::start(url.parse().expect("an address"), "node-1", pace).expect("a webhook")
}

fn raised(value: u64) -> AlertEvent {
    let (rule, level, since) = (Rule::FollowerLag, Level::Critical, Millis(5));
    AlertEvent::Raised(Alert { rule, level, since, value, threshold: 1_000, acknowledged: false })
}

/// Waits until it is so.
async fn until(is_so: impl Fn() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(20), wait).await.expect("in time");
}

/// What this thread logs while the guard lives.
fn overhear() -> (Arc<Mutex<Vec<String>>>, DefaultGuard) {
    let lines = Arc::<Mutex<Vec<String>>>::default();
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(Lines(Arc::clone(&lines))));
    (lines, guard)
}

struct Lines(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target().starts_with("server") {
            let mut line = event.metadata().level().to_string();
            event.record(&mut |_: &Field, value: &dyn std::fmt::Debug| {
                // Writing to a String cannot fail.
                let _ = write!(line, " {value:?}");
            });
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
    }
}

/// What a receiver that does these things is sent of three notices, and how many of them are lost.
async fn check(deeds: &'static [Deed], sent: [u64; 5], lost: u64) -> (Receiver, Webhook) {
    let mut receiver = Receiver::start(deeds).await;
    let webhook = receiver.webhook();
    for value in 1..=3 {
        webhook.tell(raised(value), Millis(9));
    }
    for value in sent {
        assert_eq!(receiver.next_value().await, value, "{deeds:?}");
    }
    assert_eq!(webhook.notices().of(Fate::Failed), lost, "{deeds:?}");
    (receiver, webhook)
}

#[tokio::test]
async fn what_failed_is_tried_again() {
    check(&[BROKEN, TAKEN, BROKEN, BROKEN, TAKEN], [1, 1, 2, 2, 3], 1).await;
}

#[tokio::test]
async fn a_receiver_that_hangs_is_given_up_and_holds_nobody_up() {
    let (lines, _guard) = overhear();
    let (mut receiver, webhook) = check(&[Hang, Hang, Hang, Hang, TAKEN], [1, 1, 2, 2, 3], 2).await;
    webhook.tell(raised(4), Millis(9));
    assert_eq!(receiver.next_value().await, 4);
    let lines = lines.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert_eq!(lines.len(), 2, "once for the outage, once for its end: {lines:?}");
    assert!(lines[0].starts_with("WARN") && lines[1].starts_with("INFO"), "{lines:?}");
    assert!(!lines.concat().contains("secret"), "{lines:?}");
}

#[tokio::test]
async fn what_is_too_much_is_dropped() {
    let mut receiver = Receiver::start(&[Hang]).await;
    let webhook = receiver.webhook();
    webhook.tell(raised(0), Millis(9));
    receiver.next().await;
    for value in 1..=100 {
        webhook.tell(raised(value), Millis(9));
    }
    assert_eq!(webhook.notices().of(Fate::Dropped), 36, "one is under way, 64 wait");
}

#[tokio::test]
async fn nobody_there_is_no_reason_to_stop() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let webhook = webhook(&format!("http://{address}/"));
    webhook.tell(raised(1), Millis(9));
    until(|| webhook.notices().of(Fate::Failed) == 1).await;
}

/// As `docs/operating.md` shows it.
#[tokio::test]
async fn a_notice() {
    let mut receiver = Receiver::start(&[TAKEN]).await;
    receiver.webhook().tell(raised(1_800), Millis(9));
    assert_eq!(
        receiver.next().await,
        json!({
            "event": "raised",
            "alert": {
                "rule": "follower-lag",
                "level": "critical",
                "since": 5,
                "value": 1_800,
                "threshold": 1_000,
                "acknowledged": false,
            },
            "text": "critical: follower lag: 1800 ms, limit 1000 ms",
            "explanation": Rule::FollowerLag.explanation(),
            "node": "node-1",
            "at": 9,
        })
    );
}

#[tokio::test]
async fn an_alert_is_told_everywhere() {
    let (lines, _guard) = overhear();
    let mut receiver = Receiver::start(&[TAKEN]).await;
    let webhook = receiver.webhook();
    let notices = webhook.notices().clone();
    let site = Site::telling(&notices).await;
    let watching = tokio::spawn(alerts::watch(site.store.clone(), Some(webhook)));
    let mut browser = site.nobody();
    assert_eq!(browser.get("/api/fetch_node_report").await.json()["alerts"], json!([]));
    // The one rule that a node can be made to break at once.
    let (tier, outcome, key) = (Tier::LocalStorage, Outcome::Error, Key::from_text("feed.1"));
    site.store.record(CacheEvent { at: site.store.now(), tier, outcome, key, micros: None, bytes: None });
    let told = receiver.next().await;
    assert_eq!((&told["event"], &told["alert"]["rule"]), (&json!("raised"), &json!("storage-quota")));
    assert_eq!(browser.get("/api/fetch_node_report").await.json()["alerts"], json!([told["alert"]]));
    until(|| notices.of(Fate::Sent) == 1).await;
    let figures = browser.get("/metrics").await.body;
    for figure in [
        r#"quire_alert{rule="storage-quota",level="warning"} 1"#,
        r#"quire_alert{rule="follower-lag",level="critical"} 0"#,
        r#"quire_alert_notices_total{outcome="sent"} 1"#,
        r#"quire_alert_notices_total{outcome="failed"} 0"#,
        r#"quire_alert_notices_total{outcome="dropped"} 0"#,
    ] {
        assert!(figures.contains(figure), "{figure} in {figures}");
    }
    let logged = lines.lock().unwrap_or_else(PoisonError::into_inner).concat();
    assert!(logged.contains("WARN alert: localStorage errors: 1 a minute, limit 0 a minute."), "{logged}");

    assert_eq!(browser.fields("/api/acknowledge_alert", &[("rule", "weather")]).await.status, 422);
    assert_eq!(browser.fields("/api/acknowledge_alert", &[("rule", "storage-quota")]).await.status, 200);
    assert_eq!(browser.get("/api/fetch_node_report").await.json()["alerts"][0]["acknowledged"], true);
    watching.abort();
}

/// What becomes of a notice that is answered so, with the address of another place beside it.
async fn check_answer(status: u16, expected: Fate) {
    let status = StatusCode::from_u16(status).expect("a status");
    let led_on = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&led_on);
    let elsewhere = move || {
        count.fetch_add(1, Ordering::Relaxed);
        async { StatusCode::OK }
    };
    let router = Router::new()
        .route("/alerts", post(async move || (status, [(LOCATION, "/elsewhere")])))
        .route("/elsewhere", any(elsewhere));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let webhook = webhook(&format!("http://{}/alerts", listener.local_addr().expect("an address")));
    tokio::spawn(async move { axum::serve(listener, router).await });
    webhook.tell(raised(1), Millis(9));
    until(|| [Fate::Sent, Fate::Failed].iter().any(|&fate| webhook.notices().of(fate) > 0)).await;
    assert_eq!(webhook.notices().of(expected), 1, "{status}");
    assert_eq!(led_on.load(Ordering::Relaxed), 0, "{status}: where notices go is the operator's to say");
}

#[tokio::test]
async fn answers_to_a_notice() {
    for (status, expected) in [
        (200, Fate::Sent),
        (202, Fate::Sent),
        (204, Fate::Sent),
        (299, Fate::Sent),
        (301, Fate::Failed),
        (302, Fate::Failed),
        (303, Fate::Failed),
        (307, Fate::Failed),
        (308, Fate::Failed),
        (400, Fate::Failed),
        (404, Fate::Failed),
        (429, Fate::Failed),
        (500, Fate::Failed),
        (503, Fate::Failed),
    ] {
        check_answer(status, expected).await;
    }
}

#[test]
fn addresses_of_webhooks() {
    for (text, expected) in [
        ("https://example.org/alerts?secret=7", Some("https://example.org/…")),
        ("HTTPS://example.org", Some("https://example.org/…")),
        ("http://127.0.0.1:9/", Some("http://127.0.0.1/…")),
        ("http://[::1]:9/", Some("http://[::1]/…")),
        ("http://example.org/alerts?secret=7", None),
        ("http://localhost:9/", None),
        ("http://127.0.0.1.example.org/", None),
        ("http://192.168.0.7/", None),
        ("https://", None),
        ("example.org", None),
        ("ftp://example.org/", None),
        ("", None),
    ] {
        let url = text.parse::<alerts::webhook::WebhookUrl>();
        assert_eq!(url.ok().map(|url| format!("{url:?}")).as_deref(), expected, "{text}");
    }
}
