//! Invitations: a link for each person, which makes one account within two weeks.

use domain::{Invitation, Invitations, Name, UserId};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::site::{Invite, WithdrawInvitation},
    cache::{action, use_query},
    components::{Loaded, Says, Time},
    site_url::address_of,
};

/// Those that are open, and a form for one more.
#[component]
pub fn OpenInvitations(viewer: UserId) -> impl IntoView {
    let reading = use_query(move || Invitations { viewer });
    view! {
        <section class="card stack" aria-labelledby="invitations-title">
            <h2 id="invitations-title">"Invitations"</h2>
            <p>"A link makes one account, within two weeks. It works while accounts are made by everybody or by invitation."</p>
            <form class="form" action=action(Invite::PATH) method="post" data-testid="invite-form">
                <div class="field">
                    <label class="field-label" r#for="who">"For whom"</label>
                    <input class="field-input" id="who" name="who" maxlength=Name::MAX_CHARACTERS required aria-describedby="who-hint" />
                    <p class="field-hint" id="who-hint">"Only managers see this."</p>
                </div>
                <div class="form-actions"><button class="button">"Make an invitation"</button></div>
            </form>
            <Loaded reading let:open>
                <ul class="trash-list" hidden=move || open.with(Vec::is_empty)>
                    {move || open.with(|open| open.iter().map(row).collect_view())}
                </ul>
            </Loaded>
        </section>
    }
}

fn row(open: &Invitation) -> impl IntoView + use<> {
    let Invitation { invitation, code, who, by, at, until } = open.clone();
    let id = format!("link-{invitation}");
    let link = address_of(&format!("/register?invitation={code}"));
    view! {
        <li>
            <article class="trash-row" data-testid="invitation">
                <div class="trash-row-text">
                    <h3 class="trash-row-title" dir="auto">{who.to_string()}</h3>
                    <div class="field">
                        <label class="field-label" r#for=id.clone()>"Link"</label>
                        <input class="field-input" id=id readonly value=link data-testid="invitation-link" />
                    </div>
                    <p class="trash-row-facts">
                        <span>"Made by "<bdi>{by.name.to_string()}</bdi>", "<Time at=Signal::derive(move || at) says=Says::Ago /></span>
                        <span>"Good until "<Time at=Signal::derive(move || until) /></span>
                    </p>
                </div>
                <form class="trash-row-actions" action=action(WithdrawInvitation::PATH) method="post">
                    <input type="hidden" name="invitation" value=invitation.to_string() />
                    <button class="button" data-size="small" data-testid="withdraw-invitation">
                        "Take back"<span class="visually-hidden">{format!(" the invitation for {who}")}</span>
                    </button>
                </form>
            </article>
        </li>
    }
}
