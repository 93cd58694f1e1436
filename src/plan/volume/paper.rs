//! The answer on paper, without a team: the ladder, its curves, what evidence is worth, coverage.

use super::ladder::{Layer, MoreEvidence, Question, Rung, Solver, ladder, more_evidence};

/// Coverage that agreements ask of pipeline: three times the bookings wanted of it (the template's M3).
pub const COVERAGE: f64 = 3.0;

/// Pipeline over bookings, with the leads of the answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// Marketing's share of the bookings goal, dollars.
    pub bookings: f64,
    /// Typical range (8 of 10 quarters).
    pub typical: (f64, f64),
    /// Probability of [`COVERAGE`] or more.
    pub covered: f64,
}

/// The answer on paper.
#[derive(Debug, Clone)]
pub struct Paper {
    /// What was asked.
    pub question: Question,
    /// The textbook number.
    pub textbook: u64,
    /// Probability wanted.
    pub wanted: f64,
    /// Probabilities of the columns, the wanted one among them.
    pub columns: Vec<f64>,
    /// The ladder.
    pub rungs: Vec<Rung>,
    /// Leads needed with everything left to chance; `None` if no number is enough.
    pub needed: Option<u64>,
    /// Leads needed were the rate known from so many past leads.
    pub by_evidence: Vec<(f64, Option<u64>)>,
    /// What one more quarter of leads is worth.
    pub worth: Option<MoreEvidence>,
    /// Coverage at the leads needed, where bookings are given.
    pub coverage: Option<Coverage>,
    /// By layer: leads and the probability they have.
    pub curves: Vec<(Layer, Vec<(u64, f64)>)>,
}

/// Columns beside the wanted probability.
const COLUMNS: [f64; 3] = [0.8, 0.9, 0.95];

/// Other amounts of evidence shown: one that a young team has, and ample.
const EVIDENCE: [f64; 2] = [40.0, 1_000.0];

/// Points along a curve.
const POINTS: u64 = 48;

/// Answers a question on paper. `a_quarter` is how many leads one more quarter would add to what the rate is known from.
pub fn paper(question: Question, wanted: f64, a_quarter: f64, bookings: Option<f64>) -> Paper {
    let solver = Solver::new(question);
    let mut columns = COLUMNS.to_vec();
    if !columns.iter().any(|column| (column - wanted).abs() < 1e-9) {
        columns.push(wanted);
        columns.sort_by(f64::total_cmp);
    }
    let rungs = ladder(&solver, &columns);
    let place = columns.iter().position(|column| (column - wanted).abs() < 1e-9).unwrap_or(0);
    let needed = rungs.last().and_then(|rung| rung.needed[place]);
    let others = EVIDENCE.into_iter().filter(|past| past * question.rate >= 1.0);
    let by_evidence = match question.rate_from {
        Some(_) => {
            others.map(|past| (past, solver.known_from(past).needed(Layer::Ignorance, wanted))).collect()
        }
        None => Vec::new(),
    };
    let coverage = bookings.zip(needed).map(|(bookings, leads)| {
        let ((low, high), covered) = solver.pipeline(leads, COVERAGE * bookings);
        Coverage { bookings, typical: (low / bookings, high / bookings), covered }
    });
    Paper {
        question,
        textbook: question.textbook(),
        wanted,
        columns,
        needed,
        by_evidence,
        worth: more_evidence(&solver, a_quarter, wanted),
        coverage,
        curves: curves(&solver, needed),
        rungs,
    }
}

fn curves(solver: &Solver, needed: Option<u64>) -> Vec<(Layer, Vec<(u64, f64)>)> {
    let textbook = solver.question.textbook();
    let (low, high) = (textbook / 2, (needed.unwrap_or(textbook) + textbook / 4).max(textbook * 3 / 2));
    let places: Vec<u64> = (0..=POINTS).map(|point| low + (high - low) * point / POINTS).collect();
    let curve = |layer: Layer| {
        (layer, places.iter().map(|leads| (*leads, solver.probability(layer, *leads))).collect())
    };
    solver.question.layers().into_iter().map(curve).collect()
}
