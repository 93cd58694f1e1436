//! Documents that show commands or output are run: what they show is what happens.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A folder of its own with the scenarios beside it, gone afterwards.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("leadsim-documents-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        copy(&Path::new(ROOT).join("scenarios"), &path.join("scenarios"));
        Desk(path)
    }

    fn leadsim(&self, arguments: &[String]) -> Output {
        Command::new(assert_cmd::cargo::cargo_bin!("leadsim"))
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .expect("the program starts")
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder in the temporary directory");
    for entry in fs::read_dir(from).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target)
        } else {
            fs::copy(&path, target).map(|_| ()).expect("copied")
        }
    }
}

/// Words of a command line, quotes taken off, a comment at the end dropped.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quote, mut begun) = (String::new(), None, false);
    for c in line.chars() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), c) => word.push(c),
            (None, '"' | '\'') => (quote, begun) = (Some(c), true),
            (None, '#') if !begun && word.is_empty() => break,
            (None, c) if c.is_whitespace() => {
                if begun || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            (None, c) => word.push(c),
        }
    }
    if begun || !word.is_empty() {
        words.push(word);
    }
    words
}

/// Commands of the program shown in a document's `sh` blocks.
fn commands(document: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(Path::new(ROOT).join(document)).expect("the document is there");
    let mut commands = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line.trim() {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside => {
                let mut words = words(line);
                let program = ["cargo", "run", "--release", "--"];
                if words.iter().take(4).eq(program.iter()) {
                    words.drain(..4);
                } else if words.first().is_some_and(|w| w == "leadsim") {
                    words.remove(0);
                } else {
                    continue;
                }
                commands.push(words);
            }
            _ => {}
        }
    }
    commands
}

/// Runs every command a document shows, in order, with few trials; paths of one's own data are skipped, saying so.
fn run_all(document: &str, at_least: usize) {
    let desk = Desk::new(&document.replace(['/', '.'], "-"));
    let commands = commands(document);
    assert!(commands.len() >= at_least, "{document} shows {} commands", commands.len());
    for mut command in commands {
        if command.iter().any(|word| word.contains("/path/to/")) {
            println!("skipped, it needs a file of your own: leadsim {}", command.join(" "));
            continue;
        }
        if command[0] == "size" {
            // a search for a cover goes on upwards until one is shown to be enough
            let most = if command.iter().any(|word| word == "--cover") { "200" } else { "40" };
            command.extend(["--at-most", most, "--confirm", "20"].map(str::to_owned));
        }
        let repeats = matches!(
            command[0].as_str(),
            "compare" | "promise" | "run" | "sensitivity" | "stress" | "sweep" | "volume" | "why"
        );
        if repeats && !command.iter().any(|word| word == "--trials" || word == "--precision") {
            command.extend(["--trials".into(), "20".into()]);
        }
        // a team at few volumes
        if command[0] == "volume" && command.get(1).is_some_and(|word| word.ends_with(".toml")) {
            command.extend(["--reps", "6", "--times", "0.5,1"].map(String::from));
        }
        // one block decides little, which the page then says
        if command[0] == "fix" {
            command.extend(
                ["--at-most", "20", "--confirm", "20", "--levers", "back_up,looser"].map(String::from),
            );
        }
        let output = desk.leadsim(&command);
        assert!(
            output.status.success(),
            "{document}: leadsim {}\n{}",
            command.join(" "),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn commands_of_the_readme_work() {
    run_all("README.md", 8);
}

#[test]
fn commands_of_the_scenario_list_work() {
    run_all("scenarios/README.md", 3);
}

/// Text without what may differ from run to run: the seconds it took, and the folder's fingerprint.
fn steady(text: &str) -> String {
    let foot = |line: &str| line.starts_with("* not in your agreement");
    text.lines()
        .filter(|line| !foot(line))
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}

#[test]
fn the_readmes_first_screen_is_what_the_command_prints() {
    let text = fs::read_to_string(Path::new(ROOT).join("README.md")).expect("README.md");
    let shown = text
        .split("<!-- output of: leadsim run scenarios/template.toml -->")
        .nth(1)
        .and_then(|rest| rest.split("```text\n").nth(1))
        .and_then(|rest| rest.split("```").next())
        .expect("the marked block");
    let desk = Desk::new("first-screen");
    let output = desk.leadsim(&["run".into(), "scenarios/template.toml".into()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(
        steady(shown),
        steady(&String::from_utf8_lossy(&output.stdout)),
        "copy the new output into README.md"
    );
}

/// A comparison is shown up to "…"; what stands before is how the command's answer begins.
#[test]
fn the_readmes_comparison_is_how_the_command_s_answer_begins() {
    let text = fs::read_to_string(Path::new(ROOT).join("README.md")).expect("README.md");
    let (command, rest) = text
        .split("<!-- output of: leadsim compare ")
        .nth(1)
        .and_then(|rest| rest.split_once(" -->"))
        .expect("the marked block");
    let shown =
        rest.split("```text\n").nth(1).and_then(|rest| rest.split("\n…").next()).expect("its beginning");
    assert!(shown.lines().count() >= 10, "{shown}");
    let arguments: Vec<String> = std::iter::once("compare".to_owned()).chain(words(command)).collect();
    let output = Desk::new("comparison").leadsim(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(steady(&printed).starts_with(shown.trim()), "copy the new output into README.md:\n{printed}");
}

#[test]
fn links_between_documents_lead_somewhere() {
    for document in [
        "README.md",
        "scenarios/README.md",
        "docs/METHOD.md",
        "docs/EVIDENCE.md",
        "docs/ARCHITECTURE.md",
        "docs/DECISIONS.md",
    ] {
        let path = Path::new(ROOT).join(document);
        let text = fs::read_to_string(&path).expect("the document is there");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if !link.starts_with("http") && !link.starts_with('#') {
                let target = path.parent().expect("a folder").join(link.split('#').next().unwrap_or(link));
                assert!(target.exists(), "{document} links to {link}, which is not there");
            }
        }
    }
}
