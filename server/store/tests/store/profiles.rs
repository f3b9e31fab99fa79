//! Profiles: whose page is at which address, and what is on it.

use domain::{AuthorFront, AuthorPage, Bio, Bound, Handle, MyProfile, NewPost, ProfileDraft, Rev, Role, UserId};
use store::Error;

use crate::library::{
    Library, On,
    fixture::{email, named, password, remark},
    on_both, tables,
};

on_both! {
    a_name_becomes_a_handle
    a_handle_from_before_leads_on_and_is_nobody_elses
    a_profile_is_saved_from_what_was_read
    an_account_has_room_for_some_handles
    accounts_from_before_get_handles
    a_page_has_what_readers_have
}

fn handle(text: &str) -> Handle {
    text.parse().expect("a handle")
}

fn draft(handle: &str, bio: &str, base: i64) -> ProfileDraft {
    ProfileDraft { handle: self::handle(handle), bio: Bio::parse(bio).expect("a bio"), base: Rev(base) }
}

/// What is at an address, past the tiers.
async fn at(library: &Library, handle: &str) -> Result<AuthorFront, Error> {
    library.store.load(&AuthorPage::first(self::handle(handle))).await.map(|entry| entry.value.clone())
}

async fn handle_of(library: &Library, user: UserId) -> String {
    library.store.load(&MyProfile { viewer: user }).await.expect("a profile").value.handle.to_string()
}

async fn join(library: &Library, name: &str, address: &str) -> UserId {
    let sign_up =
        domain::SignUp { name: named(name), email: email(address), password: password(name), role: Role::Reader };
    *library.store.add_account(sign_up).await.expect("an account").value()
}

async fn a_name_becomes_a_handle(on: On) {
    let library = Library::open(on).await;
    for (address, name, expected) in [
        ("a", "María López", "maria-lopez"),
        ("b", "Maria Lopez", "maria-lopez-2"),
        ("c", "MARIA LOPEZ", "maria-lopez-3"),
        ("d", "Лев", "lev"),
        ("e", "Quire", "reader"),
        ("f", "…!", "reader-2"),
    ] {
        let user = join(&library, name, address).await;
        assert_eq!(handle_of(&library, user).await, expected, "{name}");
        assert_eq!(at(&library, expected).await.expect("a page").author.user, user);
    }
    for number in 0..12 {
        let user = join(&library, "Lopez", &format!("lopez{number}")).await;
        assert!(handle_of(&library, user).await.starts_with("lopez"));
    }
    // Nobody is at the id of another account.
    let id = library.fixture.ada.to_string();
    let user = join(&library, &id, "id").await;
    assert_ne!(handle_of(&library, user).await, id);
}

async fn a_handle_from_before_leads_on_and_is_nobody_elses(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    store.save_profile(f.ada, draft("countess", "", 1)).await.expect("saved");
    for address in ["ada", "countess", &f.ada.to_string()] {
        let front = at(&library, address).await.expect("a page");
        assert_eq!((front.author.user, front.author.handle), (f.ada, handle("countess")), "{address}");
    }
    for taken in ["ada", "countess"] {
        let refused = store.save_profile(f.ben, draft(taken, "", 1)).await.expect_err("taken");
        assert!(matches!(refused, Error::HandleTaken), "{taken}: {refused}");
    }
    assert_eq!(handle_of(&library, f.ben).await, "ben", "nothing was saved");
    let other = join(&library, "Ada", "another-ada").await;
    assert_eq!(handle_of(&library, other).await, "ada-2");
    store.save_profile(f.ada, draft("ada", "", 2)).await.expect("it was hers");
    assert_eq!(at(&library, "countess").await.expect("a page").author.handle, handle("ada"));
    let nobody = at(&library, "nobody").await.expect_err("nobody has it");
    assert!(matches!(nobody, Error::NotThere { .. }), "{nobody}");
}

async fn a_profile_is_saved_from_what_was_read(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let rev = store.save_profile(f.ada, draft("ada", "I count.", 1)).await.expect("saved");
    assert_eq!(*rev.value(), Rev(2));
    let Err(Error::ConflictWith(newer)) = store.save_profile(f.ada, draft("ada-2", "No.", 1)).await else {
        panic!("it was saved over");
    };
    assert_eq!(newer.rev, Rev(2));
    assert_eq!(newer.texts.get("bio").map(String::as_str), Some("I count."));
    assert_eq!(newer.texts.get("handle").map(String::as_str), Some("ada"));
    assert_eq!(at(&library, "ada").await.expect("a page").bio.as_str(), "I count.");
}

async fn an_account_has_room_for_some_handles(on: On) {
    let library = Library::open(on).await;
    let (store, ada) = (&library.store, library.fixture.ada);
    let most = i64::from(Bound::Handles.most());
    for number in 1..most {
        store.save_profile(ada, draft(&format!("ada-number-{number}"), "", number)).await.expect("there is room");
    }
    let full = store.save_profile(ada, draft("one-more", "", most)).await.expect_err("full");
    assert!(matches!(full, Error::Full(Bound::Handles)), "{full}");
    store.save_profile(ada, draft("ada", "", most)).await.expect("one from before");
}

async fn accounts_from_before_get_handles(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    tables::run(&library.address, "update users set handle = null; delete from handles;").await;
    let id = f.ada.to_string();
    let front = at(&library, &id).await.expect("a page");
    assert_eq!((front.author.user, front.author.handle), (f.ada, handle(&id)), "its id stands there meanwhile");
    assert_eq!(store.give_handles().await.expect("given"), 5);
    assert_eq!(store.give_handles().await.expect("given"), 0);
    for (user, name) in [(f.ada, "ada"), (f.ben, "ben"), (f.rea, "rea"), (f.sid, "sid"), (f.mia, "mia")] {
        assert_eq!(handle_of(&library, user).await, name);
    }
    assert_eq!(at(&library, &id).await.expect("a page").author.handle, handle("ada"), "a link from before leads on");
}

async fn a_page_has_what_readers_have(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let stories = async || {
        let front = at(&library, "ada").await.expect("a page");
        front.stories.iter().map(|card| card.story).collect::<Vec<_>>()
    };
    assert_eq!(stories().await, [f.out.story], "the draft is hers alone");
    store.publish_story(f.ada, f.draft.story, &[]).await.expect("out");
    assert_eq!(stories().await.len(), 2);
    store.unpublish_story(f.ada, f.out.story).await.expect("withdrawn");
    assert_eq!(stories().await, [f.draft.story]);
    let said = async || {
        let front = at(&library, "sid").await.expect("a page");
        front.posts.iter().map(|post| post.text.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(said().await, Vec::<String>::new());
    for number in 1..=7 {
        let text = remark(&number.to_string());
        store.create_post(f.sid, NewPost { text, about: None }).await.expect("a post");
    }
    assert_eq!(said().await, ["7", "6", "5", "4", "3"]);
}
