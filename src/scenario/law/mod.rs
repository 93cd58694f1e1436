//! Reads laws of chance: "8min" is constant, { median = "2min", p90 = "6min" } log-normal, and so on.

mod forms;
#[cfg(test)]
mod tests;

use super::kind::Unit;
use super::tree::{Node, Value};
use super::value::{self, Complaint, Read};
use crate::random::Law;
use forms::Fields;

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

/// The law with every value multiplied by `factor` (above zero).
pub(super) fn scaled(law: &Law, factor: f64) -> Law {
    law.times(factor)
}
