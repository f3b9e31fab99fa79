//! What went wrong, where a page should be.

use domain::{Query, Quire};
use leptos::prelude::*;

use super::{Head, chapters_here::ChaptersHere};
use crate::{AppError, cache::Reading, way_back::and_back};

/// An error in place of a page. On the server it also becomes the response's status.
#[component]
pub fn Failed(error: AppError) -> impl IntoView {
    set_status(&error);
    let (code, heading, lead) = words(&error);
    let is_offline = error == AppError::Offline;
    let way_on = match error {
        AppError::NotFound | AppError::NotThere(_) => {
            view! { <a class="button" data-kind="primary" href="/novels">"Browse novels"</a> }.into_any()
        }
        AppError::SignedOut => {
            view! { <a class="button" data-kind="primary" href=and_back("/sign-in")>"Sign in"</a> }.into_any()
        }
        // `external`: the router would find itself there already, and do nothing.
        _ => view! { <a class="button" data-kind="primary" href="" rel="external">"Try again"</a> }.into_any(),
    };
    view! {
        <Head title=heading.clone() description=lead.clone() />
        <div class="error-page" data-testid="failed">
            <p class="error-page-code">{code}</p>
            <h1>{heading}</h1>
            <p class="page-lead">{lead}</p>
            <div class="row">{way_on}<a class="button" href="/">"Home"</a></div>
            {is_offline.then(|| view! { <ChaptersHere /> })}
        </div>
    }
}

/// An error in place of a part of a page. The page's title and status are its own.
#[component]
pub fn FailedPart(error: AppError) -> impl IntoView {
    let words = match error {
        AppError::Offline => "This part isn’t kept on this device. It will load once you are back.".to_owned(),
        error => error.to_string(),
    };
    view! {
        <div class="notice" data-kind="info" role="status" data-testid="failed-part">
            <p class="notice-text">{words}</p>
        </div>
    }
}

/// The large text, the larger one, and the explanation.
fn words(error: &AppError) -> (&'static str, String, String) {
    match error {
        AppError::NotFound | AppError::NotThere(_) => (
            "404",
            "This page was never written".to_owned(),
            "Or it was, and its author took it back. The shelves may have something else for you.".to_owned(),
        ),
        AppError::SignedOut => {
            ("Who’s there?", "This page is its author’s".to_owned(), "Please sign in to see yours.".to_owned())
        }
        AppError::Offline => (
            "No line",
            "You seem to be offline".to_owned(),
            "This page isn’t kept on this device yet. It will load once you are back.".to_owned(),
        ),
        error => ("Oh dear", "We dropped the page".to_owned(), error.to_string()),
    }
}

/// The response's status, if this is the server.
pub fn set_status(error: &AppError) {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>()
        && let Ok(status) = http::StatusCode::from_u16(error.status())
    {
        response.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = error;
}

/// Says that the shown answer may be old, because nothing newer could be had (rule 9).
#[component]
pub fn StaleNotice<Q: Query<Nouns = Quire>>(reading: Reading<Q>) -> impl IntoView {
    move || {
        reading.is_stale().then(|| {
            view! {
                <div class="notice" data-kind="warn" role="status" data-testid="stale">
                    <p class="notice-text">"The library can’t be reached just now, so this may not be the latest."</p>
                </div>
            }
        })
    }
}
