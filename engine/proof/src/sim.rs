//! The simulation: chance schedules of a world with many nodes, browsers, tabs, rows and faults.

mod cast;
mod chance;
mod looking;
mod oracle;
mod play;
mod schedule;

use std::{
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::Instant,
};

use self::{looking::Looking, play::Play};
use crate::{broken::Broken, promise::Promise};

/// Schedules that were played.
#[derive(Debug)]
pub struct Played {
    /// How many.
    pub schedules: u64,
    /// How many answers were shown.
    pub shown: u64,
    /// How many of them were marked.
    pub marked: u64,
    /// How many of them were "not there".
    pub not_there: u64,
    /// How often an older database was noticed.
    pub set_back: u64,
    /// How often a page in front was looked at.
    pub looked: u64,
    /// How often one said that it may be old.
    pub unsure: u64,
    /// Seconds it took.
    pub seconds: f32,
    /// The lowest seed that broke a promise.
    pub broken: Option<(u64, Promise)>,
}

/// Plays so many schedules, from this seed on, and stops soon after the first broken promise.
pub fn play(schedules: u64, seed: u64, broken: Option<Broken>, threads: u64) -> Played {
    let began = Instant::now();
    let [shown, marked, not_there, set_back, looked, unsure, played] = [const { AtomicU64::new(0) }; 7];
    let lowest = AtomicU64::new(u64::MAX);
    thread::scope(|scope| {
        for thread in 0..threads {
            let (shown, marked, not_there, set_back) = (&shown, &marked, &not_there, &set_back);
            let (looked, unsure, played, lowest) = (&looked, &unsure, &played, &lowest);
            scope.spawn(move || {
                for number in (thread..schedules).step_by(usize::try_from(threads).unwrap_or(1)) {
                    if lowest.load(Ordering::Relaxed) < seed + number {
                        return;
                    }
                    let mut play = Play::of(seed + number, broken, false);
                    let mut looking = Looking::of(seed + number, broken, false);
                    if play.run().or_else(|| looking.run()).is_some() {
                        lowest.fetch_min(seed + number, Ordering::Relaxed);
                    }
                    shown.fetch_add(play.shown, Ordering::Relaxed);
                    marked.fetch_add(play.marked, Ordering::Relaxed);
                    not_there.fetch_add(play.not_there, Ordering::Relaxed);
                    set_back.fetch_add(play.set_back, Ordering::Relaxed);
                    looked.fetch_add(looking.looked, Ordering::Relaxed);
                    unsure.fetch_add(looking.unsure, Ordering::Relaxed);
                    played.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    let lowest = lowest.into_inner();
    let broken = (lowest < u64::MAX).then(|| replay(lowest, broken).1.map(|promise| (lowest, promise)));
    Played {
        schedules: played.into_inner(),
        shown: shown.into_inner(),
        marked: marked.into_inner(),
        not_there: not_there.into_inner(),
        set_back: set_back.into_inner(),
        looked: looked.into_inner(),
        unsure: unsure.into_inner(),
        seconds: began.elapsed().as_secs_f32(),
        broken: broken.flatten(),
    }
}

/// Plays the schedule of one seed again, and says what happened.
pub fn replay(seed: u64, broken: Option<Broken>) -> (Vec<String>, Option<Promise>) {
    let mut play = Play::of(seed, broken, true);
    if let Some(promise) = play.run() {
        return (play.trace(), Some(promise));
    }
    let mut looking = Looking::of(seed, broken, true);
    let promise = looking.run();
    ([play.trace(), looking.trace()].concat(), promise)
}
