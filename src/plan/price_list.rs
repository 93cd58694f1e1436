//! The price list: every set of levers that may be pulled together, with its price, from the cheapest on.

use crate::model::Model;
use crate::scenario::{Cost, Lever, Problems, Scenario, Set};
use rayon::prelude::*;

/// Sets that are tried at most: all of ten levers.
pub const MOST_SETS: usize = 1_024;

/// Levers pulled together.
#[derive(Debug, Clone)]
pub struct LeverSet {
    /// Their places in the price list, in its order; empty for the scenario as it is today.
    pub levers: Vec<usize>,
    /// What they cost over the horizon, dollars.
    pub cost: f64,
    /// What is simulated, its decay not yet calibrated.
    pub model: Model,
}

impl LeverSet {
    /// Whether every lever of the other is pulled here too.
    pub fn includes(&self, other: &[usize]) -> bool {
        other.iter().all(|lever| self.levers.contains(lever))
    }
}

/// A set that the scenario refuses although its levers do not write the same path.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedSet {
    /// Its levers.
    pub levers: Vec<usize>,
    /// The first thing wrong with it.
    pub why: String,
}

/// Two levers that are never pulled together.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternatives {
    /// The two.
    pub levers: (usize, usize),
    /// The path both write; none where the file says that they exclude each other.
    pub path: Option<String>,
}

/// All sets of a scenario's levers that can be tried.
#[derive(Debug, Clone)]
pub struct PriceList {
    /// The levers.
    pub levers: Vec<Lever>,
    /// Sets from the cheapest on; of one price those with fewer levers first, then in the order of the file.
    pub sets: Vec<LeverSet>,
    /// Pairs that are never pulled together.
    pub alternatives: Vec<Alternatives>,
    /// Sets the scenario refuses, the smallest of each kind.
    pub refused: Vec<RefusedSet>,
    /// Most levers that are pulled together, where larger sets are left out.
    pub together: Option<usize>,
    /// Sets left out because they cost more than wanted.
    pub too_dear: usize,
}

/// Why there is no price list.
#[derive(Debug, thiserror::Error)]
pub enum PriceListError {
    /// More sets than can be tried.
    #[error("{levers} levers make more than {MOST_SETS} sets")]
    TooMany {
        /// Levers asked about.
        levers: usize,
        /// How many sets there are with at most one, two and three levers.
        at_most: [usize; 3],
    },
    /// A single lever is refused by the scenario.
    #[error("the lever {0} does not fit the scenario")]
    Lever(String, Box<Problems>),
    /// A single lever changes which promises there are.
    #[error("the lever {0}: {1}")]
    Promises(String, String),
}

/// Sets of at most `together` levers no two of which are against each other; `None` beyond `most`.
fn admissible(against: &[Vec<bool>], together: usize, most: usize) -> Option<Vec<Vec<usize>>> {
    let mut sets = vec![Vec::new()];
    // every set of n levers extends one of n - 1 by a later lever
    let mut from = 0;
    for _ in 0..together {
        let until = sets.len();
        for place in from..until {
            let next = sets[place].last().map_or(0, |last: &usize| last + 1);
            for (lever, against) in against.iter().enumerate().skip(next) {
                if sets[place].iter().all(|other| !against[*other]) {
                    let mut larger = sets[place].clone();
                    larger.push(lever);
                    sets.push(larger);
                    if sets.len() > most {
                        return None;
                    }
                }
            }
        }
        if sets.len() == until {
            break;
        }
        from = until;
    }
    Some(sets)
}

/// How many such sets there are of at most one, two and three levers, without making them.
fn counted(against: &[Vec<bool>]) -> [usize; 3] {
    let (mut pairs, mut triples) = (0, 0);
    for (one, row) in against.iter().enumerate() {
        for other in (one + 1..row.len()).filter(|other| !row[*other]) {
            pairs += 1;
            triples += (other + 1..row.len()).filter(|third| !row[*third] && !against[other][*third]).count();
        }
    }
    let one = 1 + against.len();
    [one, one + pairs, one + pairs + triples]
}

/// The price list of these levers of a scenario: all sets, or those of at most `together` levers and at most this cost.
///
/// # Errors
///
/// [`PriceListError`]: too many sets, or a lever that does not fit the scenario even alone.
pub fn price_list(
    scenario: &Scenario,
    levers: Vec<Lever>,
    together: Option<usize>,
    at_most_cost: Option<f64>,
) -> Result<PriceList, PriceListError> {
    let against: Vec<Vec<bool>> =
        levers.iter().map(|one| levers.iter().map(|other| one.is_against(other)).collect()).collect();
    let reach = together.unwrap_or(levers.len());
    let Some(combined) = admissible(&against, reach, MOST_SETS) else {
        return Err(PriceListError::TooMany { levers: levers.len(), at_most: counted(&against) });
    };
    let made: Vec<Result<LeverSet, Box<RefusedSet>>> =
        combined.into_par_iter().map(|set| priced(scenario, &levers, set)).collect();
    let mut list = PriceList {
        alternatives: alternatives(&levers, &against),
        sets: Vec::new(),
        refused: Vec::new(),
        together: together.filter(|together| *together < levers.len()),
        too_dear: 0,
        levers,
    };
    for set in made {
        match set {
            Ok(set) if at_most_cost.is_some_and(|most| set.cost > most) => list.too_dear += 1,
            Ok(set) => list.sets.push(set),
            Err(refused) => list.refuse(*refused),
        }
    }
    if let Some(alone) = list.refused.iter().find(|refused| refused.levers.len() == 1) {
        let lever = &list.levers[alone.levers[0]];
        return Err(match scenario.with(&lever.sets) {
            Err(problems) => PriceListError::Lever(lever.name.clone(), Box::new(problems)),
            Ok(_) => PriceListError::Promises(lever.name.clone(), alone.why.clone()),
        });
    }
    // the sets stand by number of levers and place already, and the sort keeps that within one price
    list.sets.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    Ok(list)
}

impl PriceList {
    /// Only the smallest sets that are refused are told: what contains one is refused for the same reason.
    fn refuse(&mut self, refused: RefusedSet) {
        let known = |smaller: &RefusedSet| smaller.levers.iter().all(|lever| refused.levers.contains(lever));
        if !self.refused.iter().any(known) {
            self.refused.push(refused);
        }
    }

    /// The changes that make a set.
    pub fn changes(&self, levers: &[usize]) -> Vec<Set> {
        levers.iter().flat_map(|&lever| self.levers[lever].sets.iter().cloned()).collect()
    }
}

fn alternatives(levers: &[Lever], against: &[Vec<bool>]) -> Vec<Alternatives> {
    let pairs = (0..levers.len()).flat_map(|a| (a + 1..levers.len()).map(move |b| (a, b)));
    pairs
        .filter(|&(a, b)| against[a][b])
        .map(|(a, b)| Alternatives { levers: (a, b), path: levers[a].same_path(&levers[b]) })
        .collect()
}

/// A set with its price, or why the scenario refuses it.
fn priced(scenario: &Scenario, levers: &[Lever], set: Vec<usize>) -> Result<LeverSet, Box<RefusedSet>> {
    let with = |some: &mut dyn Iterator<Item = usize>| {
        let changes: Vec<Set> = some.flat_map(|lever| levers[lever].sets.iter().cloned()).collect();
        scenario.with(&changes).map(|scenario| scenario.model)
    };
    let model = with(&mut set.iter().copied()).map_err(|problems| {
        let why = problems.list.first().map_or(String::new(), |problem| problem.message.clone());
        Box::new(RefusedSet { levers: set.clone(), why })
    })?;
    let promised = |model: &Model| -> Vec<String> {
        model.agreement.commitments.iter().map(|promise| promise.id.clone()).collect()
    };
    if promised(&model) != promised(&scenario.model) {
        let why =
            "it changes which promises there are; a lever may change a promise, not add or drop one".into();
        return Err(Box::new(RefusedSet { levers: set, why }));
    }
    let mut cost = 0.0;
    for &lever in &set {
        if let Some(Cost::Dollars(dollars, per)) = levers[lever].cost {
            cost += dollars * per.over(&scenario.model.horizon);
        }
    }
    let as_paid = |lever: &usize| levers[*lever].cost == Some(Cost::AsPaid);
    if set.iter().any(as_paid) {
        // without them where that is a scenario at all, else against today
        let without = with(&mut set.iter().copied().filter(|lever| !as_paid(lever)));
        cost += wages(&model) - without.map_or_else(|_| wages(&scenario.model), |without| wages(&without));
    }
    Ok(LeverSet { levers: set, cost, model })
}

/// What the team is paid for the hours it is due within the horizon, dollars: shifts without lunch, or headcounts by time; leave and
/// sickness are paid too.
fn wages(model: &Model) -> f64 {
    let mut dollars = 0.0;
    for (place, group) in model.groups.iter().enumerate() {
        let mut only = model.clone();
        only.reps.retain(|rep| rep.group == place);
        for other in (0..model.groups.len()).filter(|other| *other != place) {
            only.groups[other].cover = None;
        }
        let lunches: f64 = only
            .reps
            .iter()
            .flat_map(|rep| (0..rep.days.len()).filter_map(|day| rep.lunch_on(day)))
            .filter(|(starts, _)| model.horizon.contains(*starts))
            .map(|(_, length)| length.as_hours())
            .sum();
        dollars += (only.shift_hours() - lunches) * group.cost_per_hour;
    }
    dollars
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counted as made, where some are against each other.
    #[test]
    fn sets_are_counted_as_many_as_are_made() {
        let mut against = vec![vec![false; 9]; 9];
        for (one, other) in [(0, 1), (2, 7), (3, 4), (4, 5), (3, 5)] {
            (against[one][other], against[other][one]) = (true, true);
        }
        let made = [1, 2, 3].map(|most| admissible(&against, most, usize::MAX).expect("no limit").len());
        assert_eq!(counted(&against), made);
        assert_eq!(counted(&vec![vec![false; 300]; 300])[2], 1 + 300 + 44_850 + 4_455_100);
    }

    #[test]
    fn levers_against_each_other_are_never_in_one_set() {
        let mut against = vec![vec![false; 4]; 4];
        (against[0][1], against[1][0]) = (true, true);
        let sets = admissible(&against, 4, MOST_SETS).expect("few");
        // 16 sets without the 4 that hold both
        assert_eq!(sets.len(), 12);
        assert!(sets.iter().all(|set| !(set.contains(&0) && set.contains(&1))));
        assert_eq!(sets[..3], [vec![], vec![0], vec![1]]);
        assert_eq!(admissible(&against, 2, MOST_SETS).map(|sets| sets.len()), Some(1 + 4 + 5));
        assert_eq!(admissible(&vec![vec![false; 11]; 11], 11, MOST_SETS), None);
        assert_eq!(admissible(&vec![vec![false; 10]; 10], 10, MOST_SETS).map(|sets| sets.len()), Some(1_024));
    }
}
