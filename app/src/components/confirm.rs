//! A question before something is done.

use leptos::{html, prelude::*};

/// Asks, in the browser's own dialog, for as long as `open` is true.
#[component]
pub fn Confirm(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    open: RwSignal<bool>,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    /// What the button says that does it.
    #[prop(into)]
    verb: Signal<String>,
    /// What kind of button that is.
    #[prop(default = "danger")]
    kind: &'static str,
    /// Does it.
    #[prop(into)]
    on_yes: Callback<()>,
    /// What there is to choose.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let title_id = id.clone();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        if let Some(dialog) = dialog.get()
            && open.get()
            && !dialog.open()
        {
            dialog.show_modal().ok();
        }
    });
    // Escape closes it as well, with an empty value. The value stays until next time, so it is emptied.
    let closed = move |_| {
        let yes = dialog.get_untracked().is_some_and(|dialog| {
            let yes = dialog.return_value() == "yes";
            dialog.set_return_value("");
            yes
        });
        open.set(false);
        if yes {
            on_yes.run(());
        }
    };
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby=title_id on:close=closed>
            <h2 class="dialog-title" id=id>{title}</h2>
            <p>{text}</p>
            {children.map(|children| children())}
            <form class="dialog-actions" method="dialog">
                <button class="button" data-kind="quiet" value="no">"Cancel"</button>
                <button class="button" data-kind=kind value="yes" data-testid="confirm">{move || verb.get()}</button>
            </form>
        </dialog>
    }
}
