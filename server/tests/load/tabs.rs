//! Real browsers beside it: `end2end/load.ts`, which follows the same walk in Chromium.

use std::{
    fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use serde::Deserialize;
use serde_json::json;

use super::{Stage, report};

/// The browsers, while they are open.
pub(crate) struct Tabs {
    playwright: Child,
    told: PathBuf,
}

/// What their pages at `/debug/cache` said in the end, added up.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Told {
    pub(crate) visits: u64,
    pub(crate) pages: u64,
    /// Questions that the screen or localStorage answered.
    pub(crate) hits: u64,
    /// Questions that had to be asked.
    pub(crate) misses: u64,
    /// Answers that were there before anybody asked, as far as the page says so.
    pub(crate) ahead: u64,
    /// What went wrong in them: errors, and what was put on the console as one.
    pub(crate) complaints: u64,
}

impl Tabs {
    /// Opens them, where there is something to open them with.
    pub(crate) fn open(stage: &Stage) -> Option<Self> {
        let playwright = stage.options.playwright.as_ref()?;
        let told = report::folder().join("browser.json");
        fs::remove_file(&told).ok();
        let popular: Vec<String> = stage.library.stories.iter().map(|story| story.id.to_string()).collect();
        let task = json!({"url": stage.node.base, "seconds": stage.options.long.as_secs(),
            "seed": stage.options.seed, "told": told, "popular": popular,
            "manager": stage.library.manager, "member": stage.library.members[0].token.as_str()});
        let playwright = Command::new(playwright)
            .args(["test", "--config", "load.config.ts"])
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../end2end"))
            .env("QUIRE_LOAD_TASK", task.to_string())
            .stdin(Stdio::null())
            .spawn()
            .expect("Playwright");
        Some(Self { playwright, told })
    }

    /// Waits until they have said what they did; `None` if something went wrong, which is on the
    /// terminal then.
    pub(crate) fn close(mut self) -> Option<Told> {
        let ended = self.playwright.wait().expect("an end");
        ended.success().then(|| {
            let told = fs::read_to_string(&self.told).expect("what the browsers told");
            serde_json::from_str(&told).expect("counts")
        })
    }
}

impl Told {
    /// How much of what was asked a browser had.
    pub(crate) fn hit_rate(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
        let rate = self.hits as f64 / (self.hits + self.misses).max(1) as f64;
        rate
    }
}
