//! The text of a scene: where it is typed, and the tools for it.
//!
//! Each tool is a function from a text and a selection to an `edit`, which the `surface` makes as if it were typed. So
//! the browser's own undo takes it back, and it is kept and saved as typing is. In reading order: `edit`, `line` and
//! `runs`, what the tools do (`mark`, `link`, `block`), the list of them (`tool`), what is pasted (`paste`), finding
//! (`found`, `finder`), and the display.

mod block;
mod edit;
mod find_bar;
mod finder;
mod found;
mod keys;
mod line;
mod link;
mod mark;
mod mirror;
mod paste;
mod runs;
mod surface;
mod tool;
mod toolbar;

use leptos::{ev, html, prelude::*};

use self::{find_bar::FindBar, finder::Finder, mirror::Mirror, surface::Surface, tool::Tool, toolbar::Toolbar};
use crate::components::LongText;

/// The text area with its tools.
#[component]
pub fn SceneText(text: Signal<String>, #[prop(into)] write: Callback<String>) -> impl IntoView {
    let (area, mirror) = (NodeRef::new(), NodeRef::<html::Div>::new());
    let surface = Surface(area);
    let finder = Finder::new(surface, text);
    let use_tool = Callback::new(move |tool: Tool| match tool {
        Tool::Find if finder.is_open.get_untracked() => finder.close(),
        Tool::Find => finder.open(),
        Tool::Bold | Tool::Italic | Tool::Link | Tool::Heading | Tool::Quote | Tool::SceneBreak => {
            if let Some((text, selected)) = surface.read()
                && let Some(edit) = tool.edit(&text, selected)
            {
                surface.apply(&text, &edit);
            }
        }
    });
    let pasting = StoredValue::new(paste::Pasting::default());
    let on_key = move |event: ev::KeyboardEvent| {
        if !surface.is_target(&event) {
            return;
        }
        pasting.update_value(|pasting| pasting.pressed(&event));
        if let Some(tool) = keys::pressed(&event) {
            event.prevent_default();
            use_tool.run(tool);
        }
    };
    let on_paste = move |event: ev::ClipboardEvent| {
        if surface.is_target(&event)
            && let Some(pasted) = pasting.with_value(|pasting| pasting.text(&event))
            && let Some((text, selected)) = surface.read()
        {
            event.prevent_default();
            surface.apply(&text, &paste::edit(&text, selected, &pasted));
        }
    };
    let on_scroll = move |_| {
        if let Some(mirror) = mirror.get_untracked() {
            mirror.set_scroll_top(surface.scroll_top());
        }
    };
    view! {
        <div class="scene-text" on:keydown=on_key on:paste=on_paste on:scroll:capture=on_scroll>
            <div class="scene-text-head">
                <Toolbar on_tool=use_tool is_finding=finder.is_open />
                {move || finder.is_open.get().then(|| view! { <FindBar finder /> })}
            </div>
            <div class="scene-text-page" data-finding=move || finder.is_open.get().then_some("")>
                {move || finder.is_open.get().then(|| view! { <Mirror finder surface text mirror /> })}
                <LongText id="scene-content" label="Scene text" quiet=true class="scene-editor-text" testid="scene-content-editor"
                    area text write />
            </div>
        </div>
    }
}
