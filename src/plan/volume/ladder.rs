//! How many leads reach a goal with a wanted probability, as one kind of uncertainty after another is added.

use super::amounts::Reach;
use super::counts::{CountLaw, beta_points};

/// How surely the planned number of leads comes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Delivery {
    /// Exactly as planned.
    Fixed,
    /// At random at the planned rate: a Poisson count.
    AtRandom,
    /// At random at a rate that itself is off by this coefficient of variation (a gamma law): an overdispersed count.
    Uneven(f64),
}

/// What is asked, in plain numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question {
    /// Pipeline wanted, dollars.
    pub goal: f64,
    /// Mean amount of an opportunity, dollars.
    pub amount: f64,
    /// Standard deviation of amounts over their mean.
    pub amount_cv: f64,
    /// Opportunities a lead, above 0, at most 1.
    pub rate: f64,
    /// From how many past leads the rate is known; `None` if it is taken as known exactly.
    pub rate_from: Option<f64>,
    /// How surely the planned leads come.
    pub delivery: Delivery,
    /// Share of the opportunities that come in time to count, above 0, at most 1.
    pub inside: f64,
}

impl Question {
    /// Opportunities the goal is worth at the mean amount.
    pub fn deals(&self) -> f64 {
        self.goal / self.amount
    }

    /// Leads by the arithmetic everybody uses: goal / amount / rate (/ the share that comes in time).
    pub fn textbook(&self) -> u64 {
        let exact = self.deals() / self.rate / self.inside;
        (exact - 1e-9 * exact.max(1.0)).ceil() as u64
    }

    /// The kinds of uncertainty that are there to be added, in order.
    pub fn layers(&self) -> Vec<Layer> {
        let mut layers = vec![Layer::CountLuck];
        if self.amount_cv > 0.0 {
            layers.push(Layer::AmountSpread);
        }
        if self.delivery != Delivery::Fixed {
            layers.push(Layer::VolumeLuck);
        }
        if self.rate_from.is_some() {
            layers.push(Layer::Ignorance);
        }
        layers
    }
}

/// What is left to chance; each holds with all those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Which leads become opportunities, at a known rate: binomial.
    CountLuck,
    /// How large each opportunity is: log-normal.
    AmountSpread,
    /// How many of the planned leads come.
    VolumeLuck,
    /// What the rate is: Beta, as so many past leads leave it.
    Ignorance,
}

impl Layer {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Layer::CountLuck => "count luck",
            Layer::AmountSpread => "amount spread",
            Layer::VolumeLuck => "volume luck",
            Layer::Ignorance => "rate not known exactly",
        }
    }
}

/// A question with what is worked out once.
#[derive(Debug, Clone)]
pub struct Solver {
    /// The question.
    pub question: Question,
    equal: Reach,
    spread: Reach,
    rates: Vec<(f64, f64)>,
}

/// Leads above which no answer is looked for.
const MOST_LEADS: u64 = 1 << 40;

impl Solver {
    /// Prepares the answer to a question.
    pub fn new(question: Question) -> Solver {
        Solver {
            question,
            equal: Reach::new(question.deals(), 0.0),
            spread: Reach::new(question.deals(), question.amount_cv),
            rates: rates(&question),
        }
    }

    /// The same question, the rate known from another number of past leads.
    pub fn known_from(&self, past: f64) -> Solver {
        let question = Question { rate_from: Some(past), ..self.question };
        Solver { question, rates: rates(&question), ..self.clone() }
    }

    /// The probability that so many planned leads reach the goal, with everything up to `layer` left to chance.
    pub fn probability(&self, layer: Layer, leads: u64) -> f64 {
        let question = &self.question;
        let chance = question.rate * question.inside;
        let goal = if layer == Layer::CountLuck { &self.equal } else { &self.spread };
        match (layer, question.delivery) {
            (Layer::CountLuck | Layer::AmountSpread, _) => {
                CountLaw::Binomial { trials: leads, chance }.reaches(goal)
            }
            (Layer::VolumeLuck, delivery) => came(delivery, leads, chance).reaches(goal),
            (Layer::Ignorance, delivery) => self
                .rates
                .iter()
                .map(|(rate, weight)| weight * came(delivery, leads, rate * question.inside).reaches(goal))
                .sum(),
        }
    }

    /// The fewest planned leads that reach the goal with probability `wanted`; `None` if no number does.
    pub fn needed(&self, layer: Layer, wanted: f64) -> Option<u64> {
        let enough = |leads: u64| self.probability(layer, leads) >= wanted;
        let mut high = self.question.textbook().max(1);
        while !enough(high) {
            high = high.checked_mul(2).filter(|high| *high <= MOST_LEADS)?;
        }
        let mut low = 0;
        // more leads never lower the probability in any layer, so halving finds the first
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if enough(middle) { high = middle } else { low = middle }
        }
        Some(high)
    }

    /// The range of pipeline, dollars, that 8 of 10 quarters with so many planned leads bring, and the share of them that bring `least`.
    pub fn pipeline(&self, leads: u64, least: f64) -> ((f64, f64), f64) {
        let layer = *self.question.layers().last().expect("count luck is always there");
        let reaches = |goal: f64| Solver::new(Question { goal, ..self.question }).probability(layer, leads);
        let expected = leads as f64 * self.question.rate * self.question.inside * self.question.amount;
        let quantile = |share: f64| {
            let (mut low, mut high) = (0.0, 4.0 * expected.max(self.question.amount));
            for _ in 0..14 {
                let middle = (low + high) / 2.0;
                if reaches(middle) >= share { low = middle } else { high = middle }
            }
            (low + high) / 2.0
        };
        ((quantile(0.9), quantile(0.1)), reaches(least))
    }
}

/// The chances a rate may have, with their weights. After s successes in n past leads a rate is Beta(s, n − s): its mean is the rate
/// seen (the improper prior of Haldane 1932; one more or less imaginary lead would move it).
fn rates(question: &Question) -> Vec<(f64, f64)> {
    match question.rate_from {
        Some(past) if question.rate < 1.0 => beta_points(past * question.rate, past * (1.0 - question.rate)),
        _ => vec![(question.rate, 1.0)],
    }
}

/// Opportunities of so many planned leads.
fn came(delivery: Delivery, leads: u64, chance: f64) -> CountLaw {
    match delivery {
        Delivery::Fixed => CountLaw::Binomial { trials: leads, chance },
        Delivery::AtRandom => CountLaw::Poisson { mean: leads as f64 * chance },
        Delivery::Uneven(cv) if cv <= 0.0 => CountLaw::Poisson { mean: leads as f64 * chance },
        Delivery::Uneven(cv) => CountLaw::GammaPoisson { mean: leads as f64 * chance, cv },
    }
}

/// One row of the ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct Rung {
    /// What is left to chance, with all above it.
    pub layer: Layer,
    /// The probability at the textbook number.
    pub at_textbook: f64,
    /// Leads by wanted probability, in the order asked; `None` where no number is enough.
    pub needed: Vec<Option<u64>>,
}

/// The ladder, for these wanted probabilities.
pub fn ladder(solver: &Solver, wanted: &[f64]) -> Vec<Rung> {
    let textbook = solver.question.textbook();
    let rung = |layer: Layer| Rung {
        layer,
        at_textbook: solver.probability(layer, textbook),
        needed: wanted.iter().map(|wanted| solver.needed(layer, *wanted)).collect(),
    };
    solver.question.layers().into_iter().map(rung).collect()
}

/// What further past leads are worth: leads needed if the rate is known from so many more of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MoreEvidence {
    /// Past leads now.
    pub past: f64,
    /// Past leads with those of one more quarter.
    pub then: f64,
    /// Leads needed now.
    pub needed: u64,
    /// Leads needed then, should the rate prove to be the same.
    pub needed_then: u64,
}

/// Compares the leads needed now and with so many more past leads; `None` where the rate is taken as known, or nothing is enough.
pub fn more_evidence(solver: &Solver, more: f64, wanted: f64) -> Option<MoreEvidence> {
    let past = solver.question.rate_from?;
    let then = past + more;
    Some(MoreEvidence {
        past,
        then,
        needed: solver.needed(Layer::Ignorance, wanted)?,
        needed_then: solver.known_from(then).needed(Layer::Ignorance, wanted)?,
    })
}
