//! The forms in which a law of chance can be written, each with the keys it takes and the law it gives.

use super::{FORMS, law, quantity};
use crate::random::{Choice, Law};
use crate::scenario::kind::Unit;
use crate::scenario::tree::{Entry, Node};
use crate::scenario::value::{self, Complaint, Read};

/// The keys of one law.
pub(super) struct Fields<'a> {
    pub(super) entries: &'a [Entry],
    pub(super) unit: Unit,
}

impl Fields<'_> {
    fn get(&self, name: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.name == name).map(|entry| &entry.node)
    }

    fn required(&self, name: &str) -> Read<&Node> {
        self.get(name).ok_or_else(|| Complaint::new(format!("this law needs `{name}`")).help(FORMS))
    }

    /// Refuses keys that this law would ignore.
    pub(super) fn only(&self, known: &[&str]) -> Read<()> {
        match self.entries.iter().find(|entry| !known.contains(&entry.name.as_str())) {
            Some(entry) => {
                Err(Complaint::new(format!("`{}` does not belong to this law", entry.name)).help(FORMS))
            }
            None => Ok(()),
        }
    }

    pub(super) fn amount(&self, name: &str) -> Read<f64> {
        quantity(self.required(name)?, self.unit).map_err(|complaint| within(name, complaint))
    }

    pub(super) fn above_zero(&self, name: &str) -> Read<f64> {
        let amount = self.amount(name)?;
        if amount > 0.0 {
            return Ok(amount);
        }
        Err(Complaint::new(format!("`{name}` must be above zero"))
            .help("for no time at all, write \"0min\" instead of a law"))
    }

    /// A number without unit, above zero.
    pub(super) fn ratio(&self, name: &str) -> Read<f64> {
        let ratio = value::positive(self.required(name)?).map_err(|complaint| within(name, complaint))?;
        bounded(name, ratio)
    }

    pub(super) fn log_normal(&self) -> Read<Law> {
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

    pub(super) fn gamma(&self) -> Read<Law> {
        self.only(&["law", "mean", "cv", "shape"])?;
        let mean = self.above_zero("mean")?;
        let shape = match (self.get("cv"), self.get("shape")) {
            (Some(_), None) => self.ratio("cv")?.powi(-2),
            (None, Some(_)) => self.ratio("shape")?,
            _ => return Err(Complaint::new("a gamma law takes `mean` with `cv`, or `mean` with `shape`")),
        };
        Ok(Law::Gamma { shape, scale: mean / shape })
    }

    pub(super) fn uniform(&self) -> Read<Law> {
        self.only(&["law", "from", "to"])?;
        let (low, high) = (self.amount("from")?, self.amount("to")?);
        if low < high {
            Ok(Law::Uniform { low, high })
        } else {
            Err(Complaint::new("`from` must lie below `to`"))
        }
    }

    /// The sum of equal memoryless stages: Gamma with a whole shape (A. K. Erlang 1917).
    pub(super) fn erlang(&self) -> Read<Law> {
        self.only(&["law", "mean", "stages"])?;
        let stages = value::whole(self.required("stages")?, 1, 1000)
            .map_err(|complaint| within("stages", complaint))? as f64;
        Ok(Law::Gamma { shape: stages, scale: self.above_zero("mean")? / stages })
    }

    /// The mean of a law of whole numbers.
    pub(super) fn counting(&self, law: &str) -> Read<f64> {
        self.only(&["law", "mean"])?;
        if self.unit != Unit::Count {
            return Err(Complaint::new(format!("\"{law}\" is a law of whole numbers, and this is none"))
                .help("take it for counts: `batch`, or `leads` of an upload"));
        }
        self.above_zero("mean")
    }

    pub(super) fn geometric(&self) -> Read<Law> {
        let mean = self.counting("geometric")?;
        if mean < 1.0 {
            return Err(Complaint::new("`mean` must be at least 1")
                .help("a geometric law counts 1 or more; for none at times, write law = \"poisson\""));
        }
        Ok(Law::Geometric { mean, unit: 1.0 })
    }

    /// Laws by weight; with `means`, exponentials: the hyperexponential.
    pub(super) fn mixture(&self) -> Read<Law> {
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

    pub(super) fn values(&self) -> Read<Law> {
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
    let value = value::figure(value);
    Err(Complaint::new(format!("`{name}` = {value} does not lie between 0.001 and 1000")))
}
