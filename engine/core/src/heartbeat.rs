//! Heartbeats: a line is live only while it speaks, so both ends send a short message every few seconds.

/// How often a server says so, in milliseconds, with the head of its log; if it can't know that, it is silent. A page
/// that comes back hears two within its grace.
pub const BEAT: u32 = 1_500;

/// So many beats in a row that a browser leaves unanswered end its line.
pub const UNANSWERED: u32 = 3;

/// What a browser answers to a beat.
pub const HERE: &str = "\"here\"";

/// A page in front counts its seconds, by a timer that stands still when the page does. After so many seconds without
/// a message the line is not trusted: the page confirms its screen by asking, and again as often.
pub(crate) const MAX_SILENCE: u32 = 5;

/// A tab that passes on what its line says, and was silent for so many seconds, two beats, may have
/// stood still: what it says first may be old.
pub(crate) const STALLED: u32 = 3;

/// A line that was just cut, or a page that was just hidden, has so many seconds to speak: a server that
/// is started anew is back sooner.
pub(crate) const GRACE: u32 = 4;
