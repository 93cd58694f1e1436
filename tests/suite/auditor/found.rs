//! What the auditor found wrong once, each as the smallest scenario that shows it.

use super::audit;
use leadsim::scenario;
use std::path::Path;

/// A dozen trials of a scenario pass the audit.
fn in_order(text: &str) {
    let scenario = scenario::from_text(text, "found", Path::new("."), &[])
        .unwrap_or_else(|problems| panic!("{problems}"));
    for seed in 0..12 {
        let violations = audit(&scenario.model, seed, 0);
        let told: Vec<String> =
            violations.iter().map(|v| format!("{:?} at {}: {}", v.property, v.at, v.what)).collect();
        assert!(told.is_empty(), "seed {seed}\n{}", told.join("\n"));
    }
}

const FRAME: &str =
    "format = 1\n[horizon]\nstart = \"2026-06-01\"\nlength = \"2 weeks\"\nrun_in = \"0 weeks\"\n";
const S1: &str = "[commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15 business min\"\n";

/// Leads of the opening backlog in the first day of their cadence were judged as if they had been answered in the horizon.
#[test]
fn the_backlog_keeps_no_promise_of_the_horizon() {
    in_order(&format!(
        "{FRAME}[sources.web]\nper_week = 5\n[routing]\n[team.reps]\ncount = 1\n[tiers.1]\n\
         [backlog.1]\nwaiting = 5\nin_cadence = 5\nage = {{ law = \"uniform\", from = \"0 days\", to = \"6 days\" }}\n{S1}\
         [commitments.P]\nkind = \"persistence\"\nattempts = 1\nwithin_days = 1\n"
    ));
}

/// A call away over the midnight that ends a week was booked twice from midnight on, and paid twice.
#[test]
fn minutes_after_midnight_are_booked_once() {
    in_order(&format!(
        "{FRAME}[sources.web]\nper_week = 1\n[routing]\n[team.reps]\ncount = 3\ncost_per_hour = \"$60\"\n\
         [team.reps.away.calls]\nafter = {{ law = \"exponential\", mean = \"30min\" }}\nlength = {{ law = \"exponential\", mean = \"60min\" }}\n{S1}"
    ));
}

/// Leads created while closed were put in order by a promise for leads created while open.
#[test]
fn a_promise_orders_only_the_leads_it_covers() {
    in_order(&format!(
        "{FRAME}[calendar]\nhours = \"Mon-Fri 08:00-18:00\"\n[sources.web]\nper_day = 30\n[routing]\npolicy = \"pool\"\n\
         [team.reps]\ncount = 1\nattention = {{ law = \"exponential\", mean = \"10min\" }}\n[work]\nreview = \"30min\"\n{S1}covers = \"in hours\"\n"
    ));
}

/// Who was done at the minute a shift ended, or a meeting began, took something new first.
#[test]
fn nobody_begins_at_the_minute_the_shift_ends() {
    in_order(&format!(
        "{FRAME}[sources.list]\nupload = {{ leads = 90, at = \"2026-06-02 06:00\" }}\n[routing]\npolicy = \"pool\"\n\
         [team.reps]\ncount = 3\nshift = \"Mon-Fri 09:00-17:00\"\nmeetings.noon = {{ on = \"Wed 12:00\", length = \"30min\" }}\n\
         [work]\nreview = \"20min\"\n{S1}"
    ));
}

/// By lot, work that was put down stood first in its own line only, not before all of its rank; and where named work of a line by lot took
/// a rep off other work, another piece than the one begun left the line, and that lead was never seen again.
#[test]
fn by_lot_nothing_named_is_lost_and_what_was_put_down_comes_first() {
    let text = |more: &str| {
        format!(
            "{FRAME}[tiers.1]\n[tiers.2]\n[sources.hot]\ntier = 1\nper_day = 40\n[sources.cold]\ntier = 2\nper_day = 60\n\
             [routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\n[team.reps]\ncount = 3\nthen = \"random\"\ninterruption = \"hand back\"\n\
             attention = \"15min\"\nmeetings.blocks = {{ every = \"75min\", length = \"15min\" }}\n{more}\
             [work]\nreview = {{ law = \"exponential\", mean = \"25min\" }}\ndial = \"5min\"\n[buyers.cadence]\n[buyers.cadence.steps]\n\
             1 = {{ day = 0, by = \"phone\" }}\n2 = {{ day = 1, by = \"phone\" }}\n{S1}"
        )
    };
    in_order(&text("order = [\"follow-up\", \"reply\", \"own work\", \"new\"]\n"));
    in_order(&text("put_down_for = [\"new 1\"]\n"));
    in_order(
        &text("put_down_for = [\"new\", \"reply\"]\n")
            .replace("policy = \"pool\"\nfollow_ups_to = \"pool\"", "policy = \"round robin\""),
    );
    in_order(
        &text("order = [\"new\", \"reply\", \"follow-up\", \"own work\"]\nput_down_for = [\"new 1\"]\n")
            .replace("policy = \"pool\"\nfollow_ups_to = \"pool\"", "policy = \"round robin\""),
    );
}

/// A rotation that knows shifts but not leave left leads without an owner when somebody on leave came on shift.
#[test]
fn a_shift_of_leave_begins_for_a_rotation_that_knows_shifts_only() {
    in_order(&format!(
        "{FRAME}[sources.web]\nper_day = 20\n[routing]\npolicy = \"round robin\"\naware_of = [\"shift\"]\n\
         [team.reps]\ncount = 1\nshift = \"Mon-Fri 09:00-17:00\"\nleave.trip = {{ from = \"2026-06-02\", until = \"2026-06-03\" }}\n\
         [work]\nreview = \"5min\"\n{S1}"
    ));
}

/// An attempt made at midnight sharp did not count for the limit of that day.
#[test]
fn the_limit_of_a_day_holds_from_midnight_on() {
    in_order(&format!(
        "{FRAME}[calendar]\nhours = \"Mon-Fri 09:00-17:00\"\n[sources.list]\nupload = {{ leads = 4, at = \"2026-06-02 00:00\" }}\n\
         [routing]\npolicy = \"round robin\"\n[team.reps]\ncount = 5\n[buyers.cadence]\nmost_per_day = 1\n[buyers.cadence.steps]\n\
         1 = {{ day = 0, by = \"email\" }}\n2 = {{ day = 0, by = \"email\" }}\n3 = {{ day = 1, by = \"phone\" }}\n{S1}"
    ));
}
