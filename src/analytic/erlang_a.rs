//! The waiting line when people give up: random arrivals, a team, and a patience after which an arrival is lost.

use super::erlang_b;

/// A line like Erlang's in which every arrival leaves unserved after an exponential patience (M/M/c+M; Palm 1957,
/// Garnett, Mandelbaum & Reiman 2002). It settles under any load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangA {
    arrival_rate: f64,
    capacity: f64,
    patience_rate: f64,
    /// Times between which the wait an arrival of endless patience would face has all but 1e-17 of its density.
    span: (f64, f64),
    /// Logarithm of the relative density at its peak, taken out so that nothing overflows.
    log_peak: f64,
    /// Factor that turns the relative density into a probability density.
    scale: f64,
    /// Probability that at least one server is free.
    no_wait: f64,
}

impl ErlangA {
    /// The settled line, or `None` unless all rates are positive numbers and there is at least one server.
    ///
    /// `patience_rate` is one over the mean patience.
    pub fn new(arrival_rate: f64, service_rate: f64, patience_rate: f64, servers: u32) -> Option<Self> {
        let rates = [arrival_rate, service_rate, patience_rate];
        if servers == 0 || !rates.iter().all(|rate| rate.is_finite() && *rate > 0.0) {
            return None;
        }
        let capacity = f64::from(servers) * service_rate;
        let (span, log_peak, scale, no_wait) = ((0.0, 0.0), 0.0, 1.0, 1.0);
        let mut line = Self { arrival_rate, capacity, patience_rate, span, log_peak, scale, no_wait };
        // The density peaks where the arrivals that are still patient match the capacity: λe^(−θv) = cμ.
        let peak = ((arrival_rate / capacity).ln() / patience_rate).max(0.0);
        line.log_peak = line.log_density(peak);
        line.span = (line.edge(peak, -1.0), line.edge(peak, 1.0));
        // States below c relative to state c − 1 sum to one over Erlang's blocking with c − 1 servers.
        let blocking = erlang_b(arrival_rate / service_rate, servers - 1);
        let below = (-line.log_peak).exp();
        line.scale = blocking / (below + blocking * line.integral(f64::INFINITY, |_| 1.0));
        line.no_wait = below / (below + blocking * line.integral(f64::INFINITY, |_| 1.0));
        Some(line)
    }

    /// Probability that an arrival finds everybody busy.
    pub fn wait_probability(&self) -> f64 {
        self.scale * self.integral(f64::INFINITY, |_| 1.0)
    }

    /// Probability that an arrival gives up before being served.
    pub fn abandon_probability(&self) -> f64 {
        self.scale * self.integral(f64::INFINITY, |wait| -(-self.patience_rate * wait).exp_m1())
    }

    /// Mean time spent waiting over all arrivals, those who give up included.
    pub fn mean_wait(&self) -> f64 {
        // An arrival spends min(offered wait, patience) in line, on average (1 − E e^(−θV)) / θ.
        self.abandon_probability() / self.patience_rate
    }

    /// Mean number waiting (Little's law).
    pub fn mean_queue(&self) -> f64 {
        self.arrival_rate * self.mean_wait()
    }

    /// Mean wait of those who are served, zero waits included.
    pub fn mean_wait_of_served(&self) -> f64 {
        let waited = self.integral(f64::INFINITY, |wait| wait * (-self.patience_rate * wait).exp());
        self.scale * waited / (1.0 - self.abandon_probability())
    }

    /// Probability that an arrival is served, and within `time` (those who give up never are).
    pub fn served_within(&self, time: f64) -> f64 {
        if time < 0.0 {
            return 0.0;
        }
        self.no_wait + self.scale * self.integral(time, |wait| (-self.patience_rate * wait).exp())
    }

    /// Share of the team's time that is spent handling, 0 to 1.
    pub fn utilisation(&self) -> f64 {
        self.arrival_rate * (1.0 - self.abandon_probability()) / self.capacity
    }

    /// Logarithm of exp(−cμ·v + (λ/θ)(1 − e^(−θv))), the relative density of the wait that an arrival of endless
    /// patience would face (Baccelli & Hebuterne 1981).
    fn log_density(&self, wait: f64) -> f64 {
        let patient = -self.arrival_rate / self.patience_rate * (-self.patience_rate * wait).exp_m1();
        patient - self.capacity * wait - self.log_peak
    }

    /// Where the density has fallen to e⁻⁴⁰ of its peak, in the given direction, or time 0.
    fn edge(&self, peak: f64, direction: f64) -> f64 {
        let mut reach = 1.0 / self.capacity;
        while peak + direction * reach > 0.0 && self.log_density(peak + direction * reach) > -40.0 {
            reach *= 1.5;
        }
        (peak + direction * reach).max(0.0)
    }

    /// ∫₀ᵗ of the weight times the relative density.
    fn integral(&self, time: f64, weight: impl Fn(f64) -> f64) -> f64 {
        let end = time.min(self.span.1);
        if end <= self.span.0 {
            return 0.0;
        }
        gauss_legendre(self.span.0, end, &|wait| {
            self.arrival_rate * weight(wait) * self.log_density(wait).exp()
        })
    }
}

/// Integral by the five-point Gauss–Legendre rule on 256 equal pieces (Abramowitz & Stegun 25.4.30).
fn gauss_legendre(from: f64, to: f64, f: &impl Fn(f64) -> f64) -> f64 {
    const NODES: [(f64, f64); 3] = [
        (0.0, 0.568_888_888_888_888_9),
        (0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
        (0.906_179_845_938_664, 0.236_926_885_056_189_08),
    ];
    const PIECES: u32 = 256;
    let half = (to - from) / f64::from(2 * PIECES);
    let piece = |index: u32| -> f64 {
        let centre = from + half * f64::from(2 * index + 1);
        NODES
            .iter()
            .map(|&(node, weight)| {
                let (right, left) = (f(centre + node * half), f(centre - node * half));
                weight * if node == 0.0 { right } else { right + left }
            })
            .sum()
    };
    half * (0..PIECES).map(piece).sum::<f64>()
}
