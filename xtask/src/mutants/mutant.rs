//! One rule, broken.

use anyhow::{Result, ensure};

/// A way to break a rule.
#[derive(Debug)]
pub(super) struct Mutant {
    /// The rule, by its number in `docs/ARCHITECTURE.md`.
    pub(super) rule: &'static str,
    /// In words.
    pub(super) broken: &'static str,
    pub(super) file: &'static str,
    /// Stands in the file once. Between « and » stands the expression, or the statement, that is replaced. Without them
    /// all of it is replaced, and the mutant is built alone: it does not compile.
    pub(super) from: &'static str,
    /// What the replaced part becomes.
    pub(super) to: &'static str,
    pub(super) expected: Expected,
}

/// What must happen then.
#[derive(Debug, Clone, Copy)]
pub(super) enum Expected {
    /// This test fails; `within` says to cargo which program it stands in.
    TestFails { within: &'static [&'static str], test: &'static str },
    /// It does not compile, with this error.
    DoesNotCompile { code: &'static str },
}

impl Expected {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::TestFails { test, .. } => test,
            Self::DoesNotCompile { code, .. } => code,
        }
    }
}

/// The variable that says which mutant of a build is on. Only the copy asks for it.
pub(super) const IS_ON: &str = "MUTANT";

impl Mutant {
    /// Whether it stands in the one build of all, off until the variable names it.
    pub(super) fn is_switched(&self) -> bool {
        self.from.contains('«')
    }

    /// Its name in the variable.
    pub(super) fn name(&self) -> String {
        self.broken.replace(' ', "-")
    }

    /// What must stand in the file once.
    pub(super) fn sound(&self) -> String {
        self.from.replace(['«', '»'], "")
    }

    /// The file's text with this mutant in it. What it replaces must stand in the sound text once.
    pub(super) fn put_into(&self, text: &str) -> Result<String> {
        let sound = self.sound();
        let found = text.matches(&sound).count();
        ensure!(found == 1, "{}: {sound:?} stands there {found} times, not once", self.file);
        Ok(text.replacen(&sound, &self.broken_text(), 1))
    }

    fn broken_text(&self) -> String {
        let Some((before, after)) = self.from.split_once('«') else { return self.to.to_owned() };
        let (kept, after) = after.split_once('»').unwrap_or((after, ""));
        let is_on = format!("::std::env::var({IS_ON:?}).is_ok_and(|on| on == {:?})", self.name());
        let choice = format!("if {is_on} {{ {} }} else {{ {kept} }}", self.to);
        // A statement that began with a parenthesis could be taken for an argument of the one before.
        let choice = if kept.ends_with(';') { choice } else { format!("({choice})") };
        format!("{before}{choice}{after}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{mutants::table::MUTANTS, tools};

    fn check(from: &'static str, to: &'static str, expected: &str) {
        let expected = expected.replace("ON", "::std::env::var(\"MUTANT\").is_ok_and(|on| on == \"it-breaks\")");
        let mutant = Mutant {
            rule: "",
            broken: "it breaks",
            file: "",
            from,
            to,
            expected: Expected::DoesNotCompile { code: "" },
        };
        assert_eq!(mutant.put_into("a = f(b) && c; d;").unwrap(), expected);
    }

    #[test]
    fn a_mutant_is_put_into_its_file() {
        check("c; d", "e", "a = f(b) && e;");
        check("«f(b)»", "true", "a = (if ON { true } else { f(b) }) && c; d;");
        check("&& «c»;", "false", "a = f(b) && (if ON { false } else { c }); d;");
        check("«d;»", "", "a = f(b) && c; if ON {  } else { d; }");
    }

    #[test]
    fn what_compiles_is_built_once_for_all() {
        let is_built_alone = |mutant: &Mutant| !mutant.is_switched();
        let does_not_compile = |mutant: &Mutant| matches!(mutant.expected, Expected::DoesNotCompile { .. });
        for mutant in MUTANTS {
            assert_eq!(is_built_alone(mutant), does_not_compile(mutant), "{}", mutant.broken);
        }
    }

    /// Such a line, changed, is noticed here in seconds, and not after the minutes of `xtask test mutants`.
    #[test]
    fn what_mutants_replace_stands_in_its_file_once() {
        for mutant in MUTANTS {
            mutant.put_into(&std::fs::read_to_string(tools::root().join(mutant.file)).unwrap()).unwrap();
        }
    }
}
