//! No mangled file makes the reader panic: it loads, or says what is wrong.

use super::*;
use proptest::prelude::*;

const TEMPLATE: &str = include_str!("../../../scenarios/template.toml");

/// Values that are right somewhere and wrong everywhere else.
const VALUES: [&str; 16] = [
    "-1",
    "0",
    "1e308",
    "nan",
    "99999999999999999999",
    "true",
    "\"\"",
    "\"5min\"",
    "\"100000 weeks\"",
    "\"2026-02-30\"",
    "[]",
    "[0, 0]",
    "{}",
    "{ off = true }",
    "{ median = \"2min\" }",
    "\"é\\u0007\"",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_value_replaced(line in 0..TEMPLATE.lines().count(), value in prop::sample::select(&VALUES[..])) {
        let mangled: Vec<String> = TEMPLATE
            .lines()
            .enumerate()
            .map(|(i, text)| match text.split_once(" = ") {
                Some((key, _)) if i == line && !text.starts_with('#') => format!("{key} = {value}"),
                _ => text.to_string(),
            })
            .collect();
        if let Err(problems) = read(&mangled.join("\n")) {
            prop_assert!(!problems.list.is_empty());
            prop_assert!(problems.to_string().contains("try.toml"));
        }
    }

    #[test]
    fn a_stretch_of_text_removed(from in 0..TEMPLATE.len(), length in 1_usize..200) {
        let kept: String = TEMPLATE.char_indices().filter(|(i, _)| *i < from || *i >= from + length).map(|(_, c)| c).collect();
        if let Err(problems) = read(&kept) {
            prop_assert!(!problems.list.is_empty() && problems.to_string().len() > 20);
        }
    }

    #[test]
    fn any_text_as_an_option(path in "[a-z_.\"]{0,30}", value in "\\PC{0,20}") {
        let set = Set::parse(&format!("{path}={value}"));
        if let Some(Err(problems)) = set.ok().map(|set| from_text(SMALL, "try", Path::new("."), &[set])) {
            prop_assert!(problems.to_string().len() > 20);
        }
    }
}
