//! Toasts: what just happened, in a live region that is always in the page.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;

use super::Icon;

/// How long a toast stays.
const STAY: Duration = Duration::from_secs(6);
/// The same of one with a button, which a hand has to reach.
const STAY_WITH_UNDO: Duration = Duration::from_secs(12);

/// Takes back what a toast tells of.
type Undo = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    kind: ToastKind,
    undo: Option<Undo>,
}

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
    shown: RwSignal<Vec<Toast>>,
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
        self.show(text.into(), kind, None, STAY);
    }

    /// Says that something was done, with a button that takes it back.
    pub(super) fn toast_with_undo(self, text: impl Into<String>, undo: Undo) {
        self.show(text.into(), ToastKind::Good, Some(undo), STAY_WITH_UNDO);
    }

    fn show(self, text: String, kind: ToastKind, undo: Option<Undo>, stay: Duration) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.shown.update(|shown| shown.push(Toast { id, text, kind, undo }));
        set_timeout(move || self.close(id), stay);
    }

    fn close(self, id: u32) {
        self.shown.try_update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// The region where they appear.
#[component]
pub fn ToastRegion(toasts: Toasts) -> impl IntoView {
    let toast = move |Toast { id, text, kind, undo }: Toast| {
        let kind = (kind == ToastKind::Danger).then_some("danger");
        let take_back = undo.map(|undo| {
            let click = move |_| {
                toasts.close(id);
                undo();
            };
            view! { <button class="toast-undo" type="button" data-testid="undo" on:click=click>"Undo"</button> }
        });
        view! {
            <p class="toast" data-kind=kind data-testid="toast">
                {text}
                {take_back}
                <button class="toast-close" type="button" aria-label="Close" on:click=move |_| toasts.close(id)>
                    <Icon name="close" />
                </button>
            </p>
        }
    };
    view! {
        <div class="toast-region" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.id children=toast />
        </div>
    }
}
