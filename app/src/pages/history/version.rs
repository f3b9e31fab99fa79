//! One version of a scene, beside today's text.

use domain::{Piece, SceneId, VersionText};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::studio::RestoreVersion,
    cache::{Browser, action, use_mutation},
    components::{Difference, FormError, Time, ToastKind, count::counted, offer_undo, use_toasts},
};

/// What became of a version, and the form that restores it, which works without a script too.
#[component]
pub fn Version(version: Memo<VersionText>, scene: SceneId, number: u32) -> impl IntoView {
    let restore = use_mutation::<RestoreVersion>();
    let (toasts, browser) = (use_toasts(), StoredValue::new(Browser::current()));
    let is_today = Memo::new(move |_| version.with(same_as_today));
    let submit = move |event: leptos::ev::SubmitEvent| {
        let today = version.with_untracked(|version| version.today);
        restore.submit(&event, move |done| {
            let Ok(base) = done else { return };
            let text = "Restored. Today’s text is this version now.";
            match today {
                Some(number) => {
                    offer_undo(toasts, browser.get_value(), text, RestoreVersion { scene, number, base });
                }
                None => toasts.toast(text, ToastKind::Good),
            }
        });
    };
    let differences = move || {
        let texts = version.with(|version| version.difference.clone());
        let several = texts.len() > 1;
        let text = |(kind, pieces): (domain::TextKind, Vec<Piece>)| {
            view! {
                {several.then(|| view! { <h3 class="card-title">{kind.label()}</h3> })}
                <Difference pieces label=format!("{}, compared with today’s", kind.label()) />
            }
        };
        texts.into_iter().map(text).collect_view()
    };
    view! {
        <h2 class="card-title" id="version-title">
            "Version of "<Time at=Signal::derive(move || version.with(|version| version.saved_at)) />
        </h2>
        <p class="version-facts">
            <span>{move || version.with(|version| version.device.to_string())}</span>
            <span>{move || version.with(|version| counted(version.words, "word", "words"))}</span>
            <span>{move || version.with(|version| version.kind.label())}</span>
        </p>
        <FormError error=restore.error() />
        {move || if is_today.get() {
            view! { <p data-testid="same-as-today">"This is today’s text."</p> }.into_any()
        } else {
            view! {
                <form action=action(RestoreVersion::PATH) method="post" on:submit=submit>
                    <input type="hidden" name="scene" value=scene.to_string() />
                    <input type="hidden" name="number" value=number.to_string() />
                    <input type="hidden" name="base" value=move || version.with(|version| version.now.0.to_string()) />
                    <button class="button" data-kind="primary" data-testid="restore-version"
                        aria-busy=move || restore.is_under_way().then_some("true")>"Restore this version"</button>
                </form>
                <p class="difference-key">
                    <del>"Struck through"</del>" is only in this version; "<ins>"underlined"</ins>
                    " is only in today’s text. Today’s text stays in the list."
                </p>
            }.into_any()
        }}
        {differences}
    }
}

/// Whether nothing became of it.
fn same_as_today(version: &VersionText) -> bool {
    let is_same = |piece: &Piece| match piece {
        Piece::Same(_) => true,
        Piece::Gone(_) | Piece::New(_) => false,
    };
    version.difference.iter().all(|(_, pieces)| pieces.iter().all(is_same))
}
