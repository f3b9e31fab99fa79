//! A conflict: two texts, and one of them stays.

use leptos::prelude::*;

/// Shows both, and asks which one stays.
#[component]
pub fn BothTexts(
    /// What it is that was saved.
    noun: &'static str,
    mine: String,
    theirs: String,
    #[prop(into)] keep: Callback<()>,
    #[prop(into)] take: Callback<()>,
    /// What there is to say about the two.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="conflict" role="alert" aria-label="Two texts" data-testid="conflict-panel">
            <div>
                <h2 class="conflict-title">{format!("This {noun} was saved somewhere else meanwhile")}</h2>
                <p>"Nothing is lost: read both, then say which one stays."</p>
            </div>
            {children.map(|children| children())}
            <div class="conflict-sides">
                <article class="conflict-side">
                    <h3 class="conflict-side-title">"Yours"</h3>
                    <div class="conflict-text" tabindex="0" role="region" aria-label="Your text">{mine}</div>
                    <button class="button" data-kind="primary" type="button" data-testid="keep-mine"
                        on:click=move |_| keep.run(())>"Keep mine"</button>
                </article>
                <article class="conflict-side">
                    <h3 class="conflict-side-title">"Saved meanwhile"</h3>
                    <div class="conflict-text" tabindex="0" role="region" aria-label="The text saved meanwhile">{theirs}</div>
                    <button class="button" type="button" data-testid="take-theirs"
                        on:click=move |_| take.run(())>"Take theirs"</button>
                </article>
            </div>
        </section>
    }
}

/// The texts in which two differ, each under its name when there are several.
pub fn differing(ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> (String, String) {
    let differ: Vec<_> =
        ours.iter().zip(theirs).filter(|(ours, theirs)| ours.1.trim_end() != theirs.1.trim_end()).collect();
    let tell = |name: &str, text: &str| if differ.len() > 1 { format!("{name}: {text}\n\n") } else { text.to_owned() };
    (
        differ.iter().map(|(ours, _)| tell(ours.0, ours.1)).collect(),
        differ.iter().map(|(_, theirs)| tell(theirs.0, theirs.1)).collect(),
    )
}
