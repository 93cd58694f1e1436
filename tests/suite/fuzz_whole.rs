//! A tiny whole run: whatever the reader accepts can be played, adds up, and is told.

use super::Met;
use super::bytes::Choices;
use super::mutate::spoiled;
use leadsim::model::LeadId;
use leadsim::report::{Findings, Sheet, Source, json, pictures, plot, tables, text};
use leadsim::scenario::{self, Scenario};
use leadsim::study::{self, Quiet, Settings, Trials, calibrate_decay};
use leadsim::time::Instant;
use leadsim::trial::{self, Happening, Lead, Prepared, Watch};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// More events than this are played elsewhere.
const MOST_EVENTS: f64 = 20_000.0;

const HORIZON: &str = "[horizon]\nzone = \"America/New_York\"\nstart = \"2026-03-02\"\nlength = \"1 week\"\nrun_in = \"0 weeks\"\nrun_out_at_most = \"1 week\"\n";

/// Scenarios of a week, with nearly every part of the format in one of them.
const SMALL: [&str; 5] = [
    "[sources.web]\nper_hour = 2\nbatch = { law = \"geometric\", mean = 1.5 }\n[routing]\npolicy = \"pool\"\n[team.reps]\ncount = 3\nshift = \"Mon-Fri 09:00-17:00\"\n[work]\nreview = { law = \"exponential\", mean = \"8min\" }\n[commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n",
    "preset = \"template\"\n",
    "preset = \"template\"\n[team.reps]\ncount = 2\nsick = 0.2\nmeetings.calls = { per_day = 3, length = { values = [\"30min\", \"60min\"], weights = [3, 1] } }\nown_work.book = { share = 0.1, length = { law = \"gamma\", mean = \"10min\", cv = 0.5 } }\nmeetings.stand = { on = [\"Mon 14:00\"], length = \"30min\", every_weeks = 2 }\n[buyers.decay]\noff = true\n[buyers.patience]\nleaves_after = { law = \"exponential\", mean = \"5h\" }\nleaves_at_once = 0.1\n",
    "[sources.web]\nper_hour = 6\ngaps = { law = \"erlang\", stages = 2, mean = 1 }\nsurges.x = { from = \"2026-03-03\", until = \"2026-03-04\", times = 2 }\n[sources.list]\nupload = { leads = 18, at = [\"2026-03-04 15:00\"], delay = \"3h\" }\n[routing]\npolicy = \"pool\"\ncalls_again = { after = { law = \"uniform\", from = \"5min\", to = \"15min\" }, gives_up = [0, 0.2] }\n[team.reps]\ncount = 2\ninterruption = \"pause\"\naway.call = { after = { law = \"exponential\", mean = \"2h\" }, length = { law = \"weibull\", shape = 1.5, scale = \"9min\" } }\n[work]\ndial = { law = \"mixture\", weights = [1, 3], means = [\"30min\", \"6min\"] }\n[commitments.S1]\nfrom = \"created\"\nto = \"attempted\"\nwithin = \"15min\"\n",
    "[calendar]\nhours = [\"Mon-Fri 08:00-18:00\"]\nclosed = [\"2026-03-05\"]\n[sources.web]\nrate = { every = \"1 day\", points = [[\"0h\", 1], [\"12h\", 4]] }\ntier = 1\n[tiers.1]\n[tiers.2]\n[backlog.2]\nwaiting = 5\nin_cadence = 3\n[routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\n[team.desk]\nafter_close = \"work off\"\nput_down_for = [\"new 1\"]\n[team.desk.cover]\n\"Mon-Fri 08:00-12:00\" = 3\n\"Mon-Fri 12:00-18:00\" = 2\n[work]\nreview = \"8min\"\n[commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"1 business hour\"\ngoal = 0.9\n",
];

/// Plays a spoiled scenario that the reader accepts, if it is small enough.
pub fn target(bytes: &[u8]) -> Result<Met, String> {
    let mut choices = Choices::new(bytes);
    let small = choices.of(&SMALL);
    let own = spoiled(&small.replacen("preset = \"template\"\n", "", 1), 4, &mut choices);
    let preset = if small.starts_with("preset") { "preset = \"template\"\n" } else { "" };
    let text = format!("format = 1\n{preset}{HORIZON}{own}");
    let Ok(scenario) = scenario::from_text(&text, "fuzz", Path::new("."), &[]) else {
        return Ok(Met::Refused);
    };
    let expected = scenario.expected_events(1);
    if !(expected <= MOST_EVENTS && scenario.expected_pilot_events(1) <= MOST_EVENTS) {
        return Ok(Met::Refused);
    }
    let shown = |what: String| format!("{what}\n{text}");
    two_trials(&scenario, expected).map_err(shown)?;
    catch_unwind(AssertUnwindSafe(|| told(&scenario, choices.one_in(4))))
        .unwrap_or_else(|panic| Err(study::panic_message(panic.as_ref())))
        .map_err(shown)
        .map(|()| Met::Accepted)
}

/// Gives a trial up that does far more than was estimated of it.
struct Patience(f64);

impl Watch for Patience {
    fn lead(&mut self, _at: Instant, _id: LeadId, _lead: &Lead, _what: Happening) {
        self.0 -= 1.0;
        assert!(self.0 > 0.0, "far more happens than was estimated");
    }

    fn rep(&mut self, _at: Instant, _rep: leadsim::model::RepId, _state: trial::RepState) {
        self.0 -= 1.0;
        assert!(self.0 > 0.0, "reps do far more than was estimated");
    }
}

/// Plays two trials; every lead created ended or is open.
fn two_trials(scenario: &Scenario, expected: f64) -> Result<(), String> {
    let played = catch_unwind(AssertUnwindSafe(|| {
        let prepared = Prepared::new(&scenario.model);
        [0, 1].map(|number| trial::run(&prepared, 1, number, &mut Patience(20.0 * expected + 20_000.0)))
    }));
    let outcomes = played.map_err(|panic| study::panic_message(panic.as_ref()))?;
    for outcome in outcomes {
        if outcome.created != outcome.ended + outcome.open {
            return Err(format!(
                "{} created, {} ended, {} open",
                outcome.created, outcome.ended, outcome.open
            ));
        }
        if outcome.events as f64 > 20.0 * expected + 20_000.0 {
            return Err(format!("{} events where {expected:.0} were estimated", outcome.events));
        }
    }
    Ok(())
}

/// A study of two trials, its page, its document and its tables; its pictures now and then, because they take longest.
fn told(scenario: &Scenario, with_pictures: bool) -> Result<(), String> {
    let mut model = scenario.model.clone();
    if calibrate_decay(&scenario.base, &mut model).is_err() {
        return Ok(());
    }
    let settings = Settings { seed: 1, trials: Trials::Fixed(2), level: 0.95, ..Settings::default() };
    let study = study::run(model, settings, &Quiet).map_err(|failure| failure.to_string())?;
    let findings = Findings(study.findings());
    let source =
        Source { name: &scenario.name, study: &study, findings: &findings, other: None, doubts: None };
    let sheet = Sheet::of(source);
    let page = text::page(&sheet);
    if page.contains("NaN") || page.contains("inf ") {
        return Err(format!("no number on the page:\n{page}"));
    }
    let document = json::estimates_text(&json::estimates(&source, scenario));
    let read: Result<serde_json::Value, _> = serde_json::from_str(&document);
    read.map_err(|error| error.to_string())?;
    let _ = (tables::trials(&study), tables::by_week(&study, &findings), tables::by_month(&study, &findings));
    if with_pictures {
        for (name, picture) in pictures::of(&source, &sheet) {
            plot::svg(&picture).map_err(|error| format!("{name}: {error}"))?;
        }
    }
    Ok(())
}
