//! What a form was refused for.

use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use server_fn::error::ServerFnUrlError;

use super::writing::coming_alive;
use crate::{AppError, way_back::and_back};

/// Shows why a form was refused: by the script's mutation, or in the address that a plain form came
/// back to.
#[component]
pub fn FormError(
    /// The address of the form's server function.
    path: &'static str,
    /// The mutation's last error.
    #[prop(optional)]
    error: Option<RwSignal<Option<AppError>>>,
) -> impl IntoView {
    let came_back = came_back(path);
    let way_on = and_back("/sign-in");
    move || {
        let by_script = error.and_then(|error| error.get()).map(|error| (error.in_form(), error));
        let (says, error) = by_script.or_else(|| came_back.get().map(|error| (error.to_string(), error)))?;
        Some(view! { <Refused says signed_out=error == AppError::SignedOut way_on /> })
    }
}

/// What went wrong, with a way on if the session ended: back here.
#[component]
fn Refused(says: String, signed_out: bool, way_on: impl Fn() -> String + Send + Sync + 'static) -> impl IntoView {
    view! {
        <div class="notice" data-kind="danger" role="alert" data-testid="form-error">
            <p class="notice-text">{says}</p>
            {signed_out.then(|| view! {
                <div class="notice-actions"><a class="button" data-size="small" href=way_on>"Sign in and come back"</a></div>
            })}
        </div>
    }
}

/// The error in the address, if it is this function's and the server's: it checked the address that the page was
/// loaded with, and no other. A link in a story can lead to any, and to this very form.
fn came_back(path: &'static str) -> Memo<Option<AppError>> {
    let query = use_query_map();
    let in_address = move |query: &ParamsMap| {
        let whose = query.get_str("__path")?;
        let error = query.get_str("__err")?;
        (whose == path).then(|| ServerFnUrlError::<AppError>::decode_err(error))
    };
    let is_checked = cfg!(feature = "ssr") || coming_alive();
    let checked = query.with_untracked(in_address).filter(|_| is_checked);
    Memo::new(move |_| query.with(in_address).filter(|error| checked.as_ref() == Some(error)))
}
