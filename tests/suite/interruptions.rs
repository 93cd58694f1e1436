//! Reps who are called away, put work down for a hotter lead, or fill idle time with their own work: exact results of queueing theory,
//! asked of the whole program through scenario files.
//!
//! The exact numbers were computed outside this program to nine digits or more; each test names the method. Every comparison has a false
//! alarm of 1e-4 and a fixed seed.

use crate::measured::{Measured, agrees, ratio, scenario};
use leadsim::model::{LeadId, Model, RepId};
use leadsim::time::Instant;
use leadsim::trial::{self, Happening, Lead, Outcome, Prepared, RepState, Watch};

/// Follows one trial: sums over leads created in the horizon, and integrals over its time, in minutes.
struct Line {
    horizon: (Instant, Instant),
    since: Instant,
    in_system: u32,
    waiting: u32,
    free: u32,
    states: Vec<RepState>,
    /// Minutes of the horizon × number in the system, × number waiting, and minutes with nobody free.
    in_system_minutes: f64,
    waiting_minutes: f64,
    nobody_free: f64,
    /// Minutes in which somebody was free while a lead waited.
    idle_beside_work: f64,
    /// By tier: leads, minutes from created to begun, minutes from created to ended.
    tiers: Vec<(f64, f64, f64)>,
}

impl Line {
    fn new(model: &Model) -> Self {
        Line {
            horizon: (model.horizon.start, model.horizon.end),
            since: model.horizon.opens,
            in_system: 0,
            waiting: 0,
            free: 0,
            states: vec![RepState::Off; model.reps.len()],
            in_system_minutes: 0.0,
            waiting_minutes: 0.0,
            nobody_free: 0.0,
            idle_beside_work: 0.0,
            tiers: vec![(0.0, 0.0, 0.0); model.leads.tiers.len()],
        }
    }

    fn pass(&mut self, at: Instant) {
        let (from, until) = (self.since.max(self.horizon.0), at.min(self.horizon.1));
        self.since = at;
        if from < until {
            let minutes = (until - from).as_minutes();
            self.in_system_minutes += minutes * f64::from(self.in_system);
            self.waiting_minutes += minutes * f64::from(self.waiting);
            self.nobody_free += if self.free == 0 { minutes } else { 0.0 };
            self.idle_beside_work += if self.free > 0 && self.waiting > 0 { minutes } else { 0.0 };
        }
    }
}

impl Watch for Line {
    fn lead(&mut self, at: Instant, _: LeadId, lead: &Lead, what: Happening) {
        self.pass(at);
        let tier = &mut self.tiers[usize::from(lead.tier.0)];
        let minutes = if lead.in_horizon { (at - lead.created).as_minutes() } else { 0.0 };
        match what {
            Happening::Created => {
                self.in_system += 1;
                self.waiting += 1;
                tier.0 += f64::from(u32::from(lead.in_horizon));
            }
            Happening::ReviewStarted(_) => {
                self.waiting -= 1;
                tier.1 += minutes;
            }
            Happening::PutDown(_) => self.waiting += 1,
            Happening::TakenUp(_) => self.waiting -= 1,
            Happening::Ended(_) => {
                self.in_system -= 1;
                tier.2 += minutes;
            }
            _ => {}
        }
    }

    fn rep(&mut self, at: Instant, rep: RepId, state: RepState) {
        self.pass(at);
        let before = std::mem::replace(&mut self.states[rep.0 as usize], state);
        self.free -= u32::from(before == RepState::Free);
        self.free += u32::from(state == RepState::Free);
    }
}

/// Independent trials of one scenario.
struct Trials(Vec<(Line, Outcome)>);

impl Trials {
    fn of(text: &str, trials: u64) -> Self {
        let scenario = scenario(text);
        let prepared = Prepared::new(&scenario.model);
        let one = |number| {
            let mut line = Line::new(&scenario.model);
            let outcome = trial::run(&prepared, 1, number, &mut line);
            (line, outcome)
        };
        Trials((0..trials).map(one).collect())
    }

    /// A ratio of sums over trials.
    fn ratio(&self, part: impl Fn(&Line, &Outcome) -> (f64, f64)) -> Measured {
        let pairs: Vec<(f64, f64)> = self.0.iter().map(|(line, outcome)| part(line, outcome)).collect();
        ratio("time over leads", &pairs)
    }

    /// Mean minutes from created to ended.
    fn sojourn(&self, tier: usize) -> Measured {
        self.ratio(|line, _| (line.tiers[tier].2, line.tiers[tier].0))
    }

    /// Mean minutes from created to begun.
    fn wait(&self) -> Measured {
        self.ratio(|line, _| (line.tiers[0].1, line.tiers[0].0))
    }

    /// A mean over the time of the horizon.
    fn mean(&self, integral: impl Fn(&Line) -> f64) -> Measured {
        self.ratio(|line, _| (integral(line), (line.horizon.1 - line.horizon.0).as_minutes()))
    }

    /// Whoever is free takes what waits, put down or new.
    fn nobody_idles_beside_work(&self) {
        assert!(self.0.iter().all(|(line, _)| line.idle_beside_work == 0.0));
    }

    /// Share of rep time in a state.
    fn share(&self, state: RepState) -> Measured {
        self.ratio(|_, outcome| {
            (outcome.rep_minutes[state as usize], outcome.rep_minutes.iter().sum::<f64>())
        })
    }
}

/// Agreement with a standard error of at most `share` of the exact value.
fn agrees_within(what: &str, measured: Measured, exact: f64, share: f64) {
    agrees(what, measured, exact, share * exact);
}

/// Leads by tier an hour, reps day and night, in the order in which they come. The unit of time of the cases is a minute here.
fn desk(per_minute: &[f64], team: &str, work: &str) -> String {
    let mut text = String::from("format = 1\n[horizon]\nlength = \"1 week\"\nrun_in = \"1 week\"\n");
    for tier in 1..=per_minute.len() {
        text += &format!("[tiers.{tier}]\n");
    }
    for (tier, rate) in per_minute.iter().enumerate() {
        text += &format!("[sources.s{}]\ntier = {}\nper_hour = {}\n", tier + 1, tier + 1, 60.0 * rate);
    }
    let order: String = (1..=per_minute.len()).map(|tier| format!("\"new {tier}\", ")).collect();
    text + &format!(
        "[routing]\npolicy = \"pool\"\n[team.reps]\norder = [{order}\"reply\", \"follow-up\", \"own work\"]\n\
         then = \"oldest first\"\n{team}\n[work]\n{work}\n\
         [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n"
    )
}

/// The doctors of Hillier and Lieberman: three classes, each taking the doctor off all that come later, resumed where it stopped.
/// Exact: the classes up to k together are M/M/c, since all handling is alike and exponential (PRIO-HL-PR1, PRIO-HL-PR2).
#[test]
fn hotter_leads_take_reps_off_colder_ones() {
    let cases = [
        (1, [0.357_142_857_142_857, 0.487_012_987_012_987, 1.363_636_363_636_364], [0.008, 0.008, 0.03]),
        (2, [0.333_704_115_684_093, 0.341_253_982_554_774, 0.398_755_656_108_597], [0.008, 0.008, 0.01]),
    ];
    for (reps, exact, errors) in cases {
        let team = format!("count = {reps}\nput_down_for = [\"new\"]");
        let text = desk(&[0.2, 0.6, 1.2], &team, "dial = { law = \"exponential\", mean = \"20s\" }");
        let trials = Trials::of(&text, 16);
        for tier in 0..3 {
            let what = format!("{reps} reps, class {}", tier + 1);
            agrees_within(&what, trials.sojourn(tier), exact[tier], errors[tier]);
        }
        trials.nobody_idles_beside_work();
        if reps == 1 {
            // A single owner's own line is the same queue, lead by lead.
            let owned = Trials::of(&text.replace("\"pool\"", "\"round robin\""), 2);
            let tiers = |trials: &Trials| {
                trials.0.iter().take(2).map(|(line, _)| line.tiers.clone()).collect::<Vec<_>>()
            };
            assert_eq!(tiers(&trials), tiers(&owned));
        }
    }
}

/// Laws of handling by class. Exact: Cobham (1954) and Jaiswal for M/G/1 with resumption (PRIO-MG1-PR).
#[test]
fn a_constant_call_takes_the_rep_off_an_exponential_one() {
    let work = "review = { 1 = \"1min\", 2 = { law = \"exponential\", mean = \"1min\" } }";
    let trials = Trials::of(&desk(&[0.25, 0.5], "count = 1\nput_down_for = [\"new 1\"]", work), 24);
    agrees_within("constant", trials.sojourn(0), 1.166_666_666_666_667, 0.005);
    agrees_within("exponential", trials.sojourn(1), 4.666_666_666_666_667, 0.025);
}

/// Own work begun again and again while nothing waits, never interrupted: vacations of a server.
/// Exact: decomposition by Levy and Yechiali (1975), Fuhrmann and Cooper (1985) (VAC-MULT, VAC-MULT-D).
#[test]
fn own_work_again_and_again_is_a_server_on_vacations() {
    let own = |length: &str| {
        format!("count = 1\nown_work.prospecting = {{ when_idle = \"again and again\", length = {length} }}")
    };
    let exponential = |mean: &str| format!("{{ law = \"exponential\", mean = \"{mean}\" }}");
    let work = format!("dial = {}", exponential("1min"));
    let trials = Trials::of(&desk(&[0.6], &own(&exponential("30s")), &work), 24);
    agrees_within("exponential, wait", trials.wait(), 2.0, 0.02);
    agrees_within("exponential, waiting", trials.mean(|line| line.waiting_minutes), 1.2, 0.02);
    agrees_within("exponential, own work", trials.share(RepState::OwnWork), 0.4, 0.01);
    assert!(trials.0.iter().all(|(_, outcome)| outcome.rep_minutes[RepState::Free as usize] == 0.0));
    let trials = Trials::of(&desk(&[3.0], &own("\"24s\""), "dial = \"15s\""), 8);
    agrees_within("constant, wait", trials.wait(), 0.575, 0.01);
    agrees_within("constant, waiting", trials.mean(|line| line.waiting_minutes), 1.725, 0.01);
}

/// Own work once a spell of idleness, then the rep waits for work. Exact: decomposition; P(on vacation) = (1 − ρ)·λE[V] / (λE[V] + V*(λ))
/// (VAC-SINGLE).
#[test]
fn own_work_once_is_a_server_on_single_vacations() {
    let team = "count = 1\nown_work.notes = { when_idle = \"once\", length = { law = \"exponential\", mean = \"75s\" } }";
    let trials = Trials::of(&desk(&[0.7], team, "dial = { law = \"exponential\", mean = \"1min\" }"), 24);
    agrees_within("wait", trials.wait(), 3.109_960_552_268_245, 0.02);
    agrees_within("waiting", trials.mean(|line| line.waiting_minutes), 2.176_972_386_587_771, 0.02);
    agrees_within("on own work", trials.share(RepState::OwnWork), 0.186_390_532_544_378, 0.01);
}

/// Calls away at random, busy or idle; the lead in hand pauses. Exact: White and Christie (1958) (BRK-1).
#[test]
fn a_rep_called_away_is_a_server_that_breaks_down() {
    let team = "count = 1\n[team.reps.away.calls]\nafter = { law = \"exponential\", mean = \"10min\" }\n\
                length = { law = \"exponential\", mean = \"2.5min\" }\ninterruption = \"pause\"";
    let text = desk(&[0.5], team, "dial = { law = \"exponential\", mean = \"1min\" }");
    let trials = Trials::of(&text, 32);
    agrees_within("created to ended", trials.sojourn(0), 4.666_666_666_666_667, 0.02);
    agrees_within("in the system", trials.mean(|line| line.in_system_minutes), 2.333_333_333_333_333, 0.02);
    agrees_within("away", trials.share(RepState::Meeting), 0.2, 0.01);
}

/// Seven reps, each away a fifth of the time; the lead in hand goes back to the head of the queue. Exact: Markov chain on
/// (leads, reps present), after Mitrany and Avi-Itzhak (1968), Neuts and Lucantoni (1979) (BRK-C).
#[test]
fn a_team_called_away_hands_its_leads_back() {
    let team = "count = 7\ninterruption = \"hand back\"\n[team.reps.away.calls]\nafter = { law = \"exponential\", mean = \"4min\" }\n\
                length = { law = \"exponential\", mean = \"1min\" }";
    let text = desk(&[9.0], team, "dial = { law = \"exponential\", mean = \"30s\" }");
    let trials = Trials::of(&text, 6);
    trials.nobody_idles_beside_work();
    agrees_within("created to ended", trials.sojourn(0), 0.853_545_950_276_868, 0.03);
    agrees_within("in the system", trials.mean(|line| line.in_system_minutes), 7.681_913_552_491_816, 0.03);
    agrees_within("waiting", trials.mean(|line| line.waiting_minutes), 3.181_913_552_491_436, 0.06);
    agrees_within("all busy", trials.mean(|line| line.nobody_free), 0.576_929_311_793_620, 0.02);
    agrees_within("away", trials.share(RepState::Meeting), 0.2, 0.01);
}
