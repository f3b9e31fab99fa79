//! The inbox: what came out of what one follows, and who answered or mentioned one.

use domain::{Inbox, Millis, Notice, Notices, UserId};
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn};

use super::own_decisions::OwnDecisions;
use crate::{
    api::reading::ReadInbox,
    boot,
    cache::{action, use_mutation, use_query},
    components::{EmptyState, FormError, Head, Loaded, Page, Says, Time},
    news::told,
};

/// The page at `/inbox`.
#[component]
pub fn InboxPage() -> impl IntoView {
    view! {
        <Page>
            <Head title="Inbox" description="What is new in what you follow, and who answered or mentioned you." />
            {match boot::viewer() {
                Some(viewer) => view! { <OfReader viewer=viewer.user /> }.into_any(),
                None => view! {
                    <h1>"Inbox"</h1>
                    <p>"Please "<a href="/sign-in?next=/inbox">"sign in"</a>" to see what is new."</p>
                }
                .into_any(),
            }}
        </Page>
    }
}

#[component]
fn OfReader(viewer: UserId) -> impl IntoView {
    let inbox = use_query(move || Inbox { viewer });
    let nothing = || {
        view! {
            <EmptyState title="Nothing yet" mark="talk" text="New chapters of what you follow come here, answers to what you say, and texts with @ and your handle.">
                <a class="button" data-kind="primary" href="/novels">"Find something to follow"</a>
            </EmptyState>
        }
    };
    view! {
        <header class="page-head">
            <div><h1>"Inbox"</h1><p class="page-lead">"New chapters of what you follow, answers to you, and mentions."</p></div>
        </header>
        <OwnDecisions viewer />
        <Loaded reading=inbox let:inbox>
            <Show when=move || inbox.with(|inbox| !inbox.notices.is_empty()) fallback=nothing>
                <MarkRead inbox />
                <ul class="inbox-list">
                    {move || inbox.with(|inbox| inbox.notices.iter().map(notice).collect_view())}
                </ul>
            </Show>
        </Loaded>
    }
}

/// Up to the newest notice that is shown: what comes meanwhile stays unread.
#[component]
fn MarkRead(inbox: Memo<Notices>) -> impl IntoView {
    let read = use_mutation::<ReadInbox>();
    let newest = Memo::new(move |_| inbox.with(|inbox| inbox.notices.first().map_or(Millis(0), |notice| notice.at)));
    let submit = move |event: SubmitEvent| read.submit(&event, |_| ());
    view! {
        <Show when=move || inbox.with(|inbox| inbox.unread() > 0)>
            <form class="form" action=action(ReadInbox::PATH) method="post" on:submit=submit>
                <input type="hidden" name="up_to" value=move || newest.get().0.to_string() />
                <div class="form-actions"><button class="button" data-size="small" data-testid="mark-read">"Mark all as read"</button></div>
                <FormError error=read.error() />
            </form>
        </Show>
    }
}

fn notice(notice: &Notice) -> impl IntoView + use<> {
    let (words, href) = told(&notice.news);
    let at = notice.at;
    view! {
        <li class="inbox-notice" data-read=notice.read.to_string() data-testid="notice">
            <a class="inbox-link" href=href dir="auto">{words}</a>
            <span class="inbox-time">
                {(!notice.read).then(|| view! { <span class="badge" data-state="info">"New"</span> })}
                <Time at=Signal::derive(move || at) says=Says::Ago />
            </span>
        </li>
    }
}
