//! Muting or blocking a person: what each means, and the buttons. Plain forms, which load a new page.

use domain::{AuthorFront, AuthorPage, Handle, MySilences, Silence, UserId};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    api::silence::{EndSilence, SilencePerson},
    boot,
    cache::{action, use_query},
    components::{Head, Loaded, Page},
    way_back::{FIELD, WayBack, and_back, in_query},
};

/// The page at `/silence`, with the handle of a `?person=`, and `?next=` leads back.
#[component]
pub fn SilencePage() -> impl IntoView {
    let back = WayBack::asked().unwrap_or_default();
    let person = use_query_map().with_untracked(|query| query.get_str("person").and_then(|person| person.parse().ok()));
    let inside = match (person, boot::viewer()) {
        (None, _) => view! {
            <h1>"Mute or block"</h1>
            <p>"Use the link “Mute or block” on a person’s page, or beside what they say."</p>
        }
        .into_any(),
        (Some(_), None) => view! {
            <h1>"Mute or block"</h1>
            <p>"Please "<a href=and_back("/sign-in")>"sign in"</a>" first."</p>
        }
        .into_any(),
        (Some(person), Some(viewer)) => view! { <OfPerson person viewer=viewer.user back /> }.into_any(),
    };
    view! {
        <Page class="page page-narrow">
            <Head title="Mute or block" description="Hear nothing more of a person." />
            <div class="card stack">{inside}</div>
        </Page>
    }
}

#[component]
fn OfPerson(person: Handle, viewer: UserId, back: WayBack) -> impl IntoView {
    let front = use_query(move || AuthorPage::first(person));
    let silences = use_query(move || MySilences { by: viewer });
    let way_back = back.as_str().to_owned();
    let here = StoredValue::new(format!("/silence?{}&{}", in_query("person", person.as_str()), back.in_query(FIELD)));
    view! {
        <Loaded reading=front let:front>
            <h1>{move || front.with(|front| format!("Mute or block {}", front.author.name))}</h1>
            <Loaded reading=silences let:people>
                {move || {
                    let user = front.with(|front| front.author.user);
                    if user == viewer {
                        return view! { <p>"This is you. Here you can mute or block other people."</p> }.into_any();
                    }
                    let how = people.with(|people| people.of(user));
                    view! { <Choices front how here=here.get_value() /> }.into_any()
                }}
            </Loaded>
        </Loaded>
        <p><a class="button" data-kind="quiet" href=way_back data-testid="back">"Go back"</a></p>
    }
}

/// What is so, and what can be done.
#[component]
fn Choices(front: Memo<AuthorFront>, how: Option<Silence>, here: String) -> impl IntoView {
    // Made anew when any of it changes.
    let (user, name) = front.with_untracked(|front| (front.author.user, front.author.name.to_string()));
    let mute = format!(
        "What {name} says is folded away wherever you see it, and one click shows it. Nothing of {name} comes to your \
         inbox or your mail. {name} is not told."
    );
    let block = format!(
        "All that muting does. Also, {name} can’t answer your posts and comments, post about your stories, follow you or \
         your stories, or mention you. Where one of you follows the other, that ends. {name} is told only when they try. \
         What you publish stays public: {name} can still read it."
    );
    let is = how.map(|how| {
        let done = match how {
            Silence::Mute => format!("You muted {name}."),
            Silence::Block => format!("You blocked {name}."),
        };
        view! {
            <div class="notice" data-kind="info" role="status" data-testid="silenced">
                <p class="notice-text">{done}</p>
                <form class="notice-actions" action=action(EndSilence::PATH) method="post">
                    <input type="hidden" name="person" value=user.to_string() />
                    <input type="hidden" name=FIELD value=here.clone() />
                    <button class="button" data-size="small" data-testid="end-silence">
                        {match how { Silence::Mute => "Mute no longer", Silence::Block => "Unblock" }}
                    </button>
                </form>
            </div>
        }
    });
    view! {
        {is}
        {(how != Some(Silence::Mute)).then(|| view! { <Choice user how=Silence::Mute verb="Mute" means=mute here=here.clone() /> })}
        {(how != Some(Silence::Block)).then(|| view! { <Choice user how=Silence::Block verb="Block" means=block here=here.clone() /> })}
    }
}

#[component]
fn Choice(user: UserId, how: Silence, verb: &'static str, means: String, here: String) -> impl IntoView {
    view! {
        <form class="form" action=action(SilencePerson::PATH) method="post" aria-labelledby=how.slug()>
            <h2 id=how.slug()>{verb}</h2>
            <p>{means}</p>
            <input type="hidden" name="person" value=user.to_string() />
            <input type="hidden" name="how" value=how.slug() />
            <input type="hidden" name=FIELD value=here />
            <div class="form-actions"><button class="button" data-testid=how.slug()>{verb}</button></div>
        </form>
    }
}
