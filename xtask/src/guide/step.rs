//! Steps of the tutorial: fenced blocks that name a file. One in `diff` changes a file, any other is a new one.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

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

/// A file to be written or changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    path: String,
    is_diff: bool,
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
            continue;
        }
        // A reader of the page sees no more of the fence than what is inside.
        ensure!(above.contains(&format!("`{path}`")), "the line above the block does not name {path}: {above:?}");
        steps.push(Step { path: path.to_owned(), is_diff: language == "diff", text, part });
    }
    Ok(steps)
}

impl Step {
    /// Does it in these sources.
    pub(super) fn apply(&self, tree: &Path) -> Result<()> {
        let file = tree.join(&self.path);
        if !self.is_diff {
            ensure!(!file.exists(), "{} is there already", self.path);
            return Ok(fs::write(&file, self.text.join("\n") + "\n")?);
        }
        let old = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", self.path))?;
        let mut lines: Vec<String> = old.lines().map(str::to_owned).collect();
        for hunk in self.text.split(|line| line == "@@") {
            let side = |other| move |line: &&String| !line.starts_with(other);
            let text = |line: &'_ String| line.get(1..).unwrap_or_default().to_owned();
            let (before, after): (Vec<_>, Vec<_>) =
                (hunk.iter().filter(side('+')).map(text).collect(), hunk.iter().filter(side('-')).map(text).collect());
            let places: Vec<usize> =
                (0..lines.len()).filter(|&at| lines[at..].iter().take(before.len()).eq(before.iter())).collect();
            let [at] = places[..] else {
                anyhow::bail!("{}: {before:?} stands there {} times: mend the guide", self.path, places.len())
            };
            lines.splice(at..at + before.len(), after);
        }
        Ok(fs::write(&file, lines.join("\n") + "\n")?)
    }

    /// How many lines of code it adds, and how many in all that are not blank.
    pub(super) fn lines(&self) -> (usize, usize) {
        let added = self.text.iter().filter_map(|line| if self.is_diff { line.strip_prefix('+') } else { Some(line) });
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
        assert!(super::steps("```rust c.rs\nlet x;\n```").is_err(), "nobody sees which file");
    }
}
