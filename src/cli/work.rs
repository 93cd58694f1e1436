//! What a command will cost in leads, events, memory and time: told before it begins where it is much, refused where it is too much.

use super::failure::Failure;
use super::remark;
use crate::plan::{curves, doubt};
use crate::report::thousands;
use crate::scenario::Scenario;
use crate::study::PILOT_TRIALS;

/// Events above which a command would take hours.
const MOST_EVENTS: f64 = 1e10;

/// Leads one trial can hold: a trial keeps all open leads in memory.
const MOST_LEADS: f64 = 16e6;

/// Events a thread plays in a second, as the estimate counts them; measured 3 to 12 million.
const EVENTS_A_SECOND: f64 = 3e6;

/// From here on a command says beforehand how long it may take, seconds.
const LONG: f64 = 120.0;

/// Bytes a lead takes in the story of a traced trial, with everything that happened to it.
const BYTES_A_STORY: f64 = 4_000.0;

/// Memory where the system does not say how much is free, bytes.
const USUAL_MEMORY: f64 = 8e9;

/// What is asked of the machine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Work {
    /// Trials asked for.
    trials: u64,
    /// Trials of which every lead's story is kept.
    traced: u64,
    /// Leads of one trial.
    leads: f64,
    /// Events of one trial.
    each: f64,
    /// Events of the pilot.
    pilot: f64,
    /// So many of the first trials are played again under another decay curve.
    again: u64,
    /// Whether uncertain inputs are drawn besides, each draw with a pilot of its own.
    draws: bool,
    /// Bytes one trial leaves.
    record: f64,
    /// Bytes one trial takes while it is played.
    trial: f64,
}

impl Work {
    /// So many trials of a scenario, so many of them traced.
    pub fn of(scenario: &Scenario, trials: u64, traced: u64) -> Work {
        let pilot = scenario.expected_pilot_events(PILOT_TRIALS);
        Work {
            trials,
            traced: traced.min(trials),
            leads: scenario.expected_leads(),
            each: scenario.expected_events(1),
            pilot,
            again: if pilot > 0.0 { curves::MOST_TRIALS } else { 0 },
            draws: false,
            record: scenario.expected_record_bytes(1),
            trial: scenario.expected_trial_bytes(),
        }
    }

    /// The same with the uncertain inputs of the scenario drawn, if there are any.
    pub fn of_run(scenario: &Scenario, trials: u64, traced: u64) -> Work {
        Work { draws: !scenario.uncertainty.is_empty(), ..Work::of(scenario, trials, traced) }
    }

    /// So many points of a sweep with so many trials each, were they all like this scenario; each point has a pilot of its own.
    pub fn of_points(scenario: &Scenario, trials: u64, points: u64) -> Work {
        let pilot = scenario.expected_pilot_events(PILOT_TRIALS) * points as f64;
        Work { pilot, again: 0, ..Work::of(scenario, trials.saturating_mul(points), 0) }
    }

    /// Whether it takes longer than another.
    pub fn is_more_than(&self, other: &Work) -> bool {
        self.events() > other.events()
    }

    fn events(&self) -> f64 {
        let (draws, each) = if self.draws { doubt::shape(self.trials) } else { (0, 0) };
        let trials = self.trials as f64 + self.trials.min(self.again) as f64 + (draws * each) as f64;
        self.each * trials + self.pilot * (1 + draws) as f64
    }

    /// Seconds on so many threads.
    fn seconds(&self, threads: usize) -> f64 {
        let threads = threads.min(usize::try_from(self.trials).unwrap_or(usize::MAX)).max(1);
        self.events() / EVENTS_A_SECOND / threads as f64
    }

    /// Bytes kept until the answer is there, whatever the leads do.
    fn kept(&self) -> f64 {
        self.record * self.trials as f64 + BYTES_A_STORY * self.leads * self.traced as f64
    }

    /// Bytes at most: all leads of all trials in flight open at once.
    fn bytes(&self, threads: usize) -> f64 {
        self.kept() + self.trial * (threads as f64).min(self.trials as f64)
    }

    /// The most trials that fit, if one does.
    pub fn fitting(&self) -> Option<u64> {
        let (room, again) = ((MOST_EVENTS - self.pilot) / self.each, self.again as f64);
        // few trials are all played again, of many only the first
        let by_events = (room - again).max((room / 2.0).min(again));
        let by_memory = (memory() - BYTES_A_STORY * self.leads * self.traced as f64) / self.record;
        let fits = by_events.min(by_memory).floor();
        // a scenario of nothing is done in no time
        let fits = (fits >= 1.0).then_some(if fits.is_finite() { fits as u64 } else { u64::MAX })?;
        // draws of inputs grow with the trials in steps: fewer, until both fit
        let fewer = std::iter::successors(Some(fits), |trials| Some(trials - trials.div_ceil(10)));
        let is_small = |trials: &u64| Work { trials: *trials, ..*self }.events() <= MOST_EVENTS;
        match self.draws {
            true => fewer.take_while(|trials| *trials > 0).find(is_small),
            false => Some(fits),
        }
    }

    /// Refuses what would take hours or all memory, with what would fit; `option` is where the number of trials is written.
    pub fn refuse_too_large(&self, option: &str) -> Result<(), Failure> {
        // written so that what is no number is refused too
        let fits = |amount: f64, most: f64| amount <= most;
        if !fits(self.leads, MOST_LEADS) {
            return Err(Failure::TooLarge(format!(
                "this scenario brings about {} leads in one trial; {} is the most\n  a shorter horizon, or a smaller sources.*.per_month, batch, surge or upload, fits",
                about(self.leads),
                about(MOST_LEADS)
            )));
        }
        let reason = if !fits(self.events(), MOST_EVENTS) {
            format!(
                "about {} events, hours of work; {} is the most",
                about(self.events()),
                about(MOST_EVENTS)
            )
        } else if !fits(self.kept(), memory()) {
            format!("about {} of memory; {} are free", size(self.kept()), size(memory()))
        } else {
            return Ok(());
        };
        let way_out = match self.fitting() {
            _ if self.traced > 0
                && fits(self.record * self.trials as f64, memory())
                && fits(self.events(), MOST_EVENTS) =>
            {
                "a smaller --trace fits, as does a shorter horizon".into()
            }
            Some(trials) => format!("{option} {trials} fits, as does a shorter horizon"),
            None => "not even one trial fits: shorten the horizon, or bring fewer leads or reps".into(),
        };
        Err(Failure::TooLarge(format!(
            "{} trial{} of this scenario are {reason}\n  {way_out}",
            thousands(self.trials),
            if self.trials == 1 { "" } else { "s" }
        )))
    }

    /// Says beforehand what may take minutes, or more memory than is free.
    pub fn announce(&self) {
        let threads = rayon::current_num_threads();
        let (seconds, bytes) = (self.seconds(threads), self.bytes(threads));
        if seconds < LONG && bytes < memory() {
            return;
        }
        let minutes = (seconds / 60.0).ceil().max(1.0);
        remark(&format!(
            "note: about {} leads and {} events in all, at most {} of memory and {minutes} minute{} on {threads} thread{}; Ctrl-C ends it early and shows what is finished by then{}",
            about(self.leads * self.trials as f64),
            about(self.events()),
            size(bytes),
            if minutes == 1.0 { "" } else { "s" },
            if threads == 1 { "" } else { "s" },
            if self.pilot > 0.0 {
                " (nothing yet until the decay curve is calibrated and the first part is played)"
            } else {
                ""
            },
        ));
        if bytes > memory() {
            remark(&format!(
                "warning: that is more than the {} of memory that are free, should all leads of a trial be open at once; fewer --threads take less",
                size(memory())
            ));
        }
    }
}

/// A large number in words, two digits or three of it: "59 million", "1.7 billion".
fn about(number: f64) -> String {
    let named = [(1e12, "million million"), (1e9, "billion"), (1e6, "million")];
    let Some((unit, name)) = named.into_iter().find(|(unit, _)| number >= 0.9995 * unit) else {
        return if number < 10_000.0 {
            format!("{number:.0}")
        } else {
            thousands((number / 1000.0).round() as u64 * 1000)
        };
    };
    let many = number / unit;
    if many < 9.95 { format!("{many:.1} {name}").replace(".0 ", " ") } else { format!("{many:.0} {name}") }
}

/// Bytes in words.
fn size(bytes: f64) -> String {
    if bytes < 1e9 { format!("{:.0} MB", (bytes / 1e6).ceil()) } else { format!("{:.1} GB", bytes / 1e9) }
}

/// Memory that is free, bytes, where the system says.
fn memory() -> f64 {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    let kilobytes = line.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
    kilobytes.map_or(USUAL_MEMORY, |kilobytes| kilobytes * 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Work = Work {
        trials: 1000,
        traced: 0,
        leads: 735.0,
        each: 4e4,
        pilot: 0.0,
        again: 0,
        draws: false,
        record: 3e4,
        trial: 4e5,
    };

    fn refused(work: Work) -> String {
        work.refuse_too_large("--trials").expect_err("it is too large").to_string()
    }

    #[test]
    fn what_is_too_large_is_refused_with_what_fits() {
        assert!(SMALL.refuse_too_large("--trials").is_ok());
        let long = Work { trials: 10_000_000, ..SMALL };
        assert!(
            refused(long).contains("about 400 billion events") && refused(long).contains("--trials 2"),
            "{}",
            refused(long)
        );
        let fits = long.fitting().expect("some trials fit");
        assert!(Work { trials: fits, ..SMALL }.refuse_too_large("--trials").is_ok());
        let crowded = Work { leads: 1e9, ..SMALL };
        assert!(refused(crowded).contains("leads in one trial"));
        // next to no work a trial, but a record each
        let many = Work { each: 1.0, trials: 5_000_000_000, ..SMALL };
        assert!(refused(many).contains("of memory"), "{}", refused(many));
        let traced = Work { leads: 1e6, traced: 1000, ..SMALL };
        assert!(refused(traced).contains("a smaller --trace fits"), "{}", refused(traced));
        let pilot = Work { pilot: 1e11, trials: 1, ..SMALL };
        assert!(refused(pilot).contains("not even one trial fits"), "{}", refused(pilot));
        // draws of inputs take as many trials again, and a pilot each
        let doubtful = Work { draws: true, pilot: 1e6, ..long };
        let fits = doubtful.fitting().expect("some trials fit");
        assert!(Work { trials: fits, ..doubtful }.refuse_too_large("--trials").is_ok() && fits > 100_000);
        // so large that few trials fit, all of them played twice; then more, the first 64 of them twice
        for (each, most) in [(1e8, 50), (5e7, 136)] {
            let work = |trials| Work { each, again: 64, trials, ..SMALL };
            assert_eq!(work(1_000).fitting(), Some(most));
            assert!(work(most).refuse_too_large("--trials").is_ok());
            assert!(work(most + 1).refuse_too_large("--trials").is_err());
        }
    }

    #[test]
    fn large_numbers_are_said_in_words() {
        for (number, words) in [
            (735.0, "735"),
            (16_400.0, "16,000"),
            (999_400.0, "999,000"),
            (999_900.0, "1 million"),
            (59_310_000.0, "59 million"),
            (1.72e9, "1.7 billion"),
            (1e10, "10 billion"),
            (4e12, "4 million million"),
        ] {
            assert_eq!(about(number), words);
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert!(Work { leads: f64::NAN, ..SMALL }.refuse_too_large("--trials").is_err());
        assert!(Work { each: f64::INFINITY, ..SMALL }.refuse_too_large("--trials").is_err());
    }
}
