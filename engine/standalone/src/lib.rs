//! The smallest server for an app without accounts: one page, its functions and the live connection. For examples and
//! first steps; an app with more than that puts the same parts into a router of its own.

mod bundle;

use std::{env, error::Error, path::PathBuf};

use abreast_browser::{Boot, ssr::Serve};
use abreast_server::{
    Address, Engine, Settings, Writer,
    http::{Heartbeat, Live, Site, raise_seen},
};
use axum::{
    Router,
    extract::{State, WebSocketUpgrade},
    middleware::from_fn_with_state,
    response::Response,
    routing::{any, get},
};
use leptos::prelude::*;
use leptos_axum::{handle_server_fns_with_context, render_app_async_with_context};
use tower_http::services::ServeDir;

/// How many browsers may be live at once.
const MAX_LIVE: usize = 1_000;

/// Serves an app's page from `NAME.db` at <http://127.0.0.1:3100>, or from the file and at the address that the command
/// line names. The package whose `Cargo.toml` is in the folder `manifest` has the app's name, and is compiled for the
/// browser first, with its feature `hydrate` alone. The page's functions find [`Writer`] in their context.
///
/// # Errors
/// When the browser's half can't be compiled, the database can't be opened, or the address is taken.
pub fn serve<A: Serve, V: IntoView + 'static>(page: fn() -> V, manifest: &str) -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let pkg = bundle::build(A::NAME, manifest)?;
    // Before leptos brings an executor of its own: a page's tasks stay on its thread.
    any_spawner::Executor::init_tokio()?;
    tokio::runtime::Runtime::new()?.block_on(listen::<A, V>(page, pkg))
}

async fn listen<A: Serve, V: IntoView + 'static>(page: fn() -> V, pkg: PathBuf) -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let file = arguments.next().unwrap_or_else(|| format!("{}.db", A::NAME));
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:3100".to_owned());
    let opened = Engine::<A::Server>::open(&Address::Sqlite(file.into()), Settings::default()).await;
    let (engine, writer) = opened.map_err(Into::<abreast_server::Error>::into)?;
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, router::<A, V>(&engine, writer, page).nest_service("/pkg", ServeDir::new(pkg))).await?)
}

fn router<A: Serve, V: IntoView + 'static>(
    engine: &Engine<A::Server>,
    writer: Writer<A::Server>,
    page: fn() -> V,
) -> Router {
    let site = Site::new(engine.clone(), A::SEEN, A::FUNCTIONS);
    let live = Live::start(engine.clone(), MAX_LIVE, Heartbeat::default());
    let context = {
        let (engine, site) = (engine.clone(), site.clone());
        move || {
            provide_context(Boot::<A>::of(&engine));
            provide_context(engine.clone());
            provide_context(site.clone());
            provide_context(writer.clone());
        }
    };
    let functions = {
        let context = context.clone();
        move |request| handle_server_fns_with_context(context, request)
    };
    Router::new()
        .route("/", get(render_app_async_with_context(context, move || shell::<A, V>(page))))
        .route(&format!("{}{{*function}}", A::FUNCTIONS), any(functions))
        .layer(from_fn_with_state(site, raise_seen::<A::Server>))
        .route(A::LIVE, get(connect::<A::Server>).with_state(live))
}

/// All is public here. An app with accounts says whose connection it is, and that a page of its own asks.
async fn connect<S: abreast_server::App>(State(live): State<Live<S>>, upgrade: WebSocketUpgrade) -> Response {
    live.connect(upgrade, None)
}

fn shell<A: Serve, V: IntoView + 'static>(page: fn() -> V) -> impl IntoView {
    let come_alive = format!("import init from '/pkg/{}.js'; init();", A::NAME);
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{A::NAME}</title>
                <link rel="icon" href="data:," />
                <script type="module" inner_html=come_alive></script>
            </head>
            <body>{page()}</body>
        </html>
    }
}
