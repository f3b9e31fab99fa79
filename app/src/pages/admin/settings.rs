//! Who may make an account, and the place's own pages: one form.

use domain::{Registration, SiteSettings, SiteText};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{api::site::SaveSite, cache::action, components::TextArea};

/// The form. What is typed in it stays when another manager saves.
#[component]
pub fn Settings(site: Memo<SiteSettings>) -> impl IntoView {
    let SiteSettings { registration, about, rules, rev } = site.get_untracked();
    let choice = move |who: &Registration| {
        let (who, checked) = (*who, *who == registration);
        view! {
            <label class="choice">
                <input type="radio" name="registration" value=who.slug() checked=checked />
                {who.label()}
            </label>
        }
    };
    view! {
        <form class="card form" action=action(SaveSite::PATH) method="post" data-testid="site-form">
            <input type="hidden" name="base" value=rev.0.to_string() />
            <fieldset class="field">
                <legend class="field-label">"Who may make an account"</legend>
                {Registration::ALL.iter().map(choice).collect_view()}
            </fieldset>
            <TextArea id="about" name="about_text" label="About this place" value=about.text.to_string() rows=5 most=SiteText::MAX_CHARACTERS may_be_empty=true />
            <TextArea id="rules" name="rules_text" label="Rules" value=rules.text.to_string() rows=8 most=SiteText::MAX_CHARACTERS may_be_empty=true />
            <p class="field-hint">
                "Everybody finds them at "<a href="/about">"/about"</a>" and "<a href="/rules">"/rules"</a>", which every page’s foot leads to. An empty line begins a paragraph; *words* between stars stand out."
            </p>
            <div class="form-actions"><button class="button" data-kind="primary">"Save"</button></div>
        </form>
    }
}
