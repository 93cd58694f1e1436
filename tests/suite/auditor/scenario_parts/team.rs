//! The reps of a random scenario: when they are there, and what else they do.

use super::leads::Frame;
use super::{law, now_and_then, tier_list, word};
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub struct Group {
    count: u32,
    /// A headcount by time of day instead of shifts.
    pub cover: Option<(u32, u32, bool)>,
    far: bool,
    shift: Option<&'static str>,
    lunch: Option<u32>,
    leave_weeks: bool,
    leave: bool,
    sick: bool,
    fewer_tiers: bool,
    attention: Option<String>,
    attention_by_tier: bool,
    attention_follow_up: Option<String>,
    order: Option<&'static str>,
    then: Option<&'static str>,
    put_down_for: Option<&'static str>,
    interruption: Option<&'static str>,
    pace: Option<f64>,
    never_worked: bool,
    gives_up: bool,
    meetings: Vec<&'static str>,
    /// Hours without meetings.
    no_meetings: bool,
    away: Option<(u32, String, Option<&'static str>)>,
    own_work: Vec<&'static str>,
}

const SHIFTS: &[&str] = &[
    "\"Mon-Fri 09:00-17:00\"",
    "[\"Mon-Thu 08:00-12:30\", \"Fri 10:00-16:00\"]",
    "\"Sun-Thu 22:00-06:00\"",
    "\"Sat-Sun 10:00-18:00\"",
    "\"Mon-Sun 00:00-24:00\"",
    "\"Mon-Sun 12:00-24:00\"",
    "\"Mon-Fri 01:30-09:30\"",
];

const MEETINGS: &[&str] = &[
    "m0 = { on = \"Mon 14:00\", length = \"60min\" }",
    "m1 = { on = [\"Tue 09:00\", \"Thu 16:30\"], length = \"45min\", who = \"one after another\" }",
    "m2 = { on = \"Wed 10:00\", length = \"30min\", who = \"one in turn\", every_weeks = 2 }",
    "m3 = { per_day = 1.5, length = { values = [\"30min\", \"60min\"], weights = [80, 20] }, grid = \"30min\" }",
    "m4 = { every = \"75min\", length = \"15min\" }",
];

const OWN_WORK: &[&str] = &[
    "o0 = { share = 0.15, length = { median = \"8min\", sigma = 0.6 } }",
    "o1 = { when_idle = \"once\", length = \"20min\" }",
    "o2 = { when_idle = \"again and again\", length = { law = \"exponential\", mean = \"15min\" } }",
    "o3 = { share = 0.2, length = { median = \"20min\", sigma = 0.6 }, interruptible = true }",
    "o4 = { when_idle = \"once\", length = \"20min\", interruptible = true }",
    "o5 = { when_idle = \"again and again\", length = \"30min\", interruptible = true }",
];

const ORDERS: &[&str] = &[
    "[\"new\", \"reply\", \"follow-up\", \"own work\"]",
    "[\"new 1\", \"reply and follow-up\", \"new\", \"own work\"]",
    "[\"follow-up\", \"reply\", \"own work\", \"new\"]",
    "[\"own work\", \"reply\", \"new and follow-up\"]",
];

pub fn group() -> impl Strategy<Value = Group> {
    let hours = (
        now_and_then(0.12, (0..=3u32, 1..=4u32, any::<bool>())),
        prop::bool::weighted(0.2),
        now_and_then(0.8, word(SHIFTS)),
        now_and_then(0.3, 10..=14u32),
        prop::bool::weighted(0.15),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    );
    let habits = (
        prop::bool::weighted(0.3),
        now_and_then(0.5, law(20)),
        prop::bool::weighted(0.2),
        now_and_then(0.2, law(20)),
        now_and_then(0.4, word(ORDERS)),
        now_and_then(0.5, word(&["oldest first", "newest first", "random", "due first"])),
        now_and_then(
            0.25,
            word(&["[\"new 1\"]", "[\"new\", \"reply\"]", "[\"new\", \"reply\", \"follow-up\"]"]),
        ),
        now_and_then(0.4, word(&["pause", "hand back", "finish"])),
        now_and_then(0.2, prop::sample::select(vec![0.5, 1.3, 2.0])),
        (prop::bool::weighted(0.2), prop::bool::weighted(0.2)),
    );
    let interruption = now_and_then(0.5, word(&["finish", "pause", "hand back"]));
    let rest = (
        (prop::sample::subsequence(MEETINGS, 0..=2), prop::bool::weighted(0.4)),
        now_and_then(0.2, (20..=300u32, law(45), interruption)),
        prop::sample::subsequence(OWN_WORK, 0..=1),
    );
    (1..=4u32, hours, habits, rest).prop_map(
        |(count, hours, habits, ((meetings, no_meetings), away, own_work))| {
            let (cover, far, shift, lunch, leave_weeks, leave, sick) = hours;
            let (
                fewer_tiers,
                attention,
                attention_by_tier,
                attention_follow_up,
                order,
                then,
                put_down_for,
                interruption,
                pace,
                shares,
            ) = habits;
            Group {
                count,
                cover,
                far,
                shift,
                lunch,
                leave_weeks,
                leave,
                sick,
                fewer_tiers,
                attention,
                attention_by_tier,
                attention_follow_up,
                order,
                then,
                put_down_for,
                interruption,
                pace,
                never_worked: shares.0,
                gives_up: shares.1,
                meetings,
                no_meetings,
                away,
                own_work,
            }
        },
    )
}

impl Group {
    /// Group number `n`; the first takes every tier.
    pub fn write(&self, text: &mut String, n: usize, tiers: usize, frame: &Frame) {
        *text += &format!("[team.g{n}]\ncost_per_hour = \"$60\"\n");
        match self.cover {
            Some(cover) => write_cover(text, cover),
            None => self.write_days(text),
        }
        if self.fewer_tiers && n > 0 {
            *text += &format!("tiers = {}\n", tier_list(0..tiers.div_ceil(2)));
        }
        self.write_habits(text, tiers);
        if self.cover.is_none() {
            self.write_interruptions(text, n, frame);
        }
    }

    fn write_days(&self, text: &mut String) {
        *text += &format!("count = {}\n", self.count);
        if self.far {
            *text += "sites = { \"America/New_York\" = 1, \"America/Los_Angeles\" = 1 }\n";
        }
        if let Some(shift) = self.shift {
            *text += &format!("shift = {shift}\n");
        }
        if let Some(hour) = self.lunch.filter(|_| self.shift.is_some()) {
            *text +=
                &format!("lunch = {{ at = [\"{hour:02}:00\", \"{hour:02}:30\"], length = \"45min\" }}\n");
        }
        if self.leave_weeks {
            *text += "leave_weeks_per_quarter = 2\n";
        }
        if self.sick {
            *text += "sick = 0.15\n";
        }
        if let Some(interruption) = self.interruption {
            *text += &format!("interruption = \"{interruption}\"\n");
        }
    }

    fn write_habits(&self, text: &mut String, tiers: usize) {
        if let Some(law) = &self.attention {
            match self.attention_by_tier && tiers == 2 {
                true => *text += &format!("attention = {{ 1 = {law}, 2 = \"10min\" }}\n"),
                false => *text += &format!("attention = {law}\n"),
            }
        }
        if let Some(law) = &self.attention_follow_up {
            *text += &format!("attention_follow_up = {law}\n");
        }
        let lines = [("order", self.order), ("put_down_for", self.put_down_for)];
        for (key, list) in lines {
            if let Some(list) = list {
                *text += &format!("{key} = {list}\n");
            }
        }
        if let Some(then) = self.then {
            *text += &format!("then = \"{then}\"\n");
        }
        if let Some(pace) = self.pace {
            *text += &format!("pace = {pace}\n");
        }
        if self.never_worked {
            *text += "never_worked = 0.1\n";
        }
        if self.gives_up {
            *text += "gives_up = 0.2\n";
        }
    }

    fn write_interruptions(&self, text: &mut String, n: usize, frame: &Frame) {
        if self.leave {
            let (from, until) = (frame.day(1), frame.day(2));
            *text += &format!("leave.trip = {{ from = \"{from}\", until = \"{until}\", reps = 1 }}\n");
        }
        if self.no_meetings {
            self.write_no_meetings(text, frame);
        }
        for meeting in &self.meetings {
            *text += &format!("meetings.{meeting}\n");
        }
        for work in &self.own_work {
            *text += &format!("own_work.{work}\n");
        }
        if let Some((after, length, interruption)) = &self.away {
            *text += &format!(
                "[team.g{n}.away.calls]\nafter = {{ law = \"exponential\", mean = \"{after}min\" }}\nlength = {length}\n"
            );
            if let Some(interruption) = interruption {
                *text += &format!("interruption = \"{interruption}\"\n");
            }
        }
    }
}

impl Group {
    /// Hours in which no standing meeting of [`MEETINGS`] lies; on the site's clock only where there is none.
    fn write_no_meetings(&self, text: &mut String, frame: &Frame) {
        let rhythm = self.meetings.iter().any(|meeting| meeting.starts_with("m4"));
        let standing = self.meetings.iter().any(|meeting| meeting.contains("{ on"));
        let zone = if standing { format!(", zone = \"{}\"", frame.zone) } else { String::new() };
        let except = if rhythm { ", except = \"m4\"" } else { "" };
        *text += &format!(
            "no_meetings = {{ hours = [\"Mon-Fri 12:15-13:45\", \"Sat 20:00-24:00\"]{zone}{except} }}\n"
        );
    }
}

fn write_cover(text: &mut String, (early, late, works_off): (u32, u32, bool)) {
    *text += &format!(
        "cover = {{ \"Mon-Fri 08:00-12:00\" = {early}, \"Mon-Fri 12:00-17:00\" = {late}, \"Sat 10:00-12:00\" = 1 }}\n"
    );
    if works_off {
        *text += "after_close = \"work off\"\n";
    }
}
