//! Who translates which case: from the family of a case to the scenarios that answer it.

mod absence;
mod cadence;
mod closure;
mod compliance;
mod cycle;
mod formulas;
mod interest;
mod long_run;
pub mod numeric;
mod patience;
mod preempt;
mod queue;
mod retrial;
pub mod shares_of_variance;
mod staffed_day;
pub mod staffing;
mod vacation;

use crate::case::Case;
use crate::plan::Plan;

/// What can be done with a case of kind `simulate`.
pub enum Translated {
    /// It runs: one plan or several.
    Plans(Vec<Plan>),
    /// It does not, and why.
    Skipped(String),
}

/// A family: how its name begins (`*` in front: what it contains), and who translates it.
type Family = (&'static str, fn(&Case) -> Result<Vec<Plan>, String>);

/// In order: the first that fits decides.
const FAMILIES: [Family; 33] = [
    ("M/M/c/K", |_| skip("a line that turns leads away is not modelled")),
    ("machine repair", |_| skip("leads from a finite number of accounts are not modelled")),
    ("open Jackson", |_| skip("networks of teams are not modelled")),
    ("closed network", |_| skip("networks of teams are not modelled")),
    ("M/M/c (Erlang C)", queue::plans),
    ("M/M/c+", patience::plans),
    ("M/M/c non-preemptive priority", queue::plans),
    ("M/M/c preemptive-resume", preempt::plans),
    ("M/M/c service order", queue::plans),
    ("M/M/c with nightly closure", closure::plans),
    ("M/M/c with reps absent", absence::plans),
    ("M/M/c retrial", retrial::plans),
    ("M/M/1 with interruptions", absence::plans),
    ("M/D/", queue::plans),
    ("M/G/1 with vacations", vacation::plans),
    ("M/G/1 non-preemptive", queue::plans),
    ("M/G/1 preemptive", preempt::plans),
    ("M/G/", queue::plans),
    ("GI/M/c", queue::plans),
    ("batch arrivals", queue::plans),
    ("follow-up cadence (product-form", cadence::queueing),
    ("follow-up cadence without", cadence::free),
    ("Mt/M/c(t)", staffed_day::swinging),
    ("Mt/", cycle::rhythm),
    ("transient M/M/c", cycle::from_empty),
    ("terminating day", staffed_day::terminating),
    ("conversion as a function", interest::conversion),
    ("hidden abandonment", interest::hidden),
    ("P(compliance >= target) over a horizon, queue", compliance::line_from_empty),
    ("P(compliance >= target) over a horizon, slotted", compliance::slots),
    ("P(compliance >= target) over a horizon", compliance::independent),
    ("rare events", long_run::rare),
    ("long-run variance constant", long_run::variance_constants),
];

fn skip(reason: &str) -> Result<Vec<Plan>, String> {
    Err(reason.to_string())
}

/// Translates a case into scenarios.
pub fn translate(case: &Case) -> Translated {
    let family = FAMILIES.iter().find(|(name, _)| case.family.starts_with(name));
    match family.map_or_else(|| skip("unknown family"), |(_, plans)| plans(case)) {
        Ok(plans) => Translated::Plans(plans),
        Err(reason) => Translated::Skipped(reason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// The shared cases, where they are at hand.
    fn shared() -> Option<Vec<Case>> {
        let folder =
            std::env::var_os("LEADSIM_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
        let file = folder.join("cases/cases_open.json");
        if !file.is_file() {
            println!("skipped: {} is not there", file.display());
            return None;
        }
        Some(crate::case::read(&file).expect("a file of cases"))
    }

    #[test]
    fn every_translated_case_is_a_scenario_the_loader_takes() {
        let Some(cases) = shared() else { return };
        let mut translated = 0;
        for case in cases.iter().filter(|case| case.kind == "simulate") {
            let Translated::Plans(plans) = translate(case) else { continue };
            translated += 1;
            for plan in plans {
                assert!(!plan.wanted.is_empty(), "{} asks for nothing", case.id);
                if let Err(problems) = plan.load(&case.id) {
                    panic!("{}: {problems}", case.id);
                }
            }
        }
        assert!(translated >= 70, "{translated} cases are translated");
    }

    /// Every number of a translated case is asked for, or is known not to be a quantity of the scenario.
    #[test]
    fn no_number_of_a_translated_case_is_forgotten() {
        let Some(cases) = shared() else { return };
        for case in cases.iter().filter(|case| case.kind == "simulate") {
            let Translated::Plans(plans) = translate(case) else { continue };
            let asked: Vec<String> =
                plans.iter().flat_map(|plan| plan.wanted.iter().map(|wanted| wanted.number.name())).collect();
            for number in case.numbers() {
                let known = number.path.iter().any(|key| key == "total_mass" || key == "smallest_c");
                assert!(known || asked.contains(&number.name()), "{} {}", case.id, number.name());
            }
        }
    }
}
