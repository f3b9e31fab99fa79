//! What a form was refused for.

use leptos::prelude::*;

use crate::{AppError, way_back::and_back};

/// Shows why a form was refused, and a way on if the session ended: back here. Without a script the server answers
/// with a page of its own, as [`refused`](crate::refused) says.
#[component]
pub fn FormError(
    /// The mutation's last error.
    error: RwSignal<Option<AppError>>,
) -> impl IntoView {
    let way_on = and_back("/sign-in");
    move || {
        // Of two texts the form shows both.
        let error = error.get().filter(|error| !matches!(error, AppError::ConflictWith(_)))?;
        let signed_out = error == AppError::SignedOut;
        Some(view! {
            <div class="notice" data-kind="danger" role="alert" data-testid="form-error">
                <p class="notice-text">{error.in_form()}</p>
                {signed_out.then(|| view! {
                    <div class="notice-actions"><a class="button" data-size="small" href=way_on>"Sign in and come back"</a></div>
                })}
            </div>
        })
    }
}
