//! What a form was refused for.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::error::ServerFnUrlError;

use crate::{AppError, way_back::and_back};

/// The longest error that is believed when it comes in an address, which anybody can write.
const LONGEST: usize = 400;

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
    let (way_on, error) =
        (and_back("/sign-in"), move || error.and_then(|error| error.get()).or_else(|| came_back.get()));
    move || error().map(|error| view! { <Refused error way_on /> })
}

/// What went wrong, with a way on if the session ended: back here, where what was typed is kept.
#[component]
fn Refused(error: AppError, way_on: impl Fn() -> String + Send + Sync + 'static) -> impl IntoView {
    let signed_out = error == AppError::SignedOut;
    view! {
        <div class="notice" data-kind="danger" role="alert" data-testid="form-error">
            <p class="notice-text">{error.to_string()}</p>
            {signed_out.then(|| view! {
                <div class="notice-actions"><a class="button" data-size="small" href=way_on>"Sign in and come back"</a></div>
            })}
        </div>
    }
}

/// The error in the address, if it is this function's.
fn came_back(path: &'static str) -> Memo<Option<AppError>> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| {
            let whose = query.get_str("__path")?;
            let error = query.get_str("__err").filter(|error| error.len() <= LONGEST)?;
            (whose == path).then(|| ServerFnUrlError::<AppError>::decode_err(error))
        })
    })
}
