//! Change the scenario in a way whose effect is known, and hold the answer against it: relations that are exact, lead by lead.
//!
//! The numbers M1 to M16 are those of the project's list of relations. Where each one stands:
//!
//! | | relation | test |
//! |---|---|---|
//! | M1 | all times scaled | [`all_times_scaled_scale_every_stamp`] |
//! | M2 | blocks split, empty blocks, nobody, nothing, a longer horizon | [`what_adds_nothing_changes_nothing`], [`a_longer_horizon_changes_no_earlier_lead`] |
//! | M3 | names and order of tiers, sources and groups | [`order_in_the_file_and_names_of_tiers_do_not_matter`] |
//! | M4 | one more rep, one lead fewer | `metamorphic_limits` |
//! | M5 | silent loss of interest and visible leaving | `metamorphic_limits` |
//! | M6 | neutral values switched on | `metamorphic_limits`; patience without end: `patience::endless_patience_changes_nothing` |
//! | M7 | what comes after the work | [`what_comes_after_the_work_moves_no_stamp`] |
//! | M8 | the calendar a week later | [`a_week_later_is_the_same_week`] |
//! | M9 | identical tiers merged | `metamorphic_limits` |
//! | M10 | orders of service | `metamorphic_laws`; by lot: `patience::the_next_by_lot_is_random_order_of_service` |
//! | M11 | superposed tiers | `metamorphic_laws` |
//! | M12 | patience with the law of handling | `metamorphic_laws`; over a day: `staffed_days::half_hours_of_staffing_for_a_swinging_rate` |
//! | M13 | many reps | `metamorphic_laws` |
//! | M14 | the law of the buyer's delay | `metamorphic_laws` |
//! | M15 | thinning | `metamorphic_laws` |
//! | M16 | arrivals by inversion and by thinning | `metamorphic_laws`; two ways of inversion: `cover::a_week_of_hours_is_the_same_leads_written_as_a_cycle` |
//!
//! What does not apply. M1: calendars, shifts, lunch and steps of a cadence in days are clocks of the wall, and own work by `share` is drawn day
//! by day; a desk that has them cannot be scaled. M3: a source, a group or a call away has the luck of its *name*, by design, so only tiers can
//! be renamed. M6: no line has a capacity that could be made endless. M7: there is no switch between coins and chances; the means after the held
//! meeting always use chances. M8: busyness, sickness and meetings by chance have the luck of their date, by design, so that another horizon
//! over the same dates sees the same days; a desk that has them is another one a week later.

use crate::measured::{play, scenario};
use leadsim::model::Model;
use leadsim::plan::replay;
use leadsim::trial::Ending;
use std::collections::BTreeMap;

/// What became of a lead, in microseconds since the trial opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    pub created: i64,
    pub started: Option<i64>,
    pub attempts: Vec<i64>,
    pub ended: Option<(i64, Ending)>,
    /// Things that happened to it: each may round a time once.
    pub happenings: usize,
}

/// The lives of a trial's leads, by source and place in the source's own sequence.
pub type Lives = BTreeMap<(String, usize), Life>;

/// Plays trial `number` of seed 1 and keeps the leads of the horizon.
pub fn lives(model: &Model, number: u64) -> Lives {
    let mut ordinals = BTreeMap::<u16, usize>::new();
    let since = |at: leadsim::time::Instant| (at - model.horizon.opens).micros();
    let mut lives = Lives::new();
    for story in replay::trial(model, 1, number, false).leads {
        let lead = &story.lead;
        if lead.pass > 0 || !lead.in_horizon {
            continue;
        }
        let ordinal = ordinals.entry(lead.source.0).or_default();
        let life = Life {
            created: since(lead.created),
            started: lead.started.map(since),
            attempts: lead.attempts.iter().map(|(at, _)| since(*at)).collect(),
            ended: lead.ended.map(|(at, how)| (since(at), how)),
            happenings: story.happenings.len(),
        };
        lives.insert((model.sources[usize::from(lead.source.0)].name.clone(), *ordinal), life);
        *ordinal += 1;
    }
    lives
}

/// The first lead that differs, told with both lives; `None` where all of them are alike.
pub fn difference(one: &Lives, other: &Lives) -> Option<String> {
    if one.len() != other.len() {
        return Some(format!("{} leads and {}", one.len(), other.len()));
    }
    let differs = one.iter().zip(other).find(|(a, b)| a != b);
    differs.map(|(a, b)| format!("{:?}: {:?}\n{:?}: {:?}", a.0, a.1, b.0, b.1))
}

/// Asserts that two scenarios give every lead the same life in three trials.
pub fn alike(what: &str, one: &str, other: &str) {
    let (one, other) = (scenario(one).model, scenario(other).model);
    for number in 0..3 {
        let (one, other) = (lives(&one, number), lives(&other, number));
        assert!(one.len() > 100, "{what}: only {} leads", one.len());
        if let Some(difference) = difference(&one, &other) {
            panic!("{what}, trial {number}: {difference}");
        }
    }
}

/// Chances after contact.
const OUTCOME: &str = "qualified = 0.5\nopportunity = 0.5\nwon = 0.5\n";

/// A desk on which everything happens that has no calendar: two tiers, a cadence, leads that leave, calls away, hotter leads that take reps off
/// colder ones, own work when idle. Every time is `k` times as long.
fn scaled(k: u32) -> String {
    let law = |minutes: f64| {
        format!(
            "{{ median = \"{}sec\", p90 = \"{}sec\" }}",
            minutes * 60.0 * f64::from(k),
            minutes * 150.0 * f64::from(k)
        )
    };
    let memoryless = |minutes: f64| {
        format!("{{ law = \"exponential\", mean = \"{}sec\" }}", minutes * 60.0 * f64::from(k))
    };
    let [demo, content] = [9.0, 18.0].map(|rate| rate / f64::from(k));
    format!(
        "format = 1\n[horizon]\nzone = \"UTC\"\nlength = \"{k} weeks\"\nrun_in = \"0 weeks\"\nrun_out_at_most = \"{} weeks\"\n\
         [tiers.hot]\n[tiers.warm]\n[sources.demo]\ntier = \"hot\"\nper_hour = {demo}\n[sources.content]\ntier = \"warm\"\nper_hour = {content}\n\
         [routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\ndelay = {}\n\
         [team.desk]\ncount = 6\nattention = {}\ninterruption = \"pause\"\nthen = \"oldest first\"\nput_down_for = [\"new hot\"]\n\
         order = [\"new hot\", \"reply\", \"new warm\", \"follow-up\", \"own work\"]\n\
         away.call = {{ after = {}, length = {} }}\nown_work.mail = {{ when_idle = \"once\", length = {} }}\n\
         [work]\nreview = {}\ndial = {}\nconversation = {}\n\
         [buyers.tiers.hot]\ncontact = 0.3\n{OUTCOME}[buyers.tiers.warm]\ncontact = 0.2\naccepted = 0.8\n{OUTCOME}\
         [buyers.patience]\nleaves_after = {}\n\
         [buyers.cadence]\nmost_per_day = 100\nsteps.1 = {{ day = 0, by = \"phone\" }}\nsteps.2 = {{ day = 0, by = \"phone\", pause = \"{}min\" }}\n\
         [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"{}min\"\n",
        4 * k,
        law(2.0),
        memoryless(1.0),
        memoryless(180.0),
        law(10.0),
        law(3.0),
        law(1.5),
        law(4.0),
        law(9.0),
        memoryless(120.0),
        120 * k,
        15 * k,
    )
}

/// M1. Every stamp is `k` times the stamp; a time is a whole number of microseconds, so each event may round once: half a tick here, and half
/// a tick of the shorter desk, `k` times as long, there. Powers of two and others alike.
#[test]
fn all_times_scaled_scale_every_stamp() {
    let base = scenario(&scaled(1));
    for k in [4, 60] {
        let other = scenario(&scaled(k));
        let (a, b) = (lives(&base.model, 0), lives(&other.model, 0));
        assert!(a.len() > 4_000 && a.len() == b.len(), "{} leads and {}", a.len(), b.len());
        let k = i64::from(k);
        let (mut worst, mut happened) = (0, 0);
        for ((who, short), long) in a.iter().zip(b.values()) {
            assert_eq!(short.attempts.len(), long.attempts.len(), "{who:?}: {short:?}\n{long:?}");
            assert_eq!(short.ended.map(|(_, how)| how), long.ended.map(|(_, how)| how));
            happened += short.happenings as i64;
            let stamps = |life: &Life| {
                let ends = life.ended.map(|(at, _)| at);
                [Some(life.created), life.started, ends]
                    .into_iter()
                    .chain(life.attempts.iter().map(|at| Some(*at)))
                    .collect::<Vec<_>>()
            };
            for (short, long) in stamps(short).into_iter().zip(stamps(long)) {
                assert_eq!(short.is_some(), long.is_some());
                worst = worst.max(short.zip(long).map_or(0, |(short, long)| (long - k * short).abs()));
            }
        }
        // Roundings add up only while nobody is idle: over some dozen events at most, not over the trial's tens of thousands.
        println!("k = {k}: at most {worst} ticks off, {happened} events");
        assert!(happened > 20_000 && worst <= 100 * k, "k = {k}: {worst} ticks after {happened} events");
        let (a, b) = (play(&base, 3, 1), play(&other, 3, 1));
        let kept = |study: &leadsim::study::Study| {
            let findings = study.findings_over_horizon();
            findings.iter().find(|f| f.measure == "attainment").and_then(|f| f.totals).expect("S1 is judged")
        };
        assert_eq!(kept(&a), kept(&b));
    }
}

/// A desk with business hours, two shifts, lunch, a standing meeting and follow-ups on other days.
pub fn office(sources: &str, team: &str, rest: &str) -> String {
    format!(
        "format = 1\n[horizon]\nzone = \"UTC\"\nstart = \"2026-02-02\"\nlength = \"2 weeks\"\nrun_in = \"1 week\"\n\
         [calendar]\nhours = \"Mon-Fri 08:00-18:00\"\n[tiers.1]\n[tiers.2]\n{sources}\n\
         [routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\nafter_hours = \"hold until 08:00\"\n{team}\n\
         [work]\nreview = {{ median = \"2min\", p90 = \"6min\" }}\ndial = {{ law = \"exponential\", mean = \"6min\" }}\nconversation = \"12min\"\n\
         [buyers.tiers.1]\ncontact = 0.3\n{OUTCOME}[buyers.tiers.2]\ncontact = 0.2\n{OUTCOME}\
         [buyers.cadence.steps]\n1 = {{ day = 0, by = \"phone\" }}\n2 = {{ day = 1, by = \"phone\" }}\n3 = {{ day = 3, by = \"phone\" }}\n\
         [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15 business min\"\n{rest}\n"
    )
}

const SOURCES: &str = "[sources.demo]\ntier = 1\nper_hour = 2\n[sources.content]\ntier = 2\nper_hour = 4\n";
const TEAM: &str = "[team.early]\ncount = 4\nshift = \"Mon-Fri 08:00-16:00\"\nlunch = { at = \"12:00\", length = \"30min\" }\nattention = \"2min\"\n\
    meetings.stand_up = { on = \"Mon 09:00\", length = \"30min\" }\n\
    [team.late]\ncount = 3\nshift = \"Mon-Fri 11:00-19:00\"\nattention = { law = \"exponential\", mean = \"4min\" }\ninterruption = \"pause\"\n";

/// M2. A block of hours written as two that touch, a meeting nobody calls, a tier without leads, reps who are never there.
#[test]
fn what_adds_nothing_changes_nothing() {
    let base = office(SOURCES, TEAM, "");
    let hours = "hours = \"Mon-Fri 08:00-18:00\"";
    alike(
        "business hours in two blocks",
        &base,
        &base.replace(hours, "hours = [\"Mon-Fri 08:00-12:00\", \"Mon-Fri 12:00-18:00\"]"),
    );
    let team = |more: &str| office(SOURCES, &format!("{TEAM}{more}"), "");
    alike(
        "meetings by chance that never happen",
        &base,
        &team("meetings.none = { per_day = 0, length = \"1h\" }\n"),
    );
    alike("a group of nobody", &base, &team("[team.nobody]\ncount = 0\n"));
    alike(
        "reps on leave all the time",
        &base,
        &team("[team.gone]\ncount = 2\nleave.all = { from = \"2025-12-01\", until = \"2026-12-31\" }\n"),
    );
    alike(
        "reps who are always sick",
        &base,
        &team("[team.ill]\ncount = 2\nshift = \"Mon-Fri 08:00-16:00\"\nsick = 1\n"),
    );
    let nothing = office(
        &format!(
            "[tiers.3]\n{SOURCES}[sources.nothing]\ntier = 3\nper_hour = 0\n[sources.list]\ntier = 3\nupload = {{ leads = 0, at = \"2026-02-05 10:00\" }}\n"
        ),
        TEAM,
        &format!("[buyers.tiers.3]\ncontact = 1\n{OUTCOME}"),
    );
    alike("a tier without leads", &base, &nothing);
    let cover = |hours: &str| office(SOURCES, &format!("[team.desk.cover]\n{hours}\n"), "");
    alike(
        "a headcount in two blocks",
        &cover("\"Mon-Fri 08:00-18:00\" = 5"),
        &cover("\"Mon-Fri 08:00-11:00\" = 5\n\"Mon-Fri 11:00-18:00\" = 5"),
    );
    alike(
        "a shift that never ends",
        &office(SOURCES, "[team.desk]\ncount = 3\n", ""),
        &office(SOURCES, "[team.desk]\ncount = 3\nshift = \"Mon-Sun 00:00-24:00\"\n", ""),
    );
    alike("a longer run-out", &base, &base.replace("run_in", "run_out_at_most = \"20 weeks\"\nrun_in"));
}

/// M2. Leads of the first two weeks know nothing of a third.
#[test]
fn a_longer_horizon_changes_no_earlier_lead() {
    let base = office(SOURCES, TEAM, "[leads.busyness]\nper = \"day\"\nshape = 5\n");
    let longer = scenario(&base.replace("2 weeks", "3 weeks")).model;
    let base = scenario(&base).model;
    for number in 0..3 {
        let (short, mut long) = (lives(&base, number), lives(&longer, number));
        let end = (base.horizon.end - base.horizon.opens).micros();
        long.retain(|_, life| life.created < end);
        assert!(short.len() > 1_000);
        assert_eq!(difference(&short, &long), None);
    }
}

/// M3. Sources, groups and tiers in another order, tiers under other names: the same lives, and the same findings under the new names.
#[test]
fn order_in_the_file_and_names_of_tiers_do_not_matter() {
    let order = "order = [\"new 1\", \"reply\", \"new 2\", \"follow-up\", \"own work\"]\n";
    let desk = format!("[team.desk]\ncount = 3\n{order}[team.more]\ncount = 2\n{order}");
    let base = office(SOURCES, &desk, "");
    let mut sources: Vec<&str> = SOURCES.split("[sources.").filter(|part| !part.is_empty()).collect();
    sources.reverse();
    let turned: String = sources.iter().map(|part| format!("[sources.{part}")).collect();
    alike("sources", &base, &office(&turned, &desk, ""));
    alike(
        "groups",
        &base,
        &office(SOURCES, &format!("[team.more]\ncount = 2\n{order}[team.desk]\ncount = 3\n{order}"), ""),
    );
    alike("tiers", &base, &base.replace("[tiers.1]\n[tiers.2]", "[tiers.2]\n[tiers.1]"));
    // 1 becomes "second" and 2 "first", so that order by name is turned, too.
    let renamed = base
        .replace("[tiers.1]", "[tiers.second]")
        .replace("[tiers.2]", "[tiers.first]")
        .replace("tier = 1", "tier = \"second\"")
        .replace("tier = 2", "tier = \"first\"")
        .replace("new 1", "new second")
        .replace("new 2", "new first")
        .replace("buyers.tiers.1", "buyers.tiers.second")
        .replace("buyers.tiers.2", "buyers.tiers.first");
    alike("names", &base, &renamed);
    let told = |text: &str, names: [&str; 2]| {
        let mut findings = play(&scenario(text), 4, 1).findings();
        for tier in findings.iter_mut().filter_map(|finding| finding.tier.as_mut()) {
            *tier = if *tier == names[0] { "hot" } else { "warm" }.to_string();
        }
        serde_json::to_string(&findings).expect("findings are plain")
    };
    assert!(
        told(&base, ["1", "2"]) == told(&renamed, ["second", "first"]),
        "findings differ under other names"
    );
}

/// M7. Chances and amounts after the held meeting move nobody's work; expected opportunities go with their chance in proportion, since means
/// use chances and not coins.
#[test]
fn what_comes_after_the_work_moves_no_stamp() {
    let text = |opportunity: f64, rest: &str| {
        office(SOURCES, TEAM, "")
            .replace(
                "contact = 0.3\n",
                &format!("contact = 0.3\nqualified = 0.8\nopportunity = {opportunity}\n{rest}\n"),
            )
            .replacen(OUTCOME, "", 1)
    };
    let (one, other) = (text(0.25, "won = 0.9"), text(0.75, "won = 0.1"));
    let other = format!(
        "{other}[buyers.opportunity]\namount = {{ mean = \"$90K\", cv = 2 }}\ncycle = \"300 days\"\n"
    );
    let (a, b) = (scenario(&one), scenario(&other));
    for number in 0..3 {
        let stamps = |model: &Model| -> Vec<_> {
            lives(model, number)
                .into_values()
                .map(|life| (life.created, life.started, life.attempts))
                .collect()
        };
        assert!(stamps(&a.model) == stamps(&b.model), "trial {number}");
    }
    let opportunities = |scenario| {
        let findings = play(scenario, 4, 1).findings_over_horizon();
        let of_tier =
            findings.iter().find(|f| f.measure == "opportunities" && f.tier.as_deref() == Some("1"));
        of_tier.expect("tier 1 has opportunities").estimate.value
    };
    let (a, b) = (opportunities(&a), opportunities(&b));
    assert!(a > 1.0 && (b / a - 3.0).abs() < 1e-12, "{a} and {b}");
}

/// M8. A calendar without clock changes, a week later (and five years of weeks later): the same stamps since the opening.
#[test]
fn a_week_later_is_the_same_week() {
    let base = office(SOURCES, TEAM, "");
    for later in ["2026-02-09", "2031-02-03"] {
        alike(later, &base, &base.replace("2026-02-02", later));
    }
}
