//! A case: a thing that was reported, why, and what can be done about it.

use domain::{Case, Grounds, Note, Report, Suspension};
use leptos::{prelude::*, server_fn::ServerFn};

use super::record::line;
use crate::{
    api::moderation::{BanAccount, DismissReports, HideThing, LockThread, SuspendAccount},
    cache::action,
    components::{Says, TextArea, Time, count::counted},
};

/// A thing that was reported. Its form stays while something is typed in it.
#[component]
pub fn CaseCard(case: Memo<Case>) -> impl IntoView {
    let Case { what, at, author, .. } = case.get_untracked();
    let id = format!("case-{}", what.id());
    let labelled_by = id.clone();
    let name = move || {
        case.with(|case| match case.title.as_str() {
            "" => format!("A {} by {}", what.noun(), case.author.name),
            title => format!("“{title}”, a {} by {}", what.noun(), case.author.name),
        })
    };
    let reports = move || case.with(|case| case.reports.iter().map(report).collect_view());
    let before = move || {
        case.with(|case| {
            (!case.before.is_empty()).then(|| {
                view! {
                    <h3>"Done before"</h3>
                    <ul class="act-list">{case.before.iter().map(line).collect_view()}</ul>
                }
            })
        })
    };
    view! {
        <article class="card stack" data-testid="case" data-what=what.to_string() aria-labelledby=labelled_by>
            <h2 id=id class="case-title" dir="auto">{name}</h2>
            <blockquote class="case-text" dir="auto" data-testid="case-text">{move || case.with(|case| case.text.clone())}</blockquote>
            <p><a href=at>"Its page, as it is now"</a></p>
            <h3>{move || counted(case.with(|case| case.count), "report", "reports")}</h3>
            <ul class="act-list">{reports}</ul>
            {before}
            <Decide case author=author.name.to_string() />
        </article>
    }
}

fn report(report: &Report) -> impl IntoView + use<> {
    let (by, reason, words, at) =
        (report.by.name.to_string(), report.reason.label(), report.words.to_string(), report.at);
    view! {
        <li data-testid="case-report">
            <span class="badge" data-state="warn">{reason}</span>" from "<bdi>{by}</bdi>", "<Time at=Signal::derive(move || at) says=Says::Ago />
            {(!words.is_empty()).then(|| view! { <p class="case-words" dir="auto">{words}</p> })}
        </li>
    }
}

/// One form, whose buttons are the decisions.
#[component]
fn Decide(case: Memo<Case>, author: String) -> impl IntoView {
    let Case { what, author: person, post, .. } = case.get_untracked();
    let id = what.id();
    let term = |term: &Suspension| view! { <option value=term.slug() selected=*term == Suspension::Week>{term.label()}</option> };
    let lock = move |post: domain::PostId| {
        let locked = Memo::new(move |_| case.with(|case| case.locked));
        view! {
            <input type="hidden" name="post" value=post.to_string() />
            <button class="button" name="locked" value=move || (!locked.get()).to_string() formaction=action(LockThread::PATH)
                formnovalidate data-testid="lock">
                {move || if locked.get() { "Open the thread again" } else { "Close the thread" }}
            </button>
        }
    };
    view! {
        <form class="form" action=action(HideThing::PATH) method="post" data-testid="decide">
            <input type="hidden" name="what" value=what.to_string() />
            <input type="hidden" name="user" value=person.user.to_string() />
            <TextArea id=format!("told-{id}") name="told" label=format!("What {author} is told") most=Grounds::MAX_CHARACTERS />
            <TextArea id=format!("note-{id}") name="note" label="A note for managers" rows=1 most=Note::MAX_CHARACTERS may_be_empty=true />
            <div class="form-actions">
                <button class="button" data-kind="primary" data-testid="hide">{format!("Hide the {}", what.noun())}</button>
                <button class="button" formaction=action(DismissReports::PATH) formnovalidate data-testid="dismiss">"Dismiss"</button>
                {post.map(lock)}
            </div>
            <details class="disclosure">
                <summary>{format!("Suspend or ban {author}")}</summary>
                <div class="stack">
                    <div class="field">
                        <label class="field-label" r#for=format!("term-{id}")>"Suspended for"</label>
                        <select class="field-input" id=format!("term-{id}") name="term">{Suspension::ALL.iter().map(term).collect_view()}</select>
                        <p class="field-hint">"A suspended person can only read. A banned person can’t sign in. Both are told what you wrote above."</p>
                    </div>
                    <div class="form-actions">
                        <button class="button" formaction=action(SuspendAccount::PATH) data-testid="suspend">"Suspend"</button>
                        <button class="button" data-kind="danger" formaction=action(BanAccount::PATH) data-testid="ban">"Ban"</button>
                    </div>
                </div>
            </details>
        </form>
    }
}
