//! A conversation: comments, and the replies to them.

use domain::{Comment, CommentId, CommentPlace, Reportable, Thread};
use leptos::{context::Provider, prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_location, use_query_map};

use super::{
    Byline, DeleteForm, Each, Fold, ReportLink, Says, SilenceLink, Time,
    comment_form::{self, CommentForm, EditComment},
    count::grouped,
    holding::Holding,
    kept, said,
    scroll_place::Places,
};
use crate::{
    api::community::DeleteComment,
    cache::use_mutation,
    destination::{Destination, comment_id},
    places,
};

/// Deeper replies stand beside each other: on a phone there is no more room to indent.
const DEEPEST: u32 = 4;

/// Whether nothing more may be said in the thread at hand.
#[derive(Debug, Clone, Copy)]
pub struct ThreadLocked(pub Memo<bool>);

/// A comment with the replies to it.
#[derive(Debug, Clone, PartialEq)]
struct Branch {
    comment: Comment,
    replies: Vec<Branch>,
}

/// Comments in the order of the conversation, of the page that was asked for.
#[component]
pub fn Comments(here: Thread, #[prop(into)] comments: Signal<Vec<Comment>>) -> impl IntoView {
    let branches = Memo::new(move |_| comments.with(|comments| grow(&mut comments.as_slice(), 0)));
    mark_target();
    list(StoredValue::new(here), branches.into())
}

/// Once they are on the page, the browser looks again for the comment that the address names: it scrolls there, marks it
/// and moves the focus. A page that was opened by itself had it from the first.
fn mark_target() {
    let (hash, places) = (use_location().hash, use_context::<Places>());
    Effect::new(move || {
        let hash = hash.get();
        request_animation_frame(move || {
            let there = hash.strip_prefix('#').and_then(|id| document().get_element_by_id(id));
            let is_marked = there.is_none_or(|there| there.matches(":target").unwrap_or(true));
            if let Some(places) = places.filter(|_| !is_marked && location().hash().is_ok_and(|now| now == hash)) {
                places.lead(&hash);
            }
        });
    });
}

/// This page, with an argument: what a link does without a script.
fn address_with(here: StoredValue<Thread>, name: &str, id: CommentId) -> String {
    let address = Destination::Thread(here.get_value()).to_string();
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}{name}={id}")
}

/// The branches at this depth, up to the first comment that stands less deep.
fn grow(comments: &mut &[Comment], depth: u32) -> Vec<Branch> {
    let mut branches: Vec<Branch> = vec![];
    while let Some((comment, rest)) = comments.split_first() {
        let at = comment.depth.min(DEEPEST);
        if at < depth {
            break;
        }
        match branches.last_mut() {
            Some(last) if at > depth => last.replies.extend(grow(comments, depth + 1)),
            _ => {
                *comments = rest;
                branches.push(Branch { comment: comment.clone(), replies: vec![] });
            }
        }
    }
    branches
}

fn list(here: StoredValue<Thread>, branches: Signal<Vec<Branch>>) -> AnyView {
    view! {
        <ol class="comment-list">
            <Each items=branches key=|branch: &Branch| branch.comment.comment let:branch>
                <li>
                    <CommentView here comment=Memo::new(move |_| branch.with(|branch| branch.comment.clone())) />
                    {
                        let replies = Memo::new(move |_| branch.with(|branch| branch.replies.clone()));
                        let some = move || replies.with(|replies| !replies.is_empty());
                        let any = Holding::at_hand().map_or_else(|| Memo::new(move |_| some()), |place| place.keeps(some));
                        move || any.get().then(|| list(here, replies.into()))
                    }
                    {
                        let more = Memo::new(move |_| branch.with(|branch| (branch.comment.comment, branch.comment.more)));
                        move || (more.get().1 > 0).then(|| view! { <More here more /> })
                    }
                </li>
            </Each>
        </ol>
    }
    .into_any()
}

/// Leads to all replies to a comment.
#[component]
fn More(here: StoredValue<Thread>, more: Memo<(CommentId, u32)>) -> impl IntoView {
    let address = move || {
        let under = Thread { under: Some(more.get().0), page: 0, ..here.get_value() };
        Destination::Thread(under).to_string()
    };
    let words = move || match more.get().1 {
        1 => "Show one more reply".to_owned(),
        more => format!("Show {} more replies", grouped(more)),
    };
    view! { <p><a class="button" data-kind="quiet" data-size="small" data-testid="more-replies" href=address>{words}</a></p> }
}

#[component]
fn CommentView(here: StoredValue<Thread>, comment: Memo<Comment>) -> impl IntoView {
    let id = comment.with_untracked(|comment| comment.comment);
    let gone = Memo::new(move |_| comment.with(|comment| comment.said.is_none()));
    let author = move || match comment.with(|comment| comment.said.as_ref().map(|(who, _)| who.clone())) {
        Some(who) => view! { <Byline of=who /> }.into_any(),
        None => "Somebody".into_any(),
    };
    let by = Signal::derive(move || comment.with(|comment| comment.said.as_ref().map(|(who, _)| who.user)));
    let edited = move || comment.with(|comment| comment.edited).then_some("edited");
    let address = Destination::Comment(CommentPlace { post: here.with_value(|here| here.post), comment: id });
    let editing = RwSignal::new(asked_to("edit", &id.to_string()));
    kept::open_again(editing, comment_form::edit(id));
    let place = Holding::new(gone);
    let there = place.keeps(move || !gone.get());
    let body = move || {
        if editing.get() && there.get() {
            let (text, base) = comment.with_untracked(|comment| (words(comment).to_owned(), comment.rev));
            view! { <EditComment comment=id text base open=editing /> }.into_any()
        } else {
            let text = said(move || comment.with(|comment| (words(comment).to_owned(), comment.mentioned.clone())));
            view! { <p class="comment-text" dir="auto" data-testid="comment-text">{text}</p> }.into_any()
        }
    };
    view! {
        <article class="comment" id=comment_id(id) tabindex="-1" data-testid="comment" data-comment-id=id.to_string() data-state=move || gone.get().then_some("deleted")>
            <Fold by />
            <header class="comment-head">
                <h3 class="comment-author">{author}</h3>
                <a class="comment-time" href=address.to_string() data-testid="comment-address">
                    <Time at=Signal::derive(move || comment.with(|comment| comment.created_at)) says=Says::Ago />
                </a>
                {edited}
            </header>
            <Provider value=place>
                {body}
                {move || there.get().then(|| view! { <CommentFoot here comment editing /> })}
            </Provider>
        </article>
    }
}

fn words(comment: &Comment) -> &str {
    comment.said.as_ref().map_or("This comment was deleted.", |(_, text)| text.as_str())
}

/// Whether the address says so: the links below work without a script too.
fn asked_to(what: &str, id: &str) -> bool {
    use_query_map().with_untracked(|query| query.get_str(what) == Some(id))
}

/// What can be done with a comment.
#[component]
fn CommentFoot(here: StoredValue<Thread>, comment: Memo<Comment>, editing: RwSignal<bool>) -> impl IntoView {
    let post = here.with_value(|here| here.post);
    let author = Signal::derive(move || comment.with(|comment| comment.said.as_ref().map(|(who, _)| who.clone())));
    let to =
        move || author.with(|author| author.as_ref().map_or_else(String::new, |author| format!(" to {}", author.name)));
    let id = comment.with_untracked(|comment| comment.comment);
    let by = author.with_untracked(|author| author.as_ref().map(|author| author.user));
    let replying = RwSignal::new(asked_to("reply", &id.to_string()));
    kept::open_again(replying, comment_form::reply(id));
    let locked = use_context::<ThreadLocked>();
    view! {
        <footer class="comment-foot">
            <a
                class="button"
                data-kind="quiet"
                data-size="small"
                hidden=move || locked.is_some_and(|locked| locked.0.get())
                data-testid="reply"
                href=address_with(here, "reply", id)
                on:click=move |event| {
                    event.prevent_default();
                    replying.update(|replying| *replying = !*replying);
                }
            >
                "Reply"
                <span class="visually-hidden">{to}</span>
            </a>
            <ReportLink what=Reportable::Comment(id) back=Destination::Thread(here.get_value()).to_string() />
            <SilenceLink person=author back=Destination::Thread(here.get_value()).to_string() />
            {places::for_author(by, move || view! { <OwnComment here comment=id editing /> })}
        </footer>
        {move || replying.get().then(|| view! { <CommentForm post parent=id label=format!("Reply{}", untrack(to)) verb="Reply" open=replying /> })}
    }
}

/// What its author can do with it.
#[component]
fn OwnComment(here: StoredValue<Thread>, comment: CommentId, editing: RwSignal<bool>) -> impl IntoView {
    let delete = use_mutation::<DeleteComment>();
    view! {
        <a
            class="button"
            data-kind="quiet"
            data-size="small"
            data-testid="edit-comment"
            href=address_with(here, "edit", comment)
            on:click=move |event| {
                event.prevent_default();
                editing.update(|editing| *editing = !*editing);
            }
        >
            "Edit"
            <span class="visually-hidden">" your comment"</span>
        </a>
        <DeleteForm
            mutation=delete
            action=DeleteComment::PATH
            field="comment"
            id=comment.to_string()
            what="your comment"
            warning="This can’t be undone."
            with_icon=false
            on_deleted=None
        />
    }
}

#[cfg(test)]
mod tests {
    use domain::{Millis, Rev};

    use super::*;

    fn said(depths: &[u32]) -> Vec<Comment> {
        let comment = |(place, depth): (u64, &u32)| Comment {
            comment: CommentId::from_bits(place),
            depth: *depth,
            said: None,
            mentioned: vec![],
            created_at: Millis(0),
            rev: Rev(1),
            edited: false,
            more: 0,
        };
        (0..).zip(depths).map(comment).collect()
    }

    /// As in `0(1(2)3)4`.
    fn drawn(branches: &[Branch], comments: &[Comment]) -> String {
        let place = |branch: &Branch| comments.iter().position(|comment| comment.comment == branch.comment.comment);
        let draw = |branch: &Branch| {
            let replies = drawn(&branch.replies, comments);
            let replies = if replies.is_empty() { replies } else { format!("({replies})") };
            format!("{}{replies}", place(branch).unwrap_or_default())
        };
        branches.iter().map(draw).collect()
    }

    fn check(depths: &[u32], expected: &str) {
        let comments = said(depths);
        assert_eq!(drawn(&grow(&mut comments.as_slice(), 0), &comments), expected, "{depths:?}");
    }

    #[test]
    fn every_comment_stands_somewhere() {
        check(&[], "");
        check(&[0, 1, 2, 1, 0], "0(1(2)3)4");
        check(&[0, 1, 2, 3, 4, 5, 6, 0], "0(1(2(3(456))))7");
        // What no thread has, but nothing is lost all the same.
        check(&[2, 0, 3, 1], "01(23)");
    }
}
