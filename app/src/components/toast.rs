//! Toasts: what just happened, in a live region that is always in the page.

use std::time::Duration;

use leptos::prelude::*;

use super::Icon;

/// How long a toast stays.
const STAY: Duration = Duration::from_secs(6);

/// What a toast tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastKind {
    /// It worked.
    Good,
    /// It did not.
    Danger,
}

/// Where toasts are put. Get it with [`use_toasts`] while a component is made.
#[derive(Debug, Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<(u32, String, ToastKind)>>,
    next: StoredValue<u32>,
}

/// Where toasts are put.
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(Toasts::provide)
}

impl Toasts {
    pub(super) fn provide() -> Self {
        let toasts = Self { shown: RwSignal::default(), next: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    /// Says something for a few seconds.
    pub fn toast(self, text: impl Into<String>, kind: ToastKind) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.shown.update(|shown| shown.push((id, text.into(), kind)));
        set_timeout(move || self.close(id), STAY);
    }

    fn close(self, id: u32) {
        self.shown.try_update(|shown| shown.retain(|(other, ..)| *other != id));
    }
}

/// The region where they appear.
#[component]
pub fn ToastRegion(toasts: Toasts) -> impl IntoView {
    let toast = move |(id, text, kind): (u32, String, ToastKind)| {
        let kind = (kind == ToastKind::Danger).then_some("danger");
        view! {
            <p class="toast" data-kind=kind data-testid="toast">
                {text}
                <button class="toast-close" type="button" aria-label="Close" on:click=move |_| toasts.close(id)>
                    <Icon name="close" />
                </button>
            </p>
        }
    };
    view! {
        <div class="toast-region" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|(id, ..)| *id children=toast />
        </div>
    }
}
