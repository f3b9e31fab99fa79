//! What a person said, with the links in it.

use domain::{AuthorPage, Handle, Span, spans};
use leptos::prelude::*;

use crate::destination::Destination;

/// A text, and the handles in it that belong to accounts: these and its addresses are links. It is written anew only when it
/// is another, so that a reader does not lose a link that they are about to follow.
pub fn said(text: impl Fn() -> (String, Vec<Handle>) + Send + Sync + 'static) -> impl IntoView {
    let text = Memo::new(move |_| text());
    move || text.with(|(text, mentioned)| linked(text, mentioned))
}

fn linked(text: &str, mentioned: &[Handle]) -> AnyView {
    let one = |span: Span<'_>| match span {
        Span::Link(address) => {
            let (href, words) = (address.to_owned(), address.to_owned());
            view! { <a href=href rel="ugc nofollow noopener">{words}</a> }.into_any()
        }
        Span::Mention(handle, words) if mentioned.contains(&handle) => {
            let (href, words) = (Destination::Author(AuthorPage::first(handle)).to_string(), words.to_owned());
            view! { <a href=href>{words}</a> }.into_any()
        }
        Span::Text(words) | Span::Mention(_, words) => words.to_owned().into_any(),
    };
    spans(text).into_iter().map(one).collect_view().into_any()
}
