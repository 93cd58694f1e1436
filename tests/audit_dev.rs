#[path = "suite/auditor/mod.rs"]
mod auditor;
struct P(u32);
impl leadsim::trial::Watch for P {
    fn lead(
        &mut self,
        at: leadsim::time::Instant,
        id: leadsim::model::LeadId,
        l: &leadsim::trial::Lead,
        w: leadsim::trial::Happening,
    ) {
        if l.number == self.0 {
            println!("{at} {id:?} {w:?}");
        }
    }
    fn in_line(
        &mut self,
        at: leadsim::time::Instant,
        id: leadsim::model::LeadId,
        w: leadsim::model::Activity,
        r: Option<leadsim::model::RepId>,
    ) {
        if id.0 == self.slot() {
            println!("{at} {id:?} in line {w:?} {r:?}");
        }
    }
    fn takes(
        &mut self,
        at: leadsim::time::Instant,
        rep: leadsim::model::RepId,
        w: leadsim::model::Activity,
        id: Option<leadsim::model::LeadId>,
    ) {
        if id.map(|i| i.0) == Some(self.slot()) {
            println!("{at} {id:?} taken {w:?} {rep:?}");
        }
    }
}
impl P {
    fn slot(&self) -> u32 {
        std::env::var("SLOT").ok().and_then(|s| s.parse().ok()).unwrap_or(u32::MAX)
    }
}
#[test]
fn look() {
    let text = std::fs::read_to_string(std::env::var("F").unwrap()).unwrap();
    let seed: u64 = std::env::var("S").unwrap().parse().unwrap();
    let s = leadsim::scenario::from_text(&text, "random", std::path::Path::new("."), &[]).unwrap();
    let mut p = P(std::env::var("L").unwrap().parse().unwrap());
    leadsim::trial::run(&leadsim::trial::Prepared::new(&s.model), seed, 0, &mut p);
}
