//! What a short shift comes to exactly: leads at random, a few reps, and the chance of everything that can be told of it.

/// A shift that begins with an empty desk: leads come at random for some hours, the first free rep takes the oldest, and all are handled in the end.
///
/// Where there is busyness, the day's rate is multiplied by a Gamma factor of mean 1 and this shape.
#[derive(Debug, Clone, Copy)]
pub struct Shift {
    pub per_hour: f64,
    pub handled_per_hour: f64,
    pub reps: usize,
    pub hours: f64,
    pub busyness: Option<f64>,
}

/// The exact law of a shift, as far as it is asked for.
#[derive(Debug)]
pub struct Exact {
    shift: Shift,
    /// Expected leads that find so many in the system, waiting or in hand.
    finding: Vec<f64>,
    /// Chance that at least nine in ten leads find a free rep; a day without leads counts as such.
    pub holds: f64,
}

impl Shift {
    /// The exact law, over all busyness.
    pub fn exact(self) -> Exact {
        let mut exact = Exact { shift: self, finding: Vec::new(), holds: 0.0 };
        let factors = self.factors();
        let total: f64 = factors.iter().map(|(_, weight)| weight).sum();
        for (factor, weight) in factors {
            Chain::new(self, factor).play(&mut exact, weight / total);
        }
        exact
    }

    /// Factors of the rate with their weights: the Gamma law by the trapezoid rule in the root of the factor, where its density and many
    /// derivatives vanish at both ends, so that few points are exact to eight digits (Euler and Maclaurin).
    fn factors(self) -> Vec<(f64, f64)> {
        let Some(shape) = self.busyness else { return vec![(1.0, 1.0)] };
        let furthest = 1.0 + 3.4 / shape.sqrt();
        let step = furthest / 30.0;
        let density = |root: f64| (root * root * (1.0 - root * root).exp()).powf(shape) / root;
        (1..30).map(|i| step * f64::from(i)).map(|root| (root * root, density(root))).collect()
    }
}

impl Exact {
    /// Expected leads a shift.
    pub fn leads(&self) -> f64 {
        self.finding.iter().sum()
    }

    /// Expected leads a shift that find no free rep.
    pub fn late(&self) -> f64 {
        self.finding.iter().skip(self.shift.reps).sum()
    }

    /// Share of all leads that find a free rep.
    pub fn kept(&self) -> f64 {
        1.0 - self.late() / self.leads()
    }

    /// Mean wait of a lead, minutes: whoever finds n in the system waits for n − reps + 1 ends of handling.
    pub fn mean_wait(&self) -> f64 {
        let waiting = self.finding.iter().skip(self.shift.reps).zip(1..);
        let hours: f64 = waiting.map(|(leads, ends)| leads * f64::from(ends)).sum::<f64>() / self.pace();
        60.0 * hours / self.leads()
    }

    /// The minutes within which such a share of all leads is begun.
    pub fn quantile(&self, share: f64) -> f64 {
        let (mut low, mut high) = (0.0, 1e4);
        for _ in 0..100 {
            let middle = (low + high) / 2.0;
            if self.begun_within(middle) < share { low = middle } else { high = middle }
        }
        high
    }

    /// Share of all leads begun within so many minutes: the ends of handling while somebody waits are a Poisson process.
    fn begun_within(&self, minutes: f64) -> f64 {
        let mean = self.pace() * minutes / 60.0;
        let (mut term, mut fewer) = ((-mean).exp(), 0.0);
        let mut late = 0.0;
        for (leads, ends) in self.finding.iter().skip(self.shift.reps).zip(1..) {
            // Still waiting is who has seen fewer ends than needed.
            fewer += term;
            late += leads * f64::min(fewer, 1.0);
            term *= mean / f64::from(ends);
        }
        1.0 - late / self.leads()
    }

    /// Ends of handling an hour while all reps are busy.
    fn pace(&self) -> f64 {
        self.shift.reps as f64 * self.shift.handled_per_hour
    }
}

/// The shift as a Markov chain, its transient probabilities by uniformisation (Jensen 1953).
struct Chain {
    shift: Shift,
    rate: f64,
    /// Most leads that matter.
    room: usize,
    /// Most late leads with which the goal can still hold.
    most_late: usize,
    /// By leads in the system: the chance.
    at: Vec<f64>,
    /// By leads in the system, leads come, leads late: the chance, while the goal can still hold.
    held: Vec<f64>,
}

impl Chain {
    fn new(shift: Shift, factor: f64) -> Self {
        let rate = shift.per_hour * factor;
        let mean = rate * shift.hours;
        let room = (mean + 9.0 * mean.sqrt() + 10.0) as usize;
        let most_late = room / 10;
        let mut chain = Chain { shift, rate, room, most_late, at: vec![0.0; room + 1], held: Vec::new() };
        chain.held = vec![0.0; (room + 1) * (room + 1) * (most_late + 1)];
        (chain.at[0], chain.held[0]) = (1.0, 1.0);
        chain
    }

    fn place(&self, inside: usize, come: usize, late: usize) -> usize {
        (inside * (self.room + 1) + come) * (self.most_late + 1) + late
    }

    /// Plays the shift, and adds what it amounts to with a weight.
    fn play(mut self, exact: &mut Exact, weight: f64) {
        let busiest = self.shift.reps as f64 * self.shift.handled_per_hour;
        let clock = self.rate + busiest;
        let mean = clock * self.shift.hours;
        exact.finding.resize(exact.finding.len().max(self.room + 1), 0.0);
        // P(N = k) and P(N > k) of the Poisson number of steps.
        let (mut exactly, mut beyond) = ((-mean).exp(), 1.0 - (-mean).exp());
        for step in 1.. {
            // Random arrivals find the desk as it is on average over time (Wolff 1982).
            for (finding, chance) in exact.finding.iter_mut().zip(&self.at) {
                *finding += weight * self.rate * chance * beyond / clock;
            }
            exact.holds += weight * exactly * self.holding();
            if f64::from(step) > mean && beyond < 1e-12 {
                break;
            }
            self.step(self.rate / clock, self.shift.handled_per_hour / clock);
            exactly *= mean / f64::from(step);
            beyond = (beyond - exactly).max(0.0);
        }
    }

    /// Chance that at most one in ten leads so far was late.
    fn holding(&self) -> f64 {
        let mut sum = 0.0;
        for inside in 0..=self.room {
            for come in inside..=self.room {
                let from = self.place(inside, come, 0);
                sum += self.held[from..=from + come / 10].iter().sum::<f64>();
            }
        }
        sum
    }

    fn step(&mut self, arrives: f64, ends: f64) {
        let (room, reps) = (self.room, self.shift.reps);
        let mut at = vec![0.0; self.at.len()];
        let mut held = vec![0.0; self.held.len()];
        for inside in 0..=room {
            let done = ends * inside.min(reps) as f64;
            let rests = 1.0 - arrives - done;
            at[inside] += self.at[inside] * rests;
            at[(inside + 1).min(room)] += self.at[inside] * arrives;
            at[inside.saturating_sub(1)] += self.at[inside] * done;
            let adds = usize::from(inside >= reps);
            for come in inside..=room {
                for late in 0..=self.most_late {
                    let here = self.held[self.place(inside, come, late)];
                    if here < 1e-18 {
                        continue;
                    }
                    held[self.place(inside, come, late)] += here * rests;
                    held[self.place(inside.saturating_sub(1), come, late)] += here * done;
                    if come < room && late + adds <= self.most_late {
                        held[self.place(inside + 1, come + 1, late + adds)] += here * arrives;
                    }
                }
            }
        }
        (self.at, self.held) = (at, held);
    }
}

/// Reference case COMP-MMC-DAY: 6 leads and 2 ends of handling an hour, 8 hours, by an independent dynamic programme.
#[test]
fn the_chain_is_that_of_the_reference_case() {
    let cases = [(5, 0.7991205326532627, 0.3428734313973419), (6, 0.9151908849980785, 0.7043759068046941)];
    for (reps, kept, holds) in cases {
        let shift = Shift { per_hour: 6.0, handled_per_hour: 2.0, reps, hours: 8.0, busyness: None };
        let exact = shift.exact();
        assert!((exact.kept() - kept).abs() < 1e-10, "{} {kept}", exact.kept());
        assert!((exact.holds - holds).abs() < 1e-10, "{} {holds}", exact.holds);
    }
}

/// The points of the busyness reproduce the Gamma law: mean 1, variance 1 / shape.
#[test]
fn the_points_of_the_busyness_are_its_law() {
    for shape in [4.0, 12.0] {
        let shift =
            Shift { per_hour: 6.0, handled_per_hour: 2.0, reps: 5, hours: 8.0, busyness: Some(shape) };
        let factors = shift.factors();
        let moment = |power| factors.iter().map(|(f, weight)| weight * f64::powi(*f, power)).sum::<f64>();
        let (mean, square) = (moment(1) / moment(0), moment(2) / moment(0));
        assert!((mean - 1.0).abs() < 1e-7, "{mean}");
        assert!((square - mean * mean - 1.0 / shape).abs() < 1e-7, "{square}");
    }
}
