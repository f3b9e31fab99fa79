//! What is not pure: what time it is, and chance.
//!
//! Leases are read by two clocks ([`clocks`]), everything else that is told a time by the wall's.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use abreast_core::{Clocks, Millis};

/// Now.
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Now, by the wall clock and by one that counts suspended time, too: Rust's own `Instant` may not.
pub fn clocks() -> Clocks {
    Clocks { wall: now(), monotonic: monotonic() }
}

/// Milliseconds since the machine was started.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn monotonic() -> Millis {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    Millis(now.tv_sec.saturating_mul(1_000).saturating_add(now.tv_nsec / 1_000_000))
}

/// Milliseconds since this was asked first. Where it stands still in a machine that sleeps, the wall
/// clock tells.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn monotonic() -> Millis {
    static BEGINNING: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    Millis(i64::try_from(BEGINNING.elapsed().as_millis()).unwrap_or(i64::MAX))
}

/// Now, and later than every moment given out before: for what is listed by its time.
pub fn tick() -> Millis {
    static LAST: AtomicI64 = AtomicI64::new(0);
    let now = now().0;
    let next = |last: i64| now.max(last + 1);
    let last = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(next(last)));
    Millis(last.map_or(now, next))
}

/// Bits for a new id, as in `LogId::from_bits(new_bits())`. The primary key refuses the one
/// collision in 2^64.
pub fn new_bits() -> u64 {
    rand::random()
}
