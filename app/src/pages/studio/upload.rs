//! An upload that tells how far it is. `fetch` can't, so this is an `XMLHttpRequest`.

use abreast_browser::IdempotencyKey;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use server_fn::error::FromServerFnError;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, FormData, HtmlFormElement, ProgressEvent, XmlHttpRequest};

use crate::{AppError, api::import::Imported};

/// Where an upload stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Upload {
    /// There is none.
    Idle,
    /// It is under way.
    Sending {
        /// The file's name.
        name: String,
        /// How much of it has left this browser.
        percent: u32,
    },
    /// It became a story.
    Done(Imported),
}

/// Sends a form's fields to a function, with one more if it has a value, keeps `state` current, and hands the answer
/// over.
pub fn upload<T: DeserializeOwned>(
    function: &'static str,
    form: &HtmlFormElement,
    (field, value): (&'static str, &str),
    name: String,
    state: RwSignal<Upload>,
    then: impl FnOnce(Result<T, AppError>) + 'static,
) {
    let Some((request, data)) = XmlHttpRequest::new().ok().zip(FormData::new_with_form(form).ok()) else {
        return then(Err(AppError::Internal));
    };
    if !value.is_empty() && data.append_with_str(field, value).is_err() {
        return then(Err(AppError::Internal));
    }
    state.set(Upload::Sending { name: name.clone(), percent: 0 });
    let key = IdempotencyKey::of(function, &said(&data));
    let header = key.header();
    let progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
            let percent = (event.loaded() / event.total() * 100.0) as u32;
            state.try_set(Upload::Sending { name: name.clone(), percent });
        }
    });
    if let Ok(uploading) = request.upload() {
        uploading.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    }
    let asked = request.clone();
    // `loadend` comes once, whatever happened. It owns the other closure, which must live as long.
    let done = Closure::once_into_js(move |_: Event| {
        drop(progress);
        let answer = answer(&asked);
        if answer.is_ok() {
            key.answered();
        }
        then(answer);
    });
    request.set_onloadend(Some(done.unchecked_ref()));
    let opened = request.open("POST", function);
    let opened = opened.and_then(|()| request.set_request_header(header.0, &header.1));
    let sent = opened.and_then(|()| request.send_with_opt_form_data(Some(&data)));
    if sent.is_err() {
        state.set(Upload::Idle);
    }
}

/// What tells this form's content from another's.
fn said(data: &FormData) -> Vec<String> {
    let file = data.get("file").dyn_into::<web_sys::File>().ok();
    let file = file.map(|file| format!("{} {} {}", file.name(), file.size(), file.last_modified()));
    let choices = ["genre", "format", "publish", "levels", "into"].map(|field| data.get(field).as_string());
    choices.into_iter().chain([file]).map(Option::unwrap_or_default).collect()
}

fn answer<T: DeserializeOwned>(request: &XmlHttpRequest) -> Result<T, AppError> {
    let status = request.status().unwrap_or(0);
    if status == 0 {
        return Err(AppError::Offline);
    }
    let body = request.response_text().ok().flatten().unwrap_or_default();
    if status < 400 {
        serde_json::from_str(&body).map_err(|_| AppError::Internal)
    } else {
        Err(AppError::de(body.into()))
    }
}
