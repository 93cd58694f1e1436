//! Decisions that follow from several estimates: the smallest team whose day holds often enough.

use crate::case::{Case, Number};
use crate::verdict::{Line, Verdict};

/// "smallest_c", "target 0.8, P(hold) >= 0.9": the smallest team of the case for which a day's promise holds often enough, judged by its
/// teams' estimates. It is told only if every team's estimate lies on its side of the threshold by more than five standard errors.
pub fn decide(case: &Case, number: &Number, lines: &[Line]) -> Option<Line> {
    if number.key(0) != "smallest_c" {
        return None;
    }
    let (target, threshold) = number.key(1).strip_prefix("target ")?.split_once(", P(hold) >= ")?;
    let threshold: f64 = threshold.parse().ok()?;
    let teams = case.list("servers").ok()?;
    let of_team = |team: &f64| {
        let name = format!("c={team} P_compliance_ge {target}");
        lines.iter().find(|line| line.name == name)
    };
    let estimates: Vec<&Line> = teams.iter().map(of_team).collect::<Option<_>>()?;
    let sure = estimates.iter().all(|line| (line.estimate - threshold).abs() > 5.0 * line.error);
    let smallest =
        estimates.iter().position(|line| line.estimate >= threshold).map_or(f64::NAN, |at| teams[at]);
    let verdict = match (smallest == number.exact, sure) {
        (true, true) => Verdict::Pass,
        (_, false) => Verdict::TooWide,
        (false, true) => Verdict::Fail,
    };
    let note = "from the estimates above".to_string();
    Some(Line { name: number.name(), exact: number.exact, estimate: smallest, error: 0.0, verdict, note })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(team: u32, estimate: f64) -> Line {
        let name = format!("c={team} P_compliance_ge 0.8");
        Line { name, exact: estimate, estimate, error: 0.001, verdict: Verdict::Pass, note: String::new() }
    }

    #[test]
    fn the_smallest_team_is_named_only_when_sure() {
        let case: Case = serde_json::from_str(
            r#"{"id": "A", "family": "f", "kind": "simulate", "model": {"servers": [4, 5]},
                "expected": {"smallest_c": {"target 0.8, P(hold) >= 0.9": 5}}}"#,
        )
        .expect("a case");
        let number = &case.numbers()[0];
        let judged =
            |five| decide(&case, number, &[line(4, 0.5), line(5, five)]).expect("a decision").verdict;
        assert_eq!(
            (judged(0.95), judged(0.902), judged(0.8)),
            (Verdict::Pass, Verdict::TooWide, Verdict::Fail)
        );
    }
}
