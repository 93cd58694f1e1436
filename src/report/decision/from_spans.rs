//! Charts of bars from anywhere to anywhere: the steps from today to everything taken away, and which input moves the answer.

use super::chart::{Axis, Figures, GREY, INK, Key, Mark, Panel, Plot, SpanBar, SpanRow, Spans, Swatch};
use super::from_pairs::signed;
use super::from_picture::{ends, known};
use crate::report::plot::{Tornado, TornadoEnd, TornadoPanel, TornadoRow, Waterfall, WaterfallStep};

/// Colour of a step up, and of one down.
const STEPS: [usize; 2] = [0, 1];

/// From today over what each constraint holds back to everything taken away.
pub(super) fn waterfall(input: &Waterfall) -> Panel {
    let mut rows = Vec::new();
    if let (Some(start), Some(end)) = (known(input.start), known(input.end)) {
        rows.push(whole("today", start, &input.start_words, &input.start_note));
        let mut reached = start;
        for step in &input.steps {
            rows.push(stepped(input, step, reached));
            reached += step.change;
        }
        rows.push(whole("everything taken away", end, &input.end_words, &input.end_note));
    }
    // whiskers of steps that end near 100 % may reach beyond it; the axis does not
    let is_share = |row: &SpanRow| row.bars.iter().flatten().all(|bar| (0.0..=1.0).contains(&bar.to));
    let along = match input.in_percent {
        true if rows.iter().all(is_share) => Axis::share(""),
        true => Axis::of("", Figures::Percent),
        false => Axis::of("", Figures::Count),
    };
    let mut keys = vec![
        Key::new(Swatch::Field, GREY, "the whole"),
        Key::new(Swatch::Field, STEPS[0], "fair share of the gap"),
    ];
    if input.steps.iter().any(|step| step.change < 0.0) {
        keys.push(Key::new(Swatch::Field, STEPS[1], "makes it worse"));
    }
    keys.push(Key::new(Swatch::Line, INK, "its interval"));
    Panel {
        title: input.measure.clone(),
        keys,
        plot: Plot::Spans(Spans { along, rows, line: None, joined: true }),
    }
}

/// The first or the last value, as a bar from nothing.
fn whole(name: &str, value: f64, words: &str, interval: &str) -> SpanRow {
    let interval = if interval.is_empty() { "no interval".into() } else { format!("interval {interval}") };
    let bar = SpanBar {
        to: value,
        colour: GREY,
        written: words.to_owned(),
        tip: format!("{name}: {words} ({interval})"),
        ..SpanBar::default()
    };
    SpanRow { label: name.to_owned(), bars: vec![Some(bar)] }
}

/// One step from where the one before ended.
fn stepped(input: &Waterfall, step: &WaterfallStep, reached: f64) -> SpanRow {
    let (times, unit) = if input.in_percent { (100.0, " points") } else { (1.0, "") };
    let interval = ends(step.interval);
    let told = interval.map_or("no interval".into(), |(low, high)| {
        format!("interval {} to {}", signed(low * times), signed(high * times))
    });
    let bar = SpanBar {
        from: reached,
        to: reached + step.change,
        interval: interval.map(|(low, high)| (reached + low, reached + high)),
        colour: STEPS[usize::from(step.change < 0.0)],
        pale: interval.is_some_and(|(low, high)| low <= 0.0 && high >= 0.0),
        written: step.words.clone(),
        tip: format!("{}: fair share {}{unit} ({told}); {}{unit}", step.label, step.words, step.note),
    };
    SpanRow { label: step.label.clone(), bars: vec![Some(bar)] }
}

/// What inputs at their ends, or stresses, make of a figure: a panel a measure.
pub(super) fn tornado(input: &Tornado) -> Vec<Panel> {
    input.panels.iter().map(|panel| tornado_panel(input, panel)).collect()
}

fn tornado_panel(input: &Tornado, panel: &TornadoPanel) -> Panel {
    let mut keys: Vec<Key> =
        input.keys.iter().enumerate().map(|(n, name)| Key::new(Swatch::Field, n, name.clone())).collect();
    keys.push(Key::new(Swatch::Line, INK, "interval of the difference; pale: it may be nothing"));
    let line = Mark { at: 0.0, name: panel.middle.clone(), colour: INK };
    Panel {
        title: panel.title.clone(),
        keys,
        plot: Plot::Spans(Spans {
            along: Axis::of("Difference", Figures::Count),
            rows: panel.rows.iter().map(tornado_row).collect(),
            line: Some(line),
            joined: false,
        }),
    }
}

fn tornado_row(row: &TornadoRow) -> SpanRow {
    let bar = |(place, end): (usize, &Option<TornadoEnd>)| {
        let end = end.as_ref().filter(|end| end.by.is_finite())?;
        let interval = ends(end.interval);
        let told = interval.map_or("no interval".into(), |(low, high)| {
            format!("interval {} to {}", signed(low), signed(high))
        });
        Some(SpanBar {
            from: 0.0,
            to: end.by,
            interval,
            colour: place,
            pale: !end.real,
            written: end.words.clone(),
            tip: format!("{}, {}: {} ({told})", row.label, end.words, signed(end.by)),
        })
    };
    SpanRow { label: row.label.clone(), bars: row.ends.iter().enumerate().map(bar).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::plot::Span;

    fn step(change: f64, low: f64, high: f64) -> WaterfallStep {
        WaterfallStep {
            label: "meetings".into(),
            change,
            interval: Some(Span::new(low, high)),
            words: "+20.0".into(),
            note: "alone +25.0".into(),
        }
    }

    #[test]
    fn steps_begin_where_the_one_before_ended() {
        let input = Waterfall {
            in_percent: true,
            start: Some(0.5),
            steps: vec![step(0.2, 0.19, 0.21), step(-0.05, -0.06, 0.01)],
            end: Some(0.65),
            ..Waterfall::default()
        };
        let Plot::Spans(spans) = waterfall(&input).plot else { panic!("a waterfall has spans") };
        let bars: Vec<&SpanBar> = spans.rows.iter().flat_map(|row| row.bars.iter().flatten()).collect();
        assert_eq!(bars.iter().map(|bar| bar.from).collect::<Vec<_>>(), [0.0, 0.5, 0.7, 0.0]);
        assert!((bars[2].to - 0.65).abs() < 1e-12 && bars[2].pale && !bars[1].pale);
        assert_eq!(bars[1].interval, Some((0.69, 0.71)));
        assert_eq!(
            bars[1].tip,
            "meetings: fair share +20.0 points (interval +19.0 to +21.0); alone +25.0 points"
        );
        assert_eq!((spans.along.low, spans.along.high), (Some(0.0), Some(1.0)));
    }

    #[test]
    fn an_end_that_could_not_be_played_is_a_gap() {
        let end = TornadoEnd { by: -2.5, interval: None, real: true, words: "5".into() };
        let row = TornadoRow { label: "reps".into(), ends: vec![Some(end), None] };
        let row = tornado_row(&row);
        assert!(row.bars[1].is_none());
        let bar = row.bars[0].as_ref().expect("the other end");
        assert_eq!((bar.to, bar.tip.as_str()), (-2.5, "reps, 5: −2.5 (no interval)"));
    }
}
