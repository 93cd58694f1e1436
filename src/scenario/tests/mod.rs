//! What must hold of scenario files: they load, they explain themselves, and what is wrong is said all at once.

mod changes;
mod documents;
mod errors;
mod explained;
mod loading;
mod mangled;
mod presets;
mod refused;
mod remarked;
mod replays;
mod unreadable;

use super::{Problems, Scenario, Set, from_text};
use std::path::Path;

/// A small scenario: one queue, seven reps, nothing else.
const SMALL: &str = r#"
format = 1
[horizon]
length = "1 week"
run_in = "0 weeks"
[sources.web]
per_hour = 42
[routing]
policy = "pool"
[team.reps]
count = 7
[work]
review = { law = "exponential", mean = "8min" }
[commitments.S1]
from = "routed"
to = "attempted"
within = "15min"
"#;

/// The template with more lines behind it.
fn on_template(more: &str) -> String {
    format!("format = 1\npreset = \"template\"\n{more}")
}

fn read(text: &str) -> Result<Scenario, Problems> {
    from_text(text, "try", Path::new("."), &[])
}

fn valid(text: &str) -> Scenario {
    read(text).unwrap_or_else(|problems| panic!("{problems}"))
}

fn changed(text: &str, options: &[&str]) -> Result<Scenario, Problems> {
    let sets: Vec<Set> = options.iter().map(|option| Set::parse(option).expect(option)).collect();
    from_text(text, "try", Path::new("."), &sets)
}

/// The only problem of a text: its path, message and help.
fn only_problem(text: &str) -> (String, String, String) {
    let problems = read(text).expect_err("something is wrong");
    assert_eq!(problems.list.len(), 1, "{problems}");
    let problem = &problems.list[0];
    (problem.path.clone(), problem.message.clone(), problem.help.clone().unwrap_or_default())
}
