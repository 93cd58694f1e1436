//! When a random scenario plays, and what leads come.

use super::{law, now_and_then, word};
use proptest::prelude::*;

/// Horizon and calendar.
#[derive(Debug, Clone)]
pub struct Frame {
    pub zone: &'static str,
    /// First judged day.
    pub start: &'static str,
    weeks: u32,
    run_in: u32,
    run_out: Option<u32>,
    hours: Option<&'static str>,
    closed: bool,
    clock: Option<&'static str>,
}

const ZONES: &[&str] = &["UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe"];

/// Starts in quiet weeks, and in weeks in which clocks change (8 March, 25 October, 1 November 2026).
pub fn frame() -> impl Strategy<Value = Frame> {
    let starts = word(&["2026-06-01", "2026-02-02", "2026-03-02", "2026-10-19", "2026-03-26", "2026-10-28"]);
    let hours = word(&[
        "\"Mon-Fri 08:00-18:00\"",
        "[\"Mon-Fri 09:00-12:00\", \"Mon-Fri 13:00-17:00\"]",
        "\"Mon-Sat 10:00-16:00\"",
        "\"Mon-Sun 00:00-24:00\"",
    ]);
    let run_out = prop_oneof![3 => (0..=3u32).prop_map(Some), 1 => Just(None)];
    (
        word(ZONES),
        starts,
        1..=3u32,
        0..=1u32,
        run_out,
        now_and_then(0.7, hours),
        any::<bool>(),
        now_and_then(0.3, word(ZONES)),
    )
        .prop_map(|(zone, start, weeks, run_in, run_out, hours, closed, clock)| Frame {
            zone,
            start,
            weeks,
            run_in,
            run_out,
            hours,
            closed,
            clock,
        })
}

impl Frame {
    pub fn write(&self, text: &mut String) {
        let Frame { zone, start, weeks, run_in, .. } = self;
        *text += &format!(
            "[horizon]\nzone = \"{zone}\"\nstart = \"{start}\"\nlength = \"{weeks} weeks\"\nrun_in = \"{run_in} weeks\"\n"
        );
        match self.run_out {
            None => *text += "run_out = \"none\"\n",
            Some(weeks) => *text += &format!("run_out_at_most = \"{weeks} weeks\"\n"),
        }
        let Some(hours) = self.hours else { return };
        *text += &format!("[calendar]\nhours = {hours}\n");
        if self.closed {
            *text += &format!("closed = [\"{}\"]\n", self.day(3));
        }
        if let Some(clock) = self.clock {
            *text += &format!("clock = \"{clock}\"\n");
        }
    }

    /// A day of the horizon, counted from its first.
    pub fn day(&self, after: u8) -> String {
        let day: u8 = self.start[8..].parse().expect("starts are written as dates");
        format!("{}{:02}", &self.start[..8], (day + after).min(30))
    }
}

/// Tiers, what leads bring along, sources and the opening backlog.
#[derive(Debug, Clone)]
pub struct Leads {
    /// How many tiers.
    pub tiers: usize,
    /// Whether there are two segments.
    pub segments: bool,
    zones: Option<(u32, u32)>,
    zone_unknown: bool,
    mis_tiered: bool,
    rework: Option<String>,
    rhythm: bool,
    busyness: Option<&'static str>,
    sources: Vec<Source>,
    backlog: Option<(u32, u32)>,
}

#[derive(Debug, Clone)]
struct Source {
    tier: usize,
    mix: bool,
    comes: Comes,
    batch: Option<u32>,
    surge: Option<u32>,
    outside_automation: bool,
    busyness: bool,
}

#[derive(Debug, Clone)]
enum Comes {
    PerWeek(u32),
    Clockwork(u32),
    Steps(u32),
    Points(u32),
    Upload { leads: u32, hour: u32, delay: Option<String> },
}

fn source() -> impl Strategy<Value = Source> {
    let comes = prop_oneof![
        4 => (1..=90u32).prop_map(Comes::PerWeek),
        1 => (1..=60u32).prop_map(Comes::Clockwork),
        1 => (1..=4u32).prop_map(Comes::Steps),
        1 => (1..=4u32).prop_map(Comes::Points),
        1 => (1..=25u32, 0..24u32, now_and_then(0.4, law(300)))
            .prop_map(|(leads, hour, delay)| Comes::Upload { leads, hour, delay }),
    ];
    (
        0..4usize,
        prop::bool::weighted(0.2),
        comes,
        now_and_then(0.2, 1..=4u32),
        now_and_then(0.2, 0..=5u32),
        prop::bool::weighted(0.15),
        any::<bool>(),
    )
        .prop_map(|(tier, mix, comes, batch, surge, outside_automation, busyness)| Source {
            tier,
            mix,
            comes,
            batch,
            surge,
            outside_automation,
            busyness,
        })
}

pub fn leads() -> impl Strategy<Value = Leads> {
    (
        1..=4usize,
        prop::bool::weighted(0.3),
        now_and_then(0.3, (1..=3u32, 1..=3u32)),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
        now_and_then(0.2, law(10)),
        prop::bool::weighted(0.5),
        now_and_then(0.2, word(&["day", "week"])),
        prop::collection::vec(source(), 1..=3),
        now_and_then(0.2, (0..=6u32, 0..=6u32)),
    )
        .prop_map(
            |(
                tiers,
                segments,
                zones,
                zone_unknown,
                mis_tiered,
                rework,
                rhythm,
                busyness,
                sources,
                backlog,
            )| Leads {
                tiers,
                segments,
                zones,
                zone_unknown,
                mis_tiered,
                rework,
                rhythm,
                busyness,
                sources,
                backlog,
            },
        )
}

impl Leads {
    pub fn write(&self, text: &mut String, frame: &Frame) {
        for tier in 1..=self.tiers {
            *text += &format!("[tiers.{tier}]\ncost_per_mql = \"$100\"\n");
        }
        *text += "[leads]\n";
        if let Some((east, far)) = self.zones {
            *text += &format!("zones = {{ \"America/New_York\" = {east}, \"Asia/Kolkata\" = {far} }}\n");
        }
        if self.zone_unknown {
            *text += "zone_unknown = 0.2\n";
        }
        if self.segments {
            *text += "segments = { small = 2, large = 1 }\n";
        }
        if self.mis_tiered && self.tiers > 1 {
            *text += "mis_tiered = 0.2\n";
        }
        if let Some(rework) = &self.rework {
            *text += &format!("missing_fields = 0.3\nrework = {rework}\n");
        }
        if self.rhythm {
            *text += "weekday_shares = [5, 5, 5, 5, 5, 1, 1]\n";
            *text +=
                "hour_shares = [1, 1, 1, 1, 1, 1, 1, 1, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 1, 1, 1, 1, 1, 1]\n";
        }
        if let Some(per) = self.busyness {
            *text += &format!("[leads.busyness]\nper = \"{per}\"\nshape = 4\n");
        }
        for (n, source) in self.sources.iter().enumerate() {
            self.write_source(text, n, source, frame);
        }
        // A backlog stands there when the judged stretch begins.
        if let Some((waiting, in_cadence)) = self.backlog.filter(|_| frame.run_in == 0) {
            *text += &format!(
                "[backlog.1]\nwaiting = {waiting}\nin_cadence = {in_cadence}\nage = {{ law = \"uniform\", from = \"0 days\", to = \"6 days\" }}\n"
            );
        }
    }

    fn write_source(&self, text: &mut String, n: usize, source: &Source, frame: &Frame) {
        *text += &format!("[sources.s{n}]\n");
        if source.mix && self.tiers > 1 {
            *text += "tiers = { 1 = 1, 2 = 2 }\n";
        } else {
            *text += &format!("tier = {}\n", source.tier % self.tiers + 1);
        }
        if source.outside_automation {
            *text += "outside_automation = true\n";
        }
        let is_rate = !matches!(source.comes, Comes::Upload { .. });
        if !source.busyness && is_rate && self.busyness.is_some() {
            *text += "busyness = false\n";
        }
        if let Some(batch) = source.batch.filter(|_| is_rate) {
            *text += &format!("batch = {batch}\n");
        }
        match &source.comes {
            Comes::PerWeek(leads) => *text += &format!("per_week = {leads}\n"),
            Comes::Clockwork(leads) => *text += &format!("per_week = {leads}\ngaps = 1\n"),
            Comes::Steps(rate) => {
                *text += &format!("rate = {{ every = \"24h\", per_hour = [0, {rate}, 0] }}\n")
            }
            Comes::Points(rate) => {
                *text += &format!("rate = {{ every = \"30h\", points = [[\"0h\", 0], [\"7h\", {rate}]] }}\n")
            }
            Comes::Upload { leads, hour, delay } => {
                *text += &format!(
                    "[sources.s{n}.upload]\nleads = {leads}\nat = \"{} {hour:02}:00\"\n",
                    frame.day(2)
                );
                if let Some(delay) = delay {
                    *text += &format!("delay = {delay}\n");
                }
            }
        }
        let surges = matches!(source.comes, Comes::PerWeek(_) | Comes::Clockwork(_));
        if let Some(times) = source.surge.filter(|_| surges) {
            *text += &format!(
                "surges.s = {{ from = \"{}\", until = \"{}\", times = {times} }}\n",
                frame.day(1),
                frame.day(3)
            );
        }
    }
}
