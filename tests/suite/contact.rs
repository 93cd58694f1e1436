//! Contact by channel: which list an attempt is answered by, and what the ideal twin of a segment is worth.

use leadsim::model::{LeadId, Model};
use leadsim::scenario;
use leadsim::time::Instant;
use leadsim::trial::{self, Happening, Lead, Outcome, Prepared, Watch};
use std::path::Path;

/// A team that takes every lead at once; `buyers` says who answers, `team` what else the team does.
fn model(buyers: &str, team: &str) -> Model {
    let text = format!(
        "format = 1\n[horizon]\nlength = \"2 weeks\"\nrun_in = \"0 weeks\"\n\n\
         [leads]\nsegments = {{ small = 1, large = 1 }}\n[sources.web]\nper_day = 20\n[routing]\npolicy = \"pool\"\n\
         [team.reps]\ncount = 50\n{team}\n[work]\nreview = \"1min\"\n[buyers]\n{buyers}\n\
         [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n"
    );
    scenario::from_text(&text, "contact", Path::new("."), &[])
        .unwrap_or_else(|problems| panic!("{problems}"))
        .model
}

/// Leads of the horizon by segment, and the number of the attempt at which each was contacted.
#[derive(Default)]
struct Heard {
    leads: [u32; 2],
    contacted: [Vec<usize>; 2],
}

impl Watch for Heard {
    fn lead(&mut self, _: Instant, _: LeadId, lead: &Lead, what: Happening) {
        let segment = usize::from(lead.segment.0);
        match what {
            Happening::Created if lead.in_horizon => self.leads[segment] += 1,
            Happening::Contacted(_) if lead.in_horizon => self.contacted[segment].push(lead.attempts.len()),
            _ => {}
        }
    }
}

fn play(model: &Model) -> (Heard, Outcome) {
    let mut heard = Heard::default();
    let outcome = trial::run(&Prepared::new(model), 1, 0, &mut heard);
    assert!(heard.leads.iter().all(|leads| *leads > 50), "leads of both segments: {:?}", heard.leads);
    (heard, outcome)
}

fn tier(contact: &str) -> String {
    format!(
        "tiers.1 = {{ contact = {contact}, qualified = 1, opportunity = 1, won = 1 }}\n[buyers.cadence]\nmost_per_day = 3\n\
         [buyers.cadence.steps]\n1 = {{ day = 0, by = \"phone\" }}\n2 = {{ day = 1, by = {{ small = \"email\", large = \"phone\" }} }}\n\
         3 = {{ day = 2, by = \"phone\" }}"
    )
}

#[test]
fn an_attempt_is_answered_by_the_list_of_its_channel_at_its_number_in_the_whole_cadence() {
    // Small leads answer the email, which is the second attempt; large ones the third.
    let (heard, _) = play(&model(&tier("{ phone = [0, 0, 1], email = [0, 1, 0] }"), ""));
    assert_eq!(heard.contacted[0].len() as u32, heard.leads[0]);
    assert!(heard.contacted[0].iter().all(|number| *number == 2), "{:?}", heard.contacted[0]);
    assert_eq!(heard.contacted[1].len() as u32, heard.leads[1]);
    assert!(heard.contacted[1].iter().all(|number| *number == 3), "{:?}", heard.contacted[1]);
    // The first of the emails is not the first attempt.
    let (heard, _) = play(&model(&tier("{ phone = 0, email = [1, 0] }"), ""));
    assert_eq!(heard.contacted, [Vec::<usize>::new(), Vec::new()]);
}

#[test]
fn the_same_list_for_every_channel_is_the_plain_list() {
    let (plain, by_channel) = ("[0.3, 0.2, 0.1]", "{ phone = [0.3, 0.2, 0.1], email = [0.3, 0.2, 0.1] }");
    let play = |contact| play(&model(&tier(contact), "gives_up = 0.4\nnever_worked = 0.2")).1;
    assert_eq!(play(plain), play(by_channel));
}

#[test]
fn the_ideal_twin_has_the_channels_of_its_segment() {
    // Nobody ever works a lead, so that each loses all of its ideal twin's chance.
    let (heard, outcome) =
        play(&model(&tier("{ phone = [0.5, 0.4, 0.2], email = [0, 0.9] }"), "never_worked = 1"));
    let small = 1.0 - 0.5 * 0.1 * 0.8;
    let large = 1.0 - 0.5 * 0.6 * 0.8;
    let lost: f64 = outcome
        .stretches
        .iter()
        .flat_map(|stretch| &stretch.tiers[0].leaks)
        .map(|leak| leak.opportunities)
        .sum();
    let expected = f64::from(heard.leads[0]) * small + f64::from(heard.leads[1]) * large;
    assert!((lost - expected).abs() < 1e-9 * expected, "{lost} lost, {expected} expected");
}
