//! How far off an input may be: a value's 10th and 90th percentile, the counts it was read from, or the values it may take.

use super::format::ROOT;
use super::kind::Kind;
use super::problem::Problem;
use super::set::Set;
use super::tree::{Entry, Node, Value, join};
use super::value;
use statrs::distribution::{Beta, ContinuousCDF, Normal};

/// The 90th percentile of the standard normal.
const Z90: f64 = 1.281_551_565_544_600_4;

/// An input that is not known for sure.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertain {
    /// The path of the value: "buyers.tiers.1.qualified".
    pub path: String,
    /// What is known of it.
    pub belief: Belief,
}

/// What is known of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Belief {
    /// One in ten below the first, one in ten above the second.
    Between(Scale, f64, f64),
    /// A share read off so many cases out of so many.
    Counts {
        /// Cases that did.
        did: f64,
        /// Cases in all.
        of: f64,
    },
    /// One of these, each as likely as the others, as they would be written: two or more.
    OneOf(Vec<String>),
}

/// How values of a kind are written, and on which scale they vary evenly.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    before: String,
    after: String,
    /// A share stays between none and all; other values stay above nothing.
    whole: Option<f64>,
    /// Only whole numbers, and none below this.
    counts: Option<f64>,
}

impl Uncertain {
    /// The change that puts the value's quantile in place: 0.5 is the median.
    ///
    /// # Panics
    ///
    /// Never: the path was read as a path when the scenario was.
    pub fn at(&self, quantile: f64) -> Set {
        Set::new(&self.path, &self.belief.at(quantile)).expect("the path was read with the scenario")
    }
}

impl Belief {
    /// A quantile, as it would be written.
    pub fn at(&self, quantile: f64) -> String {
        match self {
            Belief::Between(scale, low, high) => {
                let z = Normal::standard().inverse_cdf(quantile) / Z90;
                let (low, high) = (scale.even(*low), scale.even(*high));
                scale.written((low + high) / 2.0 + z * (high - low) / 2.0)
            }
            // Jeffreys' posterior of a share (Brown, Cai and DasGupta 2001)
            Belief::Counts { did, of } => {
                let law =
                    Beta::new(did + 0.5, of - did + 0.5).expect("counts were checked when they were read");
                format!("{:.9}", law.inverse_cdf(quantile).clamp(0.0, 1.0))
            }
            Belief::OneOf(values) => values[self.place(quantile).unwrap_or(0)].clone(),
        }
    }

    /// Which of several values lies at a quantile; none where the value varies without steps.
    pub fn place(&self, quantile: f64) -> Option<usize> {
        let Belief::OneOf(values) = self else { return None };
        Some(((quantile * values.len() as f64) as usize).min(values.len() - 1))
    }
}

impl Scale {
    /// From the value to where it varies evenly: the logarithm of its odds, or its logarithm.
    fn even(&self, value: f64) -> f64 {
        self.whole.map_or(value.ln(), |whole| (value / (whole - value)).ln())
    }

    fn written(&self, even: f64) -> String {
        let value = self.whole.map_or(even.exp(), |whole| whole / (1.0 + (-even).exp()));
        let number = match self.counts {
            Some(least) => format!("{:.0}", value.round().max(least)),
            None => format!("{value:.6}"),
        };
        format!("{}{number}{}", self.before, self.after)
    }
}

/// "$40K" is ("$", 40, "K").
fn parts(text: &str) -> Option<(&str, f64, &str)> {
    let text = text.trim();
    let from = text.find(|c: char| c.is_ascii_digit() || c == '.')?;
    let rest = &text[from..];
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    Some((&text[..from], rest[..end].parse().ok()?, &rest[end..]))
}

/// Whether a plain number is a share, and from where on only whole numbers are meant. What it is stands in the format; where that says
/// nothing, as inside of a law, it is guessed from how it is written.
fn read_as(kind: Option<&Kind>, low: &str, high: &str, most: f64) -> (bool, Option<f64>) {
    match kind {
        Some(Kind::Share) => (true, None),
        Some(Kind::Number(_, bound)) => (*bound == 1.0, None),
        Some(Kind::Whole(least, _)) => (false, Some(1.0_f64.max(*least as f64))),
        Some(_) => (false, None),
        None => (most < 1.0, (!low.contains('.') && !high.contains('.')).then_some(0.0)),
    }
}

/// Reads two ends that are written alike, of a value of this kind.
fn between(low: &str, high: &str, kind: Option<&Kind>) -> Result<Belief, String> {
    let way_out = "write both alike, above zero and the lower one first: low = \"5min\", high = \"20min\"";
    let (Some((before, low_number, after)), Some((other_before, high_number, other_after))) =
        (parts(low), parts(high))
    else {
        return Err(format!(
            "\"{low}\" and \"{high}\" are not both numbers; {way_out}; words and dates are written one by one: values = [\"{low}\", \"{high}\"]"
        ));
    };
    if after.contains(|c: char| c.is_ascii_digit()) {
        return Err(format!(
            "\"{low}\" is more than one number: times of day, dates and ranges are written one by one: values = [\"{low}\", \"{high}\"]"
        ));
    }
    if (before, after) != (other_before, other_after) {
        return Err(format!("\"{low}\" and \"{high}\" have different units; {way_out}"));
    }
    let is_ordered = low_number > 0.0 && low_number < high_number;
    if !is_ordered || !before.chars().all(|c| c == '$') {
        return Err(format!("\"{low}\" to \"{high}\" is no range; {way_out}"));
    }
    let is_plain = after.trim().is_empty() && before.is_empty();
    let (is_share, counts) = if is_plain { read_as(kind, low, high, high_number) } else { (false, None) };
    let whole = match after.trim() {
        "%" if high_number < 100.0 => Some(100.0),
        "%" if matches!(kind, Some(Kind::Share)) => Some(100.0),
        _ => is_share.then_some(1.0),
    };
    if whole.is_some_and(|whole| high_number >= whole) {
        return Err(format!(
            "\"{high}\" is all there is, and a share is never surely above it; write a high end below that, or counts"
        ));
    }
    let scale = Scale { before: before.into(), after: after.into(), whole, counts };
    Ok(Belief::Between(scale, low_number, high_number))
}

/// What the format takes at a path.
fn kind_at(path: &str) -> Option<&'static Kind> {
    static FILE: Kind = Kind::Table(&ROOT);
    FILE.at(Set::new(path, "0").ok()?.names())
}

/// Reads the table `[uncertainty]`; what leads nowhere is told where it stands.
pub(super) fn read(tree: &Node, problems: &mut Vec<Problem>) -> Vec<Uncertain> {
    let entries = tree.get("uncertainty").map_or(&[][..], Node::entries);
    let mut uncertain = Vec::new();
    for entry in entries {
        let path = entry.name.clone();
        // what is wrong with a path or its keys was told when the file was held against the format
        let (whole, bare) = (join("uncertainty", &path), format!("uncertainty.\"{path}."));
        let is_told = |problem: &Problem| problem.path.starts_with(&whole) || problem.path.starts_with(&bare);
        if problems.iter().any(is_told) {
            continue;
        }
        let text = |key: &str| entry.node.get(key).and_then(|node| value::text(node).ok());
        let belief = match (text("low"), text("high"), entry.node.get("counts"), entry.node.get("values")) {
            (Some(low), Some(high), None, None) => between(low, high, kind_at(&path)),
            (None, None, Some(counts), None) => self::counts(counts),
            (None, None, None, Some(values)) => one_of(values),
            _ => Err("write low and high, or counts alone, or values alone".to_owned()),
        };
        let problem = |message: &str, help: Option<String>| {
            let problem = Problem::new(&format!("uncertainty.\"{path}\""), message, &entry.node.place);
            match help {
                Some(help) => problem.help(&help),
                None => problem,
            }
        };
        let belief = match belief {
            Ok(belief) => belief,
            Err(message) => {
                problems.push(problem(&message, Some(line(&path, &entry.node))));
                continue;
            }
        };
        let median = Set::new(&path, &belief.at(0.5)).map_err(|error| (error.to_string(), None));
        let applied = median.and_then(|set| {
            set.apply(&mut tree.clone(), 0).map_err(|problem| (problem.message, problem.help))
        });
        match applied {
            Ok(()) => uncertain.push(Uncertain { path, belief }),
            Err((message, help)) => problems.push(problem(&message, help)),
        }
    }
    uncertain
}

/// The keys of an entry.
const KEYS: [&str; 4] = ["low", "high", "counts", "values"];

/// Paths written without quotes, of which TOML makes tables in tables: one problem for each value at their ends.
pub(super) fn unquoted(entry: &Entry) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut ends = vec![(entry.name.clone(), entry, 0)];
    while let Some((path, entry, depth)) = ends.pop() {
        let below = entry.node.entries();
        let is_end = below.is_empty() || below.iter().any(|key| KEYS.contains(&key.name.as_str()));
        if !is_end {
            // a key that is only mistyped stands beside a path that is quoted already
            let typed = depth == 0 && entry.name.contains('.');
            let deeper = below.iter().rev().map(|key| (join(&path, &key.name), key, depth + 1));
            ends.extend(deeper.filter(|_| !typed));
        } else if depth > 0 {
            let message = format!("the path {path} stands without quotes, so it is no path");
            let problem = Problem::new(&join("uncertainty", &path), message, &entry.place);
            problems.push(problem.help(line(&path, &entry.node)));
        }
    }
    problems
}

/// The line to write for a value: its path in quotes, and its ends as far as they are known.
fn line(path: &str, node: &Node) -> String {
    let said = |node: &Node| match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Whole(_) | Value::Number(_) => Some(node.text()),
        _ => None,
    };
    let inside = match (node.get("counts"), node.get("values"), &node.value) {
        (Some(counts), ..) => format!("counts = {}", counts.text()),
        (_, Some(values), _) => format!("values = {}", values.text()),
        (.., Value::List(items)) if items.len() == 2 => {
            let ends: Vec<String> = items.iter().map(|end| said(end).unwrap_or("…".into())).collect();
            format!("low = \"{}\", high = \"{}\"", ends[0], ends[1])
        }
        _ => {
            let end = |key: &str| node.get(key).and_then(said).unwrap_or_else(|| "…".into());
            format!("low = \"{}\", high = \"{}\"", end("low"), end("high"))
        }
    };
    format!("write \"{path}\" = {{ {inside} }}")
}

fn counts(node: &Node) -> Result<Belief, String> {
    let number = |node: &Node| match &node.value {
        Value::Whole(number) => Some(*number as f64),
        Value::Number(number) => Some(*number),
        _ => None,
    };
    let numbers: Vec<f64> = value::one_or_more(node).into_iter().filter_map(number).collect();
    match numbers.as_slice() {
        [did, of] if (0.0..=*of).contains(did) && *of >= 1.0 && of.is_finite() => {
            Ok(Belief::Counts { did: *did, of: *of })
        }
        _ => Err("counts are two numbers, those that did and all: counts = [48, 200]".to_owned()),
    }
}

fn one_of(node: &Node) -> Result<Belief, String> {
    let values: Option<Vec<String>> =
        value::one_or_more(node).into_iter().map(|one| value::text(one).ok().map(str::to_owned)).collect();
    match values {
        Some(values) if values.len() >= 2 && values.iter().all(|one| !one.trim().is_empty()) => {
            Ok(Belief::OneOf(values))
        }
        _ => Err("values are two or more, in quotes, each as likely as the others: values = [\"gentle\", \"moderate\"]".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(low: &str, high: &str) -> (String, String, String) {
        let belief = between(low, high, None).expect("a range");
        (belief.at(0.1), belief.at(0.5), belief.at(0.9))
    }

    #[test]
    fn ends_are_the_tenth_and_the_ninetieth_percentile() {
        assert_eq!(
            ends("5min", "20min"),
            ("5.000000min".into(), "10.000000min".into(), "20.000000min".into())
        );
        assert_eq!(ends("$10K", "$40K").1, "$20.000000K");
        assert_eq!(ends("20%", "80%").1, "50.000000%");
        assert_eq!(ends("0.2", "0.8"), ("0.200000".into(), "0.500000".into(), "0.800000".into()));
        assert_eq!(ends("4", "9"), ("4".into(), "6".into(), "9".into()));
    }

    #[test]
    fn a_share_never_leaves_its_bounds() {
        let belief = between("0.6", "0.99", None).expect("a range");
        let far: f64 = belief.at(0.999_999).parse().expect("a number");
        assert!(far < 1.0, "{far}");
    }

    /// What a number is stands in the format, however it is written: a rate of 0.2 to 0.9 may be above 1, one of 2 to 5 is no whole number, and
    /// no team is drawn without anybody.
    #[test]
    fn shares_and_headcounts_are_what_the_format_says() {
        let at = |path: &str, low: &str, high: &str, quantile: f64| -> f64 {
            let belief = between(low, high, kind_at(path)).expect("a range");
            belief.at(quantile).parse().expect("a number")
        };
        assert!(at("sources.web.per_hour", "0.2", "0.9", 0.999) > 1.0);
        assert!(at("sources.web.per_hour", "2", "5", 0.37).fract() != 0.0);
        assert!(at("buyers.tiers.1.qualified", "0.2", "0.9", 0.999) < 1.0);
        assert_eq!(at("team.reps.count", "1", "4", 0.001), 1.0);
        assert_eq!(at("team.reps.count", "1.0", "4.0", 0.5), 2.0);
        assert!(between("0.2", "1.0", kind_at("buyers.tiers.1.qualified")).is_err());
        assert!(kind_at("work.dial.mean").is_none() && kind_at("sources.web.per_huor").is_none());
    }

    /// Jeffreys' posterior of 48 in 200: mean 48.5 / 201, and nearly normal.
    #[test]
    fn counts_give_a_share_with_their_own_spread() {
        let belief = Belief::Counts { did: 48.0, of: 200.0 };
        let at = |q: f64| belief.at(q).parse::<f64>().expect("a number");
        assert!((at(0.5) - 0.2404).abs() < 1e-3, "{}", at(0.5));
        let spread = (0.2413_f64 * 0.7587 / 202.0).sqrt();
        assert!(((at(0.9) - at(0.1)) / (2.0 * Z90) / spread - 1.0).abs() < 0.01);
    }

    /// Three values are a third of all luck each; a value written twice is twice as likely.
    #[test]
    fn values_are_as_likely_as_often_as_they_are_written() {
        let belief = Belief::OneOf(["gentle", "gentle", "moderate"].map(str::to_owned).to_vec());
        let at = [0.0, 0.4, 0.66, 0.67, 1.0].map(|quantile| belief.at(quantile));
        assert_eq!(at, ["gentle", "gentle", "gentle", "moderate", "moderate"]);
        assert_eq!((belief.place(0.4), Belief::Counts { did: 1.0, of: 2.0 }.place(0.4)), (Some(1), None));
    }

    #[test]
    fn nonsense_is_refused() {
        for (low, high) in [
            ("5min", "2h"),
            ("08:00", "09:00"),
            ("gentle", "moderate"),
            ("0", "3"),
            ("9", "3"),
            ("x", "y"),
            ("-1", "3"),
        ] {
            assert!(between(low, high, None).is_err(), "{low} {high}");
        }
    }
}
