//! The guide's tutorial, followed word by word in a copy: what its commands write doesn't compile before it is
//! decided; then it compiles, its tests pass, and it is as short as it says. Then a step of it is left out, and the
//! compiler or a test notices.

mod step;

use std::{collections::BTreeSet, fs};

use anyhow::{Context, Result, bail, ensure};

use self::step::{Part, Step, Writer, steps};
use crate::{
    copy::{Copy, SERVER_HALF},
    mutants, services,
    tally::Tally,
    tally::count,
    tools, wasm,
};

/// The guide.
const GUIDE: &str = "docs/cache-invalidation-guide.md";

/// A query, a mutation and a page take fewer lines of code than this, written by hand in no more files than these.
const LINES: usize = 20;
const FILES: usize = 3;

/// What the compiler asks for after the commands, before anything is written by hand.
const UNDECIDED: [&str; 2] = ["error: read the answer", "error: change the rows"];

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
        file: "src/change/directives.rs",
        from: "            Self::ChapterRead(user) => vec![Refresh(Tag::Viewer(*user))],\n",
        to: "",
        asked: &["check"],
        message: "non-exhaustive patterns: `&change::Change::ChapterRead(_)` not covered",
    },
    Mistake {
        file: "src/query/reads.rs",
        from: "    fn tags(&self, _: &u32) -> Tags {\n        Tags::of(Tag::Viewer(self.viewer), [])\n    }\n",
        to: "",
        asked: &["check"],
        message: "not all trait items implemented, missing: `tags`",
    },
    Mistake {
        file: "server/store/src/reads.rs",
        from: "        tx.commit(Change::ChapterRead(user), ()).await",
        to: "        Ok(())",
        asked: &["check"],
        message: "expected `Envelope<Receipt<Quire>, (), Fresh<...>>`, found `()`",
    },
    Mistake {
        file: "src/query/registry.rs",
        from: "            /// How many chapters a person has read.\n            fetch_reads \"fetch_reads\" Reads { viewer: UserId };\n",
        to: "",
        asked: &["check"],
        message: "the trait bound `Reads: Fetch<_>` is not satisfied",
    },
    Mistake {
        file: "src/change/directives.rs",
        from: "            Self::ChapterRead(user) => vec![Refresh(Tag::Viewer(*user))],",
        to: "            Self::ChapterRead(_) => vec![Refresh(Tag::Feed)],",
        asked: &["test", "--test", "store", "differential::sqlite::count_a_chapter"],
        message: "without saying any of",
    },
];

/// Follows the tutorial. Its copy has the broken rules in it, switched off: what is built here is built for
/// [`mutants::test`] too.
pub(crate) fn test(tally: &mut Tally) -> Result<Copy> {
    services::install()?;
    wasm::install_target()?;
    let guide = fs::read_to_string(tools::root().join(GUIDE)).with_context(|| format!("{GUIDE} cannot be read"))?;
    check_links(&guide)?;
    let steps = steps(&guide)?;
    let copy = Copy::take("copy")?;
    let (tutorial, more): (Vec<Step>, Vec<Step>) = steps.into_iter().partition(|step| step.part != Part::More);
    let (commands, steps): (Vec<Step>, Vec<Step>) = tutorial.into_iter().partition(Step::is_command);
    run_commands(&copy, &commands)?;
    let mut by_hand = vec![];
    for step in &steps {
        if step.apply(&copy.tree())? == Writer::Person {
            by_hand.push(step);
        }
    }
    measure(&guide, &by_hand)?;
    tools::run(&mut copy.cargo(&["fmt", "--all", "--check"]))?;
    mutants::put_into(&copy)?;

    make_mistakes(&copy, &guide, tally)?;
    for (target, tests) in [
        ("store", vec!["::count_a_chapter", "shapes::"]),
        ("http", vec!["reads::", "budgets::", "api_docs::", "privacy::"]),
    ] {
        let asked = ["test", "--locked"].into_iter().chain(SERVER_HALF).chain(["--test", target, "--"]).chain(tests);
        count(&mut copy.cargo(&asked.collect::<Vec<_>>()), tally)?;
    }

    let another = Copy::take("more")?;
    for step in &commands {
        step.apply(&another.tree())?;
    }
    tools::run(&mut another.cargo(&["fmt", "--all"]))?;
    for step in steps.iter().chain(&more) {
        step.apply(&another.tree())?;
    }
    tools::run(&mut another.cargo(&["fmt", "--all", "--check"]))?;
    tools::run(&mut another.cargo(&["check", "--locked", "-p", "frontend", "--target", wasm::TARGET]))?;
    Ok(copy)
}

/// What the commands write doesn't compile: the compiler names what is to be decided.
fn run_commands(copy: &Copy, commands: &[Step]) -> Result<()> {
    for command in commands {
        command.apply(&copy.tree())?;
    }
    tools::run(&mut copy.cargo(&["fmt", "--all"]))?;
    let said = said(copy, &[&["check", "--locked"], &SERVER_HALF[..]].concat())?;
    for message in UNDECIDED {
        ensure!(said.contains(message), "after the commands the compiler doesn't say {message:?}:\n{said}");
    }
    Ok(())
}

/// The guide says how much is written by hand.
fn measure(guide: &str, by_hand: &[&Step]) -> Result<()> {
    let code: Vec<&&Step> = by_hand.iter().filter(|step| step.part == Part::Code).collect();
    let files = code.iter().map(|step| &step.path).collect::<BTreeSet<_>>().len();
    let (lines, all) = code.iter().map(|step| step.lines()).fold((0, 0), |sum, step| (sum.0 + step.0, sum.1 + step.1));
    println!(
        "the tutorial, by hand: {lines} lines of code in {files} files, {all} with imports, comments and closing brackets"
    );
    ensure!(
        lines < LINES && files <= FILES,
        "{lines} lines of code in {files} files are more than the tutorial should take"
    );
    let figures = format!("{lines} lines of code in {files} files, {all} with");
    ensure!(guide.contains(&figures), "{GUIDE} does not say that it takes {figures} the rest");
    Ok(())
}

/// Each alone; the compiler or a test finds it, in the words that the guide has.
fn make_mistakes(copy: &Copy, guide: &str, tally: &mut Tally) -> Result<()> {
    for Mistake { file, from, to, asked, message } in MISTAKES {
        ensure!(guide.contains(message), "{GUIDE} does not tell of {message:?}");
        let [verb, which @ ..] = asked else { bail!("{file}: cargo is asked nothing") };
        let asked: Vec<&str> =
            [*verb, "--locked"].into_iter().chain(SERVER_HALF).chain(which.iter().copied()).collect();
        let said = copy.while_changed(file, from, to, || self::said(copy, &asked))?;
        ensure!(said.contains(message), "without {from:?} nobody says {message:?}:\n{said}");
        let from = from.lines().find(|line| !line.contains("///")).unwrap_or_default();
        println!("without `{}`: {message}", from.trim());
        *tally += Tally { passed: 1, failed: 0 };
    }
    Ok(())
}

/// What cargo says, whether or not it succeeds.
fn said(copy: &Copy, asked: &[&str]) -> Result<String> {
    let mut cargo = copy.cargo(asked);
    let output = cargo.env("CARGO_TERM_COLOR", "never").output().context("cargo could not be started")?;
    Ok((String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr)).into_owned())
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
