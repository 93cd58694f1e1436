//! The list of bugs: what each does wrong, the text that it changes, and the tests that are to notice.

use crate::suite::Program;
use serde::Deserialize;
use std::path::Path;

/// Where the list stands.
pub(crate) const LIST: &str = "tests/seeded-bugs/bugs.toml";

/// One mistake that somebody could make.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bug {
    pub name: String,
    /// What goes wrong, in a sentence.
    pub what: String,
    /// The file it is planted in, from the project's folder.
    pub file: String,
    /// The text as it is, exactly once in the file.
    pub from: String,
    /// The text with the mistake in it.
    pub to: String,
    /// Parts of the names of unit tests that are to notice.
    #[serde(default)]
    lib: Vec<String>,
    /// Parts of the names of tests of the suite that are to notice.
    #[serde(default)]
    suite: Vec<String>,
}

impl Bug {
    /// Parts of the names of the tests to run, of one program.
    pub fn tests(&self, program: Program) -> &[String] {
        match program {
            Program::Units => &self.lib,
            Program::Suite => &self.suite,
        }
    }

    /// The file with the mistake in it.
    ///
    /// # Errors
    ///
    /// Where the text is not there exactly once, the code has changed since the bug was written: nothing is planted silently.
    pub fn planted_in(&self, text: &str) -> Result<String, String> {
        match text.matches(&self.from).count() {
            1 => Ok(text.replacen(&self.from, &self.to, 1)),
            times => Err(format!(
                "\"{}\" cannot be planted: its text stands {times} times in {}, not once; correct {LIST}",
                self.name, self.file
            )),
        }
    }

    fn check(&self, root: &Path) -> Result<(), String> {
        if self.lib.is_empty() && self.suite.is_empty() {
            return Err(format!("\"{}\" names no test that is to notice it", self.name));
        }
        if self.from == self.to {
            return Err(format!("\"{}\" changes nothing", self.name));
        }
        let text = std::fs::read_to_string(root.join(&self.file));
        self.planted_in(&text.map_err(|error| format!("{}: {error}", self.file))?).map(drop)
    }
}

/// Reads the list, and checks that every bug of it can be planted.
pub(crate) fn read(root: &Path) -> Result<Vec<Bug>, String> {
    #[derive(Deserialize)]
    struct List {
        bug: Vec<Bug>,
    }
    let text = std::fs::read_to_string(root.join(LIST)).map_err(|error| format!("{LIST}: {error}"))?;
    let list: List = toml::from_str(&text).map_err(|error| format!("{LIST}: {error}"))?;
    list.bug.iter().try_for_each(|bug| bug.check(root))?;
    Ok(list.bug)
}
