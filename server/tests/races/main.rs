//! 64 clients at once against the real server: nobody is shown what was true before.
//!
//! Writers save, publish and withdraw their own stories, others like, talk and read, half of them
//! with Seen. Each answer is judged by a model that shares no code with the server: for read-your-
//! writes, for monotonic reads, and for what was withdrawn staying gone.

#[path = "../site/mod.rs"]
mod site;

mod cast;
mod judge;
mod marks;
mod model;
mod racer;
mod writer;

use std::{sync::Arc, time::Instant};

use self::{
    cast::{Library, STRANGERS, TALKERS, WRITERS},
    judge::Wrongs,
    racer::Racer,
    site::Site,
    writer::{Desk, talk},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_shown_what_was_true_before() {
    let operations = std::env::var("QUIRE_RACE_OPS").ok().map_or(50_000, |text| text.parse().expect("a number"));
    let site = Arc::new(Site::start().await);
    let library = Arc::new(Library::make(&site.store).await);
    let wrongs = Arc::new(Wrongs::default());
    let how_many = WRITERS + TALKERS + STRANGERS;
    let began = Instant::now();
    let clients: Vec<_> = (0..how_many)
        .map(|number| {
            let (site, library, wrongs) = (Arc::clone(&site), Arc::clone(&library), Arc::clone(&wrongs));
            // Each does its share, or those who only read would do nearly all.
            let share = (operations + how_many - 1 - number) / how_many;
            tokio::spawn(async move {
                let mut racer = Racer::new(&site, &library, &wrongs, number);
                let mut desk = Desk::new(number);
                for _ in 0..share {
                    if number < WRITERS {
                        desk.act(&mut racer).await;
                    } else if number < WRITERS + TALKERS {
                        talk(number - WRITERS, &mut racer).await;
                    } else {
                        racer.read_something().await;
                    }
                }
            })
        })
        .collect();
    for client in clients {
        client.await.expect("a client that lasts");
    }
    let seconds = began.elapsed().as_secs_f64();
    let commits = site::rows::numbers(&site.address, "select cast(seq as text) from log_head").await;
    let (counts, first) = wrongs.all();
    println!(
        "{operations} operations of {how_many} clients in {seconds:.1} s: {:.0} a second, {commits:?} commits, wrong: {counts:?}",
        f64::from(u32::try_from(operations).expect("not that many")) / seconds
    );
    assert!(first.is_empty(), "{first:#?}");
}
