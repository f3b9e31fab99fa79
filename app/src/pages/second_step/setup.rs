//! What an app needs to make codes: to be scanned, opened or typed. A code of it turns the second step on.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::second_factor::{QrCode, Setup, TurnOnSecondFactor},
    components::{CodeField, PasswordField},
};

/// Two steps: the app takes the secret, and shows that it has it.
#[component]
pub fn SetUp(setup: Setup) -> impl IntoView {
    let Setup { secret, link, picture } = setup;
    view! {
        <section class="card stack" aria-labelledby="app-title">
            <h2 id="app-title">"1. Add Quire to your app"</h2>
            <p>"Any app for codes at sign-in will do; many password managers have one, too. Scan this picture with it:"</p>
            {qr_code(picture)}
            <p>"On the phone that has the app, "<a href=link rel="external" data-testid="otpauth">"open it there"</a>". Or type this key into the app:"</p>
            <p class="setup-secret"><code data-testid="setup-secret">{secret}</code></p>
            <p class="field-hint">"Show it to no other person: who has it can make your codes."</p>
        </section>
        <section class="card stack" aria-labelledby="turn-on-title">
            <h2 id="turn-on-title">"2. Turn it on"</h2>
            <form class="form" action=TurnOnSecondFactor::PATH method="post" data-testid="turn-on-form">
                <CodeField id="code" hint="The six digits that your app shows now." />
                <PasswordField id="current" name="current" label="Password now" />
                <p class="field-hint">
                    "You get ten recovery codes next, for the day when the app is not at hand. You stay signed in here, and are signed out in every other browser."
                </p>
                <div class="form-actions">
                    <button class="button" data-kind="primary">"Turn it on"</button>
                    <a class="button" data-kind="quiet" href="/account#second-step-title">"Not now"</a>
                </div>
            </form>
        </section>
    }
}

fn qr_code(QrCode { size, path }: QrCode) -> impl IntoView {
    view! {
        <svg class="qr-code" viewBox=format!("0 0 {size} {size}") role="img" aria-label="QR code with the key below" shape-rendering="crispEdges" data-testid="qr-code">
            <rect class="qr-code-light" width=size height=size />
            <path class="qr-code-dark" d=path />
        </svg>
    }
}
