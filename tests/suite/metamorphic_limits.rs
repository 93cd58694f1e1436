//! Relations at the edges of the model, exact lead by lead: one more rep, neutral values, two descriptions of the same thing (M4, M5, M6, M9).

use crate::measured::{agrees, play, ratio, scenario};
use crate::metamorphic::{Life, Lives, alike, lives};
use leadsim::trial::Ending;

/// A pool day and night, first come, first served, nobody leaves, one attempt.
fn plain(reps: u32, sources: &str) -> String {
    format!(
        "format = 1\n[horizon]\nzone = \"UTC\"\nlength = \"1 week\"\nrun_in = \"0 weeks\"\n[tiers.1]\n[sources.web]\nper_hour = 30\n{sources}\n\
         [routing]\npolicy = \"pool\"\n[team.reps]\ncount = {reps}\nthen = \"oldest first\"\n\
         [work]\nreview = {{ median = \"3min\", p90 = \"12min\" }}\ndial = {{ law = \"exponential\", mean = \"4min\" }}\n"
    )
}

/// How many leads begin earlier, of those of one source; panics if one begins later.
fn none_later(what: &str, before: &Lives, after: &Lives) -> usize {
    let started = |life: &Life| life.started.expect("everybody is begun");
    let mut earlier = 0;
    for (who, life) in before.iter().filter(|(who, _)| who.0 == "web") {
        let (was, is) = (started(life), started(&after[who]));
        assert!(is <= was, "{what}: {who:?} began at {was} and begins at {is}");
        earlier += usize::from(is < was);
    }
    earlier
}

/// M4. Plain first come, first served: with one more rep no lead waits longer, and without one lead none of the others does (Kiefer and
/// Wolfowitz 1955). Not true, and not asserted, with ranks or with leads that leave.
#[test]
fn one_more_rep_or_one_lead_fewer_makes_nobody_wait_longer() {
    for number in 0..3 {
        let play = |reps, sources: &str| lives(&scenario(&plain(reps, sources)).model, number);
        let six = play(6, "");
        assert!(six.len() > 4_500);
        for reps in [7, 8] {
            assert!(none_later("one more rep", &six, &play(reps, "")) > 1_000);
        }
        for at in ["2026-02-02 01:00", "2026-02-04 13:20"] {
            let upload = format!("[sources.extra]\nupload = {{ leads = 1, at = \"{at}\" }}\n");
            let with = play(6, &upload);
            assert_eq!(with.len(), six.len() + 1);
            none_later("one lead fewer", &with, &six);
        }
    }
}

/// M5. Interest silently lost after a quarter of an hour, when a wasted attempt takes no time, is leaving visibly after a quarter of an hour: every
/// lead that is reached is begun at the same microsecond, and the same leads are lost.
#[test]
fn a_lead_lost_in_silence_at_no_cost_is_a_lead_that_left() {
    let text = |rest: &str| {
        format!(
            "format = 1\n[horizon]\nzone = \"UTC\"\nlength = \"1 week\"\nrun_in = \"0 weeks\"\n[tiers.1]\n[sources.web]\nper_hour = 60\n\
             [routing]\npolicy = \"pool\"\n[team.reps]\ncount = 10\nthen = \"oldest first\"\n\
             [work]\nconversation = {{ law = \"exponential\", mean = \"12min\" }}\n\
             [buyers.tiers.1]\ncontact = 1\nqualified = 1\n{rest}\n"
        )
    };
    let silent = scenario(&text("[buyers.interest]\nafter = \"15min\"\n"));
    let visible = scenario(&text("[buyers.patience]\nleaves_after = \"15min\"\n"));
    for number in 0..3 {
        let (silent, visible) = (lives(&silent.model, number), lives(&visible.model, number));
        assert!(silent.len() == visible.len() && silent.len() > 9_000);
        let lost = |life: &Life, how: Ending| life.ended.is_some_and(|(_, ending)| ending == how);
        let mut left = 0;
        for ((who, silent), visible) in silent.iter().zip(visible.values()) {
            assert_eq!(
                lost(silent, Ending::LostInterest),
                lost(visible, Ending::Left),
                "{who:?}\n{silent:?}\n{visible:?}"
            );
            if lost(visible, Ending::Left) {
                left += 1;
            } else {
                assert_eq!(silent.started, visible.started, "{who:?}");
            }
        }
        assert!(left > 1_000, "overloaded by a fifth");
    }
    // Memoryless interest has other draws than memoryless patience; the share is Erlang A's (HIDDEN-ZERO; quadrature as in `patience`).
    let mut memoryless = text("[buyers.interest]\nafter = { law = \"exponential\", mean = \"30min\" }\n");
    memoryless = memoryless.replace("run_in = \"0 weeks\"", "run_in = \"1 week\"");
    let model = scenario(&memoryless).model;
    let pairs: Vec<(f64, f64)> = (0..24)
        .map(|number| {
            let lives = lives(&model, number);
            let lost =
                lives.values().filter(|l| l.ended.is_some_and(|e| e.1 == Ending::LostInterest)).count();
            (lost as f64, lives.len() as f64)
        })
        .collect();
    agrees("lost", ratio("lost", &pairs), 0.190_496_425_852_339_53, 0.002);
}

/// M6. What is written at its neutral value is as if it were not written.
#[test]
fn neutral_values_change_nothing() {
    let base = plain(6, "");
    let added = |rest: &str| format!("{base}{rest}\n");
    let of_team =
        |rest: &str| base.replace("then = \"oldest first\"", &format!("then = \"oldest first\"\n{rest}"));
    alike("interest without end", &base, &added("[buyers.interest]\nafter = \"3000 days\""));
    alike(
        "a cadence of one attempt",
        &base,
        &added("[buyers.cadence.steps]\n1 = { day = 0, by = \"phone\" }"),
    );
    alike(
        "a surge of one",
        &base,
        &added("[sources.web.surges.one]\nfrom = \"2026-02-02\"\nuntil = \"2026-02-06\"\ntimes = 1"),
    );
    alike(
        "batches of one",
        &base,
        &added("[sources.web]\nbatch = 1")
            .replacen("[sources.web]\nper_hour = 30\n", "", 1)
            .replace("batch = 1", "batch = 1\nper_hour = 30"),
    );
    alike("nothing to put down for", &base, &of_team("put_down_for = []"));
    alike("a pace of one", &base, &of_team("pace = 1"));
    alike("a share of nothing", &base, &of_team("own_work.none = { share = 0, length = \"20min\" }"));
    alike(
        "calls away that never come",
        &base,
        &of_team("away.never = { after = \"3000 days\", length = \"1h\" }"),
    );
    alike(
        "calls away that take no time",
        &base,
        &of_team("away.short = { after = { law = \"exponential\", mean = \"2h\" }, length = \"0min\" }"),
    );
    alike(
        "nobody gives up",
        &base,
        &of_team("gives_up = 0\nnever_worked = 0\nsick = 0\nleave_weeks_per_quarter = 0"),
    );
    alike("the routing as written for all", &base, &added("[routing.tiers.1]\npolicy = \"pool\""));
    let covered = base
        .replace("count = 6", "cover = { \"every day 00:00-24:00\" = 6 }")
        .replace("policy = \"pool\"", "policy = \"pool\"\nfollow_ups_to = \"pool\"");
    alike("a headcount that never changes", &base, &covered);
    let owners = base.replace("policy = \"pool\"", "policy = \"round robin\"");
    alike(
        "no back-ups",
        &owners,
        &owners.replace("\"round robin\"", "\"round robin\"\nback_up = { after = \"10min\", times = 0 }"),
    );
    alike(
        "a rotation of one is a pool of one",
        &plain(1, "").replace("30", "5"),
        &owners.replace("count = 6", "count = 1").replace("30", "5"),
    );
}

/// M9. Two tiers that are handled alike are one tier.
#[test]
fn identical_tiers_merged_are_one_tier() {
    let text = |second: &str, more: &str| {
        format!(
            "{}[sources.more]\ntier = {second}\nper_hour = 6\n{more}",
            plain(8, "").replace("[sources.web]", "[sources.web]\ntier = 1")
        )
    };
    let one = text("1", "");
    let two = text("2", "[tiers.2]\n").replace(
        "then = \"oldest first\"",
        "then = \"oldest first\"\norder = [\"new 1 and new 2\", \"reply\", \"follow-up\", \"own work\"]",
    );
    alike("merged", &one, &two);
    let promise = "[commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"5min\"\n";
    let all = |text: &str| {
        let findings = play(&scenario(&format!("{text}{promise}")), 3, 1).findings_over_horizon();
        let over_all = findings.into_iter().filter(|f| f.tier.is_none() && f.cause.is_none());
        over_all
            .map(|f| (f.measure, format!("{:?}", f.scope), f.estimate.value, f.totals))
            .collect::<Vec<_>>()
    };
    let (one, two) = (all(&one), all(&two));
    assert!(one.len() > 30 && one.len() == two.len());
    for (one, two) in one.iter().zip(&two) {
        let near = (one.2 - two.2).abs() <= 1e-12 * one.2.abs() || (one.2.is_nan() && two.2.is_nan());
        assert!(near && one.3 == two.3 && (one.0, &one.1) == (two.0, &two.1), "{one:?}\n{two:?}");
    }
}
