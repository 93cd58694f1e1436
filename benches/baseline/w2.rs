//! Workload W2 as one would write it for this one question, with nothing of leadsim in it: how fast could it be, and is the answer right?
//!
//! Leads of three classes come by the hour of the week; eight reps work Monday to Friday from eight to six, the hotter class first and the
//! older lead first in a class; handling is log-normal with a mean of twelve minutes and as much spread, and is finished once begun.
//! Time is in minutes from Monday midnight.

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Exp1, LogNormal};
use std::collections::VecDeque;

const HOUR: f64 = 60.0;
const DAY: f64 = 24.0 * HOUR;
const WEEK: f64 = 7.0 * DAY;
const WEEKS: u32 = 13;
const END: f64 = 13.0 * WEEK;
const OPENS: f64 = 8.0 * HOUR;
const CLOSES: f64 = 18.0 * HOUR;
const REPS: usize = 8;
/// Business minutes within which a lead should be begun.
const WITHIN: f64 = 15.0;

/// Leads an hour from midnight, Monday to Friday and at weekends, as the scenario file has them.
const WEEKDAY: [f64; 24] = [
    0.284900, 0.284900, 0.284900, 0.284900, 0.284900, 0.284900, 1.709402, 1.709402, 4.558405, 6.837607,
    7.407407, 6.837607, 5.128205, 5.698006, 6.267806, 5.698006, 4.558405, 3.988604, 1.994302, 1.994302,
    1.994302, 1.994302, 0.569801, 0.569801,
];
const WEEKEND: [f64; 24] = [
    0.227920, 0.227920, 0.227920, 0.227920, 0.227920, 0.227920, 0.227920, 0.227920, 0.854701, 0.854701,
    0.854701, 0.854701, 0.854701, 0.854701, 0.854701, 0.854701, 0.854701, 0.854701, 0.854701, 0.854701,
    0.854701, 0.854701, 0.227920, 0.227920,
];

/// What one quarter came to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Counted {
    /// Leads that came.
    pub leads: u32,
    /// Leads begun, by class.
    pub begun: [u32; 3],
    /// Of them, begun within 15 business minutes.
    pub on_time: [u32; 3],
    /// Minutes from arrival to begin, of all begun together.
    pub waited: f64,
}

/// The team and those who wait for it.
struct Desk {
    /// When the busy reps are done, the next one last.
    busy: Vec<f64>,
    /// When the waiting leads came, by class.
    waiting: [VecDeque<f64>; 3],
    handling: LogNormal<f64>,
    random: SmallRng,
    counted: Counted,
}

/// Plays one quarter.
pub fn quarter(seed: u64) -> Counted {
    let spread = std::f64::consts::LN_2;
    let mut desk = Desk {
        busy: Vec::with_capacity(REPS),
        waiting: Default::default(),
        handling: LogNormal::new(12_f64.ln() - spread / 2.0, spread.sqrt()).expect("a finite spread"),
        random: SmallRng::seed_from_u64(seed),
        counted: Counted::default(),
    };
    for day in 0..7 * WEEKS {
        let midnight = f64::from(day) * DAY;
        let (is_weekend, until) = (day % 7 >= 5, midnight + DAY);
        let mut is_opened = is_weekend;
        for (hour, rate) in (0..).zip(if is_weekend { &WEEKEND } else { &WEEKDAY }) {
            let begins = midnight + f64::from(hour) * HOUR;
            if !is_opened && begins >= midnight + OPENS {
                is_opened = true;
                desk.work_until(begins);
                desk.hand_out(begins);
            }
            let mut at = begins;
            loop {
                let gap: f64 = Exp1.sample(&mut desk.random);
                at += gap * HOUR / rate;
                if at >= begins + HOUR {
                    break;
                }
                desk.arrives(at);
            }
        }
        desk.work_until(until.min(END));
    }
    desk.counted
}

/// Whether reps begin anything at this minute.
fn is_open(at: f64) -> bool {
    let of_day = at % DAY;
    at % WEEK < 5.0 * DAY && (OPENS..CLOSES).contains(&of_day)
}

/// Business minutes since the first Monday.
fn business(at: f64) -> f64 {
    let (week, of_week) = ((at / WEEK).floor(), at % WEEK);
    let day = (of_week / DAY).floor();
    let today = if day < 5.0 { (of_week % DAY).clamp(OPENS, CLOSES) - OPENS } else { 0.0 };
    (5.0 * week + day.min(5.0)) * (CLOSES - OPENS) + today
}

impl Desk {
    /// A lead comes, and is begun at once or waits.
    fn arrives(&mut self, at: f64) {
        self.work_until(at);
        self.counted.leads += 1;
        let drawn: f64 = self.random.random();
        let class = usize::from(drawn >= 0.2) + usize::from(drawn >= 0.5);
        if self.busy.len() < REPS && is_open(at) {
            self.begin(class, at, at);
        } else {
            self.waiting[class].push_back(at);
        }
    }

    /// Reps who are done before `until` take what waits.
    fn work_until(&mut self, until: f64) {
        while let Some(at) = self.busy.pop_if(|done| *done <= until) {
            if is_open(at) {
                self.hand_out(at);
            }
        }
    }

    /// Free reps take what waits: the hotter class first, then the older lead.
    fn hand_out(&mut self, at: f64) {
        while self.busy.len() < REPS {
            let Some(class) = self.waiting.iter().position(|leads| !leads.is_empty()) else { return };
            let came = self.waiting[class].pop_front().expect("found above");
            self.begin(class, came, at);
        }
    }

    fn begin(&mut self, class: usize, came: f64, at: f64) {
        let counted = &mut self.counted;
        counted.begun[class] += 1;
        counted.on_time[class] += u32::from(business(at) - business(came) <= WITHIN);
        counted.waited += at - came;
        let done = at + self.handling.sample(&mut self.random);
        let place = self.busy.partition_point(|other| *other > done);
        self.busy.insert(place, done);
    }
}
