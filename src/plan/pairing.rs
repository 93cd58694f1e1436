//! Whether two scenarios can be given the same leads: what makes that impossible, and what only makes it worth less.

use crate::model::{Arrivals, Model, Source};

/// Whether two scenarios can be paired.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairing {
    /// Why they cannot, each with the way out.
    pub refused: Vec<String>,
    /// What the two share less of than the whole, or what is not the same question in both.
    pub notes: Vec<String>,
}

/// What stands in the way of playing the same leads through both; `base` and `other` are their names.
pub fn pairing(names: (&str, &str), base: &Model, other: &Model) -> Pairing {
    let mut pairing = Pairing::default();
    horizon(&mut pairing, names, base, other);
    sources(&mut pairing, names, base, other);
    weaker(&mut pairing, names, base, other);
    promises(&mut pairing, names, base, other);
    pairing
}

fn horizon(pairing: &mut Pairing, (one, two): (&str, &str), base: &Model, other: &Model) {
    let (mine, theirs) = (&base.horizon, &other.horizon);
    let date = |horizon: &crate::model::Horizon, at: crate::time::Instant| horizon.zone.local(at).date();
    if (mine.start, mine.end) != (theirs.start, theirs.end) {
        let days = |h: &crate::model::Horizon| {
            format!(
                "{} to {} ({})",
                date(h, h.start),
                date(h, h.end - crate::time::Span::seconds(1)),
                h.zone.name()
            )
        };
        pairing.refused.push(format!(
            "{one} plays {}, {two} plays {}: not the same days, so not the same leads\n  give both the same horizon.start, horizon.end and horizon.zone",
            days(mine),
            days(theirs)
        ));
    } else if mine.opens != theirs.opens {
        pairing.refused.push(format!(
            "{one} opens on {}, {two} on {}: the first lead of one is not the first of the other\n  give both the same horizon.run_in",
            date(mine, mine.opens),
            date(theirs, theirs.opens)
        ));
    }
}

fn sources(pairing: &mut Pairing, (one, two): (&str, &str), base: &Model, other: &Model) {
    let alone = |mine: &Model, theirs: &Model| -> Vec<String> {
        let is_alone = |source: &&Source| !theirs.sources.iter().any(|other| other.name == source.name);
        mine.sources.iter().filter(is_alone).map(|source| source.name.clone()).collect()
    };
    let (mine, theirs) = (alone(base, other), alone(other, base));
    if !mine.is_empty() && !theirs.is_empty() {
        pairing.refused.push(format!(
            "sources are named differently: {one} alone has {}, {two} alone has {}; a lead's luck hangs on its source's name, so these leads are not the same\n  give a source the same name in both (or leave it in one scenario only, where it is one more or one fewer)",
            mine.join(", "),
            theirs.join(", ")
        ));
    } else {
        for (whose, names) in [(one, mine), (two, theirs)].into_iter().filter(|(_, names)| !names.is_empty())
        {
            pairing.notes.push(format!(
                "{whose} alone has the source {}: its leads are more work, and no pair to any of the other's",
                names.join(", ")
            ));
        }
    }
    let pairs = base
        .sources
        .iter()
        .filter_map(|source| Some((source, other.sources.iter().find(|theirs| theirs.name == source.name)?)));
    for (mine, theirs) in pairs {
        if let Some(why) = arrivals_apart(&mine.arrivals, &theirs.arrivals) {
            pairing.refused.push(format!(
                "source {}: {why}, so its leads are not the same\n  let both read the same file or have the same kind of arrivals",
                mine.name
            ));
        } else if changes_rate(&mine.arrivals, &theirs.arrivals) {
            pairing.notes.push(format!(
                "source {} does not bring the same leads at the same moments: the first of one is still the first of the other, but they come closer together or further apart",
                mine.name
            ));
        }
    }
}

/// Why the arrivals of one source have nothing in common.
fn arrivals_apart(base: &Arrivals, other: &Arrivals) -> Option<String> {
    match (base, other) {
        (Arrivals::Rate(_), Arrivals::Rate(_)) | (Arrivals::Uploads(_), Arrivals::Uploads(_)) => None,
        (Arrivals::Replay(mine), Arrivals::Replay(theirs)) if mine.stamps != theirs.stamps => Some(format!(
            "the stamps it replays differ ({} against {})",
            mine.stamps.len(),
            theirs.stamps.len()
        )),
        (Arrivals::Replay(mine), Arrivals::Replay(theirs)) => (mine.resample != theirs.resample)
            .then(|| "its stamps are drawn by another rule (resample)".to_owned()),
        _ => Some(format!("{} in one, {} in the other", kind(base), kind(other))),
    }
}

fn kind(arrivals: &Arrivals) -> &'static str {
    match arrivals {
        Arrivals::Rate(_) => "a rate",
        Arrivals::Uploads(_) => "uploaded lists",
        Arrivals::Replay(_) => "replayed stamps",
    }
}

fn changes_rate(base: &Arrivals, other: &Arrivals) -> bool {
    match (base, other) {
        (Arrivals::Rate(mine), Arrivals::Rate(theirs)) => {
            mine.hourly != theirs.hourly
                || mine.cycle != theirs.cycle
                || mine.gaps != theirs.gaps
                || mine.batch != theirs.batch
                || mine.surges != theirs.surges
                || mine.busyness != theirs.busyness
        }
        (Arrivals::Uploads(mine), Arrivals::Uploads(theirs)) => {
            let same = |(mine, theirs): (&crate::model::Upload, &crate::model::Upload)| {
                mine.at == theirs.at && mine.leads == theirs.leads && mine.delay == theirs.delay
            };
            mine.len() != theirs.len() || !mine.iter().zip(theirs).all(same)
        }
        _ => false,
    }
}

/// What leaves the pairing whole, and makes it worth less.
fn weaker(pairing: &mut Pairing, (one, two): (&str, &str), base: &Model, other: &Model) {
    let zones = |model: &Model| -> Vec<String> {
        model.leads.zones.iter().map(|zone| zone.zone.name().to_owned()).collect()
    };
    if zones(base) != zones(other) {
        pairing.notes.push(
            "leads live in other zones: a lead keeps its luck, but not its clock, so it comes at another hour".into(),
        );
    }
    if base.busyness != other.busyness {
        pairing.notes.push("days are not equally uneven: leads keep their order, not their moments".into());
    }
    let groups =
        |model: &Model| -> Vec<String> { model.groups.iter().map(|group| group.name.clone()).collect() };
    let (mine, theirs) = (groups(base), groups(other));
    let alone = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|name| !those.contains(name)).cloned().collect()
    };
    for (whose, names) in [(one, alone(&mine, &theirs)), (two, alone(&theirs, &mine))] {
        if !names.is_empty() {
            pairing.notes.push(format!(
                "{whose} alone has the group {}: its reps' meetings and absences are luck of their own",
                names.join(", ")
            ));
        }
    }
}

/// Promises of one id that do not promise the same.
fn promises(pairing: &mut Pairing, (one, two): (&str, &str), base: &Model, other: &Model) {
    let tiers = |model: &Model, commitment: &crate::model::Commitment| -> Vec<String> {
        commitment.scope.tiers.iter().map(|t| model.leads.tiers[usize::from(t.0)].name.clone()).collect()
    };
    for mine in &base.agreement.commitments {
        let Some(theirs) = other.agreement.commitments.iter().find(|c| c.id == mine.id) else { continue };
        let same = format!("{:?}", mine.promise) == format!("{:?}", theirs.promise)
            && tiers(base, mine) == tiers(other, theirs)
            && mine.scope.in_hours == theirs.scope.in_hours;
        if !same {
            pairing.notes.push(format!(
                "{} does not promise the same in {one} and {two}: its difference is that of two promises, each kept in its own scenario",
                mine.id
            ));
        } else if mine.goal.share != theirs.goal.share {
            pairing.notes.push(format!(
                "{} has a goal of {} % in {one} and {} % in {two}: \"holds\" is held against each one's own",
                mine.id,
                (mine.goal.share * 1e6).round() / 1e4,
                (theirs.goal.share * 1e6).round() / 1e4
            ));
        }
    }
}
