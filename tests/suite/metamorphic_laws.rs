//! Relations in distribution: orders of service, superposed and thinned leads, patience, many reps, delays of any law (M10 to M16).
//!
//! Seeds are fixed. Each comparison has a false alarm of 1e-4 ([`ONE_IN_TEN_THOUSAND`](crate::measured::ONE_IN_TEN_THOUSAND)), were the seed
//! changed; the 32 of this file together have 3e-3.

use crate::measured::{Measured, ONE_IN_TEN_THOUSAND, agrees, ratio, scenario};
use leadsim::analytic::ErlangC;
use leadsim::model::{LeadId, Model, RepId};
use leadsim::random::Key;
use leadsim::time::{Instant, Span};
use leadsim::trial::{self, Ending, Happening, Lead, Prepared, RepState, Watch};
use rayon::prelude::*;

/// Waits of a trial's leads of one tier, created to begun, minutes.
#[derive(Default)]
pub struct Waits {
    tier: u8,
    pub leads: f64,
    left: f64,
    pub begun: Vec<f64>,
}

impl Watch for Waits {
    fn lead(&mut self, at: Instant, _: LeadId, lead: &Lead, what: Happening) {
        if !lead.in_horizon || lead.tier.0 != self.tier {
            return;
        }
        match what {
            Happening::Created => self.leads += 1.0,
            Happening::ReviewStarted(_) => self.begun.push((at - lead.created).as_minutes()),
            Happening::Ended(Ending::Left) => self.left += 1.0,
            _ => {}
        }
    }
}

/// Leads of the first tier in trials of seed 1.
pub fn waits(model: &Model, trials: u64) -> Vec<Waits> {
    let prepared = Prepared::new(model);
    let play = |number| {
        let mut waits = Waits::default();
        trial::run(&prepared, 1, number, &mut waits);
        waits
    };
    (0..trials).into_par_iter().map(play).collect()
}

/// A share or mean over all leads.
fn mean(what: &str, waits: &[Waits], part: impl Fn(&Waits) -> f64) -> Measured {
    let pairs: Vec<(f64, f64)> = waits.iter().map(|waits| (part(waits), waits.leads)).collect();
    ratio(what, &pairs)
}

fn begun_within(what: &str, waits: &[Waits], minutes: f64) -> Measured {
    mean(what, waits, |waits| waits.begun.iter().filter(|wait| **wait <= minutes).count() as f64)
}

/// Holds two independent measurements of the same thing against each other.
fn same(what: &str, one: Measured, other: Measured, error_at_most: f64) {
    let error = one.error.hypot(other.error);
    println!("{what}: {:.6} and {:.6} ± {error:.6}", one.value, other.value);
    assert!(error <= error_at_most, "{what}: the error {error} is above {error_at_most}");
    let z = (one.value - other.value) / error;
    assert!(z.abs() <= ONE_IN_TEN_THOUSAND, "{what}: {one:?}\n{other:?}\nz = {z:.2}");
}

/// A pool day and night, one week after a run-in of one.
fn pool(reps: u32, minutes: &str, sources: &str, rest: &str) -> String {
    format!(
        "format = 1\n[horizon]\nzone = \"UTC\"\nlength = \"1 week\"\nrun_in = \"1 week\"\n{sources}\n[routing]\npolicy = \"pool\"\n\
         follow_ups_to = \"pool\"\n[work]\ndial = {{ law = \"exponential\", mean = \"{minutes}\" }}\n{rest}\n[team.reps]\ncount = {reps}\n"
    )
}

/// M10. First come, by lot and last come have the same mean wait, and variances in this order; last come also its exact second moment, which is
/// that of first come over 1 − ρ (case ORDER-LIFO, by transform of the busy period). In units of the mean handling time.
#[test]
fn orders_of_service_share_their_mean_and_not_their_variance() {
    const MEAN: f64 = 0.204_590_075_398_221_77;
    let square = |w: &Waits| w.begun.iter().map(|wait| (wait / 10.0).powi(2)).sum();
    let play = |then: &str| {
        let text = pool(10, "10min", "[sources.web]\nper_hour = 48", "") + &format!("then = \"{then}\"\n");
        let waits = waits(&scenario(&text).model, 60);
        agrees(then, mean(then, &waits, |w| w.begun.iter().sum::<f64>() / 10.0), MEAN, 0.006);
        mean(then, &waits, square)
    };
    let [first, lot, last] = ["oldest first", "random", "newest first"].map(play);
    agrees("last come, square", last, 1.022_950_376_991_108_8, 0.1);
    agrees("first come, square", first, 0.2 * 1.022_950_376_991_108_8, 0.02);
    assert!(first.value + 4.0 * first.error < lot.value && lot.value + 4.0 * last.error < last.value);
}

/// M11. Two tiers in one line are one tier with the leads of both.
#[test]
fn superposed_tiers_are_one_tier() {
    let line =
        "order = [\"new a and new b\", \"reply\", \"follow-up\", \"own work\"]\nthen = \"oldest first\"\n";
    let two = "[tiers.a]\n[tiers.b]\n[sources.a]\ntier = \"a\"\nper_hour = 20\n[sources.b]\ntier = \"b\"\nper_hour = 22";
    let both = waits(&scenario(&(pool(7, "8min", two, "") + line)).model, 50);
    let one = pool(7, "8min", "[tiers.a]\n[sources.all]\ntier = \"a\"\nper_hour = 42", "")
        + "then = \"oldest first\"\n";
    let one = waits(&scenario(&one).model, 50);
    for minutes in [1.0, 5.0, 15.0] {
        let what = format!("{minutes} min");
        same(&what, begun_within(&what, &both, minutes), begun_within(&what, &one, minutes), 0.012);
    }
}

/// Probabilities of a Poisson count.
fn poisson(mean: f64) -> Vec<f64> {
    let next = |term: &f64, n: u32| Some(term * mean / f64::from(n));
    (1..200).scan((-mean).exp(), |term, n| Some(std::mem::replace(term, next(term, n)?))).collect()
}

/// M12. Where patience has the law of handling, the number in the system is Poisson whatever the headcount (Feldman, Mandelbaum, Massey and
/// Whitt 2008): with it who is begun at once, and how many leave.
#[test]
fn patience_like_handling_makes_the_system_poisson_whatever_the_staffing() {
    let patience = "[buyers.patience]\nleaves_after = { law = \"exponential\", mean = \"20min\" }";
    let system = poisson(8.0);
    for reps in [4_usize, 8, 12] {
        let text = pool(reps as u32, "20min", "[sources.web]\nper_hour = 24", patience);
        let waits = waits(&scenario(&text).model, 40);
        let at_once: f64 = system[..reps].iter().sum();
        let in_line: f64 = system.iter().enumerate().map(|(n, p)| n.saturating_sub(reps) as f64 * p).sum();
        agrees(&format!("{reps} reps, at once"), begun_within("at once", &waits, 0.0), at_once, 0.006);
        agrees(&format!("{reps} reps, left"), mean("left", &waits, |w| w.left), in_line / 8.0, 0.005);
    }
}

/// Leads in hand at half past noon, from the second week on.
struct AtNoon {
    next: Instant,
    in_hand: f64,
    busy: Vec<bool>,
    seen: Vec<f64>,
}

impl Watch for AtNoon {
    fn rep(&mut self, at: Instant, rep: RepId, state: RepState) {
        while self.next <= at {
            self.seen.push(self.in_hand);
            self.next += Span::days(1);
        }
        let (place, busy) = (rep.0 as usize, state == RepState::NewLead);
        self.in_hand += f64::from(u8::from(busy)) - f64::from(u8::from(self.busy[place]));
        self.busy[place] = busy;
    }
}

/// M13. So many reps that nobody waits: the number in hand is Poisson, and its mean the leads of the past weighted with the chance to be still in
/// hand (Palm 1943, Khinchin 1955: Mt/G/∞). Twenty leads an hour by night and sixty by day, an hour of handling, at 12:30: 40 with constant
/// handling, 60 − 40·exp(−½) with exponential. More reps still change no lead's life.
#[test]
fn with_many_reps_the_number_in_hand_is_poisson() {
    let text = |reps: u32, law: &str| {
        format!(
            "format = 1\n[horizon]\nzone = \"UTC\"\nlength = \"4 weeks\"\nrun_in = \"1 week\"\nrun_out = \"none\"\n[sources.web.rate]\nevery = \"24h\"\n\
             per_hour = [20, 60]\n[routing]\npolicy = \"pool\"\n[team.reps]\ncount = {reps}\n[work]\ndial = {law}\n"
        )
    };
    let laws = [
        ("\"60min\"", 40.0),
        ("{ law = \"exponential\", mean = \"60min\" }", 60.0 - 40.0 * (-0.5_f64).exp()),
    ];
    for (law, exact) in laws {
        let model = scenario(&text(160, law)).model;
        let prepared = Prepared::new(&model);
        let next = model.horizon.start + Span::minutes(12 * 60 + 30);
        let seen: Vec<f64> = (0..8_u64)
            .into_par_iter()
            .flat_map_iter(|number| {
                let mut noon = AtNoon { next, in_hand: 0.0, busy: vec![false; 160], seen: Vec::new() };
                trial::run(&prepared, 1, number, &mut noon);
                noon.seen
            })
            .collect();
        let days = seen.len() as f64;
        assert_eq!(seen.len(), 8 * 28);
        let z = (seen.iter().sum::<f64>() / days - exact) / (exact / days).sqrt();
        assert!(z.abs() <= ONE_IN_TEN_THOUSAND, "{law}: mean, z = {z:.2}");
        // Poisson counts of known mean: the dispersion has mean 1 and variance (2 + 1/m)/n.
        let dispersion = seen.iter().map(|x| (x - exact).powi(2)).sum::<f64>() / exact / days;
        let z = (dispersion - 1.0) / ((2.0 + 1.0 / exact) / days).sqrt();
        assert!(z.abs() <= ONE_IN_TEN_THOUSAND, "{law}: dispersion {dispersion:.3}, z = {z:.2}");
    }
    let [few, many] =
        [160, 300].map(|reps| crate::metamorphic::lives(&scenario(&text(reps, laws[1].0)).model, 0));
    assert_eq!(crate::metamorphic::difference(&few, &many), None);
    assert!(few.values().all(|life| life.started == Some(life.created)), "nobody waits");
}

/// M14. Six in ten leads answer an email later and come back into the one line: however long they take, of whatever law, the wait is that of the
/// queue with both streams together (Baskett, Chandy, Muntz and Palacios 1975: a delay is insensitive to its law).
#[test]
fn the_law_of_the_buyers_delay_leaves_the_wait_as_it_is() {
    let queue = ErlangC::new(24.0 * 1.6 / 60.0, 1.0 / 8.0, 6).expect("the queue is stable");
    let laws =
        ["\"3h\"", "{ law = \"exponential\", mean = \"3h\" }", "{ mean = \"3h\", cv = 2 }", "\"20min\""];
    for law in laws {
        let rest = format!(
            "email = {{ law = \"exponential\", mean = \"8min\" }}\nreply = {{ law = \"exponential\", mean = \"8min\" }}\n\
             [buyers]\nreply_delay = {law}\n[buyers.cadence.steps]\n1 = {{ day = 0, by = \"email\" }}\n\
             [tiers.1]\n[buyers.tiers.1]\ncontact = 0.6\n"
        );
        let text = pool(6, "8min", "[sources.web]\nper_hour = 24", &rest)
            + "order = [\"new and reply and follow-up\", \"own work\"]\nthen = \"oldest first\"\n";
        let waits = waits(&scenario(&text).model, 60);
        for minutes in [1.0, 10.0] {
            let what = format!("{law}, {minutes} min");
            agrees(&what, begun_within(&what, &waits, minutes), queue.wait_within(minutes), 0.008);
        }
    }
}

/// M15. Every second of 84 leads an hour is a stream of 42 leads an hour: its queue is Erlang's (the values of `facts`).
#[test]
fn a_thinned_source_is_a_source_of_the_thinned_rate() {
    let sources = "[tiers.a]\n[tiers.b]\n[sources.web]\ntiers = { a = 1, b = 1 }\nper_hour = 84";
    let text = pool(7, "8min", sources, "") + "tiers = \"a\"\n[team.others]\ncount = 30\ntiers = \"b\"\n";
    let waits = waits(&scenario(&text).model, 60);
    for (minutes, exact) in [(1.0, 0.592_076), (5.0, 0.797_431), (15.0, 0.964_799)] {
        let what = format!("{minutes} min");
        agrees(&what, begun_within(&what, &waits, minutes), exact, 0.008);
    }
}

/// Leads an hour from 08:00 on.
const RATES: [f64; 8] = [20.0, 45.0, 60.0, 50.0, 40.0, 35.0, 30.0, 15.0];

/// A desk that is open from 08:00 to 16:00 and works off what waits, day by day for a year.
fn days(sources: &str) -> String {
    format!(
        "format = 1\n[horizon]\nzone = \"UTC\"\nstart = \"2026-02-02\"\nlength = \"52 weeks\"\nrun_in = \"0 weeks\"\n[sources.web]\n{sources}\n\
         [routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\n[work]\ndial = {{ law = \"exponential\", mean = \"7min\" }}\n\
         [team.desk]\nafter_close = \"work off\"\nthen = \"oldest first\"\n[team.desk.cover]\n\"every day 08:00-16:00\" = 6\n"
    )
}

/// Leads begun within five minutes, and all, by day.
struct ByDay {
    from: Instant,
    days: Vec<(f64, f64)>,
}

impl Watch for ByDay {
    fn lead(&mut self, at: Instant, _: LeadId, lead: &Lead, what: Happening) {
        if matches!(what, Happening::ReviewStarted(_)) && lead.in_horizon {
            let day = &mut self.days[(lead.created - self.from).as_days() as usize];
            day.0 += f64::from(u8::from(at - lead.created <= Span::minutes(5)));
            day.1 += 1.0;
        }
    }
}

/// M16. Leads by inversion of the cumulative rate, and leads of the highest rate of which each stays with its hour's share (Lewis and Shedler
/// 1979), put in as a replay: the same number a day and the same waits.
#[test]
fn arrivals_by_inversion_are_arrivals_by_thinning() {
    let folder = std::env::temp_dir().join(format!("leadsim-thinned-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder in the temporary directory");
    let mut rates = [0.0; 24];
    rates[8..16].copy_from_slice(&RATES);
    let inverted = scenario(&days(&format!("[sources.web.rate]\nevery = \"24h\"\nper_hour = {rates:?}")));
    let (luck, start) = (Key::root(99), inverted.model.horizon.start);
    let (mut hours, mut csv) = (0.0, String::from("created\n"));
    for n in 0.. {
        hours -= luck.uniform(1, n).ln() / 60.0;
        if hours >= 364.0 * 24.0 {
            break;
        }
        if luck.uniform(2, n) < rates[hours as usize % 24] / 60.0 {
            csv += &format!("{}\n", start + Span::from_hours_f64(hours));
        }
    }
    std::fs::write(folder.join("thinned.csv"), csv).expect("a file");
    let text = days("replay = { file = \"thinned.csv\", zone = \"UTC\" }");
    let thinned = leadsim::scenario::from_text(&text, "thinned", &folder, &[]);
    let _ = std::fs::remove_dir_all(&folder);
    let thinned = thinned.unwrap_or_else(|problems| panic!("{problems}"));
    let play = |model: &Model| {
        let mut by_day = ByDay { from: model.horizon.start, days: vec![(0.0, 0.0); 364] };
        trial::run(&Prepared::new(model), 1, 0, &mut by_day);
        by_day.days
    };
    let (inverted, thinned) = (play(&inverted.model), play(&thinned.model));
    same("within 5 min", ratio("inverted", &inverted), ratio("thinned", &thinned), 0.015);
    let counts =
        |days: &[(f64, f64)]| ratio("leads", &days.iter().map(|day| (day.1, 1.0)).collect::<Vec<_>>());
    same("leads a day", counts(&inverted), counts(&thinned), 1.5);
    agrees("leads a day", counts(&inverted), 295.0, 1.0);
}
