//! What is wrong is said all at once and once only, with the line, the reason and the way out.

use super::*;

/// A file with seven mistakes of seven kinds.
const SEVEN_MISTAKES: &str = r#"format = 1

[horizon]
length = "1 week"
run_in = "10 days"

[sources.web]
per_week = -3
tire = 1

[routing]
policy = "round-robin"

[team.reps]
count = 7
sick = 2

[work]
review = 8

[leads]
zones = { "America/New_Yrok" = 1 }
"#;

#[test]
fn all_problems_at_once() {
    let report = read(SEVEN_MISTAKES).expect_err("seven problems").to_string();
    insta::assert_snapshot!(report, @r#"
error: horizon.run_in
  ╭▸ try.toml:5:10
  │
5 │ run_in = "10 days"
  │          ━━━━━━━━━ the run-in is not a whole number of weeks
  │
  ╰ help: write run_in = "4 weeks"

error: sources.web.per_week
  ╭▸ try.toml:8:12
  │
8 │ per_week = -3
  │            ━━ -3 is negative
  │
  ╰ help: write a number of 0 or more

error: sources.web.tire
  ╭▸ try.toml:9:1
  │
9 │ tire = 1
  │ ━━━━ unknown key `tire`
  │
  ╰ help: did you mean `tier`?

error: routing.policy
   ╭▸ try.toml:12:10
   │
12 │ policy = "round-robin"
   │          ━━━━━━━━━━━━━ "round-robin" is not one of "round robin", "pool"
   │
   ╰ help: did you mean "round robin"?

error: team.reps.sick
   ╭▸ try.toml:16:8
   │
16 │ sick = 2
   │        ━ 2 is more than 1: a probability lies between 0 and 1
   │
   ╰ help: if 2 per cent is meant, write "2%"

error: work.review
   ╭▸ try.toml:19:10
   │
19 │ review = 8
   │          ━ 8 has no unit
   │
   ╰ help: write "8min" or "8h", whichever is meant

error: leads.zones."America/New_Yrok"
   ╭▸ try.toml:22:11
   │
22 │ zones = { "America/New_Yrok" = 1 }
   │           ━━━━━━━━━━━━━━━━━━ unknown time zone "America/New_Yrok"
   │
   ╰ help: did you mean "America/New_York"?

7 problems in try.toml
"#);
}

/// One mistake, one message: what follows from it is not told as well.
#[test]
fn a_mistyped_preset_hides_no_tables() {
    let (path, message, help) = only_problem("format = 1\npreset = \"templat\"\n");
    assert_eq!((path.as_str(), help.as_str()), ("preset", "did you mean \"template\"?"), "{message}");
}

/// The paths of all problems of the template with these lines, in order.
fn paths(more: &str) -> Vec<String> {
    let problems = read(&on_template(more)).expect_err("something is wrong");
    problems.list.iter().map(|problem| problem.path.clone()).collect()
}

#[test]
fn an_error_in_one_place_hides_none_elsewhere() {
    let same = |more: &str, mut wanted: Vec<&str>| {
        let mut found = paths(more);
        found.sort();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "{more}");
    };
    let horizon = "[horizon]\nend = \"2026-01-01\"\n";
    same(&format!("[team.reps]\ncount = 0\n{horizon}"), vec!["team", "horizon.end"]);
    same("[team.reps]\ncount = 0\nsick = 2\n", vec!["team", "team.reps.sick"]);
    same(
        &format!(
            "[team.reps]\ncount = 0\n{horizon}[commitments.S1]\ntiers = [7]\n[routing.tiers.4]\npolicy = \"pool\"\n"
        ),
        vec!["team", "horizon.end", "commitments.S1.tiers", "routing.tiers.4"],
    );
    let source = "[leads]\nhour_shares = [1]\n[sources.x]\ntier = 9\n";
    same(source, vec!["leads.hour_shares", "sources.x", "sources.x.tier"]);
    same(&format!("{source}per_month = 3\n"), vec!["leads.hour_shares", "sources.x.tier"]);
    same(
        "[horizon]\nstart = \"soon\"\nrun_in = \"10 days\"\nrun_out_at_most = \"20000 days\"\n[work]\nreview = 8\n",
        vec!["horizon.start", "horizon.run_in", "horizon.run_out_at_most", "work.review"],
    );
    same(
        "[team.reps]\nshift = [\"Mon 08:00-10:00\", \"Mon 12:00-14:00\"]\n[team.reps.leave.away]\nreps = [400]\nfrom = \"2026-02-02\"\nuntil = \"2026-02-03\"\n",
        vec!["team.reps.shift", "team.reps.leave.away"],
    );
    same(
        "[commitments.S9]\nkind = \"persistence\"\nattempts = 3\nphone = [1, 2]\n",
        vec!["commitments.S9", "commitments.S9.phone"],
    );
}

#[test]
fn what_follows_from_an_error_is_not_told_beside_it() {
    for (more, only) in [
        ("[team.reps]\ncount = -1\n", "team.reps.count"),
        ("[team.reps]\ntiers = [9]\n", "team.reps.tiers"),
        ("[team.reps]\nshift = \"Mon 25:00\"\n", "team.reps.shift"),
        ("[sources.x]\ntier = 1\nper_mnth = 3\n", "sources.x.per_mnth"),
        ("[sources.x]\ntier = 1\nper_month = -3\n", "sources.x.per_month"),
        ("[horizon]\nstart = \"2026-13-01\"\nend = \"2026-03-29\"\n", "horizon.start"),
        (
            "[horizon]\nlength = \"1 day\"\nend = \"2020-01-01\"\n[sources.x]\ntier = 1\nupload = { at = \"2026-02-12 15:00\", leads = 9 }\n",
            "horizon.end",
        ),
        (
            "[commitments.S9]\nfrom = \"routed\"\nto = \"attempted\"\nwithn = \"5min\"\n",
            "commitments.S9.withn",
        ),
    ] {
        assert_eq!(paths(more), [only], "{more}");
    }
}

#[test]
fn a_team_of_nobody_is_told_beside_a_mistyped_key_of_the_same_group() {
    let told = |group: &str| {
        let problems = read(&SMALL.replace("count = 7", group)).expect_err("wrong");
        let mut told: Vec<String> = problems.list.iter().map(|problem| problem.message.clone()).collect();
        told.sort();
        told
    };
    assert_eq!(
        told("count = 0\nshfit = \"Mon-Fri 09:00-17:00\""),
        ["the team has no reps", "unknown key `shfit`"]
    );
    assert_eq!(told("count = 0\nsick = 7").len(), 2);
    // Here the unknown key may be the number of reps.
    assert!(!told("cuont = 3").contains(&"the team has no reps".to_string()));
}
