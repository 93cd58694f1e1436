//! Two teams on the same luck: how much sharper their difference is than that of two independent studies.
//!
//! The factor is the variance of the difference of two independent studies over that of the paired one, of the share of leads begun within
//! five minutes: the sharper, the more the luck of a lead stays its own. One common sequence of numbers, where one more rep gives everybody
//! other luck, has factors of 1.2 to 7.

use crate::measured::{Measured, ratio, scenario};
use crate::metamorphic_laws::waits;

/// The lead desk of 295 leads a day: hour by hour from 08:00, seven minutes of handling, 90 of patience.
const RATES: [f64; 8] = [20.0, 45.0, 60.0, 50.0, 40.0, 35.0, 30.0, 15.0];
const STAFF: [u32; 8] = [3, 6, 7, 6, 5, 5, 4, 3];

const LOG_NORMAL: &str = "{ mean = \"7min\", cv = 0.8 }";
const EXPONENTIAL: &str = "{ law = \"exponential\", mean = \"7min\" }";

/// Days that differ in busyness.
const BUSY_DAYS: &str = "[leads.busyness]\nper = \"day\"\nshape = 12\n";

fn desk(staff: [u32; 8], handling: &str, busyness: &str) -> String {
    let mut rates = [0.0; 24];
    rates[8..16].copy_from_slice(&RATES);
    let cover: String = (8..)
        .zip(staff)
        .map(|(hour, staff)| format!("\"every day {hour:02}:00-{:02}:00\" = {staff}\n", hour + 1))
        .collect();
    format!(
        "format = 1\n[horizon]\nzone = \"UTC\"\nlength = \"1 week\"\nrun_in = \"0 weeks\"\n{busyness}[sources.web.rate]\nevery = \"24h\"\n\
         per_hour = {rates:?}\n[routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\n[work]\ndial = {handling}\n\
         [buyers.patience]\nleaves_after = {{ law = \"exponential\", mean = \"90min\" }}\n\
         [team.desk]\nafter_close = \"work off\"\nthen = \"oldest first\"\n[team.desk.cover]\n{cover}"
    )
}

/// Leads begun within five minutes, and all, week by week of seed 1.
fn pairs(staff: [u32; 8], handling: &str, busyness: &str, weeks: u64) -> Vec<(f64, f64)> {
    let waits = waits(&scenario(&desk(staff, handling, busyness)).model, weeks);
    waits.iter().map(|w| (w.begun.iter().filter(|wait| **wait <= 5.0).count() as f64, w.leads)).collect()
}

/// Variance of the independent difference over that of the paired one; both linearised about the pooled shares.
fn factor(one: &[(f64, f64)], other: &[(f64, f64)]) -> f64 {
    let independent = |m: Measured| m.error * m.error;
    let (a, b) = (ratio("one", one), ratio("other", other));
    let (leads_a, leads_b) = (a.judged as f64 / one.len() as f64, b.judged as f64 / other.len() as f64);
    let differences: Vec<(f64, f64)> = one
        .iter()
        .zip(other)
        .map(|(x, y)| ((x.0 - a.value * x.1) / leads_a - (y.0 - b.value * y.1) / leads_b, 1.0))
        .collect();
    let paired = ratio("difference", &differences);
    assert!(b.value > a.value, "one more rep helps");
    (independent(a) + independent(b)) / independent(paired)
}

/// The factors of one more rep all day, and of one more in the peak hour, are at least these.
fn at_least(handling: &str, busyness: &str, weeks: u64, all_day: f64, in_the_peak: f64) {
    let mut peak = STAFF;
    peak[2] += 1;
    let base = pairs(STAFF, handling, busyness, weeks);
    let factors =
        [STAFF.map(|n| n + 1), peak].map(|more| factor(&base, &pairs(more, handling, busyness, weeks)));
    println!("{handling} {busyness:?}: +1 rep {:.1}, +1 rep in the peak hour {:.1}", factors[0], factors[1]);
    assert!(factors[0] >= all_day, "{handling} {busyness:?}: +1 rep: {:.2}", factors[0]);
    assert!(factors[1] >= in_the_peak, "{handling} {busyness:?}: +1 rep in the peak hour: {:.2}", factors[1]);
}

/// The wanted factors, 3 and 15, at the desk as it is described for all simulators, with exponential handling. Of equal days 2,000 weeks
/// have 3.6 and 18.5 (standard errors 0.1 and 1.0 from twenty parts), so that another seed would fall below with a probability of 3e-4;
/// of days that differ, 12 and 98.
#[test]
fn one_more_rep_is_compared_on_the_same_luck() {
    at_least(EXPONENTIAL, "", 2_000, 3.0, 15.0);
    at_least(EXPONENTIAL, BUSY_DAYS, 200, 3.0, 15.0);
}

/// The same desk with log-normal handling. Where days differ the wanted factors are left far behind here, too. Where they do not, one more
/// rep makes another desk of this one, and no luck however well shared gives more than 3.1 and 14.8: a second program for this desk, with all
/// luck shared by construction, has these factors (4,000 days; 11.0 and 91.8 with busyness), and 14,000 days of this one, each a trial of its
/// own, have 3.0 and 14.3 (standard error 0.3). The factor of 150 weeks has a relative standard error of some 12 %: a quarter less than
/// the second program's, two of them, is what they must reach.
#[test]
fn steadier_handling_leaves_less_luck_to_share() {
    at_least(LOG_NORMAL, "", 150, 3.1 * 0.75, 14.8 * 0.75);
    at_least(LOG_NORMAL, BUSY_DAYS, 150, 3.0, 15.0);
}
