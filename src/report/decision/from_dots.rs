//! The chart of what each way costs against how sure the promise then is, answer and runner-up by name.

use super::chart::{Axis, Dot, Dots, Figures, INK, Key, Mark, Panel, Plot, Swatch};
use super::from_picture::{ends, share_tip, trial};
use crate::report::plot::{Frontier, FrontierPoint, STAIRS, Standing};
use crate::report::wording::{goal, plain, price};

/// Ways by their price.
pub(super) fn frontier(input: &Frontier) -> Panel {
    let has = |standing: &&Standing| input.known().any(|point| point.standing == **standing);
    let key = |standing: &Standing| Key::new(Swatch::Dot, standing.colour(), standing.words());
    let mut keys: Vec<Key> = Standing::ALL.iter().filter(has).map(key).collect();
    let stairs = input.stairs();
    if input.points.len() > 1 {
        keys.push(Key::new(Swatch::Line, 0, STAIRS));
    }
    let mut points: Vec<&FrontierPoint> = input.known().collect();
    let rank = |point: &FrontierPoint| Standing::ALL.iter().position(|standing| *standing == point.standing);
    // the answer lies on top
    points.sort_by_key(|point| std::cmp::Reverse(rank(point)));
    let wanted =
        Mark { at: input.wanted, name: format!("wanted {}", plain(&goal(input.wanted))), colour: INK };
    Panel {
        title: input.measure.clone(),
        keys,
        plot: Plot::Dots(Dots {
            across: Axis::of(input.across.clone(), Figures::Money),
            up: Axis::share(""),
            dots: points.into_iter().map(|point| dot(input, point)).collect(),
            stairs,
            levels: vec![wanted],
        }),
    }
}

fn dot(input: &Frontier, point: &FrontierPoint) -> Dot {
    let cost = match point.cost {
        cost if cost.abs() < 0.5 => "no cost".to_owned(),
        cost if cost < 0.0 => format!("saves {}", price(-cost)),
        cost => price(cost),
    };
    let sure = share_tip(Some(point.chance), point.interval, None);
    Dot {
        at: point.cost,
        value: point.chance,
        interval: ends(point.interval),
        colour: point.standing.colour(),
        large: point.standing == Standing::Answer,
        name: point.label.clone(),
        tip: format!(
            "{} ({}): {cost}; {sure} of {}s",
            point.levers,
            point.standing.words(),
            trial(&input.words)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::plot::Span;

    #[test]
    fn the_answer_lies_on_top_and_the_stairs_only_rise() {
        let point = |cost: f64, chance: f64, standing, levers: &str| FrontierPoint {
            cost,
            chance,
            interval: Some(Span::new(chance - 0.1, chance + 0.05)),
            standing,
            levers: levers.into(),
            label: String::new(),
        };
        let input = Frontier {
            wanted: 0.9,
            points: vec![
                point(3_900.0, 0.93, Standing::Answer, "back up"),
                point(0.0, 0.2, Standing::TooFew, "as it is"),
                point(900.0, 0.1, Standing::TooFew, "lunch"),
                point(f64::NAN, 0.99, Standing::Enough, "no price"),
            ],
            ..Frontier::default()
        };
        let Plot::Dots(dots) = frontier(&input).plot else { panic!("a frontier has dots") };
        assert_eq!(dots.stairs, [(0.0, 0.2), (3_900.0, 0.93)]);
        assert_eq!(dots.dots.len(), 3, "what has no price has no place");
        let last = dots.dots.last().expect("three");
        assert!(last.large);
        assert_eq!(last.tip, "back up (the answer): $3,900; 93.0 % (interval 83.0–98.0) of quarters");
    }
}
