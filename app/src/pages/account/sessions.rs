//! Where one is signed in, and an end to each session.

use domain::{OwnSession, OwnSessions, SessionTag, UserId};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::accounts::EndSession,
    boot::Boot,
    cache::{action, use_query},
    components::{Loaded, Says, Time},
};

/// The list, with the session at hand marked.
#[component]
pub fn Sessions(viewer: UserId) -> impl IntoView {
    let reading = use_query(move || OwnSessions { viewer });
    let here = use_context::<Boot>().and_then(|boot| boot.session);
    view! {
        <Loaded reading let:sessions>
            <ul class="trash-list" data-testid="sessions">
                {move || sessions.with(|sessions| sessions.iter().map(|session| row(session, here)).collect_view())}
            </ul>
        </Loaded>
    }
}

fn row(session: &OwnSession, here: Option<SessionTag>) -> impl IntoView + use<> {
    let OwnSession { session, device, since } = session.clone();
    let is_here = here == Some(session);
    let end = (!is_here).then(|| {
        view! {
            <form class="trash-row-actions" action=action(EndSession::PATH) method="post">
                <input type="hidden" name="session" value=session.to_string() />
                <button class="button" data-size="small" data-testid="end-session">
                    "Sign out"<span class="visually-hidden">{format!(" of {device}")}</span>
                </button>
            </form>
        }
    });
    view! {
        <li>
            <div class="trash-row" data-testid="session">
                <div class="trash-row-text">
                    <p><strong>{device.clone()}</strong>{is_here.then(|| view! { " "<span class="badge" data-state="info">"This one"</span> })}</p>
                    <p class="trash-row-facts">"Signed in "<Time at=Signal::derive(move || since) says=Says::Ago /></p>
                </div>
                {end}
            </div>
        </li>
    }
}
