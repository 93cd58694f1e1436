//! Prints every finding of a scenario: a probe for development.
use leadsim::{scenario, study};
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let sets: Vec<_> = args[3..].iter().map(|s| scenario::Set::parse(s).unwrap()).collect();
    let s = scenario::load(std::path::Path::new(&args[1]), &sets).unwrap_or_else(|p| {
        eprintln!("{p}");
        std::process::exit(2)
    });
    let mut model = s.model.clone();
    if let Err(e) = study::calibrate_decay_by_split(&s.base, &mut model) {
        println!("REFUSED {e}");
        model.buyers.decay = None;
    }
    println!("scales {:?}", model.buyers.decay.as_ref().map(|d| d.log_scale.clone()));
    let n: u64 = args[2].parse().unwrap();
    let t = std::time::Instant::now();
    let st = study::run(
        model,
        study::Settings { trials: study::Trials::Fixed(n), ..Default::default() },
        &study::Quiet,
    )
    .unwrap();
    let el = t.elapsed().as_secs_f64();
    let ev: u64 = st.records.iter().map(|r| r.events).sum();
    let t2 = std::time::Instant::now();
    let f = st.findings();
    println!(
        "wall {el:.3}s events/trial {} created {} findings {} in {:.3}s",
        ev / n,
        st.records[0].created,
        f.len(),
        t2.elapsed().as_secs_f64()
    );
    for x in f.iter().filter(|x| x.period == study::Period::Horizon) {
        println!(
            "{:28} {:6} {:5} {:28} {:?} {:10.4} [{:.4?} {:.4?}] typ {:.3?} {:?}",
            x.measure,
            x.commitment.clone().unwrap_or_default(),
            x.tier.clone().unwrap_or_default(),
            x.cause.clone().unwrap_or_default(),
            x.scope,
            x.estimate.value,
            x.estimate.low,
            x.estimate.high,
            x.typical,
            x.totals.map(|t| (t.kept, t.judged, t.rejected_before, t.open))
        );
    }
}
