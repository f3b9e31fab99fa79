//! Thousands who connect, and then ask all at once.

use std::collections::BTreeMap;

use tokio::{runtime, sync::Barrier, task::JoinSet, time::timeout};

use super::wire::{Fate, TIMEOUT, Wire, ask_on};

/// One in so many wants a page that is made for them, the others a file.
const ONE_IN: usize = 8;
const PAGE: &str = "/sign-in";
const FILE: &str = "/favicon.svg";

/// What became of them.
#[derive(Debug, Default)]
pub(crate) struct Crowd(BTreeMap<(&'static str, Fate), usize>);

impl Crowd {
    pub(crate) fn come(wire: &Wire, number: usize) -> Self {
        let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(come(*wire, number))
    }

    /// Each was answered or refused, and not all were refused.
    pub(crate) fn check(&self) {
        let known = |(_, fate): &(_, Fate)| *fate == Fate::Answered(200) || fate.is_refusal();
        assert!(self.0.keys().all(known), "neither answered nor refused: {self:?}");
        let answered = |path| self.0.get(&(path, Fate::Answered(200))).copied().unwrap_or_default();
        assert!(answered(PAGE) >= 100, "pages are made meanwhile: {self:?}");
        // About 4,000 connections there may be.
        assert!(answered(FILE) >= 2_500, "files need no render thread: {self:?}");
    }
}

async fn come(wire: Wire, number: usize) -> Crowd {
    let all_here = std::sync::Arc::new(Barrier::new(number));
    let mut asked = JoinSet::new();
    for place in 0..number {
        let path = if place % ONE_IN == 0 { PAGE } else { FILE };
        let all_here = all_here.clone();
        asked.spawn(async move {
            let stream = timeout(TIMEOUT, wire.connect()).await;
            all_here.wait().await;
            let fate = match stream {
                Ok(Ok(stream)) => ask_on(stream, path).await,
                Ok(Err(_)) => Fate::Closed,
                Err(_) => Fate::Forgotten,
            };
            (path, fate)
        });
    }
    let mut crowd = Crowd::default();
    for what in asked.join_all().await {
        *crowd.0.entry(what).or_default() += 1;
    }
    crowd
}
