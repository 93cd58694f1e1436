//! Own work that gives way to leads: no lead waits for it, and nothing of it is lost.

use crate::measured::scenario;
use leadsim::model::LeadId;
use leadsim::time::Instant;
use leadsim::trial::{self, Happening, Lead, Outcome, Prepared, RepState, Watch};

/// Every attempt and reply taken up, with its lead and its time.
#[derive(Default, PartialEq, Debug)]
struct Touches(Vec<(Instant, u32, bool)>);

impl Watch for Touches {
    fn lead(&mut self, at: Instant, _: LeadId, lead: &Lead, what: Happening) {
        match what {
            Happening::Attempted(..) => self.0.push((at, lead.number, true)),
            Happening::Contacted(_) => self.0.push((at, lead.number, false)),
            _ => {}
        }
    }
}

fn play(policy: &str, leads_per_day: f64, team: &str) -> (Touches, Outcome) {
    let text = format!(
        "format = 1\n[horizon]\nlength = \"4 weeks\"\nrun_in = \"2 weeks\"\n[sources.web]\nper_day = {leads_per_day}\n\
         [routing]\npolicy = \"{policy}\"\nfollow_ups_to = \"{}\"\n[team.reps]\ncount = 2\ninterruption = \"pause\"\nshift = \"Mon-Fri 09:00-17:00\"\n{team}\n\
         [work]\nreview = \"4min\"\ndial = \"5min\"\nemail = \"3min\"\nreply = \"2min\"\nconversation = \"15min\"\n\
         [buyers]\nreply_delay = {{ law = \"exponential\", mean = \"2h\" }}\n\
         tiers.1 = {{ contact = 0.3, qualified = 0.5, opportunity = 1, won = 1 }}\n[buyers.cadence]\nmost_per_day = 3\n\
         [buyers.cadence.steps]\n1 = {{ day = 0, by = \"phone\" }}\n2 = {{ day = 1, by = \"email\" }}\n3 = {{ day = 2, by = \"phone\" }}\n\
         [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n",
        if policy == "pool" { "pool" } else { "owner" }
    );
    let mut touches = Touches::default();
    let outcome = trial::run(&Prepared::new(&scenario(&text).model), 1, 0, &mut touches);
    (touches, outcome)
}

const KINDS: [&str; 3] = [
    "share = 0.3, length = \"50min\"",
    "when_idle = \"once\", length = \"90min\"",
    "when_idle = \"again and again\", length = \"40min\"",
];

fn own_minutes(outcome: &Outcome) -> f64 {
    outcome.rep_minutes[RepState::OwnWork as usize]
}

#[test]
fn no_lead_waits_for_own_work_that_gives_way_and_leads_do_wait_for_other_own_work() {
    for policy in ["pool", "round robin"] {
        let (alone, _) = play(policy, 25.0, "");
        assert!(alone.0.len() > 1_000, "{} touches", alone.0.len());
        for kind in KINDS {
            let (meanwhile, outcome) =
                play(policy, 25.0, &format!("own_work.book = {{ {kind}, interruptible = true }}"));
            assert!(own_minutes(&outcome) > 1_000.0, "{kind}: {} minutes", own_minutes(&outcome));
            if policy == "round robin" {
                assert!(alone == meanwhile, "{kind}: every touch comes at the same moment as without it");
            } else {
                // Who of the pool takes what may differ, and with it nothing else.
                let when = |touches: &Touches| touches.0.iter().map(|touch| touch.0).collect::<Vec<_>>();
                assert_eq!(when(&alone), when(&meanwhile), "{kind}");
            }
            let (finished, _) = play(policy, 25.0, &format!("own_work.book = {{ {kind} }}"));
            assert!(alone != finished, "{kind}: own work that is finished first holds leads up");
        }
    }
}

#[test]
fn nothing_of_a_task_is_lost_when_it_is_put_down() {
    let own = |leads: f64, kind: &str| {
        let (_, outcome) =
            play("round robin", leads, &format!("own_work.book = {{ {kind}, interruptible = true }}"));
        let lead_work: f64 = [RepState::NewLead, RepState::FollowUp, RepState::Reply]
            .map(|state| outcome.rep_minutes[state as usize])
            .iter()
            .sum();
        (own_minutes(&outcome), lead_work, outcome.rep_minutes[RepState::Free as usize])
    };
    // The same tasks come up with leads and without them; at the edges of the horizon a few may be undone.
    let ((quiet, ..), (busy, lead_work, _)) = (own(0.1, KINDS[0]), own(15.0, KINDS[0]));
    assert!(lead_work > 2_000.0 && quiet > 4_000.0, "{lead_work} minutes on leads, {quiet} on own work");
    assert!((quiet - busy).abs() < 250.0, "{quiet} minutes without leads, {busy} with them");
    // Own work again and again takes all the time that leads leave.
    let (all, lead_work, free) = own(15.0, KINDS[2]);
    let shifts = 2.0 * 20.0 * 480.0;
    assert!(
        free == 0.0 && (all + lead_work - shifts).abs() < 1e-6,
        "{all} + {lead_work} of {shifts}, {free} free"
    );
}
