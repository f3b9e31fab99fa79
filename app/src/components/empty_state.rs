//! Nothing here yet: why, and what to do about it.

use leptos::prelude::*;

use super::Icon;

/// Says why there is nothing here; the children say what to do about it.
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(default = "quire")] mark: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <Icon name=mark class="empty-state-mark" />
            <h2 class="empty-state-title">{title}</h2>
            <p class="empty-state-text">{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
