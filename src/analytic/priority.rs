//! Waits when urgent arrivals go first but nobody is interrupted.

use super::erlang_b;
use super::mg1::Moments;

/// Mean wait of each class, most urgent first, for one person handling classes of (arrival rate, handling time) without
/// interruption (M/G/1; Cobham 1954). `None` for a class whose queue grows without end.
pub fn one_server(classes: &[(f64, Moments)]) -> Vec<Option<f64>> {
    // Mean time left of whatever is being handled when someone arrives. A class that overloads the line is handled only
    // as often as those above leave room for, and those below it never.
    let (mut residual, mut room) = (0.0, 1.0_f64);
    for (rate, handling) in classes {
        let handled = rate.min(room / handling.mean);
        residual += handled * handling.second / 2.0;
        room = (room - handled * handling.mean).max(0.0);
    }
    let loads: Vec<f64> = classes.iter().map(|(rate, handling)| rate * handling.mean).collect();
    cobham(&loads, residual)
}

/// Mean wait of each class, most urgent first, for a team of `servers` with exponential handling at one common
/// `service_rate`, without interruption (M/M/c; Cobham 1954). `None` for a class whose queue grows without end.
pub fn team(arrival_rates: &[f64], service_rate: f64, servers: u32) -> Vec<Option<f64>> {
    let capacity = service_rate * f64::from(servers);
    let loads: Vec<f64> = arrival_rates.iter().map(|rate| rate / capacity).collect();
    let used: f64 = loads.iter().sum();
    // With more work than capacity everybody is always busy: an arrival of an upper class surely waits.
    let everybody_busy = if used >= 1.0 {
        1.0
    } else {
        let blocking = erlang_b(used * f64::from(servers), servers);
        blocking / (1.0 - used * (1.0 - blocking))
    };
    cobham(&loads, everybody_busy / capacity)
}

/// W_k = residual / ((1 − σ_{k−1})(1 − σ_k)), σ_k being the load of class k and all above it.
fn cobham(loads: &[f64], residual: f64) -> Vec<Option<f64>> {
    let mut above = 0.0;
    loads
        .iter()
        .map(|load| {
            let with = above + load;
            let wait = (with < 1.0).then(|| residual / ((1.0 - above) * (1.0 - with)));
            above = with;
            wait
        })
        .collect()
}
