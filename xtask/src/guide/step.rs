//! Steps of the tutorial: fenced blocks. One in `diff` changes the file that it names, any other that names a file is
//! that whole file, and a line with `cargo xtask new` writes what it says.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail, ensure};

use crate::new::New;

/// How a line with a command for the tutorial begins.
const COMMAND: &str = "cargo xtask new ";

/// What a block belongs to, by the heading above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The query, the mutation and the page.
    Code,
    /// Their tests.
    Tests,
    /// What is said afterwards, and changes it.
    More,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Command,
    Diff,
    Whole,
}

/// Who wrote the lines of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writer {
    /// A command: the guide only shows them, and has to show them as they are.
    Command,
    Person,
}

/// A file to be written or changed, or a command that does so.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) path: String,
    kind: Kind,
    text: Vec<String>,
    pub(super) part: Part,
}

/// Every step in the guide, in order. Rust that names no file is nothing that could be tried.
pub(super) fn steps(guide: &str) -> Result<Vec<Step>> {
    let mut steps = vec![];
    let (mut part, mut above) = (Part::More, "");
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        part = match line {
            "## Tutorial" => Part::Code,
            "### Its tests" => Part::Tests,
            other if other.starts_with("## ") => Part::More,
            _ => part,
        };
        let fence: String = line.chars().take_while(|&mark| mark == '`').collect();
        if fence.len() < 3 {
            above = if line.is_empty() { above } else { line };
            continue;
        }
        let (language, path) = line[fence.len()..].split_once(' ').unwrap_or((&line[fence.len()..], ""));
        let text: Vec<String> = lines.by_ref().take_while(|line| *line != fence).map(str::to_owned).collect();
        if path.is_empty() {
            ensure!(!matches!(language, "rust" | "sql" | "diff"), "a block of {language} names no file: {text:?}");
            // A line may go on in the next one, as in a shell.
            let lines = text.join("\n").replace("\\\n", "");
            let commands = lines.lines().filter(|line| line.starts_with(COMMAND));
            steps.extend(commands.map(|line| Step {
                path: String::new(),
                kind: Kind::Command,
                text: vec![line.to_owned()],
                part,
            }));
            continue;
        }
        // A reader of the page sees no more of the fence than what is inside.
        ensure!(above.contains(&format!("`{path}`")), "the line above the block does not name {path}: {above:?}");
        let kind = if language == "diff" { Kind::Diff } else { Kind::Whole };
        steps.push(Step { path: path.to_owned(), kind, text, part });
    }
    Ok(steps)
}

impl Step {
    pub(super) fn is_command(&self) -> bool {
        self.kind == Kind::Command
    }

    /// Does it in these sources.
    pub(super) fn apply(&self, tree: &Path) -> Result<Writer> {
        match self.kind {
            Kind::Command => self.run(tree).map(|()| Writer::Command),
            Kind::Diff => self.change(&tree.join(&self.path)).map(|()| Writer::Person),
            Kind::Whole => self.put(&tree.join(&self.path)),
        }
    }

    fn run(&self, tree: &Path) -> Result<()> {
        for line in &self.text {
            let words = shlex::split(line).with_context(|| format!("no shell understands {line}"))?;
            // `cargo xtask` calls a program whose command line begins with `new`.
            New::parse_words(words.into_iter().skip(2))?.write(tree)?;
        }
        Ok(())
    }

    /// A whole file is a new one, or shows what a command wrote.
    fn put(&self, file: &Path) -> Result<Writer> {
        let text = self.text.join("\n") + "\n";
        if file.exists() {
            ensure!(fs::read_to_string(file)? == text, "{} is there already, and says something else", self.path);
            return Ok(Writer::Command);
        }
        fs::write(file, text)?;
        Ok(Writer::Person)
    }

    fn change(&self, file: &Path) -> Result<()> {
        let old = fs::read_to_string(file).with_context(|| format!("{} cannot be read", self.path))?;
        let mut lines: Vec<String> = old.lines().map(str::to_owned).collect();
        for hunk in self.text.split(|line| line == "@@") {
            let side = |other| move |line: &&String| !line.starts_with(other);
            let text = |line: &'_ String| line.get(1..).unwrap_or_default().to_owned();
            let (before, after): (Vec<_>, Vec<_>) =
                (hunk.iter().filter(side('+')).map(text).collect(), hunk.iter().filter(side('-')).map(text).collect());
            let places: Vec<usize> =
                (0..lines.len()).filter(|&at| lines[at..].iter().take(before.len()).eq(before.iter())).collect();
            let [at] = places[..] else {
                bail!("{}: {before:?} stands there {} times: mend the guide", self.path, places.len())
            };
            lines.splice(at..at + before.len(), after);
        }
        Ok(fs::write(file, lines.join("\n") + "\n")?)
    }

    /// How many lines of code it adds, and how many in all that are not blank.
    pub(super) fn lines(&self) -> (usize, usize) {
        let added = self
            .text
            .iter()
            .filter_map(|line| if self.kind == Kind::Diff { line.strip_prefix('+') } else { Some(line) });
        let added: Vec<&str> = added.map(str::trim).filter(|line| !line.is_empty()).collect();
        (added.iter().filter(|line| is_code(line)).count(), added.len())
    }
}

/// Whether a line says something: it is no comment, does not only name another file's items, and does
/// not only close what another line opened.
fn is_code(line: &str) -> bool {
    let names = |line: &str| line.chars().all(|mark| mark.is_alphanumeric() || "_:{}, ".contains(mark));
    let is_comment = line.starts_with("//");
    let is_import = ["use ", "pub use ", "mod "].iter().any(|word| line.starts_with(word))
        || line.ends_with(',') && names(line) && !line.contains(": ");
    let closes = line.starts_with("</") || line.chars().all(|mark| "(){}[];,".contains(mark));
    !(is_comment || is_import || closes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_code() {
        for line in [
            "let x = 1;",
            "#[component]",
            "pub struct Reads {",
            "pub viewer: UserId,",
            "ChapterRead(UserId),",
            "<Page>",
        ] {
            assert!(is_code(line), "{line}");
        }
        for line in [
            "//! Reads.",
            "use domain::Reads;",
            "mod reads;",
            "reads::Reads,",
            "cache::{use_mutation, use_query},",
            "}",
            "});",
            "</Page>",
        ] {
            assert!(!is_code(line), "{line}");
        }
    }

    #[test]
    fn steps_are_read_and_applied_once() {
        let guide = "# A\n```sh\nls\n```\n## Tutorial\n`a.txt`:\n\n````diff a.txt\n one\n+```\n-two\n@@\n+zero\n four\n````\n### Its tests\nIn `b.rs`:\n```rust b.rs\nlet x;\n```\n";
        let steps = steps(guide).expect("steps");
        assert_eq!(
            steps.iter().map(|step| (step.path.as_str(), step.part)).collect::<Vec<_>>(),
            [("a.txt", Part::Code), ("b.rs", Part::Tests)]
        );
        let tree = std::env::temp_dir().join(format!("quire-guide-{}", std::process::id()));
        fs::create_dir_all(&tree).expect("a folder");
        fs::write(tree.join("a.txt"), "one\ntwo\nthree\nfour\n").expect("a file");
        steps[0].apply(&tree).expect("applied");
        assert_eq!(fs::read_to_string(tree.join("a.txt")).expect("a file"), "one\n```\nthree\nzero\nfour\n");
        assert!(steps[0].apply(&tree).is_err(), "what it expects is no longer there");
        fs::remove_dir_all(&tree).expect("gone");
        assert!(super::steps("```rust\nlet x;\n```").is_err(), "nothing that could be tried");
        let commands = super::steps("```sh\nls\ncargo xtask new query a \\\n --of b:C\n```").expect("steps");
        assert_eq!(
            commands.iter().map(|step| step.text.concat()).collect::<Vec<_>>(),
            ["cargo xtask new query a  --of b:C"]
        );
        assert!(super::steps("```rust c.rs\nlet x;\n```").is_err(), "nobody sees which file");
    }
}
