//! The dates in a lead's life, from the form to the won deal, each under the name of its column in leads.csv.

use crate::plan::replay::LeadStory;
use crate::time::Instant;
use crate::trial::{Ending, Happening};

/// A date of a lead, if it came to that.
type Moment = fn(&LeadStory) -> Option<Instant>;

/// Every date with its name, in the order in which a life usually runs.
/// `handled` is when sales is done with this pass, and `ended` when its outcome is known: the date of a lost deal is in no
/// scenario, so it has none.
pub(super) const MOMENTS: [(&str, Moment); 28] = [
    ("created", |story| Some(story.lead.created)),
    ("held_until", |story| Some(story.lead.held_until).filter(|at| *at > story.lead.created)),
    ("automation_due", |story| Some(story.lead.automated_at)),
    ("routed", |story| story.lead.routed),
    ("unassigned", |story| first(story, |what| matches!(what, Happening::Unassigned))),
    ("assigned", |story| story.lead.assigned),
    ("back_up_called", |story| story.lead.back_up.map(|(_, at)| at)),
    ("noticed", |story| story.lead.noticed),
    ("ignored_at", |story| first(story, |what| matches!(what, Happening::Ignored(_)))),
    ("started", |story| story.lead.started),
    ("rejected_at", |story| first(story, |what| matches!(what, Happening::Rejected(..)))),
    ("overturned", |story| first(story, |what| matches!(what, Happening::Overturned))),
    ("accepted_at", |story| first(story, |what| matches!(what, Happening::Accepted(_)))),
    ("disposed", |story| story.lead.disposed),
    ("attempted", |story| story.lead.attempted),
    ("last_attempted", |story| story.lead.attempts.last().map(|(at, _)| *at)),
    ("gave_up_at", |story| first(story, |what| matches!(what, Happening::GaveUp(_)))),
    ("replied", |story| first(story, |what| matches!(what, Happening::Replied))),
    ("contacted", |story| story.lead.contacted),
    ("disqualified", |story| first(story, |what| matches!(what, Happening::Disqualified(_)))),
    ("qualified", |story| first(story, |what| matches!(what, Happening::Qualified))),
    ("booked", |story| first(story, |what| matches!(what, Happening::Booked(_)))),
    ("handled", |story| story.lead.ended.map(|(at, _)| at)),
    ("meeting_due", |story| dated(story, |what| told_meeting(what, |_| true))),
    ("rebooked_for", rebooked),
    ("meeting_held", |story| dated(story, |what| told_meeting(what, |held| held))),
    ("opportunity", opportunity),
    ("won", won),
];

/// When the outcome of this pass is known.
pub(super) fn ended(story: &LeadStory) -> Option<Instant> {
    let (handled, ending) = story.lead.ended?;
    match ending {
        Ending::Won => won(story),
        Ending::Lost => None,
        // the second meeting, where there were two
        Ending::NoShow | Ending::NoOpportunity => {
            let due = |(_, what): &(Instant, Happening)| told_meeting(what, |_| true);
            story.happenings.iter().rev().find_map(due).filter(in_calendar)
        }
        _ => Some(handled),
    }
}

/// Every attempt with its channel: "2026-02-03T09:05:12-05:00 phone; …", each date written by `stamp`.
pub(super) fn attempts(story: &LeadStory, stamp: impl Fn(Instant) -> String) -> String {
    let each = story.lead.attempts.iter();
    let each: Vec<String> =
        each.map(|(at, channel)| format!("{} {}", stamp(*at), super::lead_tables::snake(channel))).collect();
    each.join("; ")
}

/// What the opportunity is worth, dollars.
pub(super) fn dollars(story: &LeadStory) -> Option<f64> {
    story.happenings.iter().find_map(|(_, what)| match what {
        Happening::Opportunity { dollars, .. } => Some(*dollars),
        _ => None,
    })
}

fn rebooked(story: &LeadStory) -> Option<Instant> {
    dated(story, |what| match what {
        Happening::Met { at, rebooked: true, .. } => Some(*at),
        _ => None,
    })
}

fn opportunity(story: &LeadStory) -> Option<Instant> {
    dated(story, |what| match what {
        Happening::Opportunity { at, .. } => Some(*at),
        _ => None,
    })
}

fn won(story: &LeadStory) -> Option<Instant> {
    dated(story, |what| match what {
        Happening::Won { at } => Some(*at),
        _ => None,
    })
}

/// When it first happened.
fn first(story: &LeadStory, is: impl Fn(&Happening) -> bool) -> Option<Instant> {
    story.happenings.iter().find(|(_, what)| is(what)).map(|(at, _)| *at)
}

/// The first date told in advance: meetings and deals lie ahead when the conversation is over.
fn dated(story: &LeadStory, date: impl Fn(&Happening) -> Option<Instant>) -> Option<Instant> {
    story.happenings.iter().find_map(|(_, what)| date(what)).filter(in_calendar)
}

fn told_meeting(what: &Happening, wanted: impl Fn(bool) -> bool) -> Option<Instant> {
    match what {
        Happening::Met { at, held, .. } if wanted(*held) => Some(*at),
        _ => None,
    }
}

/// Beyond the last known calendar day there are no dates.
fn in_calendar(at: &Instant) -> bool {
    *at < Instant::MAX
}

#[cfg(test)]
mod tests {
    use crate::plan::replay;
    use crate::report::lead_tables;
    use std::collections::BTreeMap;
    use std::path::Path;

    type Row = BTreeMap<String, String>;

    /// Dates in pairs: wherever a lead has both, the first is not after the second.
    const ORDERED: [(&str, &str); 33] = [
        ("created", "held_until"),
        ("created", "automation_due"),
        ("created", "routed"),
        ("held_until", "routed"),
        ("routed", "unassigned"),
        ("routed", "assigned"),
        ("unassigned", "assigned"),
        ("assigned", "back_up_called"),
        ("assigned", "noticed"),
        ("assigned", "ignored_at"),
        ("noticed", "started"),
        ("assigned", "started"),
        ("started", "rejected_at"),
        ("started", "accepted_at"),
        ("rejected_at", "overturned"),
        ("overturned", "attempted"),
        ("accepted_at", "attempted"),
        ("started", "attempted"),
        ("started", "disposed"),
        ("attempted", "last_attempted"),
        ("attempted", "replied"),
        ("attempted", "contacted"),
        ("last_attempted", "gave_up_at"),
        ("last_attempted", "handled"),
        ("contacted", "disqualified"),
        ("contacted", "qualified"),
        ("qualified", "booked"),
        ("booked", "handled"),
        ("handled", "meeting_due"),
        ("meeting_due", "rebooked_for"),
        ("meeting_held", "opportunity"),
        ("opportunity", "won"),
        ("handled", "ended"),
    ];

    /// Every lead of the first trial of a shipped scenario, as leads.csv tells them.
    fn rows(name: &str) -> Vec<Row> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
        let scenario = crate::scenario::load(&file, &[]).expect("shipped scenarios load");
        let mut model = scenario.model.clone();
        crate::study::calibrate_decay(&scenario.base, &mut model).expect("and are possible");
        let table = lead_tables::leads(&model, &[replay::trial(&model, 1, 0, false)]);
        csv::Reader::from_reader(&table[..]).deserialize().map(|row| row.expect("a row")).collect()
    }

    fn date(row: &Row, name: &str) -> Option<jiff::Timestamp> {
        let text = row.get(name).unwrap_or_else(|| panic!("no column {name}"));
        (!text.is_empty()).then(|| text.parse().expect("a date"))
    }

    #[test]
    fn the_dates_of_every_lead_are_in_order() {
        let mut met: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        for name in ["template.toml", "template-back-up.toml", "template-pooled.toml", "start-up.toml"] {
            for row in rows(name) {
                for (before, after) in ORDERED {
                    let (Some(first), Some(second)) = (date(&row, before), date(&row, after)) else {
                        continue;
                    };
                    assert!(first <= second, "{name}: {before} {first} is after {after} {second}: {row:?}");
                    *met.entry((before, after)).or_default() += 1;
                }
            }
        }
        for pair in ORDERED {
            assert!(met.contains_key(&pair), "no lead has both {pair:?}");
        }
    }

    #[test]
    fn a_date_is_there_exactly_where_the_lead_came_so_far() {
        let mut endings: BTreeMap<String, u32> = BTreeMap::new();
        for row in rows("template.toml") {
            let has = |name: &str| date(&row, name).is_some();
            let ending = row["ending"].as_str();
            *endings.entry(ending.to_owned()).or_default() += 1;
            assert_eq!(has("won"), ending == "won", "{row:?}");
            assert_eq!(has("opportunity"), matches!(ending, "won" | "lost"), "{row:?}");
            assert_eq!(has("opportunity"), !row["opportunity_dollars"].is_empty(), "{row:?}");
            assert_eq!(has("meeting_held"), matches!(ending, "won" | "lost" | "no_opportunity"), "{row:?}");
            assert_eq!(has("booked"), has("meeting_held") || ending == "no_show", "{row:?}");
            assert_eq!(has("qualified"), has("booked"), "{row:?}");
            assert_eq!(has("disqualified"), ending == "disqualified", "{row:?}");
            assert_eq!(has("handled"), ending != "open", "{row:?}");
            assert_eq!(has("ended"), !matches!(ending, "open" | "lost"), "{row:?}");
            assert!(has("qualified") <= has("contacted") && has("contacted") <= has("attempted"), "{row:?}");
            if ending == "won" {
                assert_eq!(row["ended"], row["won"]);
            }
            let attempts = row["all_attempts"].split("; ").filter(|attempt| !attempt.is_empty()).count();
            assert_eq!(attempts.to_string(), row["attempts"], "{row:?}");
            assert!(row["all_attempts"].starts_with(&row["attempted"]), "{row:?}");
        }
        let all = ["won", "lost", "no_opportunity", "no_show", "disqualified", "rejected", "unresponsive"];
        assert!(all.iter().all(|ending| endings.contains_key(*ending)), "{endings:?}");
    }

    #[test]
    fn events_stand_at_their_own_dates_in_order_of_time() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.toml");
        let scenario = crate::scenario::load(&file, &[]).expect("shipped scenarios load");
        let mut model = scenario.model.clone();
        crate::study::calibrate_decay(&scenario.base, &mut model).expect("and are possible");
        let stories = [replay::trial(&model, 1, 0, true)];
        let (leads, events) = (lead_tables::leads(&model, &stories), lead_tables::events(&model, &stories));
        let read = |table: &[u8]| -> Vec<Row> {
            csv::Reader::from_reader(table).deserialize().map(|row| row.expect("a row")).collect()
        };
        let (leads, events) = (read(&leads), read(&events));
        let dates: Vec<jiff::Timestamp> = events.iter().filter_map(|row| date(row, "at")).collect();
        assert!(dates.is_sorted());
        let undated = events.iter().rev().take(events.len() - dates.len());
        assert!(undated.clone().all(|row| row["what"] == "ended" && row["detail"] == "lost"));
        let of = |lead: &Row, what: &str, detail: &str| {
            let is = |row: &&Row| {
                row["lead"] == lead["lead"] && row["what"] == what && row["detail"].starts_with(detail)
            };
            events.iter().find(is).map(|row| date(row, "at"))
        };
        // leads.csv is cut to whole seconds
        let second = |at: Option<jiff::Timestamp>| at.map(|at| at.as_second());
        let booked: Vec<&Row> = leads.iter().filter(|lead| !lead["booked"].is_empty()).collect();
        for lead in &booked {
            for (what, detail, column) in [
                ("met", "held", "meeting_held"),
                ("opportunity", "", "opportunity"),
                ("won", "", "won"),
                ("ended", "", "ended"),
            ] {
                let told = of(lead, what, detail).flatten();
                assert_eq!(second(told), second(date(lead, column)), "{what} of {lead:?}");
            }
        }
        for ending in ["won", "lost", "no_show", "no_opportunity"] {
            assert!(booked.iter().any(|lead| lead["ending"] == ending), "no lead ends {ending}");
        }
    }
}
