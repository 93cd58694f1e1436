//! Follow-up cadences: attempts with pauses between them, through one pool of reps or without any waiting.

use crate::case::{Case, Number};
use crate::plan::{Plan, Share, Wanted};
use crate::text::{Law, Stretch, Unit, opening};
use crate::watch::attempts::{Attempts, Settings, column};
use serde_json::Value;
use std::fmt::Write;

/// Case times are hours.
const HOURS: Unit = Unit { minutes: 60.0 };

/// What a cadence scenario is made of.
struct Cadence {
    per_hour: f64,
    /// Hours from created to routed.
    routed_after: f64,
    handling: Option<Law>,
    reps: u32,
    contact: f64,
    /// Hours from one attempt's end to the next being due.
    pauses: Vec<f64>,
    /// Interest lost per hour.
    loss: Option<f64>,
    days: u32,
}

impl Cadence {
    fn scenario(&self) -> String {
        let longest: f64 = self.pauses.iter().sum::<f64>() + self.routed_after;
        let weeks = 2 + (2.0 * longest / 168.0).ceil() as u32;
        let mut text = opening(Stretch { days: self.days, run_in_weeks: weeks });
        let _ = writeln!(text, "[tiers.1]\n[sources.s1]\ntier = 1\nper_hour = {}", self.per_hour);
        let _ = writeln!(text, "[routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"");
        let _ = writeln!(text, "delay = {}", HOURS.span(self.routed_after));
        let _ = writeln!(text, "[team.reps]\ncount = {}\nthen = \"oldest first\"", self.reps);
        let _ = writeln!(text, "order = [\"new and follow-up and reply\", \"own work\"]");
        if let Some(law) = &self.handling {
            let law = HOURS.law(law);
            let _ = writeln!(text, "[work]\ndial = {law}\nconversation = {law}");
        }
        let _ = writeln!(text, "[buyers.tiers.1]\ncontact = {}", self.contact);
        let _ = writeln!(text, "[buyers.cadence]\nmost_per_day = 100\n[buyers.cadence.steps]");
        let _ = writeln!(text, "1 = {{ day = 0, by = \"phone\" }}");
        for (place, pause) in self.pauses.iter().enumerate() {
            let pause = HOURS.span(*pause);
            let _ = writeln!(text, "{} = {{ day = 0, by = \"phone\", pause = {pause} }}", place + 2);
        }
        if let Some(loss) = self.loss {
            let _ = writeln!(text, "[buyers.interest]\nafter = {}", HOURS.law(&Law::Exponential(1.0 / loss)));
        }
        text
    }

    fn plan(&self, case: &Case) -> Result<Plan, String> {
        let numbers = case.numbers();
        let mut cuts = Vec::new();
        for number in numbers.iter().filter(|number| number.key(0) == "P_Wq_le") {
            cuts.push(case.time(number.key(1))?);
        }
        let settings = Settings {
            delays: self.pauses.iter().map(|hours| hours * 60.0).collect(),
            first: self.routed_after * 60.0,
            cuts: cuts.iter().map(|hours| hours * 60.0).collect(),
        };
        let mut wanted = Vec::new();
        for number in &numbers {
            wanted.extend(self.wanted(case, number, &settings, &cuts)?);
        }
        let play = Box::new(move |prepared: &leadsim::trial::Prepared<'_>, seed, trial| {
            let mut heard = Attempts::new(prepared.model, &settings);
            leadsim::trial::run(prepared, seed, trial, &mut heard);
            heard.finish()
        });
        Ok(Plan { scenario: self.scenario(), play, wanted, controls: Vec::new() })
    }

    fn wanted(
        &self,
        case: &Case,
        number: &Number,
        settings: &Settings,
        cuts: &[f64],
    ) -> Result<Option<Wanted>, String> {
        let per_lead = |hits| Share { hits, tries: column::LEADS, apart: (hits, column::LEADS) };
        let per_attempt = |hits| Share { hits, tries: column::ATTEMPTS, apart: (hits, column::ATTEMPTS) };
        let reps = f64::from(self.reps);
        let place = || number.key(1).parse::<usize>().map_err(|_| format!("`{}` is no place", number.key(1)));
        Ok(Some(match number.key(0) {
            "attempts_per_hour" => Wanted::ratio(number, column::ATTEMPTS, column::TIME, 60.0),
            "rho" => Wanted::ratio(number, column::BUSY, column::TIME, 1.0 / reps).taken_for_probability(),
            "P_wait_any_attempt" => Wanted::share(number, per_attempt(column::WAITED)),
            "EWq_any_attempt" => Wanted::ratio(number, column::WAIT, column::ATTEMPTS, 1.0 / 60.0),
            "P_Wq_le" => {
                let time = case.time(number.key(1))?;
                let cut = cuts.iter().position(|cut| *cut == time).ok_or("no such cut")?;
                Wanted::share(number, per_attempt(Attempts::within(settings, cut)))
            }
            "P_contact" => Wanted::share(number, per_lead(column::REACHED)),
            "P_contact_at_attempt" => Wanted::share(number, per_lead(column::REACHED_AT + place()?)),
            "P_contact_within_attempt" => {
                let last = column::REACHED_AT + place()?;
                Wanted::of(number, move |mean| {
                    mean[column::REACHED_AT..=last].iter().sum::<f64>() / mean[column::LEADS]
                })
            }
            "P_never_contacted" | "P_leak" => Wanted::misses(number, per_lead(column::REACHED)),
            "E_attempts_per_lead" | "E_attempts" => {
                Wanted::ratio(number, column::THEIR_ATTEMPTS, column::LEADS, 1.0)
            }
            "EN_in_follow_up_delay" => Wanted::ratio(number, column::DELAYED, column::TIME, 1.0),
            "E_hours_to_contact_given_contact" | "E_time_of_contact" => {
                Wanted::ratio(number, column::UNTIL_REACHED, column::REACHED, 1.0 / 60.0)
            }
            _ => return Ok(None),
        }))
    }
}

/// A cadence whose attempts queue for reps, new leads and follow-ups alike.
///
/// # Errors
/// Why it cannot be translated.
pub fn queueing(case: &Case) -> Result<Vec<Plan>, String> {
    let pauses = case.list("delays_after_failed_attempt_hours")?;
    if pauses.len() + 1 != case.count("max_attempts")? as usize {
        return Err("as many pauses as attempts after the first are needed".to_string());
    }
    let cadence = Cadence {
        per_hour: case.number(&["arrivals", "rate"])?,
        routed_after: 0.0,
        handling: Some(Law::of(case.model.get("attempt_handling").unwrap_or(&Value::Null))?),
        reps: case.count("servers")?,
        contact: case.number(&["contact_probability"])?,
        pauses,
        loss: None,
        days: 56,
    };
    Ok(vec![cadence.plan(case)?])
}

/// A cadence at set times that never waits: calls take no time, so one rep is as good as unlimited ones.
///
/// # Errors
/// Why it cannot be translated.
pub fn free(case: &Case) -> Result<Vec<Plan>, String> {
    let times = case.list("attempt_times_hours")?;
    let first = *times.first().ok_or("a cadence without attempts")?;
    let cadence = Cadence {
        per_hour: 10.0,
        routed_after: first,
        handling: None,
        reps: 1,
        contact: case.number(&["contact_probability_if_alive"])?,
        pauses: times.windows(2).map(|pair| pair[1] - pair[0]).collect(),
        loss: Some(case.number(&["loss_of_interest_rate"])?),
        days: 7,
    };
    Ok(vec![cadence.plan(case)?])
}
