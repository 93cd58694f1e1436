//! The classic call-centre formula: how long arrivals wait for a team that never loses patience with them.

use super::erlang_b;

/// A line with random arrivals, exponential handling times and a team serving first come, first served (M/M/c).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangC {
    arrival_rate: f64,
    service_rate: f64,
    servers: u32,
    wait_probability: f64,
}

impl ErlangC {
    /// The settled line, or `None` when the team cannot keep up (load at least the number of servers) or a rate is not
    /// a positive number.
    pub fn new(arrival_rate: f64, service_rate: f64, servers: u32) -> Option<Self> {
        let load = arrival_rate / service_rate;
        let keeps_up = arrival_rate > 0.0 && service_rate > 0.0 && load < f64::from(servers);
        keeps_up.then(|| {
            let blocking = erlang_b(load, servers);
            let used = load / f64::from(servers);
            let wait_probability = blocking / (1.0 - used * (1.0 - blocking));
            Self { arrival_rate, service_rate, servers, wait_probability }
        })
    }

    /// Share of the team's time that is spent handling, 0 to 1.
    pub fn utilisation(&self) -> f64 {
        self.arrival_rate / (self.service_rate * f64::from(self.servers))
    }

    /// Probability that an arrival has to wait at all (Erlang 1917).
    pub fn wait_probability(&self) -> f64 {
        self.wait_probability
    }

    /// Mean wait over all arrivals, zero waits included.
    pub fn mean_wait(&self) -> f64 {
        self.wait_probability / self.drain()
    }

    /// Variance of the wait over all arrivals.
    pub fn wait_variance(&self) -> f64 {
        self.wait_probability * (2.0 - self.wait_probability) / (self.drain() * self.drain())
    }

    /// Mean number waiting (Little's law).
    pub fn mean_queue(&self) -> f64 {
        self.arrival_rate * self.mean_wait()
    }

    /// Probability that an arrival waits at most `time`.
    pub fn wait_within(&self, time: f64) -> f64 {
        if time < 0.0 { 0.0 } else { 1.0 - self.wait_probability * (-self.drain() * time).exp() }
    }

    /// The time within which a `share` of arrivals is served, 0 when that share does not wait; `None` unless share < 1.
    pub fn wait_quantile(&self, share: f64) -> Option<f64> {
        (share < 1.0).then(|| ((self.wait_probability / (1.0 - share)).ln() / self.drain()).max(0.0))
    }

    /// The smallest team that serves at least `share` of arrivals within `time`, or `None` unless share < 1 and the
    /// rates are positive and the load below `most` servers.
    pub fn smallest_team(
        arrival_rate: f64,
        service_rate: f64,
        time: f64,
        share: f64,
        most: u32,
    ) -> Option<Self> {
        let first = (arrival_rate / service_rate) as u32;
        (first..=most)
            .filter_map(|servers| Self::new(arrival_rate, service_rate, servers))
            .find(|line| line.wait_within(time) >= share)
    }

    /// Number of servers.
    pub fn servers(&self) -> u32 {
        self.servers
    }

    /// Rate at which the wait of those who wait drains: spare capacity cμ − λ.
    fn drain(&self) -> f64 {
        f64::from(self.servers) * self.service_rate - self.arrival_rate
    }
}
