//! A database that is far away, 300 ms there and back. A node there is slow to load and to write; what it holds is as
//! quick as ever, nothing it says is marked as old, and other nodes hardly wait for it.

use std::time::{Duration, Instant};

use domain::Seq;
use futures_util::{StreamExt, stream};
use services::Mode;
use tokio::time::sleep;

use crate::library::{Library, fixture::post};

const EACH_WAY: Duration = Duration::from_millis(150);

#[tokio::test(flavor = "multi_thread")]
async fn a_far_node_says_all_and_marks_nothing() {
    let (library, far, wire) = Library::with_far_node().await;
    // As a node that serves has: it keeps up with the log.
    let _listener = far.listen();
    wire.set(Mode::Slow(EACH_WAY));
    sleep(Duration::from_secs(2)).await;

    let questions = library.questions();
    let public = questions.iter().filter(|question| question.viewer().is_none());
    let loads = stream::iter(public).map(async |question| {
        let loaded = question.through(&far, Seq::ZERO).await;
        assert!(!loaded.stale, "{}", question.key());
        assert!(!matches!(&loaded.value, Err(error) if error != "not found"), "{}: {:?}", question.key(), loaded.value);
        loaded.value.is_ok().then_some(question)
    });
    let held: Vec<_> = loads.buffer_unordered(8).filter_map(async |question| question).collect().await;

    let mut took = vec![];
    for question in held.iter().cycle().take(20 * held.len()) {
        let began = Instant::now();
        assert!(!question.through(&far, Seq::ZERO).await.stale, "{}", question.key());
        took.push(began.elapsed());
        sleep(Duration::from_millis(1)).await;
    }
    let [half, most] = shares(&mut took, [50, 99]);
    assert!(half < Duration::from_millis(5), "what is held waits for no database: half within {half:?}");
    assert!(most < 2 * EACH_WAY, "99 of 100 within {most:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_elsewhere_waits_for_a_far_node_no_longer_than_one_round_trip() {
    let (library, far, wire) = Library::with_far_node().await;
    wire.set(Mode::Slow(EACH_WAY));
    let (ada, ben) = (library.fixture.ada, library.fixture.ben);
    let from_afar = tokio::spawn(async move {
        for _ in 0..6 {
            post(&far, ada, "From afar.", None).await.expect("a post");
        }
    });
    let mut took = vec![];
    while !from_afar.is_finished() {
        let began = Instant::now();
        post(&library.store, ben, "From here.", None).await.expect("a post");
        took.push(began.elapsed());
        sleep(Duration::from_millis(30)).await;
    }
    from_afar.await.expect("all posts");
    let [most, slowest] = shares(&mut took, [90, 100]);
    assert!(most <= Duration::from_millis(400), "90 of 100 within {most:?}");
    assert!(slowest >= EACH_WAY && slowest < Duration::from_secs(1), "they met: the slowest took {slowest:?}");
}

/// How long these shares took at most, in hundredths.
fn shares<const N: usize>(took: &mut [Duration], shares: [usize; N]) -> [Duration; N] {
    took.sort_unstable();
    shares.map(|share| took[(took.len() - 1) * share / 100])
}
