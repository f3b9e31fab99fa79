//! A copy of the sources, to be changed and then built.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::tools;

/// The packages of the server's half. Single ones (`-p store`) would have other features of the same
/// dependencies compiled anew.
pub(crate) const SERVER_HALF: [&str; 3] = ["--workspace", "--exclude", "frontend"];

/// Sources inside the repository, where cargo finds its configuration.
pub(crate) struct Copy {
    folder: PathBuf,
}

impl Copy {
    /// The sources as they are. What is the same as last time is left alone, so that a second run is quick;
    /// what was made of them last time goes.
    pub(crate) fn take(name: &str) -> Result<Self> {
        let copy = Self { folder: tools::target().join(name) };
        let tree = copy.tree();
        let listed =
            tools::read(tools::command("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
        // Cargo reads the configuration of the repository around it, too, and would put their lists together.
        let sound: BTreeSet<&str> = listed.lines().filter(|file| !file.starts_with(".cargo/")).collect();
        for file in &sound {
            // What was deleted and not yet committed is still listed.
            if let Ok(mut sound) = fs::read(tools::root().join(file)) {
                if *file == "Cargo.toml" {
                    sound = renamed(&String::from_utf8(sound)?, name)?.into_bytes();
                }
                copy.put(file, &sound)?;
            }
        }
        remove_others(&tree, &sound.into_iter().map(|file| tree.join(file)).collect())?;
        tools::read(&mut copy.cargo(&["update", "--workspace", "--offline"]))?;
        Ok(copy)
    }

    /// Where the sources are.
    pub(crate) fn tree(&self) -> PathBuf {
        self.folder.join("tree")
    }

    fn put(&self, file: &str, sound: &[u8]) -> Result<()> {
        let path = self.tree().join(file);
        if fs::read(&path).ok().as_deref() != Some(sound) {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, sound).with_context(|| format!("{} cannot be written", path.display()))?;
        }
        Ok(())
    }

    /// Changes a file for as long as the copy lives.
    pub(crate) fn change(&self, file: &str, change: impl FnOnce(&str) -> Result<String>) -> Result<()> {
        let path = self.tree().join(file);
        let text = fs::read_to_string(&path).with_context(|| format!("{file} cannot be read"))?;
        Ok(fs::write(&path, change(&text)?)?)
    }

    /// Has `run` look at the sources while a file says `to` where it said `from`, once.
    pub(crate) fn while_changed<T>(
        &self,
        file: &str,
        from: &str,
        to: &str,
        run: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let path = self.tree().join(file);
        let sound = fs::read_to_string(&path).with_context(|| format!("{file} cannot be read"))?;
        let found = sound.matches(from).count();
        ensure!(found == 1, "{file}: {from:?} stands there {found} times, not once");
        fs::write(&path, sound.replacen(from, to, 1))?;
        let result = run();
        fs::write(&path, sound)?;
        result
    }

    /// A cargo that shares what is built of other people's packages, and keeps apart what is built of
    /// ours: they have another version here, and the programs go elsewhere.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = tools::cargo(arguments);
        let out = self.folder.join("out");
        cargo.current_dir(self.tree()).env("CARGO_BUILD_BUILD_DIR", tools::target()).env("CARGO_TARGET_DIR", out);
        cargo.stdin(Stdio::null());
        cargo
    }
}

/// The manifest with another version, by which alone cargo tells two trees' packages apart.
fn renamed(manifest: &str, name: &str) -> Result<String> {
    let version = format!("[workspace.package]\nversion = \"{}\"", env!("CARGO_PKG_VERSION"));
    ensure!(manifest.matches(&version).count() == 1, "Cargo.toml has no {version:?}");
    // A package that may be published names the versions of ours that it needs.
    let (needed, needs) =
        (format!("version = \"{}\" }}", env!("CARGO_PKG_VERSION")), format!("version = \"0.0.0-{name}\" }}"));
    let manifest = manifest.replacen(&version, &format!("[workspace.package]\nversion = \"0.0.0-{name}\""), 1);
    Ok(manifest.replace(&needed, &needs))
}

/// Removes the files that git doesn't list.
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
