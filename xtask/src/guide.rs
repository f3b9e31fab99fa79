//! The guide's tutorial, followed word by word in a copy: it compiles, its tests pass, and it is as
//! short as it says. Then a step of it is left out, and somebody notices.

mod step;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result, bail, ensure};

use self::step::{Part, Step, steps};
use crate::{mutants::take_copy, services, tally::Tally, tally::count, tools, wasm};

/// The guide.
const GUIDE: &str = "docs/cache-invalidation-guide.md";

/// A query, a mutation and a page take fewer lines of code than this.
const LINES: usize = 40;

/// What is left out or put wrong, and what is then said. The guide says so too.
struct Mistake {
    file: &'static str,
    /// Stands in the file once, after the tutorial.
    from: &'static str,
    to: &'static str,
    /// What cargo is asked to do: to check a package, or to run a test of the tutorial's.
    asked: &'static [&'static str],
    message: &'static str,
}

const MISTAKES: &[Mistake] = &[
    Mistake {
        file: "src/change.rs",
        from: "            Self::ChapterRead(user) => vec![Refresh(Tag::Viewer(*user))],\n",
        to: "",
        asked: &["check", "-p", "domain"],
        message: "non-exhaustive patterns: `&Change::ChapterRead(_)` not covered",
    },
    Mistake {
        file: "src/query/reads.rs",
        from: "    fn tags(&self, _: &u32) -> Tags {\n        Tags::of(Tag::Viewer(self.viewer), [])\n    }\n",
        to: "",
        asked: &["check", "-p", "domain"],
        message: "not all trait items implemented, missing: `tags`",
    },
    Mistake {
        file: "server/store/src/reads.rs",
        from: "        tx.commit(Change::ChapterRead(who), ()).await",
        to: "        Ok(())",
        asked: &["check", "-p", "store"],
        message: "expected `Envelope<Receipt<Quire>, (), Fresh<...>>`, found `()`",
    },
    Mistake {
        file: "app/src/api/community.rs",
        from: "    /// How many chapters the viewer has read.\n    fetch_reads \"fetch_reads\" Reads { viewer: UserId };\n",
        to: "",
        asked: &["check", "-p", "app", "--features", "ssr"],
        message: "the trait bound `Reads: Fetch` is not satisfied",
    },
    Mistake {
        file: "src/change.rs",
        from: "            Self::ChapterRead(user) => vec![Refresh(Tag::Viewer(*user))],",
        to: "            Self::ChapterRead(_) => vec![Refresh(Tag::Feed)],",
        asked: &["test", "-p", "store", "--test", "differential", "sqlite::count_a_chapter"],
        message: "without saying any of",
    },
];

/// Follows the tutorial.
pub(crate) fn test(tally: &mut Tally) -> Result<()> {
    services::install()?;
    wasm::install_target()?;
    let guide = fs::read_to_string(tools::root().join(GUIDE)).with_context(|| format!("{GUIDE} cannot be read"))?;
    check_links(&guide)?;
    let steps = steps(&guide)?;
    // Inside the repository, where cargo finds its configuration.
    let copy = Copy { tree: tools::root().join("target/guide/tree") };
    copy.begin()?;
    let (tutorial, more): (Vec<Step>, Vec<Step>) = steps.into_iter().partition(|step| step.part != Part::More);
    for step in &tutorial {
        step.apply(&copy.tree)?;
    }
    let lines = tutorial.iter().filter(|step| step.part == Part::Code).map(Step::lines);
    let (code, all) = lines.fold((0, 0), |sum, lines| (sum.0 + lines.0, sum.1 + lines.1));
    println!("the tutorial: {code} lines of code, {all} with imports, comments and closing brackets");
    ensure!(code < LINES, "{code} lines of code are not fewer than {LINES}");
    let figures = format!("{code} lines of code, {all} with");
    ensure!(guide.contains(&figures), "{GUIDE} does not say that it takes {figures} the rest");

    copy.make_mistakes(&guide, tally)?;
    tools::run(&mut copy.cargo(&["fmt", "--all", "--check"]))?;
    count(&mut copy.cargo(&["test", "--locked", "-p", "store", "--test", "differential", "count_a_chapter"]), tally)?;
    count(&mut copy.cargo(&["test", "--locked", "-p", "store", "--test", "shapes"]), tally)?;
    let tests = ["reads", "budgets", "api_docs", "privacy"].iter().flat_map(|test| ["--test", test]);
    let asked: Vec<_> = ["test", "--locked", "-p", "server"].into_iter().chain(tests).collect();
    count(&mut copy.cargo(&asked), tally)?;

    for step in &more {
        step.apply(&copy.tree)?;
    }
    tools::run(&mut copy.cargo(&["fmt", "--all", "--check"]))?;
    tools::run(&mut copy.cargo(&["check", "--locked", "-p", "frontend", "--target", wasm::TARGET]))
}

/// Sources that the tutorial is followed in.
struct Copy {
    tree: PathBuf,
}

impl Copy {
    /// The sources as they are, without what was made of them last time.
    fn begin(&self) -> Result<()> {
        let sound: BTreeSet<PathBuf> = take_copy(&self.tree)?.into_iter().collect();
        remove_others(&self.tree, &sound)?;
        // Cargo would read it, and that of the repository around it, and put their lists together.
        fs::remove_dir_all(self.tree.join(".cargo"))?;
        // Cargo tells two trees' packages apart by their versions only: see `cargo`.
        let manifest = self.tree.join("Cargo.toml");
        let text = fs::read_to_string(&manifest)?;
        let version = format!("[workspace.package]\nversion = \"{}\"", env!("CARGO_PKG_VERSION"));
        ensure!(text.matches(&version).count() == 1, "Cargo.toml has no {version:?}");
        fs::write(&manifest, text.replacen(&version, "[workspace.package]\nversion = \"0.0.0-guide\"", 1))?;
        tools::read(&mut self.cargo(&["update", "--workspace", "--offline"])).map(drop)
    }

    /// Each alone; the compiler finds it, in the words that the guide has.
    fn make_mistakes(&self, guide: &str, tally: &mut Tally) -> Result<()> {
        for Mistake { file, from, to, asked, message } in MISTAKES {
            ensure!(guide.contains(message), "{GUIDE} does not tell of {message:?}");
            let path = self.tree.join(file);
            let sound = fs::read_to_string(&path).with_context(|| format!("{file} cannot be read"))?;
            ensure!(sound.matches(from).count() == 1, "{file}: {from:?} does not stand there once");
            fs::write(&path, sound.replacen(from, to, 1))?;
            let output = self.cargo(asked).env("CARGO_TERM_COLOR", "never").output();
            fs::write(&path, sound)?;
            let output = output.context("cargo could not be started")?;
            let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
            ensure!(said.contains(message), "without {from:?} nobody says {message:?}:\n{said}");
            let from = from.lines().find(|line| !line.contains("///")).unwrap_or_default();
            println!("without `{}`: {message}", from.trim());
            *tally += Tally { passed: 1, failed: 0 };
        }
        Ok(())
    }

    /// A cargo that shares what is built of other people's packages, and keeps apart what is built of
    /// ours: they have another version here, and the programs go elsewhere.
    fn cargo(&self, arguments: &[&str]) -> std::process::Command {
        let mut cargo = tools::cargo(arguments);
        let out = self.tree.with_file_name("out");
        cargo.current_dir(&self.tree).env("CARGO_BUILD_BUILD_DIR", tools::target()).env("CARGO_TARGET_DIR", out);
        cargo.stdin(Stdio::null());
        cargo
    }
}

/// Files that nobody knows any more go.
fn remove_others(folder: &Path, known: &BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, known)?;
        } else if !known.contains(&path) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// What the guide links to is there.
fn check_links(guide: &str) -> Result<()> {
    let linked = guide.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    for link in linked.filter(|link| !link.is_empty() && !link.contains("://")) {
        if !tools::root().join("docs").join(link).exists() {
            bail!("{GUIDE} links to {link}, which is not there");
        }
    }
    Ok(())
}
