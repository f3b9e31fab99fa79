//! Guessing an app's code is in vain: a sign-in takes a few, and an account not many more.

use domain::SignInCode;
use store::Error;

use crate::library::{
    Library, On,
    app::{asked, is_over, is_wrong, mails, try_code, turn_on},
    fixture::password,
    on_both, tables,
};

on_both! {
    a_few_wrong_codes_end_a_sign_in
    wrong_codes_are_counted_for_the_account
    a_thousand_guesses_at_once_are_not_looked_at
    a_sign_in_waits_for_ten_minutes
}

async fn a_few_wrong_codes_end_a_sign_in(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (app, recovery) = turn_on(store, f.rea, "rea", &f.token).await;
    let (token, wrong) = (asked(store, "rea").await, SignInCode::parse("0000-0000-0000-0000").expect("a code"));
    for _ in 0..5 {
        is_wrong(try_code(store, &token, &wrong).await);
    }
    is_over(try_code(store, &token, &app.next_code(store)).await);
    is_over(try_code(store, &token, &SignInCode::Recovery(recovery[0].clone())).await);
    let token = asked(store, "rea").await;
    try_code(store, &token, &app.next_code(store)).await.expect("the next one is another");
}

async fn wrong_codes_are_counted_for_the_account(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (app, recovery) = turn_on(store, f.rea, "rea", &f.token).await;
    for _ in 0..5 {
        is_wrong(try_code(store, &asked(store, "rea").await, &app.wrong_code(store)).await);
    }
    let token = asked(store, "rea").await;
    let refused = try_code(store, &token, &app.next_code(store)).await;
    assert!(matches!(refused, Err(Error::TooManyCodes { seconds: 1..=61 })), "{refused:?}");
    let refused = store.turn_off_second_factor(f.rea, password("rea"), &app.next_code(store)).await;
    assert!(matches!(refused, Err(Error::TooManyCodes { .. })), "in a session, too: {refused:?}");
    assert_eq!(mails(&library).await, ["second-factor-on"], "the last one might have been right");
    try_code(store, &token, &SignInCode::Recovery(recovery[0].clone()))
        .await
        .expect("a recovery code can't be guessed");

    let pause_is_over = "update second_factors set next_at = 0";
    tables::run(&library.address, pause_is_over).await;
    let token = asked(store, "rea").await;
    is_wrong(try_code(store, &token, &app.wrong_code(store)).await);
    let refused = try_code(store, &token, &app.next_code(store)).await;
    assert!(matches!(refused, Err(Error::TooManyCodes { seconds: 62..=121 })), "{refused:?}");
    assert!(mails(&library).await.contains(&"wrong-codes".to_owned()), "she is told");

    tables::run(&library.address, pause_is_over).await;
    try_code(store, &token, &app.next_code(store)).await.expect("a session");
    let counted = "select cast(guesses as text) from second_factors";
    assert_eq!(tables::column(&library.address, counted).await, ["0"], "a right one ends the count");
}

async fn a_thousand_guesses_at_once_are_not_looked_at(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (app, _) = turn_on(store, f.rea, "rea", &f.token).await;
    let mut guesses = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let token = asked(store, "rea").await;
        for _ in 0..5 {
            let (store, token, code) = (store.clone(), token.clone(), app.wrong_code(store));
            guesses.spawn(async move { try_code(&store, &token, &code).await });
        }
    }
    let answers = guesses.join_all().await;
    let wrong = answers.iter().filter(|answer| matches!(answer, Err(Error::WrongCode))).count();
    let refused = answers.iter().filter(|answer| matches!(answer, Err(Error::TooManyCodes { .. }))).count();
    assert_eq!((wrong, refused), (5, 15), "{answers:?}");
}

async fn a_sign_in_waits_for_ten_minutes(on: On) {
    let library = Library::open(on).await;
    let (store, f) = (&library.store, &library.fixture);
    let (app, _) = turn_on(store, f.rea, "rea", &f.token).await;
    let token = asked(store, "rea").await;
    let left = format!("select cast((expires_at - {}) / 60000 as text) from pending_sign_ins", store.now().0 - 20_000);
    assert_eq!(tables::column(&library.address, &left).await, ["10"]);
    let passed = format!("update pending_sign_ins set expires_at = {}", store.now().0);
    tables::run(&library.address, &passed).await;
    is_over(try_code(store, &token, &app.next_code(store)).await);
    asked(store, "rea").await;
    let count = "select token_hash from pending_sign_ins";
    assert_eq!(tables::column(&library.address, count).await.len(), 1, "what ran out is gone");
}
