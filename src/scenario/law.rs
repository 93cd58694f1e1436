//! Reads laws of chance: "8min" is constant, { median = "2min", p90 = "6min" } log-normal, and so on.

use super::kind::Unit;
use super::tree::{Entry, Node, Value};
use super::value::{self, Complaint, Read};
use crate::random::{Choice, Law};

/// The words behind `law =`.
pub(super) const LAWS: [&str; 10] = [
    "log-normal",
    "exponential",
    "gamma",
    "erlang",
    "weibull",
    "uniform",
    "poisson",
    "geometric",
    "mixture",
    "constant",
];

/// Every key that a law may have; tells a law from a table by tier.
pub(super) const KEYS: [&str; 15] = [
    "law", "median", "p90", "sigma", "mean", "cv", "shape", "stages", "scale", "from", "to", "weights",
    "means", "parts", "values",
];

/// What can be written, for the way out of a message.
const FORMS: &str = "write { median = \"2min\", p90 = \"6min\" }, { mean = \"12min\", cv = 1 }, \
                     { law = \"exponential\", mean = \"5min\" } or { values = [\"30min\", \"60min\"], weights = [80, 20] }";

/// Whether a table is a law rather than a table by tier.
pub(super) fn looks_like_law(node: &Node) -> bool {
    node.entries().iter().any(|entry| KEYS.contains(&entry.name.as_str()))
}

/// Reads a law whose values have `unit`.
pub(super) fn law(node: &Node, unit: Unit) -> Read<Law> {
    let Value::Table(entries) = &node.value else {
        return match (&node.value, unit) {
            (Value::List(_), _) => Err(Complaint::new("expected a law, found a list").help(FORMS)),
            (Value::Text(text), Unit::Count) => {
                Err(Complaint::new(format!("expected a number or a law, found \"{text}\"")).help(FORMS))
            }
            _ => quantity(node, unit).map(Law::Constant),
        };
    };
    if let Some(entry) = entries.iter().find(|entry| !KEYS.contains(&entry.name.as_str())) {
        let known = super::problem::did_you_mean(&entry.name, KEYS);
        return Err(Complaint::new(format!("a law has no key `{}`", entry.name)).help(known));
    }
    let fields = Fields { entries, unit };
    let named = match node.get("law") {
        Some(word) => value::text(word)?,
        None if node.get("values").is_some() => "values",
        None => "log-normal",
    };
    match named {
        "log-normal" | "lognormal" => fields.log_normal(),
        "exponential" => fields
            .only(&["law", "mean"])
            .and_then(|()| Ok(Law::Exponential { mean: fields.above_zero("mean")? })),
        "gamma" => fields.gamma(),
        "erlang" => fields.erlang(),
        "weibull" => fields.only(&["law", "shape", "scale"]).and_then(|()| {
            Ok(Law::Weibull { shape: fields.ratio("shape")?, scale: fields.above_zero("scale")? })
        }),
        "uniform" => fields.uniform(),
        "poisson" => fields.counting("poisson").map(|mean| Law::Poisson { mean, unit: 1.0 }),
        "geometric" => fields.geometric(),
        "mixture" => fields.mixture(),
        "constant" => fields.only(&["law", "mean"]).and_then(|()| Ok(Law::Constant(fields.amount("mean")?))),
        "values" => fields.values(),
        other => Err(Complaint::new(format!("unknown law \"{other}\""))
            .help(super::problem::did_you_mean(other, LAWS))),
    }
}

/// One value of a law: a duration, dollars or a plain number.
fn quantity(node: &Node, unit: Unit) -> Read<f64> {
    match unit {
        Unit::Minutes => value::span(node).map(|span| span.as_minutes()),
        Unit::BusinessMinutes => value::open_span(node).map(|span| span.as_minutes()),
        Unit::Hours => value::span(node).map(|span| span.as_hours()),
        Unit::Days => value::span(node).map(|span| span.as_days()),
        Unit::Dollars => value::money(node),
        Unit::Count => value::number_between(node, 0.0, 1e12),
    }
}

/// The keys of one law.
struct Fields<'a> {
    entries: &'a [Entry],
    unit: Unit,
}

impl Fields<'_> {
    fn get(&self, name: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.name == name).map(|entry| &entry.node)
    }

    fn required(&self, name: &str) -> Read<&Node> {
        self.get(name).ok_or_else(|| Complaint::new(format!("this law needs `{name}`")).help(FORMS))
    }

    /// Refuses keys that this law would ignore.
    fn only(&self, known: &[&str]) -> Read<()> {
        match self.entries.iter().find(|entry| !known.contains(&entry.name.as_str())) {
            Some(entry) => {
                Err(Complaint::new(format!("`{}` does not belong to this law", entry.name)).help(FORMS))
            }
            None => Ok(()),
        }
    }

    fn amount(&self, name: &str) -> Read<f64> {
        quantity(self.required(name)?, self.unit).map_err(|complaint| within(name, complaint))
    }

    fn above_zero(&self, name: &str) -> Read<f64> {
        let amount = self.amount(name)?;
        if amount > 0.0 {
            return Ok(amount);
        }
        Err(Complaint::new(format!("`{name}` must be above zero"))
            .help("for no time at all, write \"0min\" instead of a law"))
    }

    /// A number without unit, above zero.
    fn ratio(&self, name: &str) -> Read<f64> {
        let ratio = value::positive(self.required(name)?).map_err(|complaint| within(name, complaint))?;
        bounded(name, ratio)
    }

    fn log_normal(&self) -> Read<Law> {
        self.only(&["law", "median", "p90", "sigma", "mean", "cv"])?;
        let has = |name| self.get(name).is_some();
        match (has("median"), has("p90"), has("sigma"), has("mean"), has("cv")) {
            (true, true, false, false, false) => {
                let (median, p90) = (self.above_zero("median")?, self.amount("p90")?);
                Law::log_normal_median_p90(median, p90).ok_or_else(|| {
                    Complaint::new("`p90` must lie above `median`")
                        .help("nine of ten values lie below p90, half below the median")
                })
            }
            (true, false, true, false, false) => {
                let (median, sigma) = (self.above_zero("median")?, self.spread("sigma")?);
                Ok(if sigma == 0.0 {
                    Law::Constant(median)
                } else {
                    Law::LogNormal { mu: median.ln(), sigma }
                })
            }
            (false, false, false, true, true) => {
                let (mean, cv) = (self.above_zero("mean")?, self.spread("cv")?);
                if cv == 0.0 {
                    return Ok(Law::Constant(mean));
                }
                Law::log_normal_mean_cv(mean, cv)
                    .ok_or_else(|| Complaint::new("this law cannot be made").help(FORMS))
            }
            _ => Err(Complaint::new(
                "a log-normal law takes `median` with `p90`, `median` with `sigma`, or `mean` with `cv`",
            )
            .help(FORMS)),
        }
    }

    /// A spread of 0 or more.
    fn spread(&self, name: &str) -> Read<f64> {
        let spread = value::number_between(self.required(name)?, 0.0, f64::MAX)
            .map_err(|complaint| within(name, complaint))?;
        bounded(name, spread)
    }

    fn gamma(&self) -> Read<Law> {
        self.only(&["law", "mean", "cv", "shape"])?;
        let mean = self.above_zero("mean")?;
        let shape = match (self.get("cv"), self.get("shape")) {
            (Some(_), None) => self.ratio("cv")?.powi(-2),
            (None, Some(_)) => self.ratio("shape")?,
            _ => return Err(Complaint::new("a gamma law takes `mean` with `cv`, or `mean` with `shape`")),
        };
        Ok(Law::Gamma { shape, scale: mean / shape })
    }

    fn uniform(&self) -> Read<Law> {
        self.only(&["law", "from", "to"])?;
        let (low, high) = (self.amount("from")?, self.amount("to")?);
        if low < high {
            Ok(Law::Uniform { low, high })
        } else {
            Err(Complaint::new("`from` must lie below `to`"))
        }
    }

    /// The sum of equal memoryless stages: Gamma with a whole shape (A. K. Erlang 1917).
    fn erlang(&self) -> Read<Law> {
        self.only(&["law", "mean", "stages"])?;
        let stages = value::whole(self.required("stages")?, 1, 1000)
            .map_err(|complaint| within("stages", complaint))? as f64;
        Ok(Law::Gamma { shape: stages, scale: self.above_zero("mean")? / stages })
    }

    /// The mean of a law of whole numbers.
    fn counting(&self, law: &str) -> Read<f64> {
        self.only(&["law", "mean"])?;
        if self.unit != Unit::Count {
            return Err(Complaint::new(format!("\"{law}\" is a law of whole numbers, and this is none"))
                .help("take it for counts: `batch`, or `leads` of an upload"));
        }
        self.above_zero("mean")
    }

    fn geometric(&self) -> Read<Law> {
        let mean = self.counting("geometric")?;
        if mean < 1.0 {
            return Err(Complaint::new("`mean` must be at least 1")
                .help("a geometric law counts 1 or more; for none at times, write law = \"poisson\""));
        }
        Ok(Law::Geometric { mean, unit: 1.0 })
    }

    /// Laws by weight; with `means`, exponentials: the hyperexponential.
    fn mixture(&self) -> Read<Law> {
        if let Some(parts) = self.get("parts") {
            self.only(&["law", "weights", "parts"])?;
            let items = value::one_or_more(parts);
            if items.is_empty() || items.len() > 100 {
                return Err(Complaint::new("`parts` needs between 1 and 100 laws"));
            }
            let parts = items.into_iter().map(|item| law(item, self.unit));
            let parts = parts.collect::<Read<Vec<Law>>>().map_err(|complaint| within("parts", complaint))?;
            return Ok(Law::Mixture { choice: self.choice(parts.len(), "parts")?, parts });
        }
        self.only(&["law", "weights", "means"])?;
        let means = self.amounts("means")?;
        if means.iter().any(|mean| *mean <= 0.0) {
            return Err(Complaint::new("every one of `means` must be above zero"));
        }
        let choice = self.choice(means.len(), "means")?;
        let parts = means.into_iter().map(|mean| Law::Exponential { mean }).collect();
        Ok(Law::Mixture { choice, parts })
    }

    fn values(&self) -> Read<Law> {
        self.only(&["values", "weights"])?;
        let values = self.amounts("values")?;
        let choice = self.choice(values.len(), "values")?;
        Ok(Law::Empirical { choice, values })
    }

    fn amounts(&self, name: &str) -> Read<Vec<f64>> {
        let items = value::one_or_more(self.required(name)?);
        if items.is_empty() || items.len() > 10_000 {
            return Err(Complaint::new(format!("`{name}` needs between 1 and 10,000 values")));
        }
        items
            .iter()
            .map(|item| quantity(item, self.unit).map_err(|complaint| within(name, complaint)))
            .collect()
    }

    fn choice(&self, count: usize, of: &str) -> Read<Choice> {
        let weights: Vec<f64> = match self.get("weights") {
            Some(list) => {
                value::one_or_more(list).iter().map(|item| value::weight(item)).collect::<Read<_>>()?
            }
            None => vec![1.0; count],
        };
        if weights.len() != count {
            return Err(Complaint::new(format!("{} weights for {count} {of}", weights.len()))
                .help("write one weight for each"));
        }
        Choice::new(&weights)
            .ok_or_else(|| Complaint::new("all weights are zero").help("give at least one a weight above 0"))
    }
}

fn within(name: &str, complaint: Complaint) -> Complaint {
    Complaint { message: format!("`{name}`: {}", complaint.message), help: complaint.help }
}

/// Spreads beyond these bounds are typing errors, and would overflow.
fn bounded(name: &str, value: f64) -> Read<f64> {
    if value == 0.0 || (1e-3..=1e3).contains(&value) {
        return Ok(value);
    }
    Err(Complaint::new(format!("`{name}` = {value} does not lie between 0.001 and 1000")))
}

/// The law with every value multiplied by `factor` (above zero).
pub(super) fn scaled(law: &Law, factor: f64) -> Law {
    match law {
        Law::Constant(value) => Law::Constant(value * factor),
        Law::Exponential { mean } => Law::Exponential { mean: mean * factor },
        Law::LogNormal { mu, sigma } => Law::LogNormal { mu: mu + factor.ln(), sigma: *sigma },
        Law::Gamma { shape, scale } => Law::Gamma { shape: *shape, scale: scale * factor },
        Law::Weibull { shape, scale } => Law::Weibull { shape: *shape, scale: scale * factor },
        Law::Uniform { low, high } => Law::Uniform { low: low * factor, high: high * factor },
        Law::Poisson { mean, unit } => Law::Poisson { mean: *mean, unit: unit * factor },
        Law::Geometric { mean, unit } => Law::Geometric { mean: *mean, unit: unit * factor },
        Law::Mixture { choice, parts } => Law::Mixture {
            choice: choice.clone(),
            parts: parts.iter().map(|part| scaled(part, factor)).collect(),
        },
        Law::Empirical { choice, values } => Law::Empirical {
            choice: choice.clone(),
            values: values.iter().map(|value| value * factor).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::parse::parse_value;
    use crate::scenario::tree::Document;

    fn read(text: &str) -> Read<Law> {
        law(&parse_value(text, text, Document::Set(0)), Unit::Minutes)
    }

    #[test]
    fn every_form_gives_its_law() {
        assert_eq!(read("8min"), Ok(Law::Constant(8.0)));
        assert_eq!(read("{ law = \"exponential\", mean = \"1h\" }"), Ok(Law::Exponential { mean: 60.0 }));
        assert_eq!(
            read("{ law = \"gamma\", mean = \"10min\", cv = 0.5 }"),
            Ok(Law::Gamma { shape: 4.0, scale: 2.5 })
        );
        assert_eq!(
            read("{ law = \"weibull\", shape = 0.7, scale = \"6min\" }"),
            Ok(Law::Weibull { shape: 0.7, scale: 6.0 })
        );
        assert_eq!(
            read("{ law = \"uniform\", from = \"1min\", to = \"2min\" }"),
            Ok(Law::Uniform { low: 1.0, high: 2.0 })
        );
        assert_eq!(read("{ mean = \"12min\", cv = 0 }"), Ok(Law::Constant(12.0)));
        let law = read("{ median = \"2min\", p90 = \"10min\" }").expect("valid");
        assert!((law.cdf(10.0) - 0.9).abs() < 1e-9 && (law.cdf(2.0) - 0.5).abs() < 1e-9);
        let law = read("{ mean = \"12min\", cv = 1 }").expect("valid");
        assert!((law.mean() - 12.0).abs() < 1e-12);
        let law =
            read("{ law = \"mixture\", weights = [20, 80], means = [\"25min\", \"5min\"] }").expect("valid");
        assert!((law.mean() - 9.0).abs() < 1e-12);
        let law = read("{ values = [\"30min\", \"60min\"], weights = [80, 20] }").expect("valid");
        assert!((law.mean() - 36.0).abs() < 1e-12);
    }

    #[test]
    fn mixtures_take_any_laws_and_counts_have_laws_of_their_own() {
        let law = read("{ law = \"erlang\", stages = 3, mean = \"12min\" }");
        assert_eq!(law, Ok(Law::Gamma { shape: 3.0, scale: 4.0 }));
        let text = "{ law = \"mixture\", weights = [3, 1], parts = [{ law = \"erlang\", stages = 2, mean = \"8min\" }, \"20min\"] }";
        let law = read(text).expect("valid");
        assert!((law.mean() - 11.0).abs() < 1e-12);
        // 3/4 of Erlang-2 with mean 8: at 8 minutes 1 − 3 e^−2; the constant part comes in at 20.
        let erlang = 1.0 - 3.0 * (-2.0_f64).exp();
        assert!((law.cdf(8.0) - 0.75 * erlang).abs() < 1e-12);
        assert!(law.cdf(20.0) - law.cdf(19.999) > 0.25);
        let count = |text: &str| self::law(&parse_value(text, text, Document::Set(0)), Unit::Count);
        let law = "{ law = \"poisson\", mean = 3.4 }";
        assert_eq!(count(law), Ok(Law::Poisson { mean: 3.4, unit: 1.0 }));
        assert_eq!(
            read(law).expect_err("minutes").message,
            "\"poisson\" is a law of whole numbers, and this is none"
        );
        let law = count("{ law = \"geometric\", mean = 2.5 }").expect("valid");
        assert_eq!(law, Law::Geometric { mean: 2.5, unit: 1.0 });
        assert!((scaled(&law, 0.4).mean() - 1.0).abs() < 1e-12 && scaled(&law, 0.4).cdf(0.4) == law.cdf(1.0));
        let message = |text: &str| count(text).expect_err(text).message;
        assert_eq!(message("{ law = \"geometric\", mean = 0.5 }"), "`mean` must be at least 1");
        assert_eq!(
            message("{ law = \"mixture\", parts = [1, 2], means = [1] }"),
            "`means` does not belong to this law"
        );
    }

    #[test]
    fn what_cannot_be_read_says_the_way_out() {
        let message = |text: &str| read(text).expect_err(text).message;
        assert_eq!(message("8"), "8 has no unit");
        assert_eq!(message("{ median = \"6min\", p90 = \"2min\" }"), "`p90` must lie above `median`");
        assert_eq!(message("{ law = \"exponential\", mean = \"0min\" }"), "`mean` must be above zero");
        assert_eq!(message("{ law = \"exponental\", mean = \"1min\" }"), "unknown law \"exponental\"");
        assert_eq!(message("{ medain = \"6min\" }"), "a law has no key `medain`");
        assert_eq!(
            message("{ law = \"exponential\", mean = \"5min\", cv = 2 }"),
            "`cv` does not belong to this law"
        );
        assert_eq!(message("{ values = [\"3min\"], weights = [0] }"), "all weights are zero");
        assert_eq!(message("{ values = [\"3min\"], weights = [1, 2] }"), "2 weights for 1 values");
    }

    #[test]
    fn scaling_a_law_scales_its_mean() {
        for text in
            ["8min", "{ mean = \"12min\", cv = 1 }", "{ law = \"weibull\", shape = 0.7, scale = \"6min\" }"]
        {
            let law = read(text).expect("valid");
            assert!((scaled(&law, 3.0).mean() / law.mean() - 3.0).abs() < 1e-12);
        }
    }
}
