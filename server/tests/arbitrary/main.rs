//! Whatever anybody sends, the server has not failed: requests made by chance, to the real router over a real
//! socket. `QUIRE_REQUESTS` says how many, `QUIRE_SEED` from where, and a failure says both and what was sent.

#[path = "../site/mod.rs"]
mod site;

mod chance;
mod example;
mod request;

use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use domain::Role;
use tokio::task::JoinSet;

use self::{
    chance::Chance,
    example::{Example, examples},
    request::Request,
    site::{Person, Site, docs::world, heard},
};

/// How many a usual test sends.
const USUAL: usize = 3_000;
/// How many meet the same site: what they add makes its pages longer and longer.
const A_SITE: usize = 1_500;
/// How many meet the same library. What valid ones among them deleted is there again afterwards.
const TOGETHER: usize = 100;
const MAX_AT_ONCE: usize = 8;

fn said(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_is_sent_makes_the_server_fail() {
    let number = said("QUIRE_REQUESTS").map_or(USUAL, |number| usize::try_from(number).expect("not so many"));
    let seed = said("QUIRE_SEED").unwrap_or_else(rand::random);
    println!("QUIRE_SEED={seed} QUIRE_REQUESTS={number}");
    let mut statuses = BTreeMap::<Option<u16>, usize>::new();
    for first in (0..number).step_by(A_SITE) {
        for status in one_site(first..number.min(first + A_SITE), seed).await {
            *statuses.entry(status).or_default() += 1;
        }
    }
    println!("{statuses:?}");
    // A test whose requests are all refused at the door would say nothing.
    for reached in [200, 302, 400, 401, 403, 404, 405, 422] {
        assert!(number < USUAL || statuses.contains_key(&Some(reached)), "none was answered {reached}: {statuses:?}");
    }
}

/// Sends these to a site of their own. When it ends, what it kept is compared with its database.
async fn one_site(requests: Range<usize>, seed: u64) -> Vec<Option<u16>> {
    let site = Site::start().await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let mut statuses = Vec::new();
    for first in requests.clone().step_by(TOGETHER) {
        let names = world(&site, &ada).await;
        let examples = Arc::new(examples(&names));
        let next = Arc::new(AtomicUsize::new(first));
        let end = requests.end.min(first + TOGETHER);
        let mut senders = JoinSet::new();
        for _ in 0..MAX_AT_ONCE {
            senders.spawn(send_all(site.base.clone(), examples.clone(), next.clone(), end, seed));
        }
        statuses.extend(senders.join_all().await.into_iter().flatten());
        heard::nothing_bad();
    }
    statuses
}

async fn send_all(
    base: String,
    examples: Arc<Vec<Example>>,
    next: Arc<AtomicUsize>,
    end: usize,
    seed: u64,
) -> Vec<Option<u16>> {
    let mut statuses = Vec::new();
    loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        if index >= end {
            return statuses;
        }
        let request = Request::by(&mut Chance::new(seed, index), &examples);
        let status = request.send(&base).await;
        let status = status.unwrap_or_else(|error| panic!("seed {seed}, request {index}: {error}\n{request:?}"));
        assert!(status.is_none_or(|status| status < 500), "seed {seed}, request {index}: {status:?}\n{request:?}");
        statuses.push(status);
    }
}
