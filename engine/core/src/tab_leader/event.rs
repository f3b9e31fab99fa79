//! What happens to a tab that takes part in its browser's line, and what is to be done then.

use crate::{
    directive::Directive,
    nouns::Nouns,
    receipt::Receipt,
    seq::Seq,
    subscription::{ServerMessage, Subscribe, TabMessage},
};

/// What happens to a tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineEvent<N: Nouns> {
    /// It leads from now on.
    Lead,
    /// Its line is there.
    Opened,
    /// Its line was cut, or could not be made.
    Closed,
    /// The server said this over its line.
    Said(ServerMessage<N::Tag>),
    /// Another tab said this.
    Heard(TabMessage<N>),
    /// A mutation of its own was acknowledged.
    Wrote(Receipt<N>),
    /// It holds these tags, each known up to a position.
    Held(Vec<(N::Tag, Seq)>),
    /// The pause before another try is over, or the network is back.
    Retry,
    /// Its page is closing, because it signed out.
    SignedOut,
    /// Its page is closing.
    Leaving,
    /// A second has passed, with its page in front.
    Tick,
    /// Its page is in front again, or whole again, or online again.
    Back,
}

/// What the holder of it must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineEffect<N: Nouns> {
    /// Make a line.
    Connect,
    /// Hang up.
    Disconnect,
    /// Send this over the line.
    Send(Subscribe<N::Tag>),
    /// Answer a beat.
    Here,
    /// Tell the other tabs.
    TellTabs(TabMessage<N>),
    /// Answer with [`LineEvent::Held`].
    SayHeld,
    /// Apply what was committed, within so many milliseconds.
    Apply(Seq, Vec<Directive<N::Tag>>, u32),
    /// Ask the server what became of all that is held.
    CatchUp,
    /// Ask the server whether the page's session is still there.
    AskSession,
    /// Try again after a random part of so many milliseconds, at least half.
    RetryWithin(u32),
    /// The line speaks, or doesn't.
    Line(bool),
}
