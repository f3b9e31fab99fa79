//! Pages that lead on to another address.

/// To another address. Every client is told by the response's status: `leptos_axum::redirect` tells browsers alone, and
/// the page would be kept for them as others got it.
#[cfg(feature = "ssr")]
pub fn lead_on(to: &str) {
    use http::{HeaderValue, StatusCode, header};
    use leptos::prelude::use_context;
    if let (Some(response), Ok(to)) = (use_context::<leptos_axum::ResponseOptions>(), HeaderValue::from_str(to)) {
        response.insert_header(header::LOCATION, to);
        // Not for good: a handle may be taken back by whose it was, and a comment moves to another page.
        response.set_status(StatusCode::FOUND);
    }
}

/// To another address, in the place of this one: which is in the history by the next frame.
#[cfg(not(feature = "ssr"))]
pub fn lead_on(to: &str) {
    use leptos::prelude::request_animation_frame;
    use leptos_router::{NavigateOptions, hooks::use_navigate};
    let (to, navigate) = (to.to_owned(), use_navigate());
    request_animation_frame(move || navigate(&to, NavigateOptions { replace: true, ..NavigateOptions::default() }));
}
