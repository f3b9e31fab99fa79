//! The last line of every server function: the answer in its envelope.

use abreast_browser::ssr;
use domain::Changed;
use leptos::prelude::expect_context;
use serde::de::DeserializeOwned;
use store::{Answered, Store};

use crate::{AppError, asker::Asker, cache::Website, idempotency};

/// The library, written with the asker's device. A write through it is done once, if the request has an idempotency key.
pub fn store() -> Store {
    let store = expect_context::<Store>().on_device(Asker::current().device);
    match idempotency::intention() {
        Some(intention) => store.intending(intention),
        None => store,
    }
}

/// Answers a mutation: the envelope, its headers, and the position it reached. The same request is answered as
/// the first was.
pub async fn written<T: DeserializeOwned>(result: store::Result<Changed<T>>) -> Result<Changed<T>, AppError> {
    let changed = match Answered::again(result).map_err(AppError::of_write) {
        Ok(changed) => changed,
        Err(error) => {
            refused(&error).await;
            ssr::set_status(&error);
            return Err(error);
        }
    };
    Ok(ssr::written::<Website, T>(changed).await)
}

/// Answers with what no cache keeps.
pub async fn past_caches<T>(result: store::Result<T>) -> Result<T, AppError> {
    match result.map_err(AppError::from) {
        Ok(value) => Ok(value),
        Err(error) => {
            refused(&error).await;
            ssr::set_status(&error);
            Err(error)
        }
    }
}

/// The asker was told "no", which says something of the library, too.
async fn refused(error: &AppError) {
    let says_something = match error {
        AppError::NotFound
        | AppError::NotAllowed
        | AppError::Conflict(_)
        | AppError::ConflictWith(_)
        | AppError::NotPublished(_)
        | AppError::NotRestored(_)
        | AppError::Barred(_)
        | AppError::Blocked(_)
        | AppError::NoRegistration(_)
        | AppError::LastManager
        | AppError::Full(_) => true,
        AppError::AddressTaken
        | AppError::HandleTaken
        | AppError::NotThere(_)
        | AppError::SignedOut
        | AppError::Invalid(_)
        | AppError::WrongPassword
        | AppError::NotThePassword
        | AppError::LinkIsOver
        | AppError::WrongCode
        | AppError::SignInIsOver
        | AppError::TooManyCodes(_)
        | AppError::TooMany(_)
        | AppError::TooLarge
        | AppError::Unavailable
        | AppError::Unsaved
        | AppError::Uncertain
        | AppError::Internal
        | AppError::Offline => false,
    };
    if says_something && let Ok(seq) = store().after_refusal().await {
        ssr::shows(seq);
    }
}
