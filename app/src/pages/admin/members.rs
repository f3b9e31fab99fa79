//! Who is here, and what each may do.

use domain::{AuthorPage, Member, Members, Role, SearchText, UserId};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    api::site::GiveRole,
    bundle::rel,
    cache::{action, use_query},
    components::{EmptyState, Head, Loaded, Page, Says, Time},
    destination::Destination,
    page_number::page_asked,
    pages::managers::{Pages, for_managers},
    way_back::in_query,
};

/// The page at `/admin/members`, with `?name=` and `?page=` from 1.
#[component]
pub fn MembersPage() -> impl IntoView {
    for_managers(|viewer| view! { <List viewer /> }.into_any())
}

#[component]
fn List(viewer: UserId) -> impl IntoView {
    let params = use_query_map();
    let name = Memo::new(move |_| {
        params.with(|params| params.get_str("name").and_then(|name| SearchText::parse(name).ok())).unwrap_or_default()
    });
    let page = page_asked();
    let members = use_query(move || Members { viewer, name: name.get(), page: page.get() });
    view! {
        <Page class="page stack">
            <Head title="Members" description="Who is here, and what each may do." />
            <nav class="breadcrumb" aria-label="Breadcrumb">
                <ol class="breadcrumb-list">
                    <li class="breadcrumb-item"><a class="breadcrumb-link" href="/admin">"Administration"</a></li>
                    <li class="breadcrumb-item" aria-current="page">"Members"</li>
                </ol>
            </nav>
            <h1>"Members"</h1>
            <form class="search-form" action="/admin/members" method="get" role="search">
                <div class="search-line">
                    <label class="visually-hidden" r#for="member-name">"Name or handle"</label>
                    <input class="field-input" id="member-name" name="name" r#type="search" placeholder="Name or handle" maxlength=SearchText::MAX_CHARACTERS value=move || name.get().to_string() />
                    <button class="button">"Find"</button>
                </div>
            </form>
            <Loaded reading=members let:members>
                <Show
                    when=move || members.with(|found| !found.members.is_empty())
                    fallback=|| view! { <EmptyState title="No member of that name" mark="talk" text="Look for a word of a name or of a handle, or for its first three letters." /> }
                >
                    <ul class="trash-list">{move || members.with(|found| found.members.iter().map(row).collect_view())}</ul>
                </Show>
                <Pages address=move |page| format!("/admin/members?{}&page={page}", in_query("name", name.get().as_str()))
                    page more=Signal::derive(move || members.with(|found| found.more)) before="Newer members" after="Older members" />
            </Loaded>
        </Page>
    }
}

fn row(member: &Member) -> impl IntoView + use<> {
    let Member { person, role, since, suspended_until, banned } = member.clone();
    let (name, user) = (person.name.to_string(), person.user);
    let id = format!("role-{user}");
    let address = Destination::Author(AuthorPage::first(person.handle)).to_string();
    let href = rel(&address);
    let option = move |of: &Role| view! { <option value=of.slug() selected=*of == role>{of.label()}</option> };
    view! {
        <li>
            <article class="trash-row" data-testid="member">
                <div class="trash-row-text">
                    <h2 class="trash-row-title" dir="auto"><a href=address rel=href>{name.clone()}</a></h2>
                    <p class="trash-row-facts">
                        <span class="badge">{role.label()}</span>
                        <span>{format!("@{}", person.handle)}</span>
                        <span>"Here since "<Time at=Signal::derive(move || since) says=Says::Day /></span>
                        {suspended_until.map(|until| view! { <span class="badge" data-state="warn">"Suspended until "<Time at=Signal::derive(move || until) /></span> })}
                        {banned.then(|| view! { <span class="badge" data-state="warn">"Banned"</span> })}
                    </p>
                </div>
                <form class="trash-row-actions row" action=action(GiveRole::PATH) method="post">
                    <input type="hidden" name="user" value=user.to_string() />
                    <label class="visually-hidden" r#for=id.clone()>{format!("Role of {name}")}</label>
                    <select class="field-input" id=id name="role">{Role::ALL.iter().map(option).collect_view()}</select>
                    <button class="button" data-size="small" data-testid="give-role">"Change role"<span class="visually-hidden">{format!(" of {name}")}</span></button>
                </form>
            </article>
        </li>
    }
}
