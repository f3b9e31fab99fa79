//! `cargo xtask model` and `cargo xtask sim`: the two checks, with tables.

use std::process::ExitCode;

use proof::{
    broken::Broken,
    model::{Scope, Sight, Small, notice},
    sim,
};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, otherwise: u64| {
        let value = arguments.iter().skip_while(|argument| *argument != name).nth(1);
        value.map_or(Ok(otherwise), |value| value.parse())
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let kept = match (arguments.first().map(String::as_str), number("--schedules", 100_000), number("--seed", 0)) {
        (Some("model"), Ok(_), Ok(_)) => model(threads),
        (Some("sim"), Ok(schedules), Ok(seed)) => simulate(schedules, seed, threads as u64),
        _ => {
            eprintln!("usage: proof model | proof sim [--schedules N] [--seed S]");
            false
        }
    };
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Visits every scope, then breaks each rule.
fn model(threads: usize) -> bool {
    let mut kept = true;
    let (mut states, mut seconds) = (0, 0.0);
    let mut sights = [0; Sight::ALL.len()];
    println!("{:<24} {:>10}  {:>7}  kept", "scope", "states", "seconds");
    for scope in Scope::all() {
        let small = Small::new(scope, None);
        let found = small.check(threads);
        println!("{:<24} {:>10}  {:>7.1}  {}", small.scope.name, found.states, found.seconds, verdict(&found));
        kept &= found.broken.is_none();
        (states, seconds) = (states + found.states, seconds + found.seconds);
        for (count, (sight, _)) in sights.iter_mut().zip(Sight::ALL) {
            *count += small.witness.count(sight);
        }
    }
    println!("{:<24} {states:>10}  {seconds:>7.1}\n\nseen to happen", "in all");
    for ((_, name), count) in Sight::ALL.iter().zip(sights) {
        println!("{count:>12}  {name}");
        kept &= count > 0;
    }
    println!("\n{:<34} {:<46} {:<32} in (after)", "rule", "broken", "noticed by");
    for broken in Broken::ALL.into_iter().filter(|broken| broken.is_modelled()) {
        let noticed = notice(broken, &Scope::short(), threads);
        let by = noticed.as_ref().and_then(|noticed| noticed.found.broken.as_ref());
        let name = by.map_or("NOBODY", |(promise, _)| promise.name());
        let place = noticed.as_ref().map_or("", |noticed| noticed.scope);
        let steps = by.map_or(0, |(_, path)| path.len());
        println!("{:<34} {:<46} {name:<32} {place} ({steps} steps)", broken.rule(), broken.how());
        kept &= noticed.is_some();
    }
    kept
}

fn verdict(found: &proof::model::Found) -> String {
    match &found.broken {
        None => "every promise".into(),
        Some((promise, path)) => format!("NOT: {}\n    {}", promise.name(), path.join("\n    ")),
    }
}

/// Plays so many schedules; then as many for each broken rule, until it is noticed.
fn simulate(schedules: u64, seed: u64, threads: u64) -> bool {
    let played = sim::play(schedules, seed, None, threads);
    println!(
        "{} schedules from seed {seed}: {} answers shown, {} of them marked, {} \"not there\"; an older database was \
         noticed {} times; pages were looked at {} times, {} of them unsure; {:.1} s",
        played.schedules,
        played.shown,
        played.marked,
        played.not_there,
        played.set_back,
        played.looked,
        played.unsure,
        played.seconds
    );
    if let Some((seed, promise)) = played.broken {
        let (trace, _) = sim::replay(seed, None);
        println!("seed {seed} breaks a promise: {}\n{}", promise.name(), trace.join("\n"));
        return false;
    }
    println!("every promise was kept\n\n{:<34} {:<46} {:<32} seed", "rule", "broken", "noticed by");
    let mut noticed = true;
    for broken in Broken::ALL {
        let found = sim::play(schedules, seed, Some(broken), threads).broken;
        let name = found.map_or("NOBODY", |(_, promise)| promise.name());
        println!(
            "{:<34} {:<46} {name:<32} {}",
            broken.rule(),
            broken.how(),
            found.map_or(String::new(), |(seed, _)| seed.to_string())
        );
        noticed &= found.is_some();
    }
    noticed
}
