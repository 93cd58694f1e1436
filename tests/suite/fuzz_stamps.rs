//! The reader of real stamps: spoiled CSV files, and bytes that were never one.

use super::Met;
use super::bytes::Choices;
use super::mutate::spoiled;
use leadsim::model::Arrivals;
use leadsim::scenario;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// Stamps as CRMs write them: with offset, without, with seconds, with a byte-order mark, quoted.
const FILES: [&str; 5] = [
    "created,tier\n2026-02-02 09:30,1\n2026-02-02 09:30:30,2\n2026-02-03 10:15,1\n",
    "created,tier\r\n2026-02-02T09:30:00-05:00,1\r\n2026-03-08T02:30:00Z,2\r\n",
    "\u{feff}created,tier\n\"2026-02-02 09:30\",1\n2026-02-08 23:59:59,\"2\"\n",
    "id;created\n1;2026-02-02 09:30\n",
    "created,tier\n1970-01-01 00:00,1\n2199-12-31 23:59,2\n2026-11-01 01:30,1\n",
];

const KEYS: [&str; 10] = [
    "zone = \"America/New_York\"",
    "zone = \"America/New_York\", tier_column = \"tier\"",
    "zone = \"Pacific/Apia\", resample = \"day\"",
    "zone = \"UTC\", tier_column = \"tier\", resample = \"week\"",
    "shift_to = \"horizon\", zone = \"Africa/Cairo\"",
    "tier_column = \"created\"",
    "column = \"tier\"",
    "column = \"id\"",
    "resample = \"week\"",
    "tier_column = \"tier\", shift_to = \"horizon\"",
];

/// Reads a spoiled file of stamps.
pub fn target(bytes: &[u8]) -> Result<Met, String> {
    let mut choices = Choices::new(bytes);
    let keys = *choices.of(&KEYS);
    let table = match choices.below(6) {
        5 => choices.rest().to_vec(),
        _ => {
            let file = choices.of(&FILES);
            let most = if choices.one_in(2) { 3 } else { 1 };
            spoiled(file, most, &mut choices).into_bytes()
        }
    };
    let folder = folder();
    fs::write(folder.join("leads.csv"), &table).map_err(|error| error.to_string())?;
    let tier = if keys.contains("tier_column") { "" } else { "tier = 1\n" };
    let text = format!(
        "format = 1\npreset = \"template\"\n[sources.log]\n{tier}replay = {{ file = \"leads.csv\", {keys} }}\n"
    );
    let read = scenario::from_text(&text, "fuzz", &folder, &[]);
    let _ = fs::remove_dir_all(&folder);
    let shown = || format!("{keys}\n{}", String::from_utf8_lossy(&table));
    match read {
        Ok(scenario) => sound(&scenario.model.sources, lines(&table))
            .map(|()| Met::Accepted)
            .map_err(|what| format!("{what}\n{}", shown())),
        Err(problems) => match problems.to_string() {
            told if told.contains("leads.csv") || told.contains("sources.log") => Ok(Met::Refused),
            told => Err(format!("does not name the file: {told}\n{}", shown())),
        },
    }
}

/// Cases so far; a case has a folder of its own.
static CASES: AtomicU32 = AtomicU32::new(0);

fn folder() -> PathBuf {
    let case = CASES.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("leadsim-fuzz-{}-{case}", std::process::id()));
    fs::create_dir_all(&folder).expect("the system's folder for such things takes folders");
    folder
}

fn lines(table: &[u8]) -> usize {
    1 + table.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count()
}

/// What was read hangs together.
fn sound(sources: &[leadsim::model::Source], lines: usize) -> Result<(), String> {
    let replay = sources.iter().find_map(|source| match &source.arrivals {
        Arrivals::Replay(replay) => Some(replay),
        _ => None,
    });
    let Some(replay) = replay else { return Err("accepted without a replay".into()) };
    if replay.stamps.is_empty() || replay.stamps.len() > lines {
        return Err(format!("{} stamps of {lines} lines", replay.stamps.len()));
    }
    if !replay.stamps.is_sorted() {
        return Err("stamps out of order".into());
    }
    if replay.tiers.as_ref().is_some_and(|tiers| tiers.len() != replay.stamps.len()) {
        return Err("stamps and tiers differ in number".into());
    }
    if !replay.days.is_sorted() || replay.days.iter().any(|day| day.0 > replay.stamps.len() || day.2 > 6) {
        return Err("days out of order".into());
    }
    Ok(())
}
