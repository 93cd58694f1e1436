//! Remarks on what is valid but hardly meant.

use super::{SMALL, changed, on_template, valid};

fn notes(sets: &[&str]) -> Vec<String> {
    changed(&on_template(""), sets).unwrap_or_else(|problems| panic!("{problems}")).notes
}

#[test]
fn a_persistence_promise_that_the_cadence_cannot_keep_is_told() {
    assert_eq!(notes(&[]), Vec::<String>::new(), "the template's cadence can keep its own promise");
    let told = notes(&["commitments.S4.attempts=9"]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("S4") && told[0].contains("of 9 attempts"), "{told:?}");
    assert!(!told[0].contains("for "), "every segment alike: {told:?}");
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
