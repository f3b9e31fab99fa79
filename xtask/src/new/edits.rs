//! Edits of a tree of sources: made in memory, and saved together or not at all.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

/// Files that are written or changed.
#[derive(Debug)]
pub(super) struct Edits {
    tree: PathBuf,
    files: BTreeMap<String, String>,
}

impl Edits {
    pub(super) fn of(tree: &Path) -> Self {
        Self { tree: tree.to_owned(), files: BTreeMap::new() }
    }

    /// A new file.
    pub(super) fn create(&mut self, file: &str, text: String) -> Result<()> {
        ensure!(!self.exists(file), "{file} is there already");
        self.files.insert(file.to_owned(), text);
        Ok(())
    }

    pub(super) fn exists(&self, file: &str) -> bool {
        self.files.contains_key(file) || self.tree.join(file).exists()
    }

    /// Whether a word stands in a file.
    pub(super) fn says(&self, file: &str, word: &str) -> Result<bool> {
        let text = fs::read_to_string(self.tree.join(file)).with_context(|| format!("{file} cannot be read"))?;
        Ok(text.split(|mark: char| !(mark.is_alphanumeric() || mark == '_')).any(|said| said == word))
    }

    /// More lines before a line that stands there once.
    pub(super) fn before(&mut self, file: &str, line: &str, more: &str) -> Result<()> {
        self.replace(file, line, &format!("{more}\n{line}"))
    }

    /// More lines after a line that stands there once.
    pub(super) fn after(&mut self, file: &str, line: &str, more: &str) -> Result<()> {
        self.replace(file, line, &format!("{line}\n{more}"))
    }

    /// More text at the end.
    pub(super) fn append(&mut self, file: &str, more: &str) -> Result<()> {
        self.text(file)?.push_str(more);
        Ok(())
    }

    /// A module, at its place in the alphabet.
    pub(super) fn declare(&mut self, file: &str, visibility: &str, module: &str) -> Result<()> {
        let text = self.text(file)?;
        let start = format!("{visibility}mod ");
        let names = |line: &str| line.strip_prefix(&start).and_then(|rest| rest.strip_suffix(';')).map(str::to_owned);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let later = lines.iter().position(|line| names(line).is_some_and(|name| *name > *module));
        let last = lines.iter().rposition(|line| names(line).is_some());
        let at = later.or(last.map(|last| last + 1)).with_context(|| format!("{file} has no modules"))?;
        lines.insert(at, format!("{start}{module};"));
        *text = lines.join("\n") + "\n";
        Ok(())
    }

    /// More names of a crate, among those that the file uses already.
    pub(super) fn import(&mut self, file: &str, of: &str, names: &[String]) -> Result<()> {
        let text = self.text(file)?;
        let start = format!("\nuse {of}::");
        let (before, rest) = text.split_once(&start).with_context(|| format!("{file} uses nothing of {of}"))?;
        let (used, after) =
            rest.split_once(';').with_context(|| format!("{file} does not end what it uses of {of}"))?;
        let used = used.strip_prefix('{').and_then(|used| used.strip_suffix('}')).unwrap_or(used);
        let mut all: Vec<&str> = at_top_level(used);
        for name in names {
            if !all.contains(&name.as_str()) {
                all.push(name);
            }
        }
        *text = format!("{before}{start}{{{}}};{after}", all.join(", "));
        Ok(())
    }

    /// Writes them all, and names them.
    pub(super) fn save(self) -> Result<Vec<String>> {
        for (file, text) in &self.files {
            fs::write(self.tree.join(file), text).with_context(|| format!("{file} cannot be written"))?;
        }
        Ok(self.files.into_keys().collect())
    }

    fn replace(&mut self, file: &str, line: &str, by: &str) -> Result<()> {
        let text = self.text(file)?;
        let (whole, by) = (format!("\n{line}\n"), format!("\n{by}\n"));
        let found = text.matches(&whole).count();
        ensure!(found == 1, "{file}: {line:?} stands there {found} times, not once");
        *text = text.replacen(&whole, &by, 1);
        Ok(())
    }

    fn text(&mut self, file: &str) -> Result<&mut String> {
        if !self.files.contains_key(file) {
            let text = fs::read_to_string(self.tree.join(file)).with_context(|| format!("{file} cannot be read"))?;
            self.files.insert(file.to_owned(), text);
        }
        self.files.get_mut(file).with_context(|| format!("{file} is not there"))
    }
}

/// The names between commas that stand in no inner braces.
fn at_top_level(list: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let names = list.split(|mark| {
        match mark {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        mark == ',' && depth == 0
    });
    names.map(str::trim).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "a.rs";

    /// What a file that says this says afterwards; nothing, if the edit is refused.
    #[track_caller]
    fn check(before: &str, edit: impl FnOnce(&mut Edits) -> Result<()>, expected: Option<&str>) {
        let mut edits = Edits { tree: PathBuf::new(), files: [(FILE.to_owned(), before.to_owned())].into() };
        let after = edit(&mut edits).ok().map(|()| edits.files[FILE].as_str());
        assert_eq!(after, expected);
    }

    #[test]
    fn lines_stand_beside_a_line_that_is_there_once() {
        check("a\nb\nc\n", |edits| edits.before(FILE, "b", "x"), Some("a\nx\nb\nc\n"));
        check("a\nb\nc\n", |edits| edits.after(FILE, "b", "x\ny"), Some("a\nb\nx\ny\nc\n"));
        check("a\nb\nb c\n", |edits| edits.after(FILE, "b", "x"), Some("a\nb\nx\nb c\n"));
        check("a\nb\nc\nb\nd\n", |edits| edits.after(FILE, "b", "x"), None);
        check("a\nc\n", |edits| edits.after(FILE, "b", "x"), None);
    }

    #[test]
    fn modules_are_declared_in_order() {
        check(
            "//! A.\n\nmod b;\nmod d;\n\nuse x;\n",
            |edits| edits.declare(FILE, "", "c"),
            Some("//! A.\n\nmod b;\nmod c;\nmod d;\n\nuse x;\n"),
        );
        check("pub mod b;\n", |edits| edits.declare(FILE, "pub ", "c"), Some("pub mod b;\npub mod c;\n"));
        check("use x;\n", |edits| edits.declare(FILE, "", "c"), None);
    }

    #[test]
    fn names_join_those_that_are_used() {
        let more = |names: &'static [&'static str]| {
            move |edits: &mut Edits| {
                edits.import(FILE, "domain", &names.iter().map(ToString::to_string).collect::<Vec<_>>())
            }
        };
        check("\nuse domain::A;\n", more(&["B", "A"]), Some("\nuse domain::{A, B};\n"));
        check("\nuse domain::{\n    b::{C, D}, A,\n};\n", more(&["E"]), Some("\nuse domain::{b::{C, D}, A, E};\n"));
        check("\nuse other::A;\n", more(&["B"]), None);
    }

    #[test]
    fn a_file_that_is_there_stays() {
        check("a\n", |edits| edits.create(FILE, String::new()), None);
        check("a\n", |edits| edits.append(FILE, "b\n"), Some("a\nb\n"));
    }
}
