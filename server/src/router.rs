//! Which request is answered by what.

use app::{App, shell};
use axum::Router;
use leptos::config::LeptosOptions;
use leptos_axum::{LeptosRoutes, file_and_error_handler, generate_route_list};

/// Pages and server functions; files of the site's root are the fallback,
/// because a wildcard route would hide them.
pub fn router(options: LeptosOptions) -> Router {
    let pages = generate_route_list(App);
    let page_options = options.clone();
    Router::new()
        .leptos_routes(&options, pages, move || shell(page_options.clone()))
        .fallback(file_and_error_handler::<LeptosOptions, _>(shell))
        .with_state(options)
}
