//! How the place is run: managers alone decide it, an invitation lets one person in, and somebody is always left to look
//! after the place.

use domain::{ActLog, Invitations, Members, Registration, Role, SearchText, Site, SiteDraft, SiteText, UserId};
use store::{Error, LinkToken, Store};

use crate::library::{
    Library, On,
    fixture::{email, named, password, sign_up, site_draft},
    on_both, tables,
};

on_both! {
    nobody_but_a_manager_decides
    a_save_over_another_is_refused
    who_may_make_an_account
    an_invitation_is_used_once
    an_invitation_runs_out_and_is_taken_back
    a_refused_account_leaves_the_invitation
    members_are_found_by_words_of_their_names
    a_role_that_is_given_stands_in_the_record
    somebody_stays_a_manager
}

async fn set(store: &Store, manager: UserId, registration: Registration) {
    let rev = store.load(&Site {}).await.expect("the place").value.rev;
    store.save_site(manager, site_draft(registration, "", rev.0)).await.expect("saved");
}

async fn link(store: &Store, manager: UserId) -> LinkToken {
    store.invite(manager, named("Vanya")).await.expect("an invitation");
    let open = store.load(&Invitations { viewer: manager }).await.expect("invitations");
    LinkToken::parse(&open.value[0].code).expect("a link")
}

async fn nobody_but_a_manager_decides(on: On) {
    let Library { store, fixture: f, .. } = &Library::open(on).await;
    let invitation = *store.invite(f.mia, named("Vanya")).await.expect("an invitation").value();
    for viewer in [f.ada, f.rea, UserId::from_bits(404)] {
        let refused = [
            store.save_site(viewer, site_draft(Registration::Closed, "", 0)).await.map(drop),
            store.invite(viewer, named("Vanya")).await.map(drop),
            store.withdraw_invitation(viewer, invitation).await.map(drop),
            store.give_role(viewer, viewer, Role::Manager).await.map(drop),
            store.load(&Invitations { viewer }).await.map(drop),
            store.load(&Members { viewer, name: SearchText::default(), page: 0 }).await.map(drop),
        ];
        for refused in refused {
            assert!(matches!(refused, Err(Error::NotFound | Error::NotThere { .. })), "{refused:?}");
        }
    }
}

async fn a_save_over_another_is_refused(on: On) {
    let Library { store, fixture: f, .. } = &Library::open(on).await;
    let rev = *store.save_site(f.mia, site_draft(Registration::Open, "*Tides* only.", 0)).await.expect("saved").value();
    let site = &store.load(&Site {}).await.expect("the place").value;
    assert_eq!((site.rev, site.about.text.as_str(), site.rules.text.as_str()), (rev, "*Tides* only.", "Be kind."));
    assert_eq!(site.about.shown[0].html(), "<p><em>Tides</em> only.</p>\n");
    match store.save_site(f.mia, site_draft(Registration::Closed, "Other.", 0)).await {
        Err(Error::ConflictWith(newer)) => assert_eq!(newer.rev, rev),
        other => panic!("{other:?}"),
    }
    let nothing = SiteText::default();
    let emptied = SiteDraft { registration: Registration::Open, about: nothing.clone(), rules: nothing, base: rev };
    store.save_site(f.mia, emptied).await.expect("saved");
    assert!(store.load(&Site {}).await.expect("the place").value.about.shown.is_empty());
}

async fn who_may_make_an_account(on: On) {
    let Library { store, fixture: f, .. } = &Library::open(on).await;
    for (registration, with_link, expected) in [
        (Registration::Open, false, true),
        (Registration::Open, true, true),
        (Registration::Invited, false, false),
        (Registration::Invited, true, true),
        (Registration::Closed, false, false),
        (Registration::Closed, true, false),
    ] {
        let link = link(store, f.mia).await;
        set(store, f.mia, registration).await;
        let who = format!("{}{with_link}", registration.slug());
        match store.register(sign_up(&who, Role::Reader), with_link.then_some(&link)).await {
            Ok(_) => assert!(expected, "{who}"),
            Err(Error::NoRegistration(said)) => assert_eq!((expected, said), (false, registration), "{who}"),
            Err(error) => panic!("{who}: {error:?}"),
        }
        assert_eq!(store.find_user(&email(&who)).await.expect("an answer").is_some(), expected, "{who}");
    }
}

async fn an_invitation_is_used_once(on: On) {
    let Library { store, fixture: f, .. } = &Library::open(on).await;
    set(store, f.mia, Registration::Invited).await;
    let link = link(store, f.mia).await;
    let comers = (0..4).map(|number| {
        let (store, link) = (store.clone(), link.clone());
        tokio::spawn(async move { store.register(sign_up(&format!("vanya{number}"), Role::Writer), Some(&link)).await })
    });
    let comers: Vec<_> = comers.collect();
    let mut done = 0;
    for comer in comers {
        match comer.await.expect("an answer") {
            Ok(_) => done += 1,
            Err(error) => assert!(matches!(error, Error::LinkIsOver), "{error:?}"),
        }
    }
    assert_eq!(done, 1);
    assert!(store.load(&Invitations { viewer: f.mia }).await.expect("invitations").value.is_empty());
}

async fn an_invitation_runs_out_and_is_taken_back(on: On) {
    let Library { store, fixture: f, address, .. } = &Library::open(on).await;
    set(store, f.mia, Registration::Invited).await;
    let over = async |link: &LinkToken| {
        let refused = store.register(sign_up("vanya", Role::Reader), Some(link)).await;
        assert!(matches!(refused, Err(Error::LinkIsOver)), "{refused:?}");
    };
    let first = link(store, f.mia).await;
    tables::run(address, "update invitations set expires_at = 1").await;
    over(&first).await;
    let second = link(store, f.mia).await;
    let open = store.load(&Invitations { viewer: f.mia }).await.expect("invitations").value.clone();
    assert_eq!(open.len(), 1, "what ran out is swept away");
    store.withdraw_invitation(f.mia, open[0].invitation).await.expect("taken back");
    over(&second).await;
    let again = store.withdraw_invitation(f.mia, open[0].invitation).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
}

async fn a_refused_account_leaves_the_invitation(on: On) {
    let Library { store, fixture: f, .. } = &Library::open(on).await;
    set(store, f.mia, Registration::Invited).await;
    let link = link(store, f.mia).await;
    let taken = store.register(sign_up("ada", Role::Reader), Some(&link)).await;
    assert!(matches!(taken, Err(Error::AddressTaken)), "{taken:?}");
    store.register(sign_up("vanya", Role::Reader), Some(&link)).await.expect("it is good still");
    store.sign_in(email("vanya"), password("vanya")).await.expect("a session");
}

async fn members_are_found_by_words_of_their_names(on: On) {
    let Library { store, fixture: f, .. } = &Library::open(on).await;
    let found = async |name: &str| {
        let query = Members { viewer: f.mia, name: SearchText::parse(name).expect("a text"), page: 0 };
        let page = store.load(&query).await.expect("members").value.clone();
        page.members.iter().map(|member| member.person.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(found("").await.len(), 5);
    store.change_name(f.ada, named("Zoë de Ágreda")).await.expect("renamed");
    for part in ["ZOE", "agre", "de zoë", "ada"] {
        assert_eq!(found(part).await, ["Zoë de Ágreda"], "{part}");
    }
    for nobody in ["%", "_", "\\", "adab", "zoe ben"] {
        assert!(found(nobody).await.is_empty(), "{nobody}");
    }
}

async fn a_role_that_is_given_stands_in_the_record(on: On) {
    let Library { store, fixture: f, .. } = &Library::open(on).await;
    store.give_role(f.mia, f.rea, Role::Writer).await.expect("a writer");
    assert_eq!(store.viewer(&f.token).await.expect("an answer").expect("a session").role, Role::Writer);
    let log = store.load(&ActLog { viewer: f.mia, page: 0 }).await.expect("the record").value.clone();
    let act = &log.acts[0];
    let about = act.about.as_ref().map(|person| person.user);
    assert_eq!((act.kind.slug(), act.by.user, about, act.note.as_str()), ("role", f.mia, Some(f.rea), "Writer"));
    let nobody = store.give_role(f.mia, UserId::from_bits(404), Role::Writer).await;
    assert!(matches!(nobody, Err(Error::NotFound)), "{nobody:?}");
}

/// Two managers make readers of each other at the same moment: one of them stays.
async fn somebody_stays_a_manager(on: On) {
    let Library { store, fixture: f, .. } = &Library::open(on).await;
    let alone = store.give_role(f.mia, f.mia, Role::Reader).await;
    assert!(matches!(alone, Err(Error::LastManager)), "{alone:?}");
    for _ in 0..5 {
        store.give_role(f.mia, f.ben, Role::Manager).await.expect("another manager");
        let demote = |by: UserId, whom: UserId| {
            let store = store.clone();
            tokio::spawn(async move { store.give_role(by, whom, Role::Reader).await.map(drop) })
        };
        let (one, two) = (demote(f.mia, f.ben), demote(f.ben, f.mia));
        let done = [one.await.expect("an answer").is_ok(), two.await.expect("an answer").is_ok()];
        assert_eq!(done.iter().filter(|done| **done).count(), 1, "{done:?}");
        store.set_role(f.mia, Role::Manager).await.expect("mia is one again");
        store.set_role(f.ben, Role::Reader).await.expect("ben is none");
    }
}
