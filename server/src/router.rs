//! Which request is answered by what.

use std::sync::{Arc, LazyLock};

use abreast_server::{
    Engine,
    http::{Pages, Site, compare, serve_kept},
};
use app::{
    AppError, app_shell,
    attempts::Attempts,
    bundle::IsSplit,
    cache::Website,
    debug_access::{DebugAccess, HasAdminAddress},
    sends_mail::SendsMail,
    shell::{all, app_shell as bare_document, shell},
    site_url::SiteUrl,
};
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, StatusCode},
    middleware::{self, Next},
    response::IntoResponse,
    routing::{any, get},
};
use leptos::{config::LeptosOptions, prelude::provide_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list, render_app_async_with_context};
use store::Store;
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
};

use crate::{
    alerts::notices::Notices,
    asking::{Asking, recognise},
    budgets::{self, Budgets},
    content_policy, export, exporter, files, found, headers, health, idempotency, limits,
    live::{self, Live},
    mail, one_thread, page_cache, plain_forms,
    proxies::Proxies,
    render_threads::{self, RenderThreads},
    request_timing, same_origin, site,
    style::{self, Style},
    targets,
};

/// What the router needs to know beside the store.
#[derive(Debug, Clone, Default)]
pub struct RouterConfig {
    /// Whom to believe where others come from.
    pub proxies: Proxies,
    /// The attempts to sign in of late.
    pub attempts: Attempts,
    /// How often everybody may write; without, as often as they like.
    pub budgets: Option<Budgets>,
    /// Who may look into the caches.
    pub debug_access: DebugAccess,
    /// Whether the debug page has an address of its own, so that no other page links to it.
    pub has_admin: bool,
    /// Whether mail is sent.
    pub sends_mail: bool,
    /// The fate of notices of alerts, if any are sent.
    pub notices: Option<Notices>,
    /// Where the world finds the site; without, addresses are as their asker wrote them.
    pub url: Option<SiteUrl>,
    /// Where the site's files are; by default where the program finds them.
    pub site: Option<site::Site>,
}

/// Every page's route. Listed once: while leptos lists, every query of every page in this process
/// waits for ever, so nothing may be served meanwhile.
pub fn pages() -> Vec<AxumRouteListing> {
    static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| {
        // First, because leptos would bring an executor of its own, and the first one stays.
        one_thread::prepare();
        generate_route_list(all)
    });
    PAGES.clone()
}

/// Pages and server functions. Files are the fallback, because a wildcard route would hide them,
/// and the app's own 404 page is the fallback's.
pub fn router(options: LeptosOptions, store: Store, live: Live, config: RouterConfig) -> Router {
    let RouterConfig {
        proxies,
        attempts,
        budgets,
        debug_access,
        has_admin,
        sends_mail,
        notices,
        url,
        site: files_from,
    } = config;
    let files_of = files_from.unwrap_or_else(|| site::Site::find(&options));
    let split = IsSplit::in_site(&options, |path| files_of.has(path));
    let (style, names) = Style::of(&files_of.names());
    let context = {
        let (store, names, url) = (store.clone(), names.clone(), url.clone());
        move || {
            provide_context(store.clone());
            provide_context(attempts.clone());
            provide_context(split);
            provide_context(names.clone());
            provide_context(debug_access);
            if let Some(url) = url.clone() {
                provide_context(url);
            }
            if sends_mail {
                provide_context(SendsMail);
            }
            if has_admin {
                provide_context(HasAdminAddress);
            }
        }
    };
    let page = {
        let options = options.clone();
        move || shell(options.clone())
    };
    let bare = {
        let options = options.clone();
        move || bare_document(options.clone())
    };
    let threads = RenderThreads::start();
    let rendering = middleware::from_fn_with_state(threads.clone(), render_threads::render);
    let not_found = any(render_app_async_with_context(context.clone(), page.clone())).layer(rendering.clone());
    let files = files::named(files_of.serve(not_found.clone()), not_found);
    // WASM is compressed once, by the release build, and archives are by themselves.
    let worth_it = DefaultPredicate::new()
        .and(NotForContentType::const_new("application/wasm"))
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("application/epub"))
        .and(NotForContentType::const_new("application/vnd.openxmlformats"));
    let health = health::routes(store.clone(), live.clone(), threads);
    let site = Site::new(
        Engine::clone(&store),
        <Website as abreast_browser::App>::SEEN,
        <Website as abreast_browser::App>::FUNCTIONS,
    );
    let kept = Pages::start(site.clone(), page_cache::Rules { store: store.clone() });
    let counts = kept.counts();
    let believed = Arc::new(proxies.clone());
    let answers = Router::new()
        .route(app_shell::PATH, get(render_app_async_with_context(context.clone(), bare)))
        .leptos_routes_with_context(&options, pages(), context, page)
        .layer(rendering)
        .route(style::PATH, get(async move |headers: HeaderMap| style.answer(&headers)))
        .merge(found::routes(store.clone(), url))
        .merge(export::routes(store.clone()))
        .merge(mail::unsubscribe::routes(store.clone()))
        .merge(Router::new().route("/api/live", get(live::connect)).with_state(live))
        .route("/api/", any(unknown))
        .route("/api/{*unknown}", any(unknown))
        .method_not_allowed_fallback(wrong_method)
        .fallback_service(files)
        .with_state(options)
        .layer(middleware::from_fn(idempotency::read_key))
        .layer(middleware::from_fn_with_state(budgets, budgets::enforce))
        .layer(middleware::from_fn_with_state(Asking { store: store.clone(), site: site.clone(), proxies }, recognise))
        .layer(middleware::from_fn_with_state(site, compare))
        // axum's own limit of 2 MB does not read the rest of a body that is too large.
        .layer(DefaultBodyLimit::disable());
    let inside = Router::new()
        .fallback_service(answers)
        .layer(middleware::from_fn_with_state(names, files::answer_names))
        .layer(middleware::from_fn(limits::refuse))
        // What a function refuses is said by a page: this asks both.
        .layer(middleware::from_fn(plain_forms::answer))
        .layer(middleware::from_fn(limits::enforce))
        .layer(middleware::from_fn(same_origin::enforce))
        .layer(middleware::from_fn(content_policy::seal))
        .layer(middleware::from_fn(targets::enforce))
        .layer(middleware::from_fn(headers::add))
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_it));
    // Each layer copies all that is inside it for each request. As one service that is a pointer, as
    // routes a dozen boxes, several times over: a kept page took 22 µs then, and takes 13
    // (`cargo bench -p server --bench quire -- pages`).
    Router::new()
        .fallback_service(inside)
        // A kept page bears all that the layers inside put on it.
        .layer(middleware::from_fn_with_state(kept, serve_kept))
        .layer(middleware::from_fn_with_state((store.clone(), believed), around_kept))
        .merge(health)
        .merge(exporter::routes(store, notices, counts))
}

/// All that stands around a kept page. One layer, because each costs a kept page an eighth of its rate
/// (`cargo bench -p server --bench quire -- pages`).
async fn around_kept(
    State((store, proxies)): State<(Store, Arc<Proxies>)>,
    request: Request,
    next: Next,
) -> impl IntoResponse {
    let is_secure = headers::is_secure(&proxies, &request);
    let mut response = request_timing::measure(&store, request, next).await;
    if is_secure {
        headers::keep_to_tls(&mut response);
    }
    response
}

/// There is no such server function.
async fn unknown() -> impl IntoResponse {
    (StatusCode::NOT_FOUND, Json(AppError::NotFound))
}

/// There is, but it is asked otherwise.
async fn wrong_method() -> impl IntoResponse {
    let error = AppError::Invalid("This address can't be used in that way.".to_owned());
    (StatusCode::METHOD_NOT_ALLOWED, Json(error))
}
