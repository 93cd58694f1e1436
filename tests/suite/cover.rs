//! Headcounts by time of day and rates over a cycle: held against an exact chain of a staffed day, and against the clock where nothing is
//! left to chance.

use crate::measured::{Measured, agrees, ratio, scenario};
use leadsim::model::{LeadId, RepId};
use leadsim::scenario;
use leadsim::time::Instant;
use leadsim::trial::{self, Happening, Lead, Outcome, Prepared, RepState, Watch};
use std::path::Path;

/// The lead desk of the reference cases DAY-LEADS and DAY-GAMMA, hour by hour from 08:00, seven minutes of handling; nobody leaves here.
const RATES: [f64; 8] = [20.0, 45.0, 60.0, 50.0, 40.0, 35.0, 30.0, 15.0];
const STAFF: [usize; 8] = [3, 6, 7, 6, 5, 5, 4, 3];
const HANDLED_PER_HOUR: f64 = 60.0 / 7.0;

/// What a day amounts to.
#[derive(Debug, Default)]
struct Day {
    /// Hours all leads wait together.
    waited: f64,
    /// Leads that cannot be begun at once.
    wait: f64,
    /// Hours of reps at work together.
    present: f64,
    /// Hours of reps with a lead in hand.
    busy: f64,
}

/// The day as a Markov chain on (leads in hand, leads waiting): where the headcount falls, those in hand are finished first, and nobody begins
/// while more are in hand than are wanted. Transient probabilities by uniformisation (Jensen 1953).
struct Chain {
    most: usize,
    room: usize,
    at: Vec<f64>,
}

impl Chain {
    fn place(&self, busy: usize, waiting: usize) -> usize {
        waiting * (self.most + 1) + busy
    }

    /// Leads in hand and waiting, with their place.
    fn states(&self) -> impl Iterator<Item = (usize, usize, usize)> + use<> {
        let most = self.most;
        (0..=self.room).flat_map(move |q| (0..=most).map(move |b| (b, q, q * (most + 1) + b)))
    }

    /// More are wanted: who waits is begun.
    fn begin(&mut self, wanted: usize) {
        let mut next = vec![0.0; self.at.len()];
        for (busy, waiting, place) in self.states() {
            let begun = waiting.min(wanted.saturating_sub(busy));
            next[self.place(busy + begun, waiting - begun)] += self.at[place];
        }
        self.at = next;
    }

    /// So many hours of one level; adds what it amounts to.
    fn play(&mut self, hours: f64, arrivals: f64, wanted: usize, closed: bool, day: &mut Day) {
        self.begin(wanted);
        let clock = arrivals + self.most as f64 * HANDLED_PER_HOUR;
        let mean = clock * hours;
        // P(N = k) and P(N > k) of the Poisson number of steps.
        let (mut exactly, mut beyond) = ((-mean).exp(), 1.0 - (-mean).exp());
        let mut end = vec![0.0; self.at.len()];
        for step in 1.. {
            for (busy, waiting, place) in self.states() {
                let hours = self.at[place] * beyond / clock;
                day.waited += hours * waiting as f64;
                day.wait += hours * if busy >= wanted { arrivals } else { 0.0 };
                day.present += hours * if closed { busy } else { busy.max(wanted) } as f64;
                day.busy += hours * busy as f64;
                end[place] += self.at[place] * exactly;
            }
            if step as f64 > mean && beyond < 1e-13 {
                break;
            }
            self.step(arrivals / clock, HANDLED_PER_HOUR / clock, wanted);
            exactly *= mean / f64::from(step);
            beyond = (beyond - exactly).max(0.0);
        }
        self.at = end;
    }

    fn step(&mut self, arrives: f64, ends: f64, wanted: usize) {
        let mut next = vec![0.0; self.at.len()];
        for (busy, waiting, place) in self.states() {
            let here = self.at[place];
            if here == 0.0 {
                continue;
            }
            let done = ends * busy as f64;
            next[place] += here * (1.0 - arrives - done);
            let came = if busy < wanted { (busy + 1, waiting) } else { (busy, (waiting + 1).min(self.room)) };
            next[self.place(came.0, came.1)] += here * arrives;
            if busy > 0 {
                // Whoever finishes begins the next only if no more are at work than are wanted.
                let goes_on = waiting > 0 && busy <= wanted;
                let after = if goes_on { (busy, waiting - 1) } else { (busy - 1, waiting) };
                next[self.place(after.0, after.1)] += here * done;
            }
        }
        self.at = next;
    }
}

/// The day of [`RATES`] and [`STAFF`], from empty, worked off by the last headcount.
fn exact_day() -> Day {
    let (most, room) = (7, 220);
    let mut chain = Chain { most, room, at: vec![0.0; (most + 1) * (room + 1)] };
    chain.at[0] = 1.0;
    let mut day = Day::default();
    for (rate, staff) in RATES.iter().zip(STAFF) {
        chain.play(1.0, *rate, staff, false, &mut day);
    }
    for _ in 0..12 {
        chain.play(1.0, 0.0, STAFF[7], true, &mut day);
    }
    assert!((chain.at[0] - 1.0).abs() < 1e-9, "the desk is empty at night");
    assert!((day.busy - 295.0 / HANDLED_PER_HOUR).abs() < 1e-6, "every lead is handled");
    day
}

/// Sums over a trial.
#[derive(Debug, Default)]
struct Sums {
    leads: f64,
    waited: f64,
    wait: f64,
}

impl Watch for Sums {
    fn lead(&mut self, at: Instant, _: LeadId, lead: &Lead, what: Happening) {
        if !lead.in_horizon {
            return;
        }
        match what {
            Happening::Created => self.leads += 1.0,
            Happening::ReviewStarted(_) => {
                self.waited += (at - lead.created).as_hours();
                self.wait += f64::from(u8::from(at > lead.created));
            }
            _ => {}
        }
    }
}

/// The team of the reference day, the hours in two ways of writing.
fn staffed_day() -> String {
    let mut text = String::from(
        "format = 1\n[horizon]\nlength = \"13 weeks\"\nrun_in = \"1 week\"\n[tiers.1]\n[sources.web.rate]\nevery = \"24h\"\n",
    );
    let rates: Vec<f64> = (0..24_usize)
        .map(|hour| hour.checked_sub(8).and_then(|hour| RATES.get(hour)).copied().unwrap_or(0.0))
        .collect();
    text += &format!("per_hour = {rates:?}\n[routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\n");
    text += "[team.desk]\nafter_close = \"work off\"\nthen = \"oldest first\"\n[team.desk.cover]\n";
    for (hour, staff) in STAFF.iter().enumerate() {
        text += &format!("\"every day {:02}:00-{:02}:00\" = {staff}\n", hour + 8, hour + 9);
    }
    text += "[work]\ndial = { law = \"exponential\", mean = \"7min\" }\n";
    text + "[commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n"
}

#[test]
fn a_staffed_day_is_the_exact_chain() {
    let exact = exact_day();
    let scenario = scenario(&staffed_day());
    let prepared = Prepared::new(&scenario.model);
    let trials: Vec<(Sums, Outcome)> = (0..150)
        .map(|number| {
            let mut sums = Sums::default();
            let outcome = trial::run(&prepared, 1, number, &mut sums);
            (sums, outcome)
        })
        .collect();
    let days = 91.0;
    let measured = |what: &str, part: &dyn Fn(&Sums, &Outcome) -> f64| -> Measured {
        let pairs: Vec<(f64, f64)> =
            trials.iter().map(|(sums, outcome)| (part(sums, outcome), days)).collect();
        ratio(what, &pairs)
    };
    agrees("leads a day", measured("leads a day", &|sums, _| sums.leads), 295.0, 0.5);
    agrees("hours waited a day", measured("hours waited a day", &|sums, _| sums.waited), exact.waited, 0.4);
    agrees("leads that wait", measured("leads that wait", &|sums, _| sums.wait), exact.wait, 0.8);
    let hours = |outcome: &Outcome| outcome.rep_minutes.iter().sum::<f64>() / 60.0;
    agrees("hours of reps", measured("hours of reps", &|_, outcome| hours(outcome)), exact.present, 0.03);
    let busy = |outcome: &Outcome| outcome.rep_minutes[RepState::NewLead as usize] / 60.0;
    agrees("hours in hand", measured("hours in hand", &|_, outcome| busy(outcome)), exact.busy, 0.1);
    // The exact numbers themselves: everybody who waits shows in the sums, and the last headcount stays on.
    assert!(exact.present > STAFF.iter().sum::<usize>() as f64, "{exact:?}");
}

/// When leads are begun, minutes after 08:00 of the first day.
#[derive(Default)]
struct Begun {
    from: Option<Instant>,
    begun: Vec<f64>,
    at_work: Vec<(f64, u32)>,
    present: Vec<RepId>,
}

impl Begun {
    fn minutes(&self, at: Instant) -> f64 {
        self.from.map_or(0.0, |from| (at - from).as_minutes() - 480.0)
    }
}

impl Watch for Begun {
    fn lead(&mut self, at: Instant, _: LeadId, _: &Lead, what: Happening) {
        if let Happening::ReviewStarted(_) = what {
            self.begun.push(self.minutes(at));
        }
    }

    fn rep(&mut self, at: Instant, rep: RepId, state: RepState) {
        let before = self.present.len();
        self.present.retain(|other| *other != rep);
        if state != RepState::Off {
            self.present.push(rep);
        }
        if self.present.len() != before {
            self.at_work.push((self.minutes(at), self.present.len() as u32));
        }
    }
}

/// Leads at given times, half an hour of handling each, under a cover.
fn clockwork(uploads: &[(u32, &str)], cover: &str) -> Begun {
    let mut text = String::from(
        "format = 1\n[horizon]\nstart = 2026-03-02\nlength = \"1 week\"\nrun_in = \"0 weeks\"\n[tiers.1]\n\
         [routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\n[work]\ndial = \"30min\"\n\
         [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n",
    );
    for (n, (leads, at)) in uploads.iter().enumerate() {
        text += &format!("[sources.s{n}.upload]\nleads = {leads}\nat = \"2026-03-02 {at}\"\n");
    }
    let scenario = scenario(&(text + "[team.desk]\n" + cover));
    let mut begun = Begun { from: Some(scenario.model.horizon.start), ..Begun::default() };
    trial::run(&Prepared::new(&scenario.model), 1, 0, &mut begun);
    begun
}

#[test]
fn where_the_headcount_falls_those_in_hand_are_finished_and_then_few_enough_begin() {
    let cover = "cover = { \"Mon-Fri 08:00-09:00\" = 3, \"Mon-Fri 09:00-12:00\" = 1 }";
    let begun = clockwork(&[(3, "08:50"), (2, "08:55")], cover);
    // All three finish at 09:20; two leave, one begins the next. Named reps with shifts would stand beside a fourth who begins at 09:00.
    assert_eq!(begun.begun, [50.0, 50.0, 50.0, 80.0, 110.0]);
    assert_eq!(
        begun.at_work[..6],
        [(0.0, 1), (0.0, 2), (0.0, 3), (80.0, 2), (80.0, 1), (240.0, 0)],
        "{:?}",
        begun.at_work
    );
}

#[test]
fn free_reps_leave_first_and_a_busy_one_counts() {
    let cover = "cover = { \"Mon-Fri 08:00-09:00\" = 3, \"Mon-Fri 09:00-12:00\" = 1 }";
    let begun = clockwork(&[(1, "08:50"), (1, "09:05")], cover);
    // Two are free at 09:00 and leave; the one wanted is the busy one, so the second lead waits for it.
    assert_eq!(begun.begun, [50.0, 80.0]);
    assert_eq!(begun.at_work[3..6], [(60.0, 2), (60.0, 1), (240.0, 0)]);
}

#[test]
fn what_waits_at_closing_is_worked_off_or_waits_for_the_morning() {
    let uploads = [(5, "11:50")];
    let cover = "cover = { \"Mon-Fri 08:00-12:00\" = 2 }";
    let day = 24.0 * 60.0;
    let begun = clockwork(&uploads, cover);
    assert_eq!(begun.begun, [230.0, 230.0, day, day, day + 30.0]);
    let begun = clockwork(&uploads, &format!("after_close = \"work off\"\n{cover}"));
    assert_eq!(begun.begun, [230.0, 230.0, 260.0, 260.0, 290.0]);
    // The second leaves at 12:50, when nothing waits any more; the last at 13:20.
    assert_eq!(begun.at_work[..4], [(0.0, 1), (0.0, 2), (290.0, 1), (320.0, 0)]);
}

#[test]
fn night_shifts_holidays_and_changes_within_a_task_are_kept() {
    // Sunday night belongs to Sunday; two more from midnight on by another stretch would overlap, from six on they do not.
    let cover = "cover = { \"Sun-Thu 22:00-06:00\" = 1, \"Mon-Fri 06:00-09:00\" = 2 }";
    let begun = clockwork(&[(3, "00:30")], cover);
    assert_eq!(begun.begun, [-450.0, -420.0, -390.0]);
    assert_eq!(begun.at_work[..4], [(-480.0, 1), (-120.0, 2), (60.0, 1), (60.0, 0)]);
}

/// Every arrival, minutes from the horizon's start.
#[derive(Default)]
struct Arrived(Vec<Instant>);

impl Watch for Arrived {
    fn lead(&mut self, at: Instant, _: LeadId, _: &Lead, what: Happening) {
        if what == Happening::Created {
            self.0.push(at);
        }
    }
}

fn source(rate: &str, team: &str) -> String {
    format!(
        "format = 1\n[horizon]\nstart = 2026-01-05\nlength = \"9 weeks\"\nrun_in = \"0 weeks\"\n[tiers.1]\n{rate}\n{team}\n\
         [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n"
    )
}

/// One rep day and night.
const ONE: &str = "[routing]\npolicy = \"pool\"\n[team.reps]\ncount = 1";

fn arrivals(rate: &str, trials: u64) -> (Instant, Vec<Instant>) {
    let scenario = scenario(&source(rate, ONE));
    let prepared = Prepared::new(&scenario.model);
    let mut arrived = Arrived::default();
    (0..trials).for_each(|number| drop(trial::run(&prepared, 1, number, &mut arrived)));
    let horizon = &scenario.model.horizon;
    (horizon.start, arrived.0.into_iter().filter(|at| horizon.contains(*at)).collect())
}

#[test]
fn a_week_of_hours_is_the_same_leads_written_as_a_cycle() {
    let shares: Vec<u32> = (0..168).map(|hour| 1 + hour * hour % 7).collect();
    let total: u32 = shares.iter().sum();
    let rates: Vec<f64> = shares.iter().map(|share| f64::from(*share)).collect();
    let (_, hourly) = arrivals(&format!("[sources.web]\nper_week = {total}\nhourly = {shares:?}"), 1);
    let cycle = format!("[sources.web.rate]\nevery = \"1 week\"\nper_hour = {rates:?}");
    let (_, cycled) = arrivals(&cycle, 1);
    assert!(hourly.len() > 3000 && hourly.len() == cycled.len());
    let apart = |(one, other): (&Instant, &Instant)| (*one - *other).as_minutes().abs();
    let most = hourly.iter().zip(&cycled).map(apart).fold(0.0, f64::max);
    assert!(most < 1e-4, "{most} minutes apart");
}

/// A cycle of 30 hours, no whole part of a day, with straight lines between points whose first is not the start of the cycle: leads by each of
/// 60 half-hours against the integral of the rate (Pearson's distance; 109.3 has a false alarm of 1e-4 with 60 degrees of freedom).
#[test]
fn straight_lines_over_a_cycle_bring_what_they_promise() {
    let points = [(3.0, 4.0), (9.0, 10.0), (10.0, 1.0), (24.0, 6.0)];
    let rate_at = |hour: f64| {
        let next = points.iter().position(|point| point.0 > hour).unwrap_or(points.len());
        let before = if next == 0 { (points[3].0 - 30.0, points[3].1) } else { points[next - 1] };
        let after = if next == points.len() { (points[0].0 + 30.0, points[0].1) } else { points[next] };
        before.1 + (after.1 - before.1) * (hour - before.0) / (after.0 - before.0)
    };
    let written: Vec<String> = points.iter().map(|(hour, rate)| format!("[\"{hour}h\", {rate}]")).collect();
    let (start, found) =
        arrivals(&format!("[sources.web.rate]\nevery = \"30h\"\npoints = [{}]", written.join(", ")), 20);
    let mut counts = [0.0; 60];
    // 50 whole cycles of each trial.
    for at in found {
        let hours = (at - start).as_hours();
        if hours < 1500.0 {
            counts[(hours % 30.0 * 2.0) as usize] += 1.0;
        }
    }
    let mut distance = 0.0;
    for (bin, count) in counts.iter().enumerate() {
        // No point lies inside a half-hour, so the middle is its mean.
        let expected = 1000.0 * 0.5 * rate_at(bin as f64 / 2.0 + 0.25);
        distance += (count - expected) * (count - expected) / expected;
    }
    println!("distance {distance}");
    assert!(distance < 109.3, "{distance}: {counts:?}");
}

#[test]
fn contradictions_are_named_with_the_way_out() {
    let team = |team: &str| {
        let text = source("[sources.web]\nper_hour = 1", team);
        match scenario::from_text(&text, "cover", Path::new("."), &[]) {
            Ok(_) => String::new(),
            Err(problems) => problems.to_string(),
        }
    };
    let pool = "[routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\n";
    let owned = "[routing]\npolicy = \"round robin\"\n";
    let hours = "cover = { \"Mon-Fri 08:00-18:00\" = 3 }";
    assert_eq!(team(&format!("{pool}[team.reps]\n{hours}")), "");
    let expect = |text: &str, message: &str| {
        let found = team(text);
        assert!(found.contains(message), "{text}\nexpected {message}, found {found}");
    };
    expect(&format!("{owned}[team.reps]\n{hours}"), "a headcount takes leads from the pool only");
    expect(&format!("{owned}[team.reps]\n{hours}"), "a headcount takes follow-ups from the pool only");
    expect(&format!("{pool}[team.reps]\ncount = 3\n{hours}"), "`cover` and `count` contradict each other");
    expect(&format!("{pool}[team.reps]\n{hours}\nsick = 0.1"), "`sick` and `cover` contradict each other");
    expect(
        &format!("{pool}[team.reps]\ncover = {{ \"Mon-Fri 08:00-12:00\" = 3, \"Tue 11:00-14:00\" = 4 }}"),
        "Tuesday 08:00-12:00 and Tuesday 11:00-14:00 overlap",
    );
    expect(
        &format!("{pool}[team.reps]\ncover = {{ \"Sun 22:00-06:00\" = 3, \"Mon 05:00-14:00\" = 4 }}"),
        "Sunday 22:00-06:00 and Monday 05:00-14:00 overlap",
    );
    expect(&format!("{pool}[team.reps]\ncover = {{ \"08:00-12:00\" = 3 }}"), "does not say which days");
    expect(&format!("{pool}[team.reps]\nsick = 0.1"), "nothing says how many reps these are");
    expect(&format!("{ONE}\nafter_close = \"work off\""), "`after_close` has no effect");
    let rate = |rate: &str| {
        let text = source(rate, ONE);
        scenario::from_text(&text, "rate", Path::new("."), &[]).map(drop).expect_err(rate).to_string()
    };
    let found = rate("[sources.web.rate]\nevery = \"24h\"\npoints = [[\"6h\", 1], [\"24h\", 1]]");
    assert!(found.contains("a point lies at or behind the end of the cycle"), "{found}");
    let found = rate("[sources.web.rate]\nevery = \"24h\"\npoints = [[\"6h\", 1], [\"5h\", 1]]");
    assert!(found.contains("times must rise"), "{found}");
    let found = rate("[sources.web]\nper_day = 3\nrate = { every = \"24h\", per_hour = [1] }");
    assert!(found.contains("contradict each other"), "{found}");
    let found = rate(
        "[sources.web]\nhour_shares = [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]\nrate = { every = \"24h\", per_hour = [1] }",
    );
    assert!(found.contains("contradict each other"), "{found}");
    let found = rate("[sources.web.rate]\nevery = \"3min\"\nper_hour = [1, 2, 3, 4]");
    assert!(found.contains("shorter than a minute"), "{found}");
    let found = rate("[sources.web.rate]\nevery = \"3min\"");
    assert!(found.contains("nothing says how many leads"), "{found}");
}
