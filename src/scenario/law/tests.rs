//! Every way to write a law gives that law, and what cannot be read says the way out.

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
