//! `docs/SCENARIO.md`, written from the format itself so that it cannot fall behind.

use super::format::ROOT;
use super::kind::{Key, Kind, Table};
use super::law::looks_like_law;
use super::merge::template;
use super::missing::Missing;
use super::tree::{Entry, Node};

const PREFACE: &str = "\
# The scenario file

<!-- Written by `leadsim::scenario::reference()`; a test keeps it current. -->

A scenario is one TOML file: leads, team, routing, buyers and agreement. Four rules hold everywhere.

1. **What is left out is off**: no calendar means always open, no shift means day and night, no [work] means no minutes.
   Where off has no meaning the template's value is taken. Behind each default below stands its reason: \"neutral\" assumes
   nothing, \"follows\" takes it from other keys, \"leadsim's choice\" is nobody's publication, and \"S2\" and its like are the
   sources that the template names at its head. `leadsim explain FILE` shows every value with the same reasons.
2. **`preset = \"template\"`** starts from `scenarios/template.toml`; the file's own tables go over it key by key. Lists,
   laws and weights are replaced whole. `off = true` in a table takes it out. Not taken over: `format`, which every
   file writes itself; `title`, `question` and `expect`; and `goal_stated` where the file writes `goal`. A group of reps that the template does not have takes what it
   leaves out from the template's `[team.reps]`, except `count`, `sites` and `leave`.
3. **Units are written, never guessed**: \"15min\", \"2 business hours\", \"$40K\", `per_month = 16.5`. A bare number where a
   unit is needed is refused.
4. **Everything has a name**: sources, meetings and commitments are keyed tables, so every value has a path, and
   `--set team.reps.count=7` changes it.

## Laws of chance

Wherever a law is taken, a single value is constant:

| written | law |
|---|---|
| `\"8min\"` | always 8 minutes |
| `{ median = \"2min\", p90 = \"6min\" }` | log-normal; nine of ten below p90 |
| `{ median = \"8min\", sigma = 0.6 }` | log-normal; sigma is the standard deviation of the logarithm |
| `{ mean = \"12min\", cv = 1 }` | log-normal; cv is standard deviation over mean |
| `{ law = \"exponential\", mean = \"5min\" }` | memoryless |
| `{ law = \"gamma\", mean = \"5min\", cv = 0.5 }` | Gamma; `shape` instead of `cv` |
| `{ law = \"erlang\", stages = 3, mean = \"12min\" }` | Gamma of shape 3: three memoryless stages, one after the other |
| `{ law = \"weibull\", shape = 0.7, scale = \"6min\" }` | Weibull |
| `{ law = \"uniform\", from = \"1min\", to = \"2min\" }` | evenly between |
| `{ law = \"mixture\", weights = [20, 80], means = [\"25min\", \"5min\"] }` | exponentials by weight |
| `{ law = \"mixture\", weights = [3, 1], parts = [{ law = \"erlang\", stages = 2, mean = \"8min\" }, \"20min\"] }` | any laws by weight |
| `{ values = [\"30min\", \"60min\"], weights = [80, 20] }` | one of these |
| `{ law = \"poisson\", mean = 3.4 }` | counts only: 0 or more |
| `{ law = \"geometric\", mean = 2.5 }` | counts only: 1 or more, one more with the same chance every time |

";

/// The reference of the format in Markdown.
pub fn reference() -> String {
    let mut out = PREFACE.to_string();
    section(&mut out, "", &ROOT, Some(template()));
    out
}

/// One table with its keys, then the tables inside it.
fn section(out: &mut String, path: &str, table: &'static Table, preset: Option<&Node>) {
    let heading = if path.is_empty() { "The file".to_string() } else { format!("`[{path}]`") };
    out.push_str(&format!("## {heading}\n\n{}\n\n", table.about));
    out.push_str("| key | meaning | takes | left out | template |\n|---|---|---|---|---|\n");
    for key in table.keys {
        out.push_str(&row(key, preset.and_then(|preset| preset.entry(key.name))));
    }
    out.push('\n');
    for key in table.keys {
        let inner = if path.is_empty() { key.name.to_string() } else { format!("{path}.{}", key.name) };
        let preset = preset.and_then(|preset| preset.get(key.name));
        match &key.kind {
            Kind::Table(table) => section(out, &inner, table, preset),
            Kind::Named(named) => {
                if let Kind::Table(table) = &named.entry {
                    let first = preset.and_then(|preset| preset.entries().first()).map(|entry| &entry.node);
                    section(out, &format!("{inner}.NAME"), table, first);
                }
            }
            _ => {}
        }
    }
}

fn row(key: &Key, preset: Option<&Entry>) -> String {
    let left_out = match key.missing {
        Missing::Required => "required".to_string(),
        Missing::Elsewhere(words) | Missing::Empty(words) => words.to_string(),
        Missing::Off(words, why) | Missing::Instead(words, why) => format!("{words} ({why})"),
        Missing::Value(text, why) => format!("`{text}` ({why})"),
        Missing::Template => "as in the template".to_string(),
    };
    let simple = preset.filter(|entry| {
        let deep = matches!(key.kind, Kind::Table(_))
            || matches!(&key.kind, Kind::Named(named) if named.entry.as_table().is_some());
        !deep && (!entry.node.is_table() || looks_like_law(&entry.node) || entry.node.text().len() < 160)
    });
    let template = simple.map_or(String::new(), |entry| {
        let note = entry.note.as_ref().map_or(String::new(), |note| format!("; {note}"));
        format!("`{}`{note}", entry.node.text())
    });
    let cells = [format!("`{}`", key.name), key.about.to_string(), key.kind.example(), left_out, template];
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}
