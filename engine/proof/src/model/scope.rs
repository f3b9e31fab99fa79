//! How much may happen in a model.

use crate::{database::Write, rows::Row};

/// The row of the question.
pub(super) const ASKED: Row = Row(0);
/// A row without questions.
pub(super) const OTHER: Row = Row(1);

/// How much may happen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Its name.
    pub name: &'static str,
    /// The writes, each by which client.
    pub writes: Vec<(usize, Write)>,
    /// How often Δ passes.
    pub ticks: u8,
    /// How often a clock lies.
    pub lies: u8,
    /// How often a node restarts.
    pub restarts: u8,
    /// How often the log is trimmed to its last fact.
    pub trims: u8,
    /// How often a tab is reloaded.
    pub reloads: u8,
    /// How often a node can't reach the database, or a client no node.
    pub failures: u8,
    /// How often the state at the beginning is restored.
    pub restores: u8,
    /// Whether the row is "not there" while it is withdrawn.
    pub vanishes: bool,
    /// Whether the second client runs our script.
    pub has_script: bool,
    /// How many questions each client may send to a node; what its cache answers is not counted.
    pub questions: u8,
    /// Whether there is a shared tier.
    pub shared: bool,
    /// How many loads are judged before one is taken unjudged.
    pub attempts: u8,
}

const EDIT: (usize, Write) = (0, Write::Edit(ASKED));
const WITHDRAW: (usize, Write) = (1, Write::Withdraw(ASKED));
const UNRELATED: (usize, Write) = (0, Write::Edit(OTHER));

impl Scope {
    fn new(name: &'static str, questions: u8, writes: &[(usize, Write)]) -> Self {
        Self {
            name,
            writes: writes.to_vec(),
            ticks: 0,
            lies: 0,
            restarts: 0,
            trims: 0,
            reloads: 0,
            failures: 0,
            restores: 0,
            vanishes: false,
            has_script: true,
            questions,
            shared: false,
            attempts: 1,
        }
    }

    /// All of them: each is small enough to be visited whole.
    pub fn all() -> Vec<Self> {
        let mut all = Self::short();
        all.extend([
            Self::new("races", 2, &[EDIT, WITHDRAW]),
            Self { shared: true, ..Self::new("shared tier", 2, &[EDIT, WITHDRAW]) },
            Self { ticks: 1, ..Self::new("lease, two questions", 2, &[WITHDRAW]) },
            Self { failures: 1, ..Self::new("failures, two writes", 1, &[EDIT, WITHDRAW]) },
            Self { restarts: 1, shared: true, ..Self::new("all writes, all losses", 1, &[EDIT, WITHDRAW, UNRELATED]) },
        ]);
        all
    }

    /// Those that are small enough for every test run: each rule's breaking is noticed in one of them.
    pub fn short() -> Vec<Self> {
        vec![
            Self { restarts: 1, shared: true, ..Self::new("restart", 1, &[EDIT]) },
            Self { reloads: 1, ..Self::new("reload", 2, &[EDIT]) },
            Self { trims: 1, ..Self::new("trimmed log", 1, &[EDIT, UNRELATED]) },
            Self { failures: 2, ..Self::new("failures", 2, &[WITHDRAW]) },
            Self { ticks: 1, ..Self::new("lease", 1, &[WITHDRAW]) },
            Self { vanishes: true, ..Self::new("not there", 2, &[WITHDRAW]) },
            Self { has_script: false, ..Self::new("without script", 2, &[EDIT, WITHDRAW]) },
            Self { ticks: 1, restores: 1, ..Self::new("older database", 1, &[EDIT]) },
            // The largest, so that what others notice is noticed before.
            Self { ticks: 1, lies: 1, ..Self::new("clocks", 1, &[WITHDRAW]) },
        ]
    }
}
