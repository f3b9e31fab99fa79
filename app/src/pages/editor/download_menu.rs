//! The menu of files that a story can be had as. Plain links: a browser keeps what they answer.

use domain::{FileKind, StoryId};
use leptos::prelude::*;

use crate::components::close_menu;

const MENU: &str = "download-menu";

/// The story as a file, of each kind.
#[component]
pub fn DownloadMenu(story: StoryId) -> impl IntoView {
    let item = move |kind: FileKind| {
        let href = format!("/api/export_story?story={story}&format={kind}");
        // The address is no page of the app, so its router leaves the link to the browser.
        view! {
            <a class="menu-item" href=href rel="external" data-testid=format!("download-{kind}") on:click=move |_| close_menu(MENU)>
                {kind.label()}
            </a>
        }
    };
    view! {
        <div class="menu">
            <button class="button" data-size="small" type="button" popovertarget=MENU data-testid="download-menu">"Download"</button>
            <div class="menu-list" data-side="start" id=MENU popover="auto">{FileKind::ALL.iter().map(|&kind| item(kind)).collect_view()}</div>
        </div>
    }
}
