//! Faults, for real: three nodes on PostgreSQL and Redis, 32 clients, and everything fails in turn.
//!
//! What was asked and answered is written down, and then judged by [`check`], which reads nothing but
//! that record. `cargo xtask chaos --minutes N --seed S` runs it for longer.

#[path = "../site/mod.rs"]
mod site;

mod cast;
mod check;
mod client;
mod cluster;
mod faults;
mod history;
mod last;
mod listener;
mod marks;
mod reading;
mod report;
mod stuck;
mod talker;
mod writer;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use rand::Rng;
use tokio::{task::block_in_place, time::sleep};

use self::{
    cast::{CLIENTS, LISTENERS, Library, TALKERS, WRITERS},
    client::Client,
    cluster::Cluster,
    history::History,
    last::Role,
    talker::Talk,
    writer::Desk,
};

/// Where it all happens.
pub(crate) struct Stage {
    seed: u64,
    history: History,
    cluster: Cluster,
    library: Library,
    over: AtomicBool,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_and_nobody_goes_back_whatever_fails() {
    let number = |name| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let seed = number("QUIRE_CHAOS_SEED").unwrap_or(1);
    let seconds = number("QUIRE_CHAOS_MINUTES").unwrap_or_default() * 60;
    let stage = set("history", seed).await;
    let clients: Vec<_> = (0..CLIENTS).map(|number| tokio::spawn(take_part(Arc::clone(&stage), number))).collect();
    let listeners: Vec<_> =
        (0..LISTENERS).map(|number| tokio::spawn(listener::listen(Arc::clone(&stage), number))).collect();
    faults::play(&stage, seconds).await;
    stage.over.store(true, Ordering::Relaxed);
    let mut cast = Vec::new();
    for client in clients {
        cast.push(client.await.expect("a client that lasts"));
    }
    for listener in listeners {
        listener.await.expect("a listener that lasts");
    }
    last::look(&stage, &mut cast).await;
    let history = stage.history.read();
    let verdict = check::check(&history);
    let table = report::write(&history, &verdict, seed);
    println!("{table}");
    // The nodes' own samplers say the same.
    let confessions: Vec<_> = stage.cluster.nodes.iter().flat_map(cluster::Node::confessions).collect();
    assert!(confessions.is_empty(), "{confessions:#?}");
    assert!(verdict.wrongs.is_empty(), "{:#?}", verdict.wrongs.iter().take(20).collect::<Vec<_>>());
    assert!(!verdict.told.is_empty(), "no line was held long enough for anything about it to be judged");
}

async fn set(name: &str, seed: u64) -> Arc<Stage> {
    let history = History::begin(name);
    let cluster = Cluster::prepare(name).await;
    let library = Library::make(&cluster, &history).await;
    for node in &cluster.nodes {
        block_in_place(|| node.start());
    }
    Arc::new(Stage { seed, history, cluster, library, over: AtomicBool::new(false) })
}

async fn take_part(stage: Arc<Stage>, number: usize) -> (Client, Role) {
    let mut client = Client::new(&stage, number);
    let mut role = match number {
        0..WRITERS => Role::Writer(Desk::new(number)),
        number if number < WRITERS + TALKERS => Role::Talker(Talk::new(number - WRITERS)),
        _ => Role::Reader,
    };
    while !stage.over.load(Ordering::Relaxed) {
        match &mut role {
            Role::Writer(desk) => desk.act(&mut client).await,
            Role::Talker(talk) => talk.act(&mut client).await,
            Role::Reader => client.read_something().await,
        }
        // As fast as people, or nearly: what is slow is then the fault's doing.
        let pause = client.dice.random_range(20..120);
        sleep(Duration::from_millis(pause)).await;
    }
    (client, role)
}
