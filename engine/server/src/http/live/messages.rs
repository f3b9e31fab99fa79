//! How many messages a browser may send.

use std::time::{Duration, Instant};

/// So many may come at once, and one more each so often.
const BURST: u32 = 30;
const REFILL: Duration = Duration::from_millis(200);

/// The messages that one connection may still send.
pub(super) struct Messages {
    left: u32,
    since: Instant,
}

/// There were too many.
#[derive(Debug)]
pub(super) struct Flood;

impl Messages {
    /// One came.
    pub(super) fn take(&mut self) -> Result<(), Flood> {
        let refilled = self.since.elapsed().as_millis() / REFILL.as_millis();
        if let Ok(refilled @ 1..) = u32::try_from(refilled) {
            self.left = self.left.saturating_add(refilled).min(BURST);
            self.since = Instant::now();
        }
        self.left = self.left.checked_sub(1).ok_or(Flood)?;
        Ok(())
    }
}

impl Default for Messages {
    fn default() -> Self {
        Self { left: BURST, since: Instant::now() }
    }
}

#[test]
fn a_burst_is_heard_and_a_flood_is_not() {
    let mut messages = Messages::default();
    assert!((0..BURST).all(|_| messages.take().is_ok()));
    assert!(messages.take().is_err());
}
