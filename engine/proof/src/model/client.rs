//! A browser with one tab, and what it has seen.

use std::sync::Arc;

use crate::nouns::{CatchUp, Tag};
use abreast_core::{Clocks, Millis, Seq};

use crate::{
    clocks::Watch,
    database::{Fact, Write},
    reading::Reading,
    tab::{Jar, Tab},
};

/// A browser.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Client {
    /// What outlives its tab.
    pub jar: Jar,
    /// Its tab.
    pub tab: Tab,
    /// Its clocks.
    pub watch: Watch,
    /// Whether it runs our script. One that doesn't has a cookie and nothing else, and does one thing at a time.
    pub has_script: bool,
    /// A person waits for an answer.
    pub waits: bool,
    /// Its question under way.
    pub call: Option<Call>,
    /// Its catch-up under way.
    pub catching: Option<Catching>,
    /// Its write under way.
    pub writing: Option<Writing>,
    /// How many more questions it may send.
    pub questions: u8,
    /// The writes it has yet to do.
    pub todo: Vec<Write>,
    /// Whether it has begun one.
    pub has_written: bool,
    /// What must hold for it.
    pub history: History,
}

/// What it knows to be true, by the rules of arithmetic only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct History {
    /// The last change of the row by itself that was acknowledged.
    pub wrote: Seq,
    /// The newest it was shown.
    pub shown: Seq,
}

/// A question under way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Call {
    /// When it was asked, and by its browser's clocks.
    pub at: Millis,
    pub clocks: Clocks,
    /// What had been seen then.
    pub seen: Seq,
    /// The node that has it.
    pub node: Option<usize>,
    /// How far it is there.
    pub reading: Reading,
    /// What its node had committed when it arrived.
    pub committed: Seq,
}

/// A catch-up under way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Catching {
    /// When it was asked, and by its browser's clocks.
    pub at: Millis,
    pub clocks: Clocks,
    /// The question, or its answer.
    pub stage: CatchStage,
}

/// How far a catch-up is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum CatchStage {
    /// Asked: since which position, about which tags.
    Asked(Seq, Vec<Tag>),
    /// On its way back.
    Read(CatchUp),
}

/// A write under way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Writing {
    /// Where it was committed.
    pub node: usize,
    /// Its fact.
    pub fact: Arc<Fact>,
    /// The kind of change.
    pub write: Write,
    /// Whether its rows are written.
    pub rows: bool,
    /// Whether the node has told itself, and the answer is on its way.
    pub told: bool,
}
