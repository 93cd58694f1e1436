//! The template and small scenarios load to the model their words describe.

use super::*;
use crate::model::{
    AfterHours, Arrivals, Busyness, Channel, Contact, Goal, Milestone, Policy, Promise, RunOut,
};
use crate::random::Law;
use crate::scenario::load;
use crate::time::{Span, Target, Zone};

fn template() -> Scenario {
    load(Path::new("scenarios/template.toml"), &[]).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn contact_is_one_list_or_one_for_each_channel() {
    let contact = |text: &str| valid(&on_template(text)).model.buyers.tiers[0].contact.clone();
    let Contact::ByAttempt(list) = contact("") else { panic!("the template keeps one list") };
    assert_eq!(list[0], 0.38);
    let by_channel =
        contact("[buyers.tiers.1]\ncontact = { phone = [0.4, \"20%\"], email = 0.1, linkedin = [0, 0.3] }\n");
    assert_eq!(by_channel, Contact::ByChannel([vec![0.4, 0.2], vec![0.1], vec![0.0, 0.3]]));
    let chances: Vec<f64> = (1..=3).map(|number| by_channel.chance(number, Channel::LinkedIn)).collect();
    assert_eq!((chances, by_channel.chance(2, Channel::Phone)), (vec![0.0, 0.3, 0.3], 0.2));
}

#[test]
fn the_template_has_its_horizon() {
    let horizon = template().model.horizon;
    let local = |at| horizon.zone.local(at).to_string();
    assert_eq!(local(horizon.opens), "2025-12-29T00:00:00");
    assert_eq!(local(horizon.start), "2026-02-01T00:00:00");
    assert_eq!(local(horizon.end), "2026-05-01T00:00:00");
    assert_eq!(horizon.run_out, RunOut::UntilResolved { at_most: Span::days(56) });
    assert_eq!(horizon.known_until - horizon.end, Span::days(112));
    assert_eq!(horizon.weeks.iter().filter(|week| week.whole).count(), 12);
    let months: Vec<(&str, bool)> = horizon.months.iter().map(|m| (m.label.as_str(), m.whole)).collect();
    assert_eq!(months, [("2026-02", true), ("2026-03", true), ("2026-04", true)]);
}

#[test]
fn the_template_has_its_leads() {
    let model = template().model;
    assert_eq!(
        model.leads.tiers.iter().map(|tier| tier.cost_per_mql).collect::<Vec<_>>(),
        [350.0, 220.0, 110.0]
    );
    assert_eq!((model.leads.zones.len(), model.leads.default_zone.0), (4, 0));
    assert_eq!(model.busyness, Busyness::Daily { shape: 10.0 });
    let mut per_week = [0.0; 3];
    for source in &model.sources {
        let tier = source.only_tier().expect("every source of the template has one tier");
        match &source.arrivals {
            Arrivals::Rate(profile) => per_week[usize::from(tier.0)] += profile.hourly.iter().sum::<f64>(),
            Arrivals::Uploads(uploads) => {
                let days: Vec<String> =
                    uploads.iter().map(|u| model.horizon.zone.local(u.at).to_string()).collect();
                assert_eq!(&days[..3], ["2026-01-08T15:00:00", "2026-02-12T15:00:00", "2026-03-12T15:00:00"]);
                assert!(uploads.iter().all(|upload| upload.leads == Law::Constant(18.0)));
            }
            Arrivals::Replay(_) => panic!("the template replays nothing"),
        }
    }
    // 30 a month in Tier 1 are 6.9 a week; a third of it comes outside Monday to Friday 8 to 18.
    assert!((per_week[0] - 6.9).abs() < 0.01, "{per_week:?}");
    let Arrivals::Rate(profile) = &model.sources[0].arrivals else { panic!("the demo form has a rate") };
    let in_hours: f64 = (0..5).flat_map(|day| (8..18).map(move |hour| profile.hourly[24 * day + hour])).sum();
    assert!((1.0 - in_hours / profile.hourly.iter().sum::<f64>() - 0.334).abs() < 0.001);
}

#[test]
fn the_template_has_its_team() {
    let model = template().model;
    let sites: Vec<&str> = model.reps.iter().map(|rep| rep.name.as_str()).collect();
    assert_eq!(
        sites,
        [
            "reps 1 (America/New_York)",
            "reps 2 (America/Los_Angeles)",
            "reps 3 (America/New_York)",
            "reps 4 (America/Chicago)",
            "reps 5 (America/Los_Angeles)",
            "reps 6 (America/New_York)"
        ]
    );
    let east = Zone::named("America/New_York").expect("known");
    let on_first_day: Vec<i8> =
        model.reps.iter().map(|rep| east.local(rep.lunch_on(0).expect("everybody eats").0).hour()).collect();
    assert_eq!(on_first_day, [12, 16, 12, 14, 15, 13], "noon and one by turns, on the site's clock");
    let first = model.reps[0].days[0];
    assert_eq!(east.local(first.starts).to_string(), "2025-12-29T08:30:00");
    assert_eq!((first.ends - first.starts, first.week, first.day), (Span::hours(9), 0, 0));
    // 16 February is a holiday, and 8 March loses an hour that no shift holds.
    assert!(
        !model.reps[0].days.iter().any(|day| east.local(day.midnight).to_string().starts_with("2026-02-16"))
    );
    assert!(model.reps[0].days.iter().all(|day| day.ends - day.starts == Span::hours(9)));
    // Standing meetings in a usual week of rep 1: team, one-to-one, half the trainings, a sixth of the quality calls.
    let weeks = 30.0;
    let minutes: f64 = model.reps[0].standing.iter().map(|meeting| meeting.length.as_minutes()).sum();
    assert!((minutes / weeks / 60.0 - 2.1).abs() < 0.2, "{} hours a week", minutes / weeks / 60.0);
    let group = &model.groups[0];
    assert_eq!((group.meetings.len(), group.own_work.len(), group.rhythms.len()), (2, 1, 0));
    assert_eq!(
        (group.order.own_work, &group.order.new[..], group.order.reply, group.order.follow_up),
        (0, &[1, 2, 4][..], 3, 5)
    );
    assert_eq!(group.never_worked, [0.005, 0.01, 0.03]);
}

#[test]
fn the_template_has_its_routing_and_agreement() {
    let model = template().model;
    assert_eq!(model.routing.after_hours, AfterHours::HoldUntil { minute_of_day: 480 });
    assert!(model.routing.aware.shift && model.routing.aware.leave && !model.routing.aware.meetings);
    assert!(
        model.routing.tiers.iter().all(|tier| tier.policy == Policy::RoundRobin && tier.back_up.is_none())
    );
    assert_eq!(model.routing.tiers[1].by_hand.delay, Law::Constant(240.0));
    assert!((model.routing.tiers[0].by_hand.delay.cdf(25.0) - 0.5).abs() < 1e-9);
    let ids: Vec<&str> = model.agreement.commitments.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids, ["M1", "M8", "M9", "M10", "S1", "S2", "S3", "S4", "S5"]);
    let s1 = &model.agreement.commitments[4];
    let Promise::Timed { from, to, within, after_hours } = &s1.promise else { panic!("S1 is timed") };
    assert_eq!((*from, *to), (Milestone::Routed, Milestone::Attempted));
    assert_eq!(
        (within.target, within.text.as_str()),
        (Target::Business(Span::minutes(15)), "15 business min")
    );
    assert_eq!(
        after_hours.as_ref().map(|clock| clock.target),
        Some(Target::ByTime { minute_of_day: 540, business_days: 1 })
    );
    assert_eq!(s1.goal, Goal { share: 0.9, stated: false });
    let steps = &model.buyers.cadences[0].steps;
    assert_eq!((steps.len(), steps[5].day), (6, 9));
    assert_eq!(steps[4].channel, [Channel::Phone, Channel::LinkedIn, Channel::LinkedIn]);
    assert_eq!(model.buyers.decay.map(|decay| decay.strength), Some(vec![0.6, 0.3, 0.15]));
}

#[test]
fn a_plain_queue_has_nothing_but_its_queue() {
    let scenario = valid(SMALL);
    let model = &scenario.model;
    assert_eq!(model.work.review, [Law::Exponential { mean: 8.0 }]);
    assert_eq!(model.work.dial, Law::ZERO);
    assert_eq!(model.routing.tiers[0].policy, Policy::Pool);
    assert_eq!(model.routing.automated, Law::ZERO);
    assert_eq!((model.leads.tiers.len(), model.leads.zones.len(), model.leads.segments.len()), (1, 1, 1));
    let Arrivals::Rate(profile) = &model.sources[0].arrivals else { panic!("a rate") };
    assert!(profile.hourly.iter().all(|rate| (rate - 42.0).abs() < 1e-9));
    assert_eq!((&profile.gaps, &profile.batch), (&Law::Exponential { mean: 1.0 }, &Law::Constant(1.0)));
    let rep = &model.reps[6];
    assert_eq!(rep.days[0].starts, model.horizon.opens);
    assert!(rep.days.windows(2).all(|pair| pair[0].ends == pair[1].starts), "at work day and night");
    let group = &model.groups[0];
    assert_eq!((group.absences.sick, group.absences.leave_weeks_per_quarter, group.pace), (0.0, 0.0, 1.0));
    assert_eq!(group.attention[0].delay, Law::ZERO);
    assert_eq!(
        (model.buyers.tiers[0].accepted, &model.buyers.tiers[0].contact),
        (1.0, &Contact::ByAttempt(vec![0.0]))
    );
    assert_eq!((model.buyers.most_attempts(), model.buyers.recycling.share), (1, 0.0));
    assert!(model.buyers.decay.is_none() && model.buyers.interest.is_none());
    let hours = &model.leads.zones[0].hours;
    assert_eq!(hours.open_between(model.horizon.start, model.horizon.end), Span::days(7));
    assert_eq!(model.agreement.commitments[0].goal, Goal { share: 0.9, stated: false });
}

#[test]
fn a_quarter_of_weeks_has_months_of_four_four_and_five() {
    let horizon = valid(&SMALL.replace("1 week", "13 weeks")).model.horizon;
    let months: Vec<(&str, bool, f64)> =
        horizon.months.iter().map(|m| (m.label.as_str(), m.whole, (m.end - m.start).as_days())).collect();
    assert_eq!(months, [("weeks 1–4", true, 28.0), ("weeks 5–8", true, 28.0), ("weeks 9–13", true, 35.0)]);
    assert!(!valid(SMALL).model.horizon.months[0].whole, "one week is no whole month");
    assert_eq!(valid(SMALL).model.horizon.opens, valid(SMALL).model.horizon.start);
}

#[test]
fn rates_in_every_unit_agree() {
    let weekly = |line: &str| {
        let scenario = valid(&SMALL.replace("per_hour = 42", line));
        let Arrivals::Rate(profile) = &scenario.model.sources[0].arrivals else { panic!("a rate") };
        profile.hourly.iter().sum::<f64>()
    };
    assert!((weekly("per_week = 70") - 70.0).abs() < 1e-9);
    assert!((weekly("per_day = 10") - 70.0).abs() < 1e-9);
    assert!((weekly("per_month = 150") - 34.497).abs() < 1e-3);
}

#[test]
fn the_clock_of_gaps_is_scaled_to_mean_one() {
    let scenario =
        valid(&SMALL.replace("per_hour = 42", "per_hour = 42\ngaps = { law = \"gamma\", mean = 7, cv = 2 }"));
    let Arrivals::Rate(profile) = &scenario.model.sources[0].arrivals else { panic!("a rate") };
    assert_eq!(profile.gaps, Law::Gamma { shape: 0.25, scale: 4.0 });
}

#[test]
fn meetings_of_every_kind() {
    let text = SMALL.replace(
        "[work]",
        r#"[team.reps.meetings.blocks]
every = "75min"
length = "30min"
[team.reps.meetings.huddle]
on = ["Mon 09:00", "Wed 09:00"]
length = "15min"
[team.reps.meetings.quality]
on = "Tue 10:00"
length = "30min"
who = "one in turn"
[team.reps.own_work.calls]
share = 0.1
length = "8min"
[work]"#,
    );
    let model = valid(&text).model;
    assert_eq!(
        (model.groups[0].rhythms[0].every, model.groups[0].rhythms[0].length),
        (Span::minutes(75), Span::minutes(30))
    );
    let calls: usize = model
        .reps
        .iter()
        .map(|rep| rep.standing.iter().filter(|m| m.length == Span::minutes(30)).count())
        .sum();
    let huddles = model.reps[0].standing.iter().filter(|m| m.length == Span::minutes(15)).count();
    assert_eq!(huddles, 2 * calls, "one quality call a week in all, two huddles a week for each");
    assert!(model.reps.iter().all(|rep| rep.standing.is_sorted_by_key(|meeting| meeting.starts)));
}

#[test]
fn leads_may_stand_there_already() {
    assert!(valid(SMALL).model.backlog.is_empty());
    let model = valid(&format!("{SMALL}[backlog.1]\nwaiting = 12\nage = \"3 days\"\n")).model;
    let first = &model.backlog[0];
    assert_eq!(
        (first.tier.0, first.waiting, first.in_cadence, &first.age_days),
        (0, 12, 0, &Law::Constant(3.0))
    );
}

#[test]
fn estimates_its_own_size() {
    let scenario = valid(SMALL);
    // 42 an hour over a week and a run-out of up to eight weeks, about a dozen events each.
    let leads = 42.0 * 168.0 * 9.0;
    let events = scenario.expected_events(10);
    assert!(events > 80.0 * leads && events < 200.0 * leads, "{events}");
}

#[test]
fn zones_without_summer_time_get_a_remark() {
    let zones = |text: &str| valid(&on_template(text)).notes;
    let note = "EST has no summer time; America/New_York has";
    assert_eq!(zones("[horizon]\nzone = \"EST\"\n"), [note]);
    assert_eq!(zones("[team.reps]\nsites = { EST = 2, \"America/Denver\" = 1 }\n"), [note]);
    assert_eq!(
        zones("[leads]\nzones = { \"America/New_York\" = 2, mst = 1 }\n"),
        ["MST has no summer time; America/Denver has"]
    );
    assert!(zones("[horizon]\nzone = \"America/Phoenix\"\n").is_empty());
}
