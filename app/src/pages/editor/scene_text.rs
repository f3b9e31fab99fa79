//! The text of a scene: where it is typed, and the tools for it.
//!
//! Each tool is a function from a text and a selection to an `edit`, which the `surface` makes as if it were typed. So
//! the browser's own undo takes it back, and it is kept and saved as typing is. In reading order: `edit`, `line` and
//! `runs`, what the tools do (`mark`, `link`, `block`), the list of them (`tool`), what is pasted (`paste`), finding
//! (`found`, `finder`), where one begins (`first_line`), how it is looked at (`preview`, `focus`, `typewriter`), and the display.

mod block;
mod edit;
mod find_bar;
mod finder;
mod first_line;
mod focus;
mod found;
mod keys;
mod line;
mod link;
mod mark;
mod mirror;
mod paste;
mod preview;
mod runs;
mod surface;
mod tool;
mod toolbar;
mod typewriter;

use domain::SceneId;
use leptos::{ev, html, prelude::*};

pub use self::surface::Surface;
use self::{
    find_bar::FindBar, finder::Finder, focus::FocusBar, mirror::Mirror, preview::Preview, surface::Place, tool::Tool,
    toolbar::Toolbar,
};
use super::{
    sight::Sight,
    story_find::{StoryFinder, go_on_jump},
};
use crate::components::LongText;

/// The text area with its tools.
#[component]
pub fn SceneText(
    sight: Sight,
    /// Finding in the whole story leads here.
    story: StoryFinder,
    scene: SceneId,
    /// Whether it was added just now.
    begun: bool,
    text: Signal<String>,
    #[prop(into)] write: Callback<String>,
) -> impl IntoView {
    let (area, mirror) = (NodeRef::new(), NodeRef::<html::Div>::new());
    let surface = Surface(area);
    let finder = Finder::new(surface, text);
    // Where one was in the text before the preview took its place.
    let left = StoredValue::new(None::<Place>);
    let turn_preview = move || {
        if !sight.preview.get_untracked() {
            left.set_value(surface.place());
        }
        let place = left.get_value().filter(|_| surface.is_hidden());
        sight.toggle_preview();
        request_animation_frame(move || surface.turned(place));
    };
    focus::keep_page_told(sight, surface);
    go_on_jump(story, sight, scene, surface);
    first_line::enter(surface, text, begun);
    keys::on_views(sight, turn_preview);
    let use_tool = Callback::new(move |tool: Tool| match tool {
        Tool::Preview => turn_preview(),
        Tool::Focus => sight.toggle_focus(),
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
    let hold = move || {
        if sight.focus.get_untracked() && sight.typewriter.get_untracked() {
            request_animation_frame(move || typewriter::hold(surface));
        }
    };
    let on_scroll = move |_| {
        if let Some(mirror) = mirror.get_untracked() {
            mirror.set_scroll_top(surface.scroll_top());
        }
    };
    view! {
        <div class="scene-text" data-preview=move || sight.preview.get().then_some("") on:keydown=on_key on:paste=on_paste
            on:scroll:capture=on_scroll on:input=move |_| hold() on:keyup=move |_| hold() on:click=move |_| hold()
        >
            <div class="scene-text-head">
                <Toolbar on_tool=use_tool is_finding=finder.is_open sight />
                {move || finder.is_open.get().then(|| view! { <FindBar finder story /> })}
            </div>
            <div class="scene-text-sides">
            <div class="scene-text-page" data-finding=move || finder.is_open.get().then_some("")>
                {move || finder.is_open.get().then(|| view! { <Mirror finder surface text mirror /> })}
                <LongText id="scene-content" label="Scene text" quiet=true class="scene-editor-text" testid="scene-content-editor"
                    area text write />
            </div>
            {move || sight.preview.get().then(|| view! { <Preview text /> })}
            </div>
            {move || sight.focus.get().then(|| view! { <FocusBar sight /> })}
        </div>
    }
}
