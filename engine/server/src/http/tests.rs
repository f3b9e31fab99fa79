//! The example app over HTTP: a page, a function, and the live connection.

use std::io::Read;

use abreast_core::{
    CatchUp, Directive, Query, SeenCookie, Seq, ServerMessage, Subscribe,
    observe::metrics::{Outcome, Tier},
};
use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    extract::{Request, State, WebSocketUpgrade},
    http::{HeaderName, StatusCode, header},
    middleware,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use futures_util::{SinkExt, StreamExt};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_tungstenite::{connect_async, tungstenite::Message};
use tower::ServiceExt;

use self::rules::{Looking, Rules, member};
use super::{Basis, Heartbeat, Live, NodeFigures, Pages, Shown, Site, answer_figures, compare, raise_seen, serve_kept};
use crate::{
    Engine, Settings, Writer,
    example::{self, Change, Changes, Example, Tag},
};

mod rules;

struct World {
    engine: Engine<Example>,
    writer: Writer<Example>,
    site: Site<Example>,
    _folder: TempDir,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (engine, writer) = example::open(&folder.path().join("app.db"), Settings::default()).await;
        let site = Site::new(engine.clone(), SeenCookie::with_prefix("example"), "/api/");
        Self { engine, writer, site, _folder: folder }
    }

    /// The app without the outermost layer.
    fn routes(&self) -> Router {
        let named = async || ([(header::ETAG, r#""a""#), (header::CONTENT_TYPE, "application/json")], "1");
        Router::new()
            .route("/", get(show))
            .route("/own", get(show))
            .route("/forgotten", get(show))
            .route("/api/changes", get(named))
            .layer(middleware::from_fn_with_state(self.site.clone(), compare::<Example>))
            .with_state(self.engine.clone())
    }

    async fn save(&self) -> Seq {
        let tx = self.writer.begin().await.expect("a transaction");
        tx.commit(Change::Saved(1), ()).await.expect("a commit").record().seq
    }

    /// The cookies of a browser that was shown this position.
    fn cookies(&self, seq: Seq) -> String {
        let (log, signature) = (self.engine.log_id(), self.engine.sign_position(seq));
        format!("example-seen={log}.{seq}; example-seen-proof={log}.{seq}.{signature}")
    }

    fn pages(&self, outcome: Outcome) -> u64 {
        self.engine.recorder().tally(Tier::Page).of(outcome)
    }
}

/// The app's page: how many changes there were.
async fn show(
    State(engine): State<Engine<Example>>,
    Extension(shown): Extension<Shown>,
    basis: Option<Extension<Basis<Example>>>,
    looking: Option<Extension<Looking>>,
    request: Request,
) -> Html<String> {
    let fetched = engine.fetch(&Changes {}, Seq::ZERO).await.expect("an answer");
    shown.note(fetched.entry.as_of);
    if let Some(Extension(basis)) = basis {
        basis.add(&fetched.entry, Changes::policy(), Changes::AREA);
    }
    let count = fetched.entry.value.to_string();
    let looking = looking.map(|Extension(looking)| looking).or(member(request.headers()).map(Looking));
    let forgets = request.uri().path() == "/forgotten";
    Html(looking.map_or(count.clone(), |looking| format!("{count} for {}", looking.word(forgets))))
}

fn ask(path: &str, name: HeaderName, value: &str) -> Request {
    Request::get(path).header(name, value).body(Body::empty()).expect("a request")
}

/// What a browser with these cookies is shown, and those that it gets, as it sends them back.
async fn read(app: &Router, cookies: &str) -> (String, String) {
    let answer = app.clone().oneshot(ask("/", header::COOKIE, cookies)).await.expect("an answer");
    let set = answer.headers().get_all(header::SET_COOKIE).into_iter();
    let set: Vec<_> = set.filter_map(|cookie| cookie.to_str().ok()?.split(';').next()).map(str::to_owned).collect();
    let body = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    (String::from_utf8_lossy(&body).into_owned(), set.join("; "))
}

#[tokio::test]
async fn a_page_is_kept_until_a_change_makes_it_old() {
    let world = World::new().await;
    let kept = Pages::start(world.site.clone(), Rules);
    let app = world.routes().layer(middleware::from_fn_with_state(kept, serve_kept::<Example, Rules>));
    for _ in 0..3 {
        assert_eq!(read(&app, "").await, ("0".to_owned(), String::new()));
    }
    assert_eq!((world.pages(Outcome::Miss), world.pages(Outcome::Hit)), (1, 2));
    let seq = world.save().await;
    let cookies = world.cookies(seq);
    assert_eq!(read(&app, "").await, ("1".to_owned(), cookies.clone()));
    // A kept page raises Seen too, and only for a browser that has seen less.
    assert_eq!(read(&app, "").await, ("1".to_owned(), cookies.clone()));
    assert_eq!(read(&app, &cookies).await, ("1".to_owned(), String::new()));
    assert_eq!((world.pages(Outcome::Miss), world.pages(Outcome::Hit)), (2, 4));
}

/// Members share a body, and each gets their own in its places; a place that was forgotten is no place for others'.
#[tokio::test]
async fn each_member_gets_the_one_body_with_their_own_in_it() {
    let world = World::new().await;
    let kept = Pages::start(world.site.clone(), Rules);
    let app = world.routes().layer(middleware::from_fn_with_state(kept, serve_kept::<Example, Rules>));
    let is = async |path: &str, member: &str, expected: &str| {
        let cookies = format!("example-member={member}");
        for encoding in ["gzip", ""] {
            let mut request = ask(path, header::COOKIE, &cookies);
            request.headers_mut().insert(header::ACCEPT_ENCODING, encoding.parse().expect("a header"));
            let answer = app.clone().oneshot(request).await.expect("an answer");
            let is_zipped = answer.headers().contains_key(header::CONTENT_ENCODING);
            let length = answer.headers().get("x-length").cloned();
            let body = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
            let mut text = String::from_utf8_lossy(&body).into_owned();
            if is_zipped {
                text.clear();
                flate2::read::GzDecoder::new(&*body).read_to_string(&mut text).expect("a stream");
            }
            assert_eq!(text, expected, "{path} {member} {encoding}");
            if let Some(length) = length {
                assert_eq!(length, text.len().to_string(), "{path} {member} {encoding}");
            }
        }
    };
    let tally = || (world.pages(Outcome::Miss), world.pages(Outcome::Hit));
    is("/", "7", "0 for 7").await;
    is("/", "8", "0 for 8").await;
    is("/", "", "0").await;
    assert_eq!(tally(), (2, 4), "one body for members, and one page for strangers");
    is("/own", "7", "0 for 7").await;
    is("/own", "8", "0 for 8").await;
    assert_eq!(tally(), (4, 6), "one for each");
    is("/forgotten", "7", "0 for 7").await;
    is("/forgotten", "8", "0 for 8").await;
    assert_eq!(tally(), (8, 6), "made anew each time");
    world.save().await;
    is("/", "8", "1 for 8").await;
    is("/own", "7", "1 for 7").await;
    is("/", "7", "1 for 7").await;
    assert_eq!(tally(), (10, 10), "judged as all else");
}

#[tokio::test]
async fn seen_is_raised_without_kept_pages_too() {
    let world = World::new().await;
    let app = world.routes().layer(middleware::from_fn_with_state(world.site.clone(), raise_seen::<Example>));
    let seq = world.save().await;
    assert_eq!(read(&app, "").await, ("1".to_owned(), world.cookies(seq)));
}

#[tokio::test]
async fn who_has_the_content_gets_none() {
    let world = World::new().await;
    for (held, expected) in [(r#""a""#, StatusCode::NOT_MODIFIED), (r#""b""#, StatusCode::OK)] {
        let answer = world.routes().oneshot(ask("/api/changes", header::IF_NONE_MATCH, held)).await;
        assert_eq!(answer.expect("an answer").status(), expected, "{held}");
    }
}

#[tokio::test]
async fn a_browser_hears_of_a_commit() {
    let world = World::new().await;
    let live = Live::start(world.engine.clone(), 10, Heartbeat::default());
    let open = async |State(live): State<Live<Example>>, upgrade: WebSocketUpgrade| -> Response {
        live.connect(upgrade, None).into_response()
    };
    let app = Router::new().route("/live", get(open)).with_state(live.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    let (mut line, _) = connect_async(format!("ws://{address}/live")).await.expect("a line");
    let (log, since) = (world.engine.log_id(), world.engine.watermark());
    let holds = serde_json::to_string(&Subscribe { log, tags: vec![Tag::List], since }).expect("a text");
    line.send(Message::text(holds)).await.expect("it is sent");
    let mut told = async || loop {
        let message = line.next().await.expect("a message").expect("a message");
        match serde_json::from_str::<ServerMessage<Tag>>(message.to_text().expect("a text")).expect("ours") {
            ServerMessage::Beat { .. } => {}
            told @ (ServerMessage::Row { .. } | ServerMessage::CaughtUp(_)) => return told,
        }
    };
    assert_eq!(told().await, ServerMessage::CaughtUp(CatchUp::Changes { head: since, log: vec![] }));
    let seq = world.save().await;
    assert_eq!(told().await, ServerMessage::Row { seq, directives: vec![Directive::Refresh(Tag::List)], spread: 0 });
    drop(line);
    live.close().await;
    assert!(live.is_closing());
}

#[tokio::test]
async fn figures_bear_the_name_of_the_app() {
    let world = World::new().await;
    world.engine.fetch(&Changes {}, Seq::ZERO).await.expect("an answer");
    let answer = answer_figures([Box::new(NodeFigures::of(world.engine)) as _]);
    let body = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    let page = String::from_utf8_lossy(&body).into_owned();
    let line = r#"example_cache_events_total{tier="database",outcome="hit"} 1"#;
    assert!(page.lines().any(|of| of == line), "{page}");
}
