//! A node that goes silent at the worst moment: it holds the log's head, and nobody else can write.

use std::time::{Duration, Instant};

use services::Mode;

use super::{client::Client, set, writer::Desk};

/// How long others may have to wait for it.
const BOUND: Duration = Duration::from_secs(9);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_goes_silent_in_a_write_does_not_hold_up_the_others() {
    let stage = set("stuck", 1).await;
    let wire = &stage.cluster.nodes[0].to_postgres;
    // By then it has taken the next position in the log.
    wire.set(Mode::SilentAt("COMMIT"));
    let (mut silent, mut other) = (Client::new(&stage, 0), Client::new(&stage, 1));
    (silent.only, other.only) = (Some(0), Some(1));
    let writing = tokio::spawn(async move { Desk::new(0).publish(false, &mut silent).await });
    wire.until(Mode::Silent).await;
    let began = Instant::now();
    while !Desk::new(1).publish(false, &mut other).await {
        assert!(began.elapsed() < BOUND, "nobody can write");
    }
    println!("the others waited for {:?}", began.elapsed());
    assert!(began.elapsed() < BOUND, "{:?}", began.elapsed());
    assert!(!writing.await.expect("an end"), "it can't know");
}
