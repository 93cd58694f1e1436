//! Work of a pool whose reps may take different tiers, and back-up owners: who notices, who begins, who is called.

use leadsim::model::{LeadId, Model, RepId};
use leadsim::scenario;
use leadsim::time::{Instant, Span};
use leadsim::trial::{self, Happening, Lead, Prepared, RepState, Watch};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A Monday without holidays; UTC, no run-in.
const FRAME: &str = "format = 1\n[horizon]\nzone = \"UTC\"\nstart = \"2026-02-02\"\nlength = \"1 week\"\nrun_in = \"0 weeks\"\n\
                     [tiers.1]\n[tiers.2]\n[commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n";

fn model(text: &str) -> Model {
    scenario::from_text(&format!("{FRAME}{text}"), "pooled", Path::new("."), &[])
        .unwrap_or_else(|problems| panic!("{problems}"))
        .model
}

/// Plays one trial and keeps what is asked below: who was called for each lead, when each was noticed and begun, and every moment at which a
/// free rep stood beside a noticed lead that the rep may take.
struct Listener<'m> {
    model: &'m Model,
    states: BTreeMap<RepId, RepState>,
    waiting: BTreeMap<LeadId, u8>,
    noticed: Vec<(u8, Instant)>,
    begun: Vec<(u8, Instant, RepId)>,
    alerted: BTreeMap<u32, Vec<RepId>>,
    idle: Vec<String>,
    last: Instant,
}

impl Watch for Listener<'_> {
    fn lead(&mut self, at: Instant, id: LeadId, lead: &Lead, what: Happening) {
        self.time_moves(at);
        match what {
            Happening::Noticed(rep) => {
                self.noticed.push((lead.tier.0, at));
                if rep.is_none() {
                    self.waiting.insert(id, lead.tier.0);
                }
            }
            Happening::ReviewStarted(rep) => {
                self.begun.push((lead.tier.0, at, rep));
                self.waiting.remove(&id);
            }
            Happening::Assigned(rep) | Happening::BackUp(rep) => {
                self.alerted.entry(lead.number).or_default().push(rep);
            }
            _ => {}
        }
    }

    fn rep(&mut self, at: Instant, rep: RepId, state: RepState) {
        self.time_moves(at);
        self.states.insert(rep, state);
    }
}

impl Listener<'_> {
    /// Everything of the moment before has happened: is anybody idle who should not be?
    fn time_moves(&mut self, at: Instant) {
        if at == self.last {
            return;
        }
        for (rep, _) in self.states.iter().filter(|(_, state)| **state == RepState::Free) {
            let may = &self.model.groups[self.model.reps[rep.0 as usize].group].tiers;
            if let Some((lead, tier)) =
                self.waiting.iter().find(|(_, tier)| may.iter().any(|t| t.0 == **tier))
            {
                let name = &self.model.reps[rep.0 as usize].name;
                self.idle
                    .push(format!("from {}: {name} is free beside {lead:?} of tier index {tier}", self.last));
            }
        }
        self.last = at;
    }
}

fn play(model: &Model, trial: u64) -> Listener<'_> {
    let mut listener = Listener {
        model,
        states: BTreeMap::new(),
        waiting: BTreeMap::new(),
        noticed: Vec::new(),
        begun: Vec::new(),
        alerted: BTreeMap::new(),
        idle: Vec::new(),
        last: model.horizon.opens,
    };
    trial::run(&Prepared::new(model), 1, trial, &mut listener);
    listener
}

#[test]
fn the_pools_attention_runs_only_while_somebody_who_may_take_the_tier_is_at_the_desk() {
    // The early desk may take tier 2 only; the late one takes tier 1, and comes at noon.
    let model = model(
        "[sources.list]\ntier = 1\nupload = { leads = 1, at = \"2026-02-02 09:00\" }\n[routing]\npolicy = \"pool\"\n\
         [team.early]\ncount = 1\nshift = \"Mon-Fri 08:00-18:00\"\ntiers = 2\nattention = \"10min\"\n\
         [team.late]\ncount = 1\nshift = \"Mon-Fri 12:00-18:00\"\ntiers = 1\nattention = \"10min\"\n",
    );
    let noon = model.horizon.start + Span::hours(12);
    assert_eq!(play(&model, 0).noticed, [(0, noon + Span::minutes(10))]);
}

#[test]
fn work_noticed_at_one_moment_finds_every_free_rep_who_may_take_it() {
    // Both leads are noticed at 09:05. The rep who may take both prefers tier 1; the one for tier 2 must not stay idle.
    let model = model(
        "[sources.a_two]\ntier = 2\nupload = { leads = 1, at = \"2026-02-02 09:00\" }\n\
         [sources.b_one]\ntier = 1\nupload = { leads = 1, at = \"2026-02-02 09:00\" }\n[routing]\npolicy = \"pool\"\n\
         [team.a_both]\ncount = 1\nattention = \"5min\"\n[team.b_two]\ncount = 1\ntiers = 2\nattention = \"5min\"\n\
         [work]\nreview = \"20min\"\n",
    );
    let listener = play(&model, 0);
    let at = model.horizon.start + Span::minutes(9 * 60 + 5);
    assert_eq!(listener.noticed.iter().map(|(_, at)| *at).collect::<Vec<_>>(), [at, at]);
    let begun: BTreeSet<_> = listener.begun.into_iter().collect();
    assert_eq!(begun, BTreeSet::from([(0, at, RepId(0)), (1, at, RepId(1))]));
}

#[test]
fn no_free_rep_stands_beside_noticed_work_in_a_desk_of_three_groups() {
    let model = model(
        "[sources.lists]\ntiers = { 1 = 2, 2 = 3 }\nper_hour = 10\nbatch = 4\n[routing]\npolicy = \"pool\"\n\
         [team.one]\ncount = 2\ntiers = 1\nattention = \"5min\"\n[team.both]\ncount = 2\nattention = \"5min\"\norder = [\"new 2\", \"new 1\", \"reply\", \"follow-up\", \"own work\"]\n\
         [team.two]\ncount = 3\ntiers = 2\nattention = \"5min\"\n[work]\nreview = { law = \"exponential\", mean = \"9min\" }\n",
    );
    for trial in 0..5 {
        let listener = play(&model, trial);
        assert!(listener.begun.len() > 1_000);
        assert!(listener.idle.is_empty(), "{}", listener.idle.join("\n"));
    }
}

#[test]
fn every_back_up_is_somebody_who_has_not_been_alerted() {
    // Nobody looks before ten hours have passed, so each lead calls all the back-ups it may.
    let text = |times: u32| {
        format!(
            "[sources.web]\ntier = 1\nper_hour = 2\n[routing]\npolicy = \"round robin\"\nback_up = {{ after = \"10min\", times = {times} }}\n\
             [team.reps]\ncount = 4\nattention = \"10h\"\n[work]\nreview = \"1min\"\n"
        )
    };
    for times in [2, 3, 9] {
        let model = model(&text(times));
        let listener = play(&model, 0);
        let most = listener.alerted.values().map(Vec::len).max().unwrap_or(0);
        assert_eq!(most, (times as usize + 1).min(4), "the owner and the back-ups, never more than the team");
        for (lead, alerted) in &listener.alerted {
            let different: BTreeSet<_> = alerted.iter().collect();
            assert_eq!(different.len(), alerted.len(), "lead {lead}, times = {times}: {alerted:?}");
        }
    }
}
