//! Leads that leave, call again, or are served by lot: exact moments on small desks, and values known from theory.
//!
//! The values are those of an independent collection of reference cases; each says its method. Seeds are fixed, and a right program
//! passes each comparison but one in ten thousand ([`ONE_IN_TEN_THOUSAND`](crate::measured::ONE_IN_TEN_THOUSAND)).

use crate::measured::{Measured, agrees, kept, play, ratio, scenario};
use leadsim::model::{LeadId, Model};
use leadsim::plan::replay;
use leadsim::report::{lead_tables, story};
use leadsim::study::Study;
use leadsim::time::{Instant, Span};
use leadsim::trial::{self, Ending, Happening, Lead, LeakCause, Prepared, Watch};

/// A pool of `reps` day and night, exponential handling of `minutes`, leads as `sources` say; one week after a run-in of one.
fn pool(reps: u32, minutes: &str, sources: &str, rest: &str) -> String {
    format!(
        "format = 1\n[horizon]\nlength = \"1 week\"\nrun_in = \"1 week\"\n{sources}\n[routing]\npolicy = \"pool\"\n\
         [work]\ndial = {{ law = \"exponential\", mean = \"{minutes}\" }}\n{rest}\n[team.reps]\ncount = {reps}\n"
    )
}

fn within(minutes: &[&str]) -> String {
    let promise = |m: &&str| {
        format!("[commitments.m{m}]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"{m}min\"\n")
    };
    minutes.iter().map(promise).collect()
}

/// Share of a tier's leads that left.
fn left(study: &Study, tier: usize) -> Measured {
    let funnels = study.records.iter().map(|record| &record.tiers[tier].funnel);
    let pairs: Vec<(f64, f64)> = funnels.map(|f| (f64::from(f.left), f64::from(f.mqls))).collect();
    ratio("left", &pairs)
}

/// Overloaded by a fifth, patience of half an hour on average: Erlang A (Palm 1946; Garnett, Mandelbaum and Reiman 2002), by
/// quadrature of the density of the offered wait (case ERLA-03).
#[test]
fn leads_that_leave_are_erlang_a() {
    let rest = "[buyers.patience]\nleaves_after = { law = \"exponential\", mean = \"30min\" }\n".to_string()
        + &within(&["5", "15"]);
    let text = pool(10, "12min", "[sources.web]\nper_hour = 60", &rest);
    let study = play(&scenario(&text), 100, 1);
    agrees("left", left(&study, 0), 0.190_496_425_852_339_53, 0.001);
    agrees("5 min", kept(&study, "m5"), 0.394_619_949_093_676_54, 0.003);
    agrees("15 min", kept(&study, "m15"), 0.766_645_512_190_761, 0.003);
    let findings = study.findings();
    let row = findings.iter().find(|f| f.measure == "left" && f.tier.is_none()).expect("leads may leave");
    let all: u32 = study.records.iter().map(|record| record.tiers[0].funnel.left).sum();
    assert!((row.estimate.value - f64::from(all) / 100.0).abs() < 1e-9);
}

/// Everybody stays a quarter of an hour and no longer: M/M/c+D (Barrer 1957; case MMCD-01, by quadrature).
#[test]
fn leads_of_constant_patience_are_barrers_queue() {
    let rest = "[buyers.patience]\nleaves_after = \"15min\"\n".to_string() + &within(&["3", "12"]);
    let text = pool(12, "30min", "[sources.web]\nper_hour = 22", &rest);
    let study = play(&scenario(&text), 160, 1);
    agrees("left", left(&study, 0), 0.057_103_191_666_076_97, 0.001);
    agrees("3 min", kept(&study, "m3"), 0.605_879_688_627_685_3, 0.004);
    agrees("12 min", kept(&study, "m12"), 0.870_829_667_223_071_2, 0.003);
}

/// Weibull patience of shape below one, many leave early: M/M/c+G (Baccelli and Hebuterne 1981; case MMCG-01, by quadrature).
#[test]
fn patience_may_have_any_law() {
    let rest = "[buyers.patience]\nleaves_after = { law = \"weibull\", shape = 0.7, scale = \"36min\" }\n"
        .to_string()
        + &within(&["3", "15"]);
    let text = pool(13, "20min", "[sources.web]\nper_hour = 40", &rest);
    let study = play(&scenario(&text), 100, 1);
    agrees("left", left(&study, 0), 0.121_304_994_370_675_48, 0.001);
    agrees("3 min", kept(&study, "m3"), 0.612_744_351_045_233_2, 0.004);
    agrees("15 min", kept(&study, "m15"), 0.866_679_742_776_737_8, 0.003);
}

/// Three in twenty leave at once when nobody is free, the others have patience: case ERLA-05, by quadrature.
#[test]
fn some_leave_at_once_when_nobody_is_free() {
    let rest = "[buyers.patience]\nleaves_after = { law = \"exponential\", mean = \"40min\" }\nleaves_at_once = 0.15\n".to_string()
        + &within(&["5", "15"]);
    let text = pool(9, "20min", "[sources.web]\nper_hour = 30", &rest);
    let study = play(&scenario(&text), 60, 1);
    agrees("left", left(&study, 0), 0.185_045_586_080_298_72, 0.0015);
    agrees("5 min", kept(&study, "m5"), 0.575_044_974_299_010_6, 0.004);
    agrees("15 min", kept(&study, "m15"), 0.775_175_659_297_834, 0.003);
}

/// Two tiers of different patience, the first goes first: case PRIO-ABN, by the stationary law of its Markov chain.
#[test]
fn each_tier_has_its_own_patience() {
    let sources = "[tiers.hot]\n[tiers.warm]\n[sources.demo]\ntier = \"hot\"\nper_hour = 12\n[sources.content]\ntier = \"warm\"\nper_hour = 20";
    let rest = "[buyers.patience.leaves_after]\nhot = { law = \"exponential\", mean = \"60min\" }\n\
                warm = { law = \"exponential\", mean = \"20min\" }\n";
    let text = pool(7, "15min", sources, rest)
        + "order = [\"new hot\", \"new warm\", \"reply\", \"follow-up\", \"own work\"]\nthen = \"oldest first\"\n";
    let study = play(&scenario(&text), 60, 1);
    agrees("hot", left(&study, 0), 0.040_810_278_128_761_104, 0.001);
    agrees("warm", left(&study, 1), 0.284_174_871_323_300_16, 0.002);
}

/// What the leads of the horizon went through in one trial.
#[derive(Default)]
struct Lives {
    leads: f64,
    left: f64,
    blocked_first: f64,
    blocked: f64,
    /// Minutes from created until begun or left.
    minutes: f64,
    squares: f64,
}

impl Watch for Lives {
    fn lead(&mut self, at: Instant, _id: LeadId, lead: &Lead, what: Happening) {
        if !lead.in_horizon {
            return;
        }
        let over = match what {
            Happening::Created => {
                self.leads += 1.0;
                false
            }
            Happening::FoundNobody { call } => {
                self.blocked += 1.0;
                self.blocked_first += f64::from(u8::from(call == 1));
                false
            }
            Happening::ReviewStarted(_) => true,
            Happening::Ended(Ending::Left) => {
                self.left += 1.0;
                true
            }
            _ => false,
        };
        if over {
            let minutes = (at - lead.created).as_minutes();
            self.minutes += minutes;
            self.squares += minutes * minutes;
        }
    }
}

fn lives(text: &str, trials: u64) -> Vec<Lives> {
    let scenario = scenario(text);
    let prepared = Prepared::new(&scenario.model);
    let play = |number| {
        let mut lives = Lives::default();
        let outcome = trial::run(&prepared, 1, number, &mut lives);
        assert_eq!(outcome.open, outcome.created - outcome.ended);
        lives
    };
    (0..trials).map(play).collect()
}

fn mean(what: &str, lives: &[Lives], pick: impl Fn(&Lives) -> f64) -> Measured {
    let pairs: Vec<(f64, f64)> = lives.iter().map(|l| (pick(l), l.leads)).collect();
    ratio(what, &pairs)
}

/// One rep without a line, 70 % busy; whoever is blocked calls again after twelve minutes on average, for ever: the M/M/1 retrial queue
/// (Falin and Templeton 1997; case RETRY-1, solved as a Markov chain).
#[test]
fn callers_who_try_again_are_the_retrial_queue() {
    let calls = "[routing.calls_again]\nafter = { law = \"exponential\", mean = \"12min\" }\n";
    let lives = lives(&pool(1, "6min", "[sources.web]\nper_hour = 7", calls), 250);
    agrees("blocked at first", mean("blocked", &lives, |l| l.blocked_first), 0.7, 0.002);
    agrees("calls again", mean("retries", &lives, |l| l.blocked - l.left), 3.5, 0.05);
    agrees("minutes away", mean("minutes", &lives, |l| l.minutes), 42.0, 0.7);
    assert!(lives.iter().all(|l| l.left == 0.0), "nobody gives up");
}

/// Four reps offered half as much again as they can do; one in ten gives up after the first blocked call, three in ten after each
/// later one (case RETRY-GIVEUP, solved as a Markov chain).
#[test]
fn callers_who_give_up_leak() {
    let calls = "[routing.calls_again]\nafter = { law = \"exponential\", mean = \"12.5min\" }\ngives_up = [0.1, 0.3]\n";
    let lives = lives(&pool(4, "10min", "[sources.web]\nper_hour = 36", calls), 60);
    agrees("blocked at first", mean("blocked", &lives, |l| l.blocked_first), 0.729_818_029_446_497, 0.002);
    agrees("left", mean("left", &lives, |l| l.left), 0.389_677_698_290_885_3, 0.002);
    agrees("calls again", mean("retries", &lives, |l| l.blocked - l.left), 1.395_793_315_643_039_8, 0.01);
    agrees("minutes away", mean("minutes", &lives, |l| l.minutes), 17.447_416_445_537_993, 0.2);
}

/// Ten reps, 80 % busy, the next by lot: the mean wait of any order, the variance of random order (Vaulot 1954; Takács 1963; case
/// ORDER-LIFO, by transform of the busy period). In units of the mean handling time of ten minutes.
#[test]
fn the_next_by_lot_is_random_order_of_service() {
    const MEAN: f64 = 0.204_590_075_398_221_77;
    const VARIANCE: f64 = 0.299_126_360_045_585_7;
    let lives = lives(&(pool(10, "10min", "[sources.web]\nper_hour = 48", "") + "then = \"random\"\n"), 160);
    agrees("mean", mean("mean", &lives, |l| l.minutes / 10.0), MEAN, 0.004);
    agrees("square", mean("square", &lives, |l| l.squares / 100.0), VARIANCE + MEAN * MEAN, 0.015);
}

/// The same in a rep's own line, 70 % busy: the second moment is 2/(2 − ρ) times that of first come, first served (Takács 1963), which is
/// 2ρ/(1 − ρ)² squared handling times.
#[test]
fn an_owners_line_by_lot_is_random_order_too() {
    let rho: f64 = 0.7;
    let text = pool(1, "6min", "[sources.web]\nper_hour = 7", "").replace("\"pool\"", "\"round robin\"")
        + "then = \"random\"\n";
    let lives = lives(&text, 250);
    agrees("mean", mean("mean", &lives, |l| l.minutes / 6.0), rho / (1.0 - rho), 0.04);
    let exact = 2.0 / (2.0 - rho) * 2.0 * rho / (1.0 - rho).powi(2);
    agrees("square", mean("square", &lives, |l| l.squares / 36.0), exact, 1.0);
}

/// Two leads at nine on a Monday, one rep, handling of twenty minutes; nobody is rejected, all answer and buy.
fn two_leads(rest: &str) -> Model {
    let text = format!(
        "format = 1\n[horizon]\nzone = \"UTC\"\nstart = \"2026-02-02\"\nlength = \"1 week\"\nrun_in = \"0 weeks\"\n\
         [sources.list]\ntier = 1\nupload = {{ leads = 2, at = \"2026-02-02 09:00\" }}\n[routing]\npolicy = \"pool\"\n[team.reps]\ncount = 1\n\
         [work]\nconversation = \"20min\"\n[buyers.tiers.1]\ncontact = 1\nqualified = 1\nopportunity = 1\nwon = 1\n{rest}\n"
    );
    scenario(&text).model
}

/// What lead `number` went through, in minutes after nine.
fn life(model: &Model, number: u32) -> Vec<(f64, Happening)> {
    let nine = model.horizon.start + Span::hours(9);
    let told = replay::lead(model, 1, 0, number).expect("there are two leads").happenings;
    told.into_iter().map(|(at, what)| ((at - nine).as_minutes(), what)).collect()
}

fn when(life: &[(f64, Happening)], wanted: impl Fn(&Happening) -> bool) -> Vec<f64> {
    life.iter().filter(|(_, what)| wanted(what)).map(|(at, _)| *at).collect()
}

fn begun(model: &Model, number: u32) -> Vec<f64> {
    when(&life(model, number), |what| matches!(what, Happening::ReviewStarted(_)))
}

fn gone(model: &Model, number: u32) -> Vec<f64> {
    when(&life(model, number), |what| *what == Happening::Ended(Ending::Left))
}

#[test]
fn a_lead_leaves_when_its_patience_is_over_and_not_a_moment_before() {
    let model = two_leads("[buyers.patience]\nleaves_after = \"15min\"");
    assert_eq!((begun(&model, 1), gone(&model, 1)), (vec![0.0], vec![]));
    assert_eq!((begun(&model, 2), gone(&model, 2)), (vec![], vec![15.0]));
    // A rep who is free at the very moment comes in time.
    let model = two_leads("[buyers.patience]\nleaves_after = \"20min\"");
    assert_eq!((begun(&model, 2), gone(&model, 2)), (vec![20.0], vec![]));
    // A round robin's owner is waited for no longer.
    let text = "[buyers.patience]\nleaves_after = \"15min\"\n[routing.tiers.1]\npolicy = \"round robin\"";
    assert_eq!(gone(&two_leads(text), 2), [15.0]);
    // Nobody leaves whom somebody has in hand, and tiers left out wait for ever.
    let model = two_leads("[buyers.patience]\nleaves_after = { 1 = \"1min\" }");
    assert_eq!((begun(&model, 1), gone(&model, 1)), (vec![0.0], vec![]));
    let others = two_leads(
        "[tiers.1]\n[tiers.2]\n[buyers.tiers.2]\n[sources.other]\ntier = 2\nper_hour = 0\n[buyers.patience]\nleaves_after = { 2 = \"1min\" }",
    );
    assert_eq!((begun(&others, 2), gone(&others, 2)), (vec![20.0], vec![]));
}

#[test]
fn a_lead_that_leaves_at_once_leaves_only_if_nobody_is_free() {
    for policy in ["pool", "round robin"] {
        let text = format!(
            "[buyers.patience]\nleaves_at_once = 1\nthen = \"closed\"\n[routing.tiers.1]\npolicy = \"{policy}\""
        );
        let model = two_leads(&text);
        assert_eq!((begun(&model, 1), gone(&model, 1)), (vec![0.0], vec![]), "{policy}");
        assert_eq!((begun(&model, 2), gone(&model, 2)), (vec![], vec![0.0]), "{policy}");
    }
    // A free rep who has not looked yet is free.
    let model = two_leads("[buyers.patience]\nleaves_at_once = 1\n[team.reps.attention]\n1 = \"5min\"");
    assert_eq!((begun(&model, 1), gone(&model, 2)), (vec![5.0], vec![]));
}

#[test]
fn a_caller_who_finds_nobody_free_is_away_until_the_next_call() {
    let model = two_leads("[routing.calls_again]\nafter = \"15min\"");
    let second = life(&model, 2);
    assert_eq!(when(&second, |what| *what == Happening::FoundNobody { call: 1 }), [0.0]);
    assert_eq!(when(&second, |what| *what == Happening::FoundNobody { call: 2 }), [15.0]);
    // The rep is free from 09:20 on, and the lead does not know.
    assert_eq!(begun(&model, 2), [30.0]);
    let outcome = trial::run(&Prepared::new(&model), 1, 0, &mut leadsim::trial::Unwatched);
    assert!(outcome.tiers.iter().all(|tier| tier.handling.waiting_minutes == 0.0), "nobody stands in a line");
    assert_eq!(outcome.tiers[0].funnel.left, 0);
    let model = two_leads("[routing.calls_again]\nafter = \"15min\"\ngives_up = [0, 1]");
    assert_eq!((begun(&model, 2), gone(&model, 2)), (vec![], vec![15.0]));
}

#[test]
fn who_left_is_told_counted_and_leaks_by_its_wait() {
    let model = two_leads(
        "[buyers.patience]\nleaves_after = \"15min\"\n[commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"10min\"",
    );
    let outcome = trial::run(&Prepared::new(&model), 1, 0, &mut leadsim::trial::Unwatched);
    let tier = &outcome.tiers[0];
    let funnel = &tier.funnel;
    assert_eq!(
        (funnel.mqls, funnel.left, funnel.never_attempted, funnel.unresponsive, funnel.won),
        (2, 1, 1, 0, 1)
    );
    assert_eq!((outcome.created, outcome.ended, funnel.nurtured), (2, 2, 1));
    assert_eq!((outcome.commitments[0].all.kept, outcome.commitments[0].all.judged), (1, 2));
    let leaks = |cause: LeakCause| tier.leaks[cause as usize].opportunities;
    assert_eq!((leaks(LeakCause::SlowResponse), leaks(LeakCause::NeverWorked)), (1.0, 0.0));
    // Just kept, the promise would have had it in time: ten minutes are less than fifteen.
    let below: f64 = outcome.stretches.iter().map(|s| s.tiers[0].below_just_kept).sum();
    assert!((below - 1.0).abs() < 1e-12);
    let second = replay::lead(&model, 1, 0, 2).expect("there are two leads");
    let text = story(&model, &second, 0, 1);
    assert!(text.contains("left before anybody had begun it"), "{text}");
    let told = replay::trial(&model, 1, 0, true);
    let table = String::from_utf8(lead_tables::leads(&model, std::slice::from_ref(&told))).expect("text");
    assert!(table.lines().any(|line| line.split(',').any(|cell| cell == "left")), "{table}");
    let caller = two_leads("[routing.calls_again]\nafter = \"15min\"\ngives_up = [0, 1]");
    let second = replay::lead(&caller, 1, 0, 2).expect("there are two leads");
    let text = story(&caller, &second, 0, 1);
    assert!(text.contains("call 2 finds nobody free") && text.contains("left: it gave up calling"), "{text}");
}

/// Patience that never runs out changes no number of the template: its draws are its own.
#[test]
fn endless_patience_changes_nothing() {
    let text = "format = 1\npreset = \"template\"\n";
    let endless = format!("{text}[buyers.patience]\nleaves_after = \"3000 days\"\nboth = true\n");
    let (without, with) = (play(&scenario(text), 20, 3), play(&scenario(&endless), 20, 3));
    assert_eq!(without.records, with.records);
}

#[test]
fn contradictions_are_told_with_the_way_out() {
    let problem = |text: &str| {
        let text = format!(
            "format = 1\n[horizon]\nlength = \"1 week\"\n[sources.web]\nper_hour = 1\n[team.reps]\ncount = 1\n{text}"
        );
        let read = leadsim::scenario::from_text(&text, "try", std::path::Path::new("."), &[]);
        read.expect_err("something is wrong").to_string()
    };
    let told = problem("[routing]\npolicy = \"round robin\"\ncalls_again = { after = \"1h\" }");
    assert!(told.contains("always an owner to wait for") && told.contains("policy = \"pool\""), "{told}");
    let told = problem("[routing]\npolicy = \"pool\"\ncalls_again = { after = \"0min\" }");
    assert!(told.contains("call again at once"), "{told}");
    let told = problem("[buyers.patience]\nthen = \"closed\"");
    assert!(told.contains("nothing says when a lead leaves"), "{told}");
    let told = problem("[buyers.patience]\nleaves_after = \"5min\"\n[buyers.decay]\ncurve = \"gentle\"");
    assert!(told.contains("counts the effect of speed twice"), "{told}");
    let told = problem("[buyers.patience]\nleaves_after = { 3 = \"5min\" }");
    assert!(told.contains("there is no tier `3`"), "{told}");
}

/// Patience runs from when the lead is routed: half an hour in automation is not waiting for sales. Nobody ever notices the lead.
#[test]
fn patience_runs_from_routing() {
    let text = "format = 1\n[horizon]\nstart = \"2026-02-02\"\nlength = \"1 week\"\nrun_in = \"0 weeks\"\nzone = \"UTC\"\n\
        [sources.list]\nupload = { leads = 1, at = \"2026-02-03 10:00\" }\n\
        [routing]\npolicy = \"pool\"\ndelay = \"30min\"\n[team.reps]\ncount = 1\nattention = \"20 hours\"\n\
        [buyers.patience]\nleaves_after = \"15min\"\n";
    let model = scenario(text).model;
    let mut watch = Ends::default();
    trial::run(&Prepared::new(&model), 1, 0, &mut watch);
    assert_eq!(
        watch.0,
        [(Span::minutes(45), Ending::Left)],
        "half an hour to routing, a quarter of patience"
    );
}

/// How long after it was created each lead ended, and how.
#[derive(Default)]
struct Ends(Vec<(Span, Ending)>);

impl Watch for Ends {
    fn lead(&mut self, at: Instant, _id: LeadId, lead: &Lead, what: Happening) {
        if let Happening::Ended(how) = what {
            self.0.push((at - lead.created, how));
        }
    }
}
