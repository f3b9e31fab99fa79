//! The versions of a scene, the newest first.

use domain::{SceneId, VersionKind, VersionLine, VersionList};
use leptos::prelude::*;

use super::href;
use crate::components::{Time, count::counted};

/// The versions as links, and the way to older ones.
#[component]
pub fn List(
    history: Memo<VersionList>,
    scene: SceneId,
    chosen: Memo<Option<u32>>,
    before: Memo<Option<u32>>,
) -> impl IntoView {
    let older = move || {
        let last = history.with(|history| history.versions.last().filter(|_| history.more).map(|last| last.number));
        last.map(|last| view! { <a class="button" href=format!("{}?before={last}", href(scene)) data-testid="older">"Older versions"</a> })
    };
    let newest = move || {
        before.get().map(|_| view! { <a class="button" href=href(scene) data-testid="newest">"The newest"</a> })
    };
    view! {
        <nav class="stack" aria-label="Versions">
            <ol class="version-list">
                <For each=move || history.with(|history| history.versions.clone())
                    key=|version| (version.number, version.more_words) let:version>
                    <Line version scene chosen before />
                </For>
            </ol>
            <div class="row">{newest}{older}</div>
        </nav>
    }
}

#[component]
fn Line(version: VersionLine, scene: SceneId, chosen: Memo<Option<u32>>, before: Memo<Option<u32>>) -> impl IntoView {
    let VersionLine { number, kind, saved_at, device, words, more_words } = version;
    let address = move || {
        let page = before.get().map(|before| format!("&before={before}")).unwrap_or_default();
        format!("{}?version={number}{page}", href(scene))
    };
    let kind = match kind {
        VersionKind::Saved => None,
        VersionKind::Typed | VersionKind::Joined | VersionKind::Kept | VersionKind::SetAside => Some(kind.label()),
    };
    view! {
        <li>
            <a class="version-link" href=address data-testid="version-link" data-version=number.to_string()
                aria-current=move || (chosen.get() == Some(number)).then_some("true")>
                <Time at=saved_at />
                <span class="version-facts">
                    <span>{device.to_string()}</span>
                    <span>{counted(words, "word", "words")}{more_words.map(|more| format!(" ({})", signed(more)))}</span>
                    {kind.map(|kind| view! { <span>{kind}</span> })}
                </span>
            </a>
        </li>
    }
}

/// As in `+12`, `−3` or `±0`.
fn signed(number: i64) -> String {
    match number {
        0 => "±0".to_owned(),
        1.. => format!("+{number}"),
        _ => format!("−{}", number.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_and_less() {
        for (number, expected) in [(0, "±0"), (12, "+12"), (-3, "−3")] {
            assert_eq!(signed(number), expected);
        }
    }
}
