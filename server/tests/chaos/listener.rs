//! Who holds a live line, and notes what is said on it.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use domain::HERE;
use futures_util::{SinkExt, StreamExt};
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::{connect_async, tungstenite::Message};

use super::{
    Stage,
    cast::{TOGGLED, WRITERS},
    cluster::NODES,
};

/// How long a node may take to answer a call.
const TIMEOUT: Duration = Duration::from_secs(5);
/// How often a listener that hears nothing looks whether the run is over.
const SILENCE: Duration = Duration::from_millis(200);

/// Calls one node, and another when the line is cut, until it is over.
pub(crate) async fn listen(stage: Arc<Stage>, number: u64) {
    let mut dice = StdRng::seed_from_u64(stage.seed.wrapping_mul(1_000) + number);
    for call in 0.. {
        if stage.over.load(Ordering::Relaxed) {
            return;
        }
        let node = dice.random_range(0..NODES);
        // Why a line was cut is the fault's business; that it is made up for is what is judged.
        hold(&stage, node, number * 1_000_000 + call).await;
        sleep(Duration::from_millis(dice.random_range(50..300))).await;
    }
}

/// One line, from the answer to what is held until it is cut; `None` if there was none.
async fn hold(stage: &Stage, node: usize, line: u64) -> Option<()> {
    let url = format!("{}/api/live", stage.cluster.nodes[node].base.replace("http", "ws"));
    let (mut socket, _) = timeout(TIMEOUT, connect_async(url)).await.ok()?.ok()?;
    let mut tags = Vec::new();
    for story in &stage.library.stories[TOGGLED..] {
        tags.extend([json!({"story": story.id.to_string()}), json!({"chapter": story.chapter.to_string()})]);
    }
    // Far ahead: what was before does not matter.
    let holds = json!({"log": stage.library.log, "tags": tags, "since": u32::MAX});
    socket.send(Message::text(holds.to_string())).await.ok()?;
    let mut opened = None;
    while !stage.over.load(Ordering::Relaxed) {
        match timeout(SILENCE, socket.next()).await {
            Ok(Some(Ok(Message::Text(text)))) => {
                let told: Value = serde_json::from_str(&text).expect("what a server tells");
                let now = stage.history.now();
                if let Some(seq) = told["row"]["seq"].as_u64() {
                    stage.history.note(&json!({"told": seq, "line": line, "at": now}));
                } else if told.get("beat").is_some() {
                    // A line without this is cut after three beats, and then nothing about it can be judged.
                    socket.send(Message::text(HERE)).await.ok();
                } else if opened.is_none() {
                    opened = Some(now);
                } else {
                    // The node has lost count: from here on it is another line.
                    break;
                }
            }
            Ok(Some(Ok(_))) | Err(_) => {}
            Ok(Some(Err(_)) | None) => break,
        }
    }
    let stories: Vec<usize> = (TOGGLED..WRITERS).collect();
    let (opened, closed) = (opened?, stage.history.now());
    stage.history.note(&json!({"line": line, "node": node, "opened": opened, "closed": closed, "stories": stories}));
    Some(())
}
