//! The difference between two texts, word by word.

use domain::Piece;
use leptos::prelude::*;

use super::count::counted;

/// What is the same is folded where it is longer than this, in characters.
const LONG: usize = 800;
/// How much of it stays beside what differs.
const AROUND: usize = 200;

/// Shows what is only in the older text struck through, and what is only in the newer one underlined. Long stretches
/// without a difference are folded.
#[component]
pub fn Difference(
    pieces: Vec<Piece>,
    /// What it is, for those who can't see where it stands.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let shown = |piece: Piece| match piece {
        Piece::Same(text) => view! { <Same text /> }.into_any(),
        Piece::Gone(text) => view! { <del>{text}</del> }.into_any(),
        Piece::New(text) => view! { <ins>{text}</ins> }.into_any(),
    };
    view! {
        <div class="difference" dir="auto" role="region" aria-label=label tabindex="0" data-testid="difference">
            {pieces.into_iter().map(shown).collect_view()}
        </div>
    }
}

#[component]
fn Same(text: String) -> impl IntoView {
    let Some((before, folded, after)) = fold(&text) else { return view! { <span>{text}</span> }.into_any() };
    let words = u32::try_from(folded.split_whitespace().count()).unwrap_or(u32::MAX);
    let (before, folded, after) = (before.to_owned(), folded.to_owned(), after.to_owned());
    view! {
        <span>{before}</span>
        <details class="difference-same">
            <summary>{format!("{} more without a difference", counted(words, "word", "words"))}</summary>
            {folded}
        </details>
        <span>{after}</span>
    }
    .into_any()
}

/// A long text in three, cut between words: its middle is folded.
fn fold(text: &str) -> Option<(&str, &str, &str)> {
    text.chars().nth(LONG)?;
    let cut = |place: usize| text.char_indices().nth(place).map_or(text.len(), |(at, _)| at);
    let from = cut(AROUND);
    let from = text[from..].find(char::is_whitespace).map_or(from, |blank| from + blank);
    let to = cut(text.chars().count() - AROUND);
    let to = text[..to].rfind(char::is_whitespace).unwrap_or(to);
    (from < to).then(|| (&text[..from], &text[from..to], &text[to..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_stretches_are_folded_between_words() {
        assert_eq!(fold("It rained."), None);
        assert_eq!(fold(&"ä".repeat(LONG)), None);
        let text = "Ägypten ist weit. ".repeat(100);
        let (before, folded, after) = fold(&text).expect("a fold");
        assert_eq!([before, folded, after].concat(), text);
        assert!(before.ends_with(char::is_alphanumeric) || before.ends_with('.'), "{before:?}");
        assert!(folded.starts_with(' ') && after.starts_with(' '), "{after:?}");
        // Without any blank it is cut where it must be.
        let text = "語".repeat(2_000);
        let (before, _, after) = fold(&text).expect("a fold");
        assert_eq!([before, after].map(|part| part.chars().count()), [AROUND; 2]);
    }
}
