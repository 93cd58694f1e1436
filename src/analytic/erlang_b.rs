//! How often everybody is busy when nobody waits: the share of arrivals that are turned away.

/// Blocking probability of a team of `servers` offered `load` (arrival rate × mean handling time), when an arrival that
/// finds everybody busy leaves at once (Erlang 1917), by the recursion that stays exact for large teams.
pub fn erlang_b(load: f64, servers: u32) -> f64 {
    (1..=servers).fold(1.0, |blocking, server| {
        let carried = load * blocking;
        carried / (f64::from(server) + carried)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the definition: a^c/c! over the sum of a^k/k!.
    #[test]
    fn equals_the_definition() {
        for (load, servers) in [(0.5, 1), (2.0, 3), (9.0, 12), (30.0, 25)] {
            let mut term = 1.0;
            let mut sum = 1.0;
            for k in 1..=servers {
                term *= load / f64::from(k);
                sum += term;
            }
            assert!((erlang_b(load, servers) / (term / sum) - 1.0).abs() < 1e-13);
        }
        assert_eq!(erlang_b(0.0, 5), 0.0);
        assert_eq!(erlang_b(3.0, 0), 1.0);
    }
}
