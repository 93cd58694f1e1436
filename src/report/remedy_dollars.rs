//! Whether dollars would choose another set than the promise does, under one decay curve or two: only what is told, and what cannot be.

use super::remedy::under;
use super::wording::list;
use crate::plan::regret::{Ahead, UnderCurve};

/// Whether the answer would be another if dollars decided.
pub(super) fn recommendation(curves: &[UnderCurve]) -> String {
    let told = |wanted: Ahead| -> Vec<String> {
        curves.iter().filter(|curve| curve.ahead == Some(wanted)).map(under).collect()
    };
    let among =
        |curves: Vec<String>| list(&curves.iter().map(|its| its.trim().to_owned()).collect::<Vec<_>>());
    let (runner_up, answer, open) = (told(Ahead::RunnerUp), told(Ahead::Answer), told(Ahead::CannotTell));
    match (runner_up.len(), answer.len(), open.len()) {
        (0, 0, _) => "whether dollars would change the recommendation cannot be told".into(),
        (0, 1, 0) => "the recommendation does not change".into(),
        (0, _, 0) => "the recommendation does not change with the curve".into(),
        (0, _, _) => {
            format!(
                "the recommendation does not change {}; {} that cannot be told",
                among(answer),
                among(open)
            )
        }
        (_, 0, 0) => "who counts deals and not only the promise would take the runner-up".into(),
        (_, 0, _) => format!(
            "who counts deals and not only the promise would take the runner-up {}; {} that cannot be told",
            among(runner_up),
            among(open)
        ),
        _ => "whether the runner-up is worth its price hangs on the curve".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::regret::nothing;

    fn said(ahead: &[Ahead]) -> String {
        let names = ["gentle", "moderate"];
        let curve = |(name, ahead): (&&str, &Ahead)| UnderCurve {
            ahead: Some(*ahead),
            ..nothing(Some((*name).to_owned()))
        };
        recommendation(&names.iter().zip(ahead).map(curve).collect::<Vec<_>>())
    }

    /// What one curve tells and the other does not is no difference between them.
    #[test]
    fn the_answer_hangs_on_the_curve_only_where_both_tell() {
        use Ahead::{Answer, CannotTell, RunnerUp};
        assert!(said(&[Answer, RunnerUp]).contains("hangs on the curve"));
        for open in [&[CannotTell, RunnerUp][..], &[RunnerUp, CannotTell], &[CannotTell, Answer]] {
            assert!(!said(open).contains("hangs on the curve") && said(open).contains("cannot be told"));
        }
        assert_eq!(
            said(&[CannotTell, Answer]),
            "the recommendation does not change under the moderate curve; under the gentle curve that cannot be told"
        );
        assert!(said(&[CannotTell, CannotTell]).starts_with("whether dollars"));
        assert_eq!(said(&[Answer, Answer]), "the recommendation does not change with the curve");
        assert_eq!(said(&[Answer]), "the recommendation does not change");
        assert!(said(&[RunnerUp, RunnerUp]).ends_with("take the runner-up"));
    }
}
