//! The library of one who reads: what they began and follow, and what there is to read.

use domain::{LibraryStory, MyLibrary, Neighbour, Person, ReadAndFollowed, StoryPage, UserId};
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn};

use crate::{
    AppError,
    api::reading::{FollowAuthor, FollowStory},
    boot,
    cache::{action, use_mutation, use_query},
    components::{
        Byline, Each, EmptyState, Head, Loaded, Page, ToastKind, count::counted, follow_button::Followable, mine,
        use_toasts,
    },
    destination::Destination,
};

/// The page at `/library`.
#[component]
pub fn LibraryPage() -> impl IntoView {
    view! {
        <Page>
            <Head title="Library" description="What you read and follow, and what is new in it." />
            {match boot::viewer() {
                Some(viewer) => view! { <OfReader viewer=viewer.user /> }.into_any(),
                None => view! {
                    <h1>"Library"</h1>
                    <p>"Please "<a href="/sign-in?next=/library">"sign in"</a>" to see what you read and follow."</p>
                }
                .into_any(),
            }}
        </Page>
    }
}

#[component]
fn OfReader(viewer: UserId) -> impl IntoView {
    let library = use_query(move || MyLibrary { viewer });
    view! {
        <header class="page-head">
            <div><h1>"Library"</h1><p class="page-lead">"What you read and follow, the latest first."</p></div>
        </header>
        <Loaded reading=library let:library>
            <Stories library />
            <Authors library />
        </Loaded>
    }
}

#[component]
fn Stories(library: Memo<ReadAndFollowed>) -> impl IntoView {
    let stories = Memo::new(move |_| library.with(|library| library.stories.clone()));
    let nothing = || {
        view! {
            <EmptyState title="Nothing here yet" text="A story that you begin or follow stands here, with the chapters that you have not read.">
                <a class="button" data-kind="primary" href="/novels">"Find something to read"</a>
            </EmptyState>
        }
    };
    view! {
        <section aria-labelledby="stories-title">
            <h2 class="visually-hidden" id="stories-title">"Stories"</h2>
            <Show when=move || stories.with(|stories| !stories.is_empty()) fallback=nothing>
                <ul class="library-list">
                    <Each items=stories key=|one: &LibraryStory| one.story let:story>
                        <Story story />
                    </Each>
                </ul>
            </Show>
            {move || library.with(|library| library.more).then(|| view! {
                <p class="page-lead">{format!("These are the {} that you touched last.", MyLibrary::MOST)}</p>
            })}
        </section>
    }
}

#[component]
fn Story(story: Memo<LibraryStory>) -> impl IntoView {
    let id = story.with_untracked(|one| one.story);
    let page = Destination::Story(StoryPage::first(id)).to_string();
    let unread = move || {
        story.with(|one| match one.unread {
            0 => "All read".to_owned(),
            unread => counted(unread, "chapter to read", "chapters to read"),
        })
    };
    let read_on = move || {
        story.with(|one| one.read_on.clone()).map(|on| view! {
            <a class="button" data-kind="primary" data-size="small" data-testid="library-continue" href=mine::address(id, on.to.chapter, Some(&on))>
                {mine::words(Some(&on))}
            </a>
        })
    };
    let unfollow = move || {
        story.with(|one| one.follows).then(|| {
            view! {
                <Stop thing=Followable::Story(id) />
            }
        })
    };
    view! {
        <li class="library-story" data-testid="library-story" data-story-id=id.to_string()>
            <div class="library-head">
                <h3 class="library-title"><a href=page dir="auto">{move || story.with(|one| one.title.to_string())}</a></h3>
                <p class="library-author">"by "<Byline of=Signal::derive(move || story.with(|one| one.author.clone())) /></p>
                <p class="badge" data-state=move || story.with(|one| (one.unread > 0).then_some("info")) data-testid="unread">{unread}</p>
            </div>
            <div class="row">{read_on}{unfollow}</div>
            <Unread story />
        </li>
    }
}

/// The chapters behind the count.
#[component]
fn Unread(story: Memo<LibraryStory>) -> impl IntoView {
    let id = story.with_untracked(|one| one.story);
    let chapter = move |one: Neighbour| {
        let title = one.title.of_chapter(one.number);
        view! {
            <li><a data-testid="unread-chapter" dir="auto" href=Destination::Chapter(id, one.chapter).to_string()>{title}</a></li>
        }
    };
    let more = move || {
        let more = story.with(|one| one.unread.saturating_sub(u32::try_from(one.next.len()).unwrap_or(u32::MAX)));
        (more > 0).then(|| view! { <li>{format!("and {} more", counted(more, "chapter", "chapters"))}</li> })
    };
    view! {
        <Show when=move || story.with(|one| one.unread > 0)>
            <details class="disclosure">
                <summary>"Which?"</summary>
                <ol class="library-unread">
                    {move || story.with(|one| one.next.clone()).into_iter().map(chapter).collect_view()}
                    {more}
                </ol>
            </details>
        </Show>
    }
}

#[component]
fn Authors(library: Memo<ReadAndFollowed>) -> impl IntoView {
    let authors = Memo::new(move |_| library.with(|library| library.authors.clone()));
    view! {
        <Show when=move || authors.with(|authors| !authors.is_empty())>
            <section class="section" aria-labelledby="authors-title">
                <h2 id="authors-title">"Authors you follow"</h2>
                <ul class="library-authors">
                    <Each items=authors key=|one: &Person| one.user let:author>
                        {
                            let id = author.with_untracked(|one| one.user);
                            view! {
                                <li class="library-author-item" data-testid="library-author">
                                    <Byline of=author />
                                    <Stop thing=Followable::Author(id) />
                                </li>
                            }
                        }
                    </Each>
                </ul>
            </section>
        </Show>
    }
}

/// Stops following; a plain form, which a script makes quicker.
#[component]
fn Stop(thing: Followable) -> impl IntoView {
    let (story, author) = (use_mutation::<FollowStory>(), use_mutation::<FollowAuthor>());
    let toasts = use_toasts();
    let told = move |answer: Result<(), AppError>| {
        if let Err(error) = answer {
            toasts.toast(error.to_string(), ToastKind::Danger);
        }
    };
    let (path, name, id) = match thing {
        Followable::Story(story) => (FollowStory::PATH, "story", story.to_string()),
        Followable::Author(author) => (FollowAuthor::PATH, "author", author.to_string()),
    };
    let submit = move |event: SubmitEvent| match thing {
        Followable::Story(_) => story.submit(&event, told),
        Followable::Author(_) => author.submit(&event, told),
    };
    view! {
        <form action=action(path) method="post" on:submit=submit>
            <input type="hidden" name=name value=id />
            <input type="hidden" name="followed" value="false" />
            <button class="button" data-size="small" data-testid="stop-following">"Stop following"</button>
        </form>
    }
}
