//! Writes scenarios the way a user would: lengths of time with their units, laws, sources and a team.

use crate::case::numbers_of;
use serde_json::Value;
use std::fmt::Write;

/// A law of handling times or gaps, in the case's own unit of time.
#[derive(Debug, Clone, PartialEq)]
pub enum Law {
    /// Always the same.
    Constant(f64),
    /// Memoryless.
    Exponential(f64),
    /// Log-normal by mean and coefficient of variation.
    LogNormal(f64, f64),
    /// Gamma by mean and coefficient of variation.
    Gamma(f64, f64),
    /// Weibull by shape and scale.
    Weibull(f64, f64),
    /// Exponentials by weight.
    Mixture(Vec<f64>, Vec<f64>),
}

/// How long the case's unit of time lasts in the scenario.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// Minutes.
    pub minutes: f64,
}

impl Unit {
    /// A length of the case's time, written for a scenario: seconds to the microsecond.
    pub fn span(self, time: f64) -> String {
        let text = format!("{:.6}", time * self.minutes * 60.0);
        format!("\"{}s\"", text.trim_end_matches('0').trim_end_matches('.'))
    }

    /// A rate of the case's time, per hour.
    pub fn per_hour(self, rate: f64) -> f64 {
        rate * 60.0 / self.minutes
    }

    /// The law as a scenario writes it.
    pub fn law(self, law: &Law) -> String {
        match law {
            Law::Constant(value) => self.span(*value),
            Law::Exponential(mean) => format!("{{ law = \"exponential\", mean = {} }}", self.span(*mean)),
            Law::LogNormal(mean, cv) => format!("{{ mean = {}, cv = {cv} }}", self.span(*mean)),
            Law::Gamma(mean, cv) => format!("{{ law = \"gamma\", mean = {}, cv = {cv} }}", self.span(*mean)),
            Law::Weibull(shape, scale) => {
                format!("{{ law = \"weibull\", shape = {shape}, scale = {} }}", self.span(*scale))
            }
            Law::Mixture(weights, means) => {
                let means: Vec<String> = means.iter().map(|mean| self.span(*mean)).collect();
                format!("{{ law = \"mixture\", weights = {weights:?}, means = [{}] }}", means.join(", "))
            }
        }
    }
}

impl Law {
    /// The law a case describes.
    ///
    /// # Errors
    /// A law that scenarios do not have.
    pub fn of(value: &Value) -> Result<Law, String> {
        let number = |keys: &[&str]| keys.iter().find_map(|key| value.get(key)?.as_f64());
        let need = |found: Option<f64>| found.ok_or_else(|| format!("unreadable law {value}"));
        let kind = value.get("type").and_then(Value::as_str).unwrap_or("");
        let mean = || need(number(&["mean"]).or_else(|| number(&["rate"]).map(|rate| 1.0 / rate)));
        match kind {
            "exponential" => Ok(Law::Exponential(mean()?)),
            "deterministic" => Ok(Law::Constant(need(number(&["value", "mean", "interval"]))?)),
            "lognormal" => Ok(Law::LogNormal(need(number(&["mean"]))?, need(number(&["cv"]))?)),
            "weibull" => Ok(Law::Weibull(need(number(&["shape"]))?, need(number(&["scale"]))?)),
            "erlang" => {
                let (stages, rate) = (need(number(&["k"]))?, need(number(&["rate"]))?);
                Ok(Law::Gamma(stages / rate, 1.0 / stages.sqrt()))
            }
            "hyperexponential" => {
                let rates = numbers_of(value.get("rates")).ok_or("a mixture without rates")?;
                let weights = numbers_of(value.get("p")).ok_or("a mixture without weights")?;
                Ok(Law::Mixture(weights, rates.iter().map(|rate| 1.0 / rate).collect()))
            }
            "mixture of Erlang(k, rate)" => mixture_of_erlangs(value),
            _ => Err(format!("scenarios have no law `{kind}`")),
        }
    }

    /// The mean, in the case's unit.
    pub fn mean(&self) -> f64 {
        match self {
            Law::Constant(mean) | Law::Exponential(mean) => *mean,
            Law::LogNormal(mean, _) | Law::Gamma(mean, _) => *mean,
            Law::Weibull(shape, scale) => scale * statrs::function::gamma::gamma(1.0 + 1.0 / shape),
            Law::Mixture(weights, means) => weighted(weights, means, |mean| mean),
        }
    }

    /// Variance over squared mean.
    pub fn scv(&self) -> f64 {
        match self {
            Law::Constant(_) => 0.0,
            Law::Exponential(_) => 1.0,
            Law::LogNormal(_, cv) | Law::Gamma(_, cv) => cv * cv,
            Law::Weibull(shape, _) => {
                let moment = |k: f64| statrs::function::gamma::gamma(1.0 + k / shape);
                moment(2.0) / moment(1.0).powi(2) - 1.0
            }
            Law::Mixture(weights, means) => {
                let second = weighted(weights, means, |mean| 2.0 * mean * mean);
                second / self.mean().powi(2) - 1.0
            }
        }
    }
}

fn weighted(weights: &[f64], means: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let total: f64 = weights.iter().sum();
    weights.iter().zip(means).map(|(weight, mean)| weight / total * of(*mean)).sum()
}

fn mixture_of_erlangs(value: &Value) -> Result<Law, String> {
    let parts = value.get("components").and_then(Value::as_array).ok_or("a mixture without components")?;
    let mut read = Vec::new();
    for part in parts {
        let number = |key: &str| part.get(key).and_then(Value::as_f64).ok_or("an unreadable component");
        read.push((number("p")?, number("rate")?, number("k")?));
    }
    if let [(_, rate, stages)] = read[..] {
        return Ok(Law::Gamma(stages / rate, 1.0 / stages.sqrt()));
    }
    if read.iter().any(|(_, _, stages)| *stages != 1.0) {
        return Err("scenarios mix exponential laws only, not Erlang ones".to_string());
    }
    Ok(Law::Mixture(read.iter().map(|part| part.0).collect(), read.iter().map(|part| 1.0 / part.1).collect()))
}

/// A source of leads.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// Arrivals per hour of the scenario.
    pub per_hour: f64,
    /// Further keys, one a line.
    pub keys: String,
}

/// A team that takes leads from one pool, the first free rep the first lead.
#[derive(Debug, Clone)]
pub struct Team {
    /// Reps.
    pub reps: u32,
    /// Which lead first among equals.
    pub then: &'static str,
    /// Further keys, one a line.
    pub keys: String,
}

/// The stretch a trial plays.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    /// Days judged.
    pub days: u32,
    /// Weeks before it.
    pub run_in_weeks: u32,
}

impl Stretch {
    /// A week of run-in, and as many weeks as so many arrivals take, up to a year's.
    pub fn of_arrivals(arrivals: f64, per_hour: f64) -> Stretch {
        let weeks = (arrivals / (168.0 * per_hour)).ceil().clamp(1.0, 50.0);
        Stretch { days: 7 * weeks as u32, run_in_weeks: 1 }
    }
}

/// A first-contact desk: classes of leads in order of rank, their handling, and a team with one pool.
///
/// Handling is the review of the new lead; the attempt after it takes no time.
pub fn desk(stretch: Stretch, unit: Unit, sources: &[Source], handling: &[Law], team: &Team) -> String {
    let mut text = opening(stretch);
    for class in 1..=sources.len() {
        let _ = writeln!(text, "[tiers.{class}]");
    }
    for (place, source) in sources.iter().enumerate() {
        let class = place + 1;
        let _ = writeln!(text, "[sources.s{class}]\ntier = {class}\nper_hour = {}", source.per_hour);
        let _ = writeln!(text, "{}", source.keys);
    }
    let order: Vec<String> = (1..=sources.len()).map(|class| format!("\"new {class}\"")).collect();
    let _ = writeln!(text, "[routing]\npolicy = \"pool\"\n[team.reps]\ncount = {}", team.reps);
    let _ = writeln!(text, "order = [{}, \"reply\", \"follow-up\", \"own work\"]", order.join(", "));
    let _ = writeln!(text, "then = \"{}\"\n{}", team.then, team.keys);
    let _ = writeln!(text, "[work.review]");
    for (place, law) in handling.iter().enumerate() {
        let _ = writeln!(text, "{} = {}", place + 1, unit.law(law));
    }
    text
}

/// The head of every scenario: its horizon, played on until every lead of it has ended.
pub fn opening(stretch: Stretch) -> String {
    format!(
        "format = 1\n[horizon]\nstart = \"2026-02-02\"\nlength = \"{} days\"\nrun_in = \"{} weeks\"\nrun_out_at_most = \"52 weeks\"\n",
        stretch.days, stretch.run_in_weeks
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laws_keep_their_moments() {
        let read = |text: &str| Law::of(&serde_json::from_str(text).expect("JSON"));
        let law =
            read(r#"{"type": "mixture of Erlang(k, rate)", "components": [{"p": 1, "rate": 18, "k": 3}]}"#);
        let law = law.expect("one Erlang law is a Gamma law");
        assert!((law.mean() - 1.0 / 6.0).abs() < 1e-12 && (law.scv() - 1.0 / 3.0).abs() < 1e-12);
        let law =
            read(r#"{"type": "hyperexponential", "p": [0.2, 0.8], "rates": [0.4, 1.6]}"#).expect("a law");
        assert!((law.mean() - 1.0).abs() < 1e-12 && (law.scv() - 2.125).abs() < 1e-12);
        assert!(read(r#"{"type": "cauchy"}"#).is_err());
    }

    #[test]
    fn lengths_are_written_with_their_unit() {
        let unit = Unit { minutes: 8.0 };
        assert_eq!(unit.span(1.0), "\"480s\"");
        assert_eq!(unit.span(1.0 / 480.0), "\"1s\"");
        assert_eq!(unit.law(&Law::Exponential(0.5)), "{ law = \"exponential\", mean = \"240s\" }");
    }
}
