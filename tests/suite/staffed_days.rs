//! Whole desks under a headcount by time of day, with leads that leave: the staffed days and the time-varying queue of the reference cases.
//!
//! The exact numbers were computed outside this program; each test names the case and the method. Every comparison has a false alarm of 1e-4
//! and a fixed seed.

use crate::measured::{agrees, ratio, scenario};
use leadsim::model::LeadId;
use leadsim::time::{Instant, Span};
use leadsim::trial::{self, Ending, Happening, Lead, Prepared, Watch};

/// Sums over the leads of a trial.
#[derive(Default)]
struct Sums {
    /// Waits, served or left, that count as good are shorter.
    target: Span,
    leads: f64,
    good: f64,
    left: f64,
    seconds: f64,
}

impl Watch for Sums {
    fn lead(&mut self, at: Instant, _: LeadId, lead: &Lead, what: Happening) {
        if !lead.in_horizon {
            return;
        }
        let gone = what == Happening::Ended(Ending::Left);
        if gone || matches!(what, Happening::ReviewStarted(_)) {
            let wait = at - lead.created;
            self.good += f64::from(u8::from(wait < self.target));
            self.seconds += wait.as_minutes() * 60.0;
        }
        self.left += f64::from(u8::from(gone));
        self.leads += f64::from(u8::from(what == Happening::Created));
    }
}

const FRAME: &str = "format = 1\n[horizon]\nlength = \"13 weeks\"\nrun_in = \"1 week\"\n[tiers.1]\n\
    [routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\n\
    [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n";

/// Leads and reps hour by hour from 08:00, every day; what waits at the end is worked off.
fn day(rates: &[f64], staff: &[u32], minutes: &str, patience: &str) -> String {
    let mut hours = [0.0; 24];
    hours[8..8 + rates.len()].copy_from_slice(rates);
    let cover: String = (8..)
        .zip(staff)
        .map(|(hour, staff)| format!("\"every day {hour:02}:00-{:02}:00\" = {staff}\n", hour + 1))
        .collect();
    format!(
        "{FRAME}[sources.web.rate]\nevery = \"24h\"\nper_hour = {hours:?}\n[work]\ndial = {{ law = \"exponential\", mean = \"{minutes}\" }}\n\
         [buyers.patience]\n{patience}\n[team.desk]\nafter_close = \"work off\"\nthen = \"oldest first\"\n[team.desk.cover]\n{cover}"
    )
}

/// A number of a trial.
type Part = fn(&Sums) -> f64;

/// Holds a day against shares of expected leads that waited less than the target and that left, and seconds waited an expected lead, with the
/// greatest standard error of each.
fn holds(what: &str, text: &str, target: Span, trials: u64, leads: f64, exact: [f64; 3], errors: [f64; 3]) {
    let scenario = scenario(text);
    let prepared = Prepared::new(&scenario.model);
    let play = |number| {
        let mut sums = Sums { target, ..Sums::default() };
        trial::run(&prepared, 1, number, &mut sums);
        sums
    };
    let played: Vec<Sums> = (0..trials).map(play).collect();
    let parts: [(&str, Part); 3] = [("good", |s| s.good), ("left", |s| s.left), ("seconds", |s| s.seconds)];
    for (((name, part), exact), error) in parts.into_iter().zip(exact).zip(errors) {
        let what = format!("{what}, {name}");
        let pairs: Vec<(f64, f64)> = played.iter().map(|sums| (part(sums), 91.0 * leads)).collect();
        agrees(&what, ratio(&what, &pairs), exact, error);
    }
}

const LEAD_DESK: ([f64; 8], [u32; 8]) =
    ([20.0, 45.0, 60.0, 50.0, 40.0, 35.0, 30.0, 15.0], [3, 6, 7, 6, 5, 5, 4, 3]);

/// Exact: Markov chain hour by hour, by matrix exponentials (DAY-LEADS).
#[test]
fn a_day_of_a_lead_desk() {
    let (rates, staff) = LEAD_DESK;
    let text = day(&rates, &staff, "7min", "leaves_after = { law = \"exponential\", mean = \"90min\" }");
    let exact = [0.679_019_093_332_028_5, 0.047_362_786_761_263_89, 255.759_048_510_825];
    holds("lead desk", &text, Span::minutes(5), 40, 295.0, exact, [0.004, 0.001, 3.0]);
}

/// The same with a Gamma factor of shape 12 a day, integrated out by quadrature (DAY-GAMMA).
#[test]
fn days_that_are_busier_than_others() {
    let (rates, staff) = LEAD_DESK;
    let text = day(&rates, &staff, "7min", "leaves_after = { law = \"exponential\", mean = \"90min\" }")
        + "[leads.busyness]\nshape = 12\n";
    let exact = [0.569_197_786_264_155_8, 0.093_240_869_618_310_81, 503.500_695_938_878_44];
    holds("busyness", &text, Span::minutes(5), 60, 295.0, exact, [0.005, 0.003, 15.0]);
}

/// The call centre of the SSJ library (L'Ecuyer): thirteen hours, a busyness of shape 400, one in ten hangs up at once when all are busy
/// (SSJ-CALLCENTER; chain and quadrature).
#[test]
fn the_call_centre_of_ssj() {
    let rates = [100.0, 150.0, 150.0, 180.0, 200.0, 150.0, 150.0, 150.0, 120.0, 100.0, 80.0, 70.0, 60.0];
    let staff = [4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4];
    let patience = "leaves_at_once = 0.1\nleaves_after = { law = \"exponential\", mean = \"1000s\" }";
    let text = day(&rates, &staff, "100s", patience) + "[leads.busyness]\nshape = 400\n";
    let exact = [0.924_689_364_830_04, 0.019_859_246_252_717_94, 4.723_604_150_434_097];
    holds("SSJ", &text, Span::seconds(20), 24, 1660.0, exact, [0.002, 0.0005, 0.08]);
}

/// Reps at work at each half-hour of the day.
const HALF_HOURS: [u32; 48] = [
    91, 93, 94, 96, 98, 100, 101, 103, 105, 107, 108, 110, 111, 112, 113, 114, 114, 115, 115, 114, 114, 113,
    112, 111, 110, 108, 107, 105, 103, 101, 100, 98, 96, 94, 93, 91, 90, 89, 88, 87, 87, 86, 86, 87, 87, 88,
    89, 90,
];

/// Leads in the system at quarter past every third hour.
struct Sampled {
    next: Instant,
    since: Instant,
    in_system: u32,
    /// By time of day: samples, their sum, and how many found every wanted rep busy.
    found: [(f64, f64, f64); 8],
}

impl Watch for Sampled {
    fn lead(&mut self, at: Instant, _: LeadId, _: &Lead, what: Happening) {
        while self.next <= at {
            let hours = (self.next - self.since).as_hours();
            let place = (hours / 3.0) as usize % 8;
            let staff = HALF_HOURS[6 * place];
            let found = &mut self.found[place];
            found.0 += 1.0;
            found.1 += f64::from(self.in_system);
            found.2 += f64::from(u8::from(self.in_system >= staff));
            self.next += Span::hours(3);
        }
        match what {
            Happening::Created => self.in_system += 1,
            Happening::Ended(_) => self.in_system -= 1,
            _ => {}
        }
    }
}

/// A hundred reps staffed by the half-hour for a rate that swings by a fifth; patience has the law of handling, so the number in the system is
/// Poisson whatever the headcount (Feldman, Mandelbaum, Massey and Whitt 2008; FMMW-POISSON).
#[test]
fn half_hours_of_staffing_for_a_swinging_rate() {
    let mu = 0.261_799_387_799_149_4;
    let points: Vec<String> = (0..288)
        .map(|step| {
            let hour = f64::from(step) / 12.0;
            let rate = mu * (100.0 + 20.0 * (std::f64::consts::TAU * hour / 24.0).sin());
            format!("[\"{}min\", {rate}]", 5 * step)
        })
        .collect();
    let minutes = 60.0 / mu;
    let law = format!("{{ law = \"exponential\", mean = \"{minutes}min\" }}");
    let cover: String = HALF_HOURS
        .iter()
        .enumerate()
        .map(|(step, staff)| {
            let clock = |step: usize| format!("{:02}:{:02}", step / 2, step % 2 * 30);
            format!("\"every day {}-{}\" = {staff}\n", clock(step), clock(step + 1))
        })
        .collect();
    let text = format!(
        "{FRAME}[sources.web.rate]\nevery = \"24h\"\npoints = [{}]\n[work]\ndial = {law}\n[buyers.patience]\nleaves_after = {law}\n\
         [team.desk]\nthen = \"oldest first\"\n[team.desk.cover]\n{cover}",
        points.join(", ")
    );
    let scenario = scenario(&text);
    let prepared = Prepared::new(&scenario.model);
    let horizon = &scenario.model.horizon;
    let play = |number| {
        // Three days of filling up, then sample; the clocks do not change in the zone of the scenario.
        let since = horizon.opens;
        let mut sampled = Sampled {
            next: since + Span::minutes(72 * 60 + 15),
            since,
            in_system: 0,
            found: Default::default(),
        };
        trial::run(&prepared, 1, number, &mut sampled);
        sampled
    };
    let played: Vec<Sampled> = (0..16).map(play).collect();
    let exact = [
        (90.675_442_059_915_4, 0.500_358_632_635_762),
        (100.924_939_923_789_08, 0.510_254_567_366_542),
        (110.632_620_524_687_47, 0.498_701_643_748_174_6),
        (114.111_856_225_790_46, 0.479_294_626_312_453_1),
        (109.324_557_940_084_6, 0.486_945_798_007_055_7),
        (99.075_060_076_210_92, 0.476_311_319_025_620_5),
        (89.367_379_475_312_53, 0.487_365_784_756_879_6),
        (85.888_143_774_209_54, 0.509_530_285_746_543_8),
    ];
    for (place, (mean, waits)) in exact.into_iter().enumerate() {
        let of = |part: &dyn Fn(&(f64, f64, f64)) -> f64| -> Vec<(f64, f64)> {
            played.iter().map(|s| (part(&s.found[place]), s.found[place].0)).collect()
        };
        let what = format!("in the system at {}:15", 3 * place);
        agrees(&what, ratio(&what, &of(&|found| found.1)), mean, 0.5);
        let what = format!("waits at {}:15", 3 * place);
        agrees(&what, ratio(&what, &of(&|found| found.2)), waits, 0.025);
    }
}
