//! Promises clause by clause: on desks where every attempt is known beforehand, each clause is kept or missed for its own reason.

use leadsim::scenario;
use leadsim::trial::{self, Outcome, Prepared, Unwatched};
use std::path::Path;

fn play(text: &str) -> Outcome {
    let frame = "format = 1\n[horizon]\nzone = \"UTC\"\nstart = \"2026-02-02\"\nlength = \"2 weeks\"\nrun_in = \"0 weeks\"\n";
    let scenario = scenario::from_text(&format!("{frame}{text}"), "promises", Path::new("."), &[])
        .unwrap_or_else(|problems| panic!("{problems}"));
    trial::run(&Prepared::new(&scenario.model), 1, 0, &mut Unwatched)
}

/// Kept and judged of one persistence promise with a cadence of a call, an email two hours later and, two days on, LinkedIn for
/// enterprise and a call for everybody else. Nobody answers.
fn persistence(clauses: &str) -> (u32, u32) {
    let outcome = play(&format!(
        "[leads]\nsegments = {{ SMB = 1, enterprise = 1 }}\n[sources.web]\nper_hour = 2\n[routing]\npolicy = \"pool\"\n[team.reps]\ncount = 1\n\
         [buyers.cadence.steps]\n1 = {{ day = 0, by = \"phone\" }}\n2 = {{ day = 0, by = \"email\", pause = \"2h\" }}\n\
         3 = {{ day = 2, by = {{ SMB = \"phone\", enterprise = \"linkedin\" }} }}\n\
         [commitments.S4]\nkind = \"persistence\"\nattempts = 3\nwithin_days = 10\n{clauses}\n"
    ));
    (outcome.commitments[0].all.kept, outcome.commitments[0].all.judged)
}

#[test]
fn persistence_asks_for_linkedin_a_pause_and_a_limit_a_day() {
    let (kept, judged) = persistence("");
    assert!(kept == judged && judged > 400, "{kept} of {judged}");
    let all = |clause: &str| assert_eq!(persistence(clause), (judged, judged), "{clause}");
    let none = |clause: &str| assert_eq!(persistence(clause), (0, judged), "{clause}");
    all("linkedin = { enterprise = 1 }");
    none("linkedin = 2");
    all("pause = \"2h\"");
    none("pause = \"121min\"");
    let (enterprise, _) = persistence("linkedin = 1");
    assert!(
        (0.4..0.6).contains(&(f64::from(enterprise) / f64::from(judged))),
        "half the leads have a LinkedIn step"
    );
    assert_eq!(
        persistence("linkedin = { SMB = 1 }"),
        (enterprise, judged),
        "only enterprise is not asked for what it lacks"
    );
    all("most_per_day = 2");
    // Calls after ten at night send their email on another day.
    let (late, _) = persistence("most_per_day = 1");
    assert!((0.04..0.13).contains(&(f64::from(late) / f64::from(judged))), "{late} of {judged}");
}

/// Kept promises, and those whose lead waited longer, of one lead that is created, routed half an hour later and attempted after `attention`.
fn waited(within: &str, created: &str, attention: &str) -> (u32, u32) {
    let outcome = play(&format!(
        "[calendar]\nhours = \"Mon-Fri 09:00-17:00\"\n[sources.list]\nupload = {{ leads = 1, at = \"{created}\" }}\n\
         [routing]\npolicy = \"pool\"\ndelay = \"30min\"\n[team.reps]\ncount = 1\nattention = \"{attention}\"\n\
         [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"{within}\"\n"
    ));
    (outcome.commitments[0].all.kept, outcome.commitments[0].kept_but_waited)
}

#[test]
fn a_kept_promise_of_days_or_of_a_moment_can_be_longer_than_promised_for_the_lead() {
    // Created on Monday at 10:00 and routed at 10:30: due on Tuesday at 10:30, thirty minutes more than a day.
    assert_eq!(waited("1 business day", "2026-02-02 10:00", "23h"), (1, 0));
    assert_eq!(waited("1 business day", "2026-02-02 10:00", "1425min"), (1, 1));
    assert_eq!(waited("24 h skipping closed days", "2026-02-02 10:00", "23h"), (1, 0));
    assert_eq!(waited("24 h skipping closed days", "2026-02-02 10:00", "1425min"), (1, 1));
    // Over the weekend a business day is three days for the lead.
    assert_eq!(waited("1 business day", "2026-02-06 10:00", "70h"), (1, 1));
    // Created before the opening, routed after it: the promise moves to the next day.
    assert_eq!(waited("by 09:00 next business day", "2026-02-02 08:50", "6h"), (1, 1));
    assert_eq!(waited("by 09:00 next business day", "2026-02-02 09:10", "6h"), (1, 0));
    assert_eq!(waited("same business day", "2026-02-02 16:50", "20h"), (1, 1));
    assert_eq!(waited("same business day", "2026-02-02 10:00", "6h"), (1, 0));
    // Lengths of open time stay as they were.
    assert_eq!(waited("2 business hours", "2026-02-02 10:00", "100min"), (1, 1));
    assert_eq!(waited("2 business hours", "2026-02-02 10:00", "80min"), (1, 0));
}

/// One lead, routed 30 minutes after it is created and noticed exactly 15 minutes after that: what is due at an instant is kept at it.
#[test]
fn a_promise_is_kept_to_the_very_instant_it_is_due() {
    let at = "2026-02-03 10:00";
    let kept = |within: &str| waited(within, at, "15min").0;
    assert_eq!((kept("15min"), kept("899s"), kept("901s")), (1, 0, 1));
}
