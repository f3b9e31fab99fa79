//! The menu of files that a story can be had as. Plain links: a browser keeps what they answer.

use domain::{FileKind, StoryId};
use leptos::{ev, html, prelude::*};

/// The story as a file, of each kind.
#[component]
pub fn DownloadMenu(story: StoryId) -> impl IntoView {
    let menu = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    let item = move |kind: FileKind| {
        let href = format!("/api/export_story?story={story}&format={kind}");
        // The address is no page of the app, so its router leaves the link to the browser.
        view! {
            <a class="menu-item" href=href rel="external" data-testid=format!("download-{kind}") on:click=move |_| close()>
                {kind.label()}
            </a>
        }
    };
    view! {
        <details class="menu" node_ref=menu on:keydown=on_key>
            <summary class="button" data-size="small" data-testid="download-menu">"Download"</summary>
            <div class="menu-list" data-side="start">{FileKind::ALL.iter().map(|&kind| item(kind)).collect_view()}</div>
        </details>
    }
}
