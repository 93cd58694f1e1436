//! How the buyers of a random scenario behave, and how long everything takes.

use super::leads::Leads;
use super::{law, now_and_then, word};
use proptest::prelude::*;

/// What else says when the later steps of a cadence are due, beside their days.
#[derive(Debug, Clone, Copy)]
enum Pace {
    Days,
    /// Pauses before every other step.
    Pauses,
    /// Gaps after the step before instead of days, always the same.
    Gaps,
    /// Gaps by chance.
    RandomGaps,
}

#[derive(Debug, Clone)]
pub struct Buyers {
    work: [String; 8],
    voicemail: bool,
    accepted: f64,
    contact: &'static str,
    qualified: f64,
    cadence: Option<(usize, u32, Pace)>,
    /// The last tier is worked otherwise: fewer attempts, or steps of its own.
    last_tier: Option<bool>,
    by_segment: bool,
    overturned: bool,
    reply_delay: Option<String>,
    interest: Option<u32>,
    patience: Option<(String, bool, &'static str)>,
    decay: bool,
    booking: bool,
    recycling: Option<(&'static str, u32)>,
    disposed_on_attempt: bool,
}

pub fn buyers() -> impl Strategy<Value = Buyers> {
    let laws = (law(12), law(5), law(5), law(5), law(10), law(10), law(30), law(10));
    let contact = word(&[
        "[0]",
        "[0.3, 0.2, 0.1]",
        "0.5",
        "[1]",
        "{ phone = [0.4, 0.2], email = [0, 0.5], linkedin = 0.3 }",
    ]);
    (
        (laws, any::<bool>()),
        (prop::sample::select(vec![1.0, 0.7, 0.2]), contact, prop::sample::select(vec![0.5, 1.0, 0.0])),
        now_and_then(
            0.7,
            (
                1..=CADENCE.len(),
                1..=3u32,
                prop::sample::select(vec![Pace::Days, Pace::Pauses, Pace::Gaps, Pace::RandomGaps]),
            ),
        ),
        (
            prop::bool::weighted(0.2),
            any::<bool>(),
            prop::bool::weighted(0.2),
            prop::bool::weighted(0.4),
            now_and_then(0.4, any::<bool>()),
        ),
        now_and_then(0.5, law(400)),
        now_and_then(0.15, 5..=60u32),
        now_and_then(0.2, (law(600), any::<bool>(), word(&["nurture", "closed", "recycle in 2 days"]))),
        prop::bool::weighted(0.5),
        now_and_then(0.3, (word(&["routing", "previous owner"]), 1..=6u32)),
    )
        .prop_map(
            |(work, chances, cadence, flags, reply_delay, interest, patience, booking, recycling)| {
                let ((a, b, c, d, e, f, g, h), voicemail) = work;
                Buyers {
                    work: [a, b, c, d, e, f, g, h],
                    voicemail,
                    accepted: chances.0,
                    contact: chances.1,
                    qualified: chances.2,
                    cadence,
                    last_tier: flags.4,
                    by_segment: flags.0,
                    overturned: flags.1,
                    reply_delay,
                    interest,
                    patience,
                    decay: flags.2,
                    booking,
                    recycling,
                    disposed_on_attempt: flags.3,
                }
            },
        )
}

const ACTIVITIES: [&str; 8] =
    ["review", "rejection", "dial", "voicemail", "email", "linkedin", "conversation", "logging"];

const CADENCE: [(u32, &str); 6] =
    [(0, "phone"), (0, "email"), (1, "phone"), (1, "linkedin"), (3, "email"), (4, "phone")];

impl Buyers {
    /// Everything from `[work]` on but the promises.
    pub fn write(&self, text: &mut String, leads: &Leads, headcount: bool) {
        *text += "[work]\n";
        for (activity, law) in ACTIVITIES.iter().zip(&self.work) {
            *text += &format!("{activity} = {law}\n");
        }
        *text += "reply = \"5min\"\n";
        if self.voicemail {
            *text += "voicemail_share = 0.5\n";
        }
        *text += "[buyers]\n";
        if let Some(delay) = &self.reply_delay {
            *text += &format!("reply_delay = {delay}\n");
        }
        *text += "overturned_after = \"1 business day\"\n";
        for tier in 1..=leads.tiers {
            let Buyers { accepted, contact, qualified, .. } = self;
            *text += &format!(
                "[buyers.tiers.{tier}]\naccepted = {accepted}\ncontact = {contact}\nqualified = {qualified}\nopportunity = 0.8\nwon = 0.3\n"
            );
        }
        self.write_cadence(text, leads.segments);
        self.write_last_tier(text, leads.tiers);
        let overturned = if self.overturned { 0.5 } else { 0.0 };
        *text += &format!(
            "[buyers.rejections]\nunfit = {{ share = 2, then = \"closed\", overturned = {overturned} }}\n\
             later = {{ share = 1, then = \"recycle in 3 days\" }}\n\
             [buyers.disqualifications]\nbudget = {{ share = 1, then = \"nurture\" }}\nother = {{ share = 1, then = \"closed\" }}\n"
        );
        self.write_leaving(text);
        if self.booking {
            *text += "[buyers.booking]\ndays_out = { 0 = 1, 1 = 2, \"2-4\" = 1 }\nshow = 0.8\nshow_per_week_out = 0.9\nrebooked = 0.5\nrebooked_show = 0.7\n";
            *text +=
                "[buyers.opportunity]\namount = \"$10K\"\ncycle = { median = \"5 days\", sigma = 0.5 }\n";
        }
        if let Some((to, days)) = self.recycling {
            let to = if headcount { "routing" } else { to };
            *text += &format!(
                "[buyers.recycling]\nshare = 0.7\nafter = {{ law = \"exponential\", mean = \"{days} days\" }}\ntier = 1\nqualified_times = 0.7\npasses = 3\nto = \"{to}\"\n"
            );
        }
        if self.disposed_on_attempt {
            *text += "[agreement]\ndisposed_on = \"attempt\"\n";
        }
    }

    fn write_cadence(&self, text: &mut String, segments: bool) {
        let Some((steps, most_per_day, pace)) = self.cadence else { return };
        *text += &format!("[buyers.cadence]\nmost_per_day = {most_per_day}\n[buyers.cadence.steps]\n");
        for (n, (day, by)) in CADENCE.iter().take(steps).enumerate() {
            let by = match self.by_segment && segments && n == 2 {
                true => "{ small = \"phone\", large = \"linkedin\" }".to_string(),
                false => format!("\"{by}\""),
            };
            let due = match pace {
                Pace::Gaps if n > 0 => format!("gap = \"{} business hours\"", 2 * n + 1),
                Pace::RandomGaps if n > 0 => {
                    "gap = { law = \"uniform\", from = \"2 business hours\", to = \"9 business hours\" }"
                        .to_string()
                }
                Pace::Pauses if n % 2 == 1 => format!("day = {day}, pause = \"90min\""),
                _ => format!("day = {day}"),
            };
            *text += &format!("{} = {{ {due}, by = {by} }}\n", n + 1);
        }
    }

    fn write_last_tier(&self, text: &mut String, tier: usize) {
        let (Some((steps, ..)), Some(own)) = (self.cadence, self.last_tier) else { return };
        *text += &format!("[buyers.cadence.tiers.{tier}]\n");
        *text += &match own {
            false => format!("attempts = {}\n", steps.div_ceil(2)),
            true => "most_per_day = 1\nattempts = 2\nsteps.1 = { day = 0, by = \"email\" }\nsteps.2 = { gap = \"3 business hours\", by = \"phone\" }\nsteps.3 = { day = 2, by = \"email\" }\n".to_string(),
        };
    }

    fn write_leaving(&self, text: &mut String) {
        if self.decay {
            *text += "[buyers.decay]\ncurve = \"gentle\"\nstrength = 0.3\n";
        }
        if let Some(hours) = self.interest {
            *text += &format!(
                "[buyers.interest]\nafter = {{ law = \"exponential\", mean = \"{hours}h\" }}\nboth = true\n"
            );
        }
        if let Some((after, at_once, then)) = &self.patience {
            let after = if after == "\"0min\"" { "\"5min\"" } else { after };
            *text += &format!("[buyers.patience]\nleaves_after = {after}\nthen = \"{then}\"\nboth = true\n");
            if *at_once {
                *text += "leaves_at_once = 0.3\n";
            }
        }
    }
}
