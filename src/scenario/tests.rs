use super::*;
fn read(text: &str) -> Result<Scenario, Problems> {
    from_text(text, "try", Path::new("."), &[])
}
#[test]
fn the_template_loads() {
    let scenario =
        load(Path::new("scenarios/template.toml"), &[]).unwrap_or_else(|problems| panic!("{problems}"));
    println!("{:#?}", scenario.model.horizon);
    println!(
        "{:#?}",
        scenario
            .model
            .reps
            .iter()
            .map(|r| (&r.name, r.days.len(), r.standing.len(), r.lunch))
            .collect::<Vec<_>>()
    );
}
