//! Remarks on what is valid but hardly meant.

use super::{SMALL, changed, on_template, valid};

fn notes(sets: &[&str]) -> Vec<String> {
    changed(&on_template(""), sets).unwrap_or_else(|problems| panic!("{problems}")).notes
}

#[test]
fn a_persistence_promise_that_the_cadence_cannot_keep_is_told() {
    let told = |sets: &[&str]| {
        let scenario = changed(&on_template(""), sets).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(scenario.notes, Vec::<String>::new(), "{sets:?}: told once");
        scenario.warnings
    };
    assert_eq!(told(&[]), Vec::<String>::new(), "the template's cadence can keep its own promise");
    let nine = told(&["commitments.S4.attempts=9"]);
    assert_eq!(nine.len(), 1, "{nine:?}");
    assert!(nine[0].contains("S4") && nine[0].contains("6 of 9 attempts"), "{nine:?}");
    assert!(!nine[0].contains("for "), "every segment alike: {nine:?}");
    let days = told(&["commitments.S4.days=6"]);
    assert!(days.len() == 1 && days[0].contains("attempts in time on 5 of 6 days"), "{days:?}");
    let trimmed = told(&["buyers.cadence.tiers.3.attempts=3"]);
    let starts = [
        "commitments.S4 can never be kept for tier 3, SMB: the cadence plans 3 of 6 attempts in time",
        "commitments.S4 can never be kept for tier 3, mid-market, enterprise: the cadence plans 3 of 6",
    ];
    assert!(trimmed.len() == 2, "{trimmed:?}");
    for (told, start) in trimmed.iter().zip(starts) {
        assert!(told.starts_with(start), "{told}");
    }
}

#[test]
fn a_shift_that_begins_when_leads_of_the_night_are_due_is_told() {
    let told = notes(&["team.reps.shift=Mon-Fri 09:00-18:00", "team.reps.sites.off=true"]);
    assert!(told.iter().any(|note| note.contains("nobody is on shift before 09:00")), "{told:?}");
}

#[test]
fn a_standing_meeting_outside_of_the_shift_is_told() {
    let told = notes(&["team.reps.meetings.team.on=Sat 14:00"]);
    assert_eq!(told, ["team.reps.meetings.team lies outside of the shift of 6 of 6 reps, who never go"]);
    assert!(valid(SMALL).notes.is_empty());
}
