//! The browsers and nodes of a schedule, and their requests under way.

use std::{collections::BTreeSet, sync::Arc};

use crate::nouns::{CatchUp, Tag};
use abreast_core::{Asked, Clocks, Millis, Seq};

use crate::{
    clocks::Watch,
    database::{Database, Fact, Write},
    node::Node,
    reading::Reading,
    tab::{Jar, Tab},
};

/// An event at a moment. Numbers are places in the lists of requests under way.
#[derive(Debug, Clone)]
pub(super) enum Happening {
    /// An action or a fault: which one, is decided then.
    Begin,
    /// A question reaches its node, or the node goes on with it.
    Step(usize),
    /// Its answer reaches the tab.
    Answer(usize),
    /// A write reaches its node.
    Commit(usize),
    /// Its rows are written apart, where rule 1 is broken.
    WriteRows(usize),
    /// Its node tells itself, and pushes.
    Tell(usize),
    /// Its answer reaches the tab.
    Acknowledge(usize),
    /// A push reaches a node.
    Push(usize, Arc<Fact>),
    /// A backup takes the place of the database.
    Restore,
    /// A node that serves reads the log, with or without questions: in this life of it.
    Follow(usize, u32),
    /// A clock that stood still goes on: a browser's, or a node's.
    BrowserClockGoesOn(usize),
    NodeClockGoesOn(usize),
    /// A catch-up is read.
    CatchUp(usize),
    /// Its answer reaches the tab.
    CaughtUp(usize),
}

/// A browser.
#[derive(Debug)]
pub(super) struct Browser {
    pub(super) jar: Jar,
    pub(super) tabs: Vec<OpenTab>,
    /// Until when it is offline.
    pub(super) offline: Millis,
    /// What its tabs read their leases by.
    pub(super) watch: Watch,
    /// Whether it runs our script. One that doesn't has a cookie and nothing else, and does one thing at a time.
    pub(super) has_script: bool,
}

impl Browser {
    /// With so many tabs.
    pub(super) fn open(tabs: usize) -> Self {
        let mut jar = Jar::default();
        let tabs = (0..tabs).map(|_| OpenTab::open(&mut jar, 0)).collect();
        Self { jar, tabs, offline: Millis(0), watch: Watch::default(), has_script: true }
    }

    /// Without our script.
    pub(super) fn open_without_script() -> Self {
        Self { has_script: false, ..Self::open(1) }
    }

    /// Whether it waits for a page, and can do nothing else.
    pub(super) fn is_busy(&self) -> bool {
        !self.has_script && self.tabs.iter().any(|open| !open.waits.is_empty())
    }
}

/// A tab that is open.
#[derive(Debug)]
pub(super) struct OpenTab {
    pub(super) tab: Tab,
    /// Goes up with each reload: earlier questions belong to no page any more.
    pub(super) life: u32,
    /// The questions whose answers a person waits for.
    pub(super) waits: BTreeSet<usize>,
}

impl OpenTab {
    /// Opened, or reloaded.
    pub(super) fn open(jar: &mut Jar, life: u32) -> Self {
        Self { tab: Tab::open(jar), life, waits: BTreeSet::new() }
    }
}

/// A process.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) node: Node,
    /// Goes up with each restart.
    pub(super) life: u32,
    /// Until when it can't reach the database.
    pub(super) blind: Millis,
    /// What it reads its lease by.
    pub(super) watch: Watch,
}

impl Server {
    /// It starts.
    pub(super) fn start(database: &Database) -> Self {
        Self { node: Node::start(database), life: 0, blind: Millis(0), watch: Watch::default() }
    }
}

/// Whose something is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whose {
    pub(super) browser: usize,
    pub(super) tab: usize,
    pub(super) life: u32,
}

/// A question under way.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) whose: Whose,
    pub(super) question: usize,
    /// When it was asked; and what was known then, by its browser's clocks.
    pub(super) at: Millis,
    pub(super) asked: Asked,
    pub(super) node: usize,
    /// The node's life when it arrived, and how much it had told itself.
    pub(super) arrived: Option<(u32, usize)>,
    pub(super) reading: Reading,
}

/// A write under way.
#[derive(Debug)]
pub(super) struct Writing {
    pub(super) whose: Whose,
    pub(super) node: usize,
    pub(super) writes: Vec<Write>,
    /// The node's life when it was committed, and its fact.
    pub(super) fact: Option<(u32, Arc<Fact>)>,
}

/// A catch-up under way.
#[derive(Debug)]
pub(super) struct Catching {
    pub(super) whose: Whose,
    /// When it was asked, and by its browser's clocks.
    pub(super) asked: Millis,
    pub(super) clocks: Clocks,
    pub(super) since: Seq,
    pub(super) tags: Vec<Tag>,
    pub(super) caught: Option<CatchUp>,
}
