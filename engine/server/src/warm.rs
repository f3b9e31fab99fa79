//! Warming: what readers are about to ask is loaded before they do.
//!
//! One job a node, two loads at once, and none while a reader waits for a load. It reads
//! through the same flights, judgement and memory as everybody, so it can't make anything wrong: at
//! worst it loads answers that no reader asks for.

mod ahead;
mod queue;
mod readers;

use std::sync::Arc;

use tokio::{
    sync::{
        broadcast::{self, error::RecvError},
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    },
    task::{AbortHandle, JoinSet},
};

pub use self::ahead::Ahead;
use self::queue::{Because, Job, Queue};
pub(crate) use self::readers::Readers;
use crate::{
    App, Engine, Error, Heard, Result, WarmUp,
    nouns::{Nouns, Viewer},
};

/// How many loads at once.
const MAX_LOADS: usize = 2;

/// What an app loads ahead.
type Page<A> = <<A as App>::WarmUp as WarmUp<A>>::Page;

/// This node's job. It ends when this is dropped, with whatever it had begun.
pub(crate) struct Warm<A: App> {
    signed_in: UnboundedSender<Viewer<A>>,
    job: AbortHandle,
}

impl<A: App> Warm<A> {
    /// Begins. The engine it is given must hold no other, or neither would ever end.
    pub(crate) fn start(engine: Engine<A>) -> Arc<Self> {
        let (signed_in, come) = unbounded_channel();
        let heard = engine.node.listen();
        let job = tokio::spawn(run(engine, heard, come)).abort_handle();
        Arc::new(Self { signed_in, job })
    }
}

impl<A: App> Drop for Warm<A> {
    fn drop(&mut self) {
        self.job.abort();
    }
}

impl<A: App> Engine<A> {
    /// A person has signed in, and is about to look at what is theirs.
    pub fn warm_for(&self, viewer: Viewer<A>) {
        if let Some(warm) = &self.warm {
            // A job that is over warms nothing.
            let _ = warm.signed_in.send(viewer);
        }
    }
}

async fn run<A: App>(
    engine: Engine<A>,
    mut heard: broadcast::Receiver<Heard<Nouns<A>>>,
    mut signed_in: UnboundedReceiver<Viewer<A>>,
) {
    let mut queue = Queue::default();
    let mut under_way = JoinSet::new();
    match first(&engine).await {
        Ok(pages) => queue.extend(Because::Started, pages),
        Err(error) => tracing::debug!(%error, "nothing is warmed on start"),
    }
    loop {
        tokio::select! {
            heard = heard.recv() => match heard {
                Ok(Heard::Row(row)) => queue.extend(Because::Touched, A::WarmUp::touched(&row.receipt.directives)),
                // What was missed is loaded when it is asked for.
                Ok(Heard::Lost(_)) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
            Some(viewer) = signed_in.recv() => queue.extend(Because::SignedIn, A::WarmUp::signed_in(viewer)),
            Some(done) = under_way.join_next(), if !under_way.is_empty() => {
                if let Ok((because, next)) = done {
                    queue.extend(because, next);
                }
            }
            () = engine.readers.none(), if under_way.len() < MAX_LOADS && !queue.is_empty() => {
                if let Some(job) = queue.next().filter(|job| is_worth_it(&engine, job)) {
                    let engine = engine.clone();
                    under_way.spawn(async move { (job.because, A::WarmUp::load(job.page, &Ahead(&engine)).await) });
                }
            }
        }
    }
}

/// After a change only what memory held, and a reader asked for since it was loaded, is loaded anew.
fn is_worth_it<A: App>(engine: &Engine<A>, job: &Job<Page<A>>) -> bool {
    let held = engine.memory.status(&A::WarmUp::key(&job.page), engine.now());
    match job.because {
        Because::Touched => held.is_some_and(|held| !held.is_true && held.is_read),
        Because::Started | Because::SignedIn => held.is_none_or(|held| !held.is_true),
    }
}

async fn first<A: App>(engine: &Engine<A>) -> Result<Vec<Page<A>>> {
    let mut reader = engine.database.begin_reading().await?;
    A::WarmUp::first(&mut reader).await.map_err(Into::<Error>::into)
}
