//! Reads a file of reference cases: what each asks for, and every exact number it expects.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// One case of the file, as written there.
#[derive(Debug, Clone, Deserialize)]
pub struct Case {
    /// Its name.
    pub id: String,
    /// The family of models it belongs to; decides who translates it.
    pub family: String,
    /// `simulate`, `numeric` or `optimise`.
    pub kind: String,
    /// Its parameters.
    pub model: Value,
    /// Its exact answers.
    pub expected: Value,
    /// Relative error that the answers may have.
    #[serde(default)]
    pub reference_rel_accuracy: f64,
    /// How the answers were checked with other methods.
    #[serde(default)]
    pub crosschecks: Vec<Crosscheck>,
    /// Exact times behind rounded keys.
    #[serde(default)]
    pub times_exact: BTreeMap<String, f64>,
}

/// A second method for a case's answers.
#[derive(Debug, Clone, Deserialize)]
pub struct Crosscheck {
    /// Largest relative difference between the two methods, for methods without chance.
    #[serde(default)]
    pub max_rel_diff: f64,
}

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

/// One exact number of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The keys that lead to it; places in lists count from 0.
    pub path: Vec<String>,
    /// Its value.
    pub exact: f64,
}

impl Number {
    /// How tables call it.
    pub fn name(&self) -> String {
        self.path.join(" ")
    }

    /// The key at a depth, or nothing.
    pub fn key(&self, depth: usize) -> &str {
        self.path.get(depth).map_or("", String::as_str)
    }
}

/// Reads all cases of a file.
///
/// # Errors
/// The file cannot be read, or is no case file.
pub fn read(path: &Path) -> Result<Vec<Case>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let file: File = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(file.cases)
}

impl Case {
    /// Every number below `expected`, in the order of the file.
    pub fn numbers(&self) -> Vec<Number> {
        let mut numbers = Vec::new();
        collect(&self.expected, &mut Vec::new(), &mut numbers);
        numbers
    }

    /// Relative error that the answers may have: what is stated, and what their own second method differs by.
    pub fn accuracy(&self) -> f64 {
        let differs = self.crosschecks.iter().map(|check| check.max_rel_diff).fold(0.0, f64::max);
        self.reference_rel_accuracy + differs
    }

    /// The number at a path of keys in the model.
    pub fn number(&self, path: &[&str]) -> Result<f64, String> {
        let found = path.iter().try_fold(&self.model, |node, key| node.get(key));
        let missing = || format!("the model gives no number `{}`", path.join("."));
        let node = found.ok_or_else(missing)?;
        node.as_f64().or_else(|| node.as_str()?.parse().ok()).ok_or_else(missing)
    }

    /// The number at a path of keys, or another if it is not there.
    pub fn number_or(&self, path: &[&str], otherwise: f64) -> f64 {
        self.number(path).unwrap_or(otherwise)
    }

    /// The list of numbers under a key of the model.
    pub fn list(&self, key: &str) -> Result<Vec<f64>, String> {
        numbers_of(self.model.get(key)).ok_or_else(|| format!("the model gives no list `{key}`"))
    }

    /// The whole number under a key of the model.
    pub fn count(&self, key: &str) -> Result<u32, String> {
        whole(self.number(&[key])?)
    }

    /// The text under a key of the model; empty if there is none.
    pub fn text(&self, key: &str) -> &str {
        self.model.get(key).and_then(Value::as_str).unwrap_or("")
    }

    /// The exact time behind a printed key.
    pub fn time(&self, key: &str) -> Result<f64, String> {
        match self.times_exact.get(key) {
            Some(time) => Ok(*time),
            None => key.parse().map_err(|_| format!("`{key}` is no time")),
        }
    }
}

/// A number as a count.
pub fn whole(number: f64) -> Result<u32, String> {
    if number.fract() == 0.0 && (0.0..1e6).contains(&number) {
        Ok(number as u32)
    } else {
        Err(format!("{number} is no count"))
    }
}

/// A JSON list of numbers.
pub fn numbers_of(value: Option<&Value>) -> Option<Vec<f64>> {
    value?.as_array()?.iter().map(Value::as_f64).collect()
}

fn collect(value: &Value, path: &mut Vec<String>, numbers: &mut Vec<Number>) {
    match value {
        Value::Number(number) => {
            let exact = number.as_f64().unwrap_or(f64::NAN);
            numbers.push(Number { path: path.clone(), exact });
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                path.push(place.to_string());
                collect(item, path, numbers);
                path.pop();
            }
        }
        Value::Object(entries) => {
            for (key, item) in entries {
                path.push(key.clone());
                collect(item, path, numbers);
                path.pop();
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_with_their_paths() {
        let case: Case = serde_json::from_str(
            r#"{"id": "A", "family": "f", "kind": "simulate", "model": {"rate": "2.5", "n": 3},
                "expected": {"EL": 1.5, "by": [{"x": 2}], "words": "no number"}, "times_exact": {"0.0166667": 0.016666666666666666}}"#,
        )
        .expect("a case");
        let names: Vec<(String, f64)> = case.numbers().iter().map(|n| (n.name(), n.exact)).collect();
        assert_eq!(names, [("EL".to_string(), 1.5), ("by 0 x".to_string(), 2.0)]);
        assert_eq!((case.number(&["rate"]), case.count("n")), (Ok(2.5), Ok(3)));
        assert!(case.number(&["other"]).is_err() && case.count("rate").is_err());
        assert_eq!((case.time("0.0166667"), case.time("2")), (Ok(1.0 / 60.0), Ok(2.0)));
    }
}
