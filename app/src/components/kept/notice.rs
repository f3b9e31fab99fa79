//! The notice above a form that keeps its text.

use leptos::prelude::*;

use super::Kept;
use crate::{
    components::{BothTexts, GoneNotice},
    draft,
};

/// Says that something was put back, and when it was typed; that nothing can be kept; that something else was saved
/// meanwhile, or that nothing can be, because what the form belonged to is gone.
#[component]
pub fn KeptNotice(
    /// What keeps the form.
    kept: Kept,
    /// What it is that it changes, if it changes anything.
    #[prop(default = "text")]
    noun: &'static str,
) -> impl IntoView {
    view! {
        {move || kept.is_gone().then(|| view! { <GoneNotice typed=move |()| kept.all() discard=move |()| kept.discard() /> })}
        {move || kept.theirs.get().map(|newer| {
            let (mine, theirs) = kept.both(&newer);
            view! { <BothTexts noun mine theirs keep=move |()| kept.keep_mine() take=move |()| kept.take_theirs() /> }
        })}
        {move || kept.recovered.get().map(|at| {
            let (time, iso) = draft::times(at);
            view! {
                <div class="notice" data-kind="info" role="status" data-testid="kept">
                    <p class="notice-text">"What you typed is here again, from "<time datetime=iso>{time}</time>". It has not been sent."</p>
                    <div class="notice-actions">
                        <button class="button" data-size="small" type="button" on:click=move |_| kept.discard()>"Discard"</button>
                    </div>
                </div>
            }
        })}
        {move || kept.refused.get().then(|| view! {
            <div class="notice" data-kind="warn" role="status">
                <p class="notice-text">"This browser can’t keep a copy of what you type (its storage is full or switched off)."</p>
            </div>
        })}
    }
}
