//! The flow runs one way: a module uses only modules that stand above it in `src/lib.rs`.

use std::fs;
use std::path::{Path, PathBuf};

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

/// Modules in the order of `lib.rs`.
fn order() -> Vec<String> {
    let text = fs::read_to_string(format!("{SOURCE}/lib.rs")).expect("src/lib.rs is there");
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')))
        .map(str::to_owned)
        .collect()
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the source tree") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files_below(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// `(file, code)` of a module, line comments and the tests at a file's end removed.
fn sources(module: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let folder = PathBuf::from(SOURCE).join(module);
    if folder.is_dir() {
        files_below(&folder, &mut files);
    }
    let single = PathBuf::from(format!("{SOURCE}/{module}.rs"));
    if single.is_file() {
        files.push(single);
    }
    assert!(!files.is_empty(), "module {module} has no file");
    files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source file");
            let text = text.split("#[cfg(test)]").next().unwrap_or("").to_owned();
            let code =
                text.lines().map(|l| l.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n");
            (path, code)
        })
        .collect()
}

/// Modules named after `crate::` in the code, groups included.
fn used(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in code.split("crate::").skip(1) {
        let group = part.trim_start();
        let text = match group.strip_prefix('{') {
            Some(rest) => rest.split("};").next().unwrap_or(rest),
            None => group.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""),
        };
        if group.starts_with('{') {
            let mut depth = 0;
            let mut word = String::new();
            for c in text.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => names.push(std::mem::take(&mut word)),
                    _ if depth == 0 => word.push(c),
                    _ => {}
                }
            }
            names.push(word);
        } else {
            names.push(text.to_owned());
        }
    }
    names
        .into_iter()
        .map(|n| n.trim().split("::").next().unwrap_or("").trim().to_owned())
        .filter(|n| !n.is_empty())
        .collect()
}

#[test]
fn modules_use_only_modules_above_them() {
    let order = order();
    assert!(order.len() >= 8, "lib.rs lists the modules: {order:?}");
    let mut wrong = Vec::new();
    for (place, module) in order.iter().enumerate() {
        for (path, code) in sources(module) {
            for name in used(&code) {
                if let Some(at) = order.iter().position(|m| *m == name)
                    && at > place
                {
                    wrong.push(format!("{} uses crate::{name}, which stands below {module}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_direction_test_sees_both_spellings() {
    assert_eq!(used("use crate::study::Study; let x = crate::cli::main();"), ["study", "cli"]);
    assert_eq!(used("use crate::{model::{Model, Rep}, study};"), ["model", "study"]);
}

#[test]
fn nothing_reaches_two_floors_up_or_prints_from_below() {
    let mut wrong = Vec::new();
    for module in order() {
        for (path, code) in sources(&module) {
            if code.contains("super::super") {
                wrong.push(format!("{}: super::super", path.display()));
            }
            let prints = ["println!", "eprintln!", "print!(", "std::env::"].iter().any(|p| code.contains(p));
            let is_test = path.file_name().is_some_and(|n| n.to_string_lossy().contains("tests"))
                || path.components().any(|c| c.as_os_str() == "tests");
            if module != "cli" && prints && !is_test {
                wrong.push(format!("{}: prints or reads the environment", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_ground_has_never_heard_of_a_lead() {
    for module in ["time", "random", "stats", "analytic"] {
        for (path, code) in sources(module) {
            let line = code.lines().find(|l| {
                l.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| w == "lead" || w == "leads")
            });
            assert!(
                line.is_none() || path.to_string_lossy().contains("test"),
                "{}: {line:?}",
                path.display()
            );
        }
    }
}

#[test]
fn a_trial_depends_on_nothing_but_its_arguments() {
    for module in ["model", "trial", "study", "random", "stats"] {
        for (path, code) in sources(module) {
            for banned in [
                "SystemTime",
                "std::time::Instant",
                "HashMap",
                "HashSet",
                "thread_rng",
                "rand::rng()",
                "mul_add",
                "unsafe ",
            ] {
                assert!(!code.contains(banned), "{} uses {banned}", path.display());
            }
        }
    }
}

/// What stands between backticks in the architecture page.
fn quoted_in_the_map() -> Vec<String> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/ARCHITECTURE.md");
    let text = fs::read_to_string(page).expect("docs/ARCHITECTURE.md is there");
    let fences: String = text.split("```").step_by(2).collect();
    fences.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_file_of_the_flow_stands_in_the_code_map() {
    let named = quoted_in_the_map();
    let mut missing = Vec::new();
    for module in ["trial", "scenario", "study", "plan", "report"] {
        for entry in fs::read_dir(format!("{SOURCE}/{module}")).expect("a module") {
            let entry = entry.expect("an entry").path();
            let file = entry.file_name().expect("a name").to_string_lossy().into_owned();
            let file = if entry.is_dir() { format!("{file}/") } else { file };
            let is_test = file.ends_with("tests.rs") || file == "tests/";
            let whole = format!("src/{module}/{file}");
            if !is_test && file != "mod.rs" && !named.contains(&file) && !named.contains(&whole) {
                missing.push(whole);
            }
        }
    }
    assert!(missing.is_empty(), "not in docs/ARCHITECTURE.md: {missing:?}");
}

#[test]
fn every_path_of_the_code_map_exists() {
    let mut files = Vec::new();
    files_below(Path::new(SOURCE), &mut files);
    let known: Vec<String> = files.iter().map(|path| path.to_string_lossy().replace('\\', "/")).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths: Vec<String> =
        quoted_in_the_map().into_iter().filter(|word| word.ends_with(".rs") || word.ends_with('/')).collect();
    assert!(paths.len() > 60, "the map names files: {paths:?}");
    for path in paths {
        let is_there = root.join(&path).exists()
            || known.iter().any(|file| {
                file.contains(&format!("/{path}")) && (path.ends_with('/') || file.ends_with(&path))
            });
        assert!(is_there, "docs/ARCHITECTURE.md names {path}, which is not there");
    }
}
