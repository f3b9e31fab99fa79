//! Reporting something: a reason is enough. A plain form, whose buttons are the reasons.

use domain::{Note, Reason, Reportable};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    api::moderation::ReportThing,
    boot,
    cache::action,
    components::{Head, Page, TextArea},
    way_back::{FIELD, WayBack, and_back},
};

/// The page at `/report`, with `?what=` is reported and `?next=` leads back.
#[component]
pub fn ReportPage() -> impl IntoView {
    let back = WayBack::asked().unwrap_or_default();
    let (what, done) = use_query_map().with_untracked(|query| {
        (query.get_str("what").and_then(|what| what.parse::<Reportable>().ok()), query.get_str("done").is_some())
    });
    let way_back = back.as_str().to_owned();
    let inside = match what {
        _ if done => view! {
            <h1>"Thank you"</h1>
            <p data-testid="reported">"Those who look after this place will look at it. Who wrote it is not told who you are."</p>
            <p><a class="button" href=way_back data-testid="back">"Go back"</a></p>
        }
        .into_any(),
        Some(_) if boot::viewer().is_none() => view! {
            <h1>"Report"</h1>
            <p>"Please "<a href=and_back("/sign-in")>"sign in"</a>" first: each report has a person who answers for it."</p>
        }
        .into_any(),
        Some(what) => view! { <Reasons what back /> }.into_any(),
        None => view! {
            <h1>"Report"</h1>
            <p>"Use the link “Report” beside a story, a chapter, a post or a comment: it says what you mean."</p>
        }
        .into_any(),
    };
    view! {
        <Page class="page page-narrow">
            <Head title="Report" description="Tell those who look after this place." />
            <div class="card stack">{inside}</div>
        </Page>
    }
}

#[component]
fn Reasons(what: Reportable, back: WayBack) -> impl IntoView {
    let cancel = back.as_str().to_owned();
    let reason = |reason: Reason| {
        view! { <button class="button" name="reason" value=reason.slug() data-testid="reason">{reason.label()}</button> }
    };
    view! {
        <h1>{format!("What is wrong with this {}?", what.noun())}</h1>
        <form class="form" action=action(ReportThing::PATH) method="post" data-testid="report-form">
            <input type="hidden" name="what" value=what.to_string() />
            <input type="hidden" name=FIELD value=back.as_str().to_owned() />
            <TextArea id="words" name="words" label="In your words (you may leave this empty)" most=Note::MAX_CHARACTERS may_be_empty=true />
            <p class="field-hint" id="reasons">"Choose the reason that fits best. That sends the report."</p>
            <div class="reasons" role="group" aria-labelledby="reasons">{Reason::ALL.iter().copied().map(reason).collect_view()}</div>
        </form>
        <p><a href=cancel>"Go back without reporting"</a></p>
    }
}
