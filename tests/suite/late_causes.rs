//! Why a lead was late, on desks where every minute of the wait is known beforehand.

use leadsim::scenario;
use leadsim::trial::{self, LATE_CAUSES, LateCause, Prepared, Unwatched};
use std::path::Path;

/// A single lead of Tier 1 at 22:00, whose only rep is in a meeting from 21:30 to 23:00 and then reads it until one in the morning, while a
/// crowd of other reps is so busy that the team's history is cut at midnight: the hour of meeting stays one.
#[test]
fn a_lead_being_read_at_midnight_keeps_the_causes_of_its_wait() {
    let text = "format = 1\n[horizon]\nstart = \"2026-02-02\"\nlength = \"1 week\"\nrun_in = \"0 weeks\"\nzone = \"UTC\"\n\
        [tiers.1]\n[tiers.2]\n\
        [sources.list]\ntier = 1\nupload = { leads = 1, at = \"2026-02-03 22:00\" }\n[routing]\npolicy = \"pool\"\n\
        [team.reps]\ncount = 1\ntiers = [1]\nmeetings.late = { on = \"Tue 21:30\", length = \"90min\" }\n\
        [team.others]\ncount = 60\ntiers = [2]\nown_work.calls = { length = \"5min\", when_idle = \"again and again\" }\n\
        [work]\nreview = \"2h\"\n\
        [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n";
    let scenario = scenario::from_text(text, "late", Path::new("."), &[]);
    let scenario = scenario.unwrap_or_else(|problems| panic!("{problems}"));
    let outcome = trial::run(&Prepared::new(&scenario.model), 1, 0, &mut Unwatched);
    let mut minutes = [0.0; LATE_CAUSES];
    minutes[LateCause::Meeting as usize] = 60.0;
    minutes[LateCause::Review as usize] = 120.0;
    assert_eq!(outcome.tiers[0].late_minutes, minutes);
}
