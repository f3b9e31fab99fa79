//! Serves the guestbook: `cargo run -p guestbook`, then <http://127.0.0.1:3100>.

mod site;

use std::{env, error::Error};

use abreast_browser::App as _;
use abreast_server::http::{Heartbeat, Live, Site, raise_seen};
use axum::{
    Router,
    extract::{State, WebSocketUpgrade},
    middleware,
    routing::{any, get},
};
use guestbook::{Guestbook, Page, server::Book};
use leptos::prelude::*;
use tower_http::services::ServeDir;

/// Brings the page alive.
const HYDRATE: &str = "import init, { hydrate } from '/pkg/guestbook.js'; init().then(hydrate);";

/// How many browsers may be live at once.
const MAX_LIVE: usize = 1_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let mut arguments = env::args().skip(1);
    let file = arguments.next().unwrap_or_else(|| "guestbook.db".to_owned());
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:3100".to_owned());
    let pkg = site::build()?;

    // Before leptos brings an executor of its own: a page's tasks stay on its thread.
    any_spawner::Executor::init_tokio()?;
    let book = Book::open(&file).await?;
    let site = Site::new(book.engine().clone(), Guestbook::SEEN, "/api/");
    let live = Live::start(book.engine().clone(), MAX_LIVE, Heartbeat::default());
    let context = {
        let site = site.clone();
        move || {
            provide_context(book.clone());
            provide_context(site.clone());
        }
    };
    let functions = {
        let context = context.clone();
        move |request| leptos_axum::handle_server_fns_with_context(context, request)
    };
    let router = Router::new()
        .route("/", get(leptos_axum::render_app_async_with_context(context, shell)))
        .route("/api/{*function}", any(functions))
        .layer(middleware::from_fn_with_state(site, raise_seen::<Guestbook>))
        .route(Guestbook::LIVE, get(connect).with_state(live))
        .nest_service("/pkg", ServeDir::new(pkg));
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}

/// All is public here. An app with accounts says whose connection it is, and that a page of its own asks.
async fn connect(State(live): State<Live<Guestbook>>, upgrade: WebSocketUpgrade) -> axum::response::Response {
    live.connect(upgrade, None)
}

fn shell() -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>"Guestbook"</title>
                <link rel="icon" href="data:," />
                <script type="module" inner_html=HYDRATE></script>
            </head>
            <body>
                <Page />
            </body>
        </html>
    }
}
