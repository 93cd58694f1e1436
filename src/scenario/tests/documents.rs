//! The format describes itself: explain, JSON Schema, reference and starter agree with what is read.

use super::*;
use crate::scenario::{Origin, explain, explain_text, load, reference, schema, starter};
use serde_json::Value as Json;

#[test]
fn explain_gives_reason_and_source() {
    let scenario = valid(&on_template("[team.reps]\ncount = 8 # eight since May\n"));
    let lines = explain(&scenario);
    let line =
        |path: &str| lines.iter().find(|line| line.path == path).unwrap_or_else(|| panic!("no {path}"));
    assert_eq!(line("team.reps.count").source.as_deref(), Some("eight since May"));
    assert_eq!(line("team.reps.sick").source.as_deref(), Some("about 5 days a year; P"));
    assert_eq!(
        line("buyers.cadence.steps.6.day").source.as_deref(),
        Some("the last try, on day 10 counted from 1; S2")
    );
    assert_eq!(line("routing.back_up").value, "off: no back-up");
    assert_eq!(line("team.reps.attention.1").value, "{ median = \"2min\", p90 = \"10min\" }");
    let text = explain_text(&lines);
    assert!(
        text.lines()
            .any(|row| row.starts_with("team.reps.count ") && row.ends_with("line 4     eight since May")),
        "{text}"
    );
}

#[test]
fn what_explain_shows_can_be_set_and_changes_nothing() {
    let scenario = valid(&on_template(""));
    let lines = explain(&scenario);
    let shown: Vec<_> = lines.iter().filter(|line| line.effective).collect();
    assert!(shown.len() > 200, "{}", shown.len());
    let sets: Vec<Set> = shown
        .iter()
        .filter(|line| !["format", "preset"].contains(&line.path.as_str()))
        .map(|line| Set::new(&line.path, &line.value).expect("a shown path is a path"))
        .collect();
    let again = scenario.with(&sets).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(scenario.hash, again.hash);
}

#[test]
fn every_value_of_the_template_has_a_reason() {
    let scenario =
        load(Path::new("scenarios/template.toml"), &[]).unwrap_or_else(|problems| panic!("{problems}"));
    let bare: Vec<String> = explain(&scenario)
        .into_iter()
        .filter(|line| matches!(line.origin, Origin::File { .. }) && line.source.is_none())
        .map(|line| line.path)
        .collect();
    assert!(bare.is_empty(), "without a comment: {bare:?}");
}

/// Every key that the tree has must stand in the schema.
fn covered(schema: &Json, node: &toml::Value, path: &str, missing: &mut Vec<String>) {
    let toml::Value::Table(table) = node else { return };
    let forms: Vec<&Json> = match schema.get("anyOf").and_then(Json::as_array) {
        Some(forms) => forms.iter().collect(),
        None => vec![schema],
    };
    for (key, value) in table {
        let path = format!("{path}.{key}");
        let inner = forms.iter().find_map(|form| {
            form.get("properties")
                .and_then(|properties| properties.get(key))
                .or_else(|| form.get("additionalProperties").filter(|rest| rest.is_object()))
        });
        match inner {
            Some(inner) => covered(inner, value, &path, missing),
            None => missing.push(path),
        }
    }
}

#[test]
fn the_schema_knows_every_key_of_the_template() {
    let template: toml::Value =
        toml::from_str(include_str!("../../../scenarios/template.toml")).expect("TOML");
    let schema = schema();
    let mut missing = Vec::new();
    covered(&schema, &template, "", &mut missing);
    assert!(missing.is_empty(), "{missing:?}");
    let count = &schema["properties"]["team"]["additionalProperties"]["properties"]["count"];
    assert_eq!((count["type"].as_str(), count["maximum"].as_i64()), (Some("integer"), Some(10_000)));
    assert!(
        count["description"].as_str().is_some_and(|about| about.contains("Template: 6 (full-cycle reps"))
    );
    let sick = &schema["properties"]["team"]["additionalProperties"]["properties"]["sick"];
    assert_eq!(sick["default"].as_i64(), Some(0));
    assert!(
        sick["description"]
            .as_str()
            .is_some_and(|about| about.contains("Left out: 0 (neutral: nobody is sick")),
        "{sick}"
    );
    let unknown: toml::Value = toml::from_str("[team.reps]\ncuont = 1").expect("TOML");
    covered(&schema, &unknown, "", &mut missing);
    assert_eq!(missing, [".team.reps.cuont"]);
}

#[test]
fn the_reference_in_docs_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/SCENARIO.md");
    let current = reference();
    if std::env::var_os("LEADSIM_UPDATE_DOCS").is_some() {
        std::fs::write(&path, &current).expect("docs can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == current,
        "docs/SCENARIO.md is behind the format: run this test with LEADSIM_UPDATE_DOCS=1"
    );
}

#[test]
fn the_starter_is_a_scenario_and_promises_what_the_template_does() {
    let scenario = valid(&starter());
    assert_eq!(scenario.model.reps.len(), 6);
    assert_eq!(scenario.model.agreement.commitments.len(), 9);
    assert_eq!(scenario.title, "Our team and our agreement");
}
