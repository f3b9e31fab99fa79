//! When one gets what is new in one's inbox by mail: a plain form, which loads a new page.

use domain::{MailChoice, MyMail, UserId};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::accounts::ChooseMail,
    cache::{action, use_query},
    components::Loaded,
    sends_mail::sends_mail,
};

/// The choice, or that there is none here.
#[component]
pub fn OwnMail(viewer: UserId) -> impl IntoView {
    let inside = if sends_mail() {
        view! { <Choice viewer /> }.into_any()
    } else {
        view! { <p>"This place sends no mail. What is new for you is in your "<a href="/inbox">"inbox"</a>"."</p> }
            .into_any()
    };
    view! {
        <section class="card stack" aria-labelledby="mail-title">
            <h2 id="mail-title">"News by mail"</h2>
            {inside}
        </section>
    }
}

#[component]
fn Choice(viewer: UserId) -> impl IntoView {
    let reading = use_query(move || MyMail { viewer });
    view! {
        <p>"New chapters of what you follow, and answers to you: what your "<a href="/inbox">"inbox"</a>" has and you have not read there. Every mail has a link that ends them."</p>
        <Loaded reading let:chosen>
            <form class="form" action=action(ChooseMail::PATH) method="post" data-testid="mail-form">
                <fieldset class="field">
                    <legend class="field-label">"Send me a mail"</legend>
                    {MailChoice::ALL.iter().map(|&choice| view! {
                        <label class="choice">
                            <input type="radio" name="choice" value=choice.slug() checked=move || chosen.get() == choice />
                            {choice.label()}
                        </label>
                    }).collect_view()}
                </fieldset>
                <div class="form-actions"><button class="button">"Save"</button></div>
            </form>
        </Loaded>
    }
}
