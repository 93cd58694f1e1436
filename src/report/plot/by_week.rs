//! Picture: how often a commitment is kept, week by week through the quarter.

use super::axis::{self, Scale, Tick};
use super::band::{self, Stop};
use super::figures::{known, known_span, marked_goal};
use super::legend::{self, Sample};
use super::sheet::{Letters, Panel, Sheet, Spot};
use super::theme;
use super::{Span, Words, frame};

/// The weeks of a quarter for one commitment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ByWeek {
    /// Message, subtitle and small print.
    pub words: Words,
    /// What is counted, written above the axis, such as "Tier 1 leads answered in time".
    pub measure: String,
    /// Goal, share (0 to 1).
    pub goal: Option<f64>,
    /// Whether the goal is not in the agreement: it is marked with a star.
    pub own_goal: bool,
    /// The weeks in order.
    pub weeks: Vec<WeekPoint>,
}

/// One week over all simulated quarters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WeekPoint {
    /// First day of the week as printed on the axis, such as "2 Feb".
    pub start: String,
    /// Share kept over all quarters (0 to 1).
    pub kept: Option<f64>,
    /// 95 % interval of that share.
    pub interval: Option<Span>,
    /// Typical range of this week in one quarter (10th to 90th percentile), shares.
    pub typical: Option<Span>,
}

pub(super) fn layout(input: &ByWeek) -> Sheet {
    let (mut sheet, room) = frame::usual(&input.words);
    let colour = theme::series(0);
    let trials = format!("{}s", input.words.trial());
    let mut keys = vec![(Sample::Line(colour), format!("kept, all {trials} together"))];
    // of a single trial there are no bands to explain
    if is_drawn(input, |week| week.interval) {
        let words = "confidence interval of that figure".to_owned();
        keys.push((Sample::Patch(theme::faint(colour, 0.45)), words));
    }
    if is_drawn(input, |week| week.typical) {
        let words = format!("typical week (8 of 10 {trials})");
        keys.push((Sample::Patch(theme::faint(colour, 0.16)), words));
    }
    legend::keys(&mut sheet, room, &keys);
    let panel = Panel {
        left: room.left + axis::GUTTER,
        top: room.top + legend::height(&keys, room.width()) + axis::TITLE_HEIGHT + 22.0,
        right: room.right - 30.0,
        bottom: room.bottom - axis::LEVEL_HEIGHT,
    };
    let last = input.weeks.len().saturating_sub(1) as f64;
    let across = Scale::linear(-0.3, last + 0.3, panel.left, panel.right);
    let up = Scale::linear(0.0, 1.0, panel.bottom, panel.top);
    let ticks: Vec<Tick> = input
        .weeks
        .iter()
        .enumerate()
        .map(|(position, week)| Tick { value: position as f64, label: week.start.clone() })
        .collect();
    axis::upright(&mut sheet, panel, &up, &axis::percent_ticks(20), &input.measure);
    axis::level(&mut sheet, panel, &across, &ticks, "Week starting");
    let stops = |span: fn(&WeekPoint) -> Option<Span>| -> Vec<Stop> {
        let stop = |(position, week): (usize, &WeekPoint)| Stop {
            x: across.at(position as f64),
            value: known(week.kept).map(|kept| up.at(kept)),
            band: known_span(span(week)).map(|ends| (up.at(ends.low), up.at(ends.high))),
        };
        input.weeks.iter().enumerate().map(stop).collect()
    };
    let line = stops(|week| week.interval);
    if line.iter().all(|stop| stop.value.is_none()) {
        frame::nothing(&mut sheet, panel);
    }
    band::band(&mut sheet, &stops(|week| week.typical), theme::faint(colour, 0.16));
    band::band(&mut sheet, &line, theme::faint(colour, 0.45));
    if let Some(goal) = known(input.goal) {
        draw_goal(
            &mut sheet,
            panel,
            up.at(goal),
            &format!("goal {}", marked_goal(goal, input.own_goal)),
            &band::trace(&line),
        );
    }
    band::line(&mut sheet, &line, colour, 4.0, false);
    band::markers(&mut sheet, &line, band::Marker::Disc, colour, 7.0);
    sheet
}

/// Whether a band shows in any week: it needs two ends that differ.
fn is_drawn(input: &ByWeek, span: fn(&WeekPoint) -> Option<Span>) -> bool {
    input.weeks.iter().filter_map(|week| known_span(span(week))).any(|ends| ends.low < ends.high)
}

/// Draws the goal as a dashed line across the panel, its name where it covers least of the data.
pub(super) fn draw_goal(sheet: &mut Sheet, panel: Panel, y: f64, words: &str, data: &[Spot]) {
    sheet.dashed(vec![(panel.left, y), (panel.right, y)], theme::INK, 2.5);
    let letters = Letters::new(theme::LABEL, theme::INK).bold();
    let above = y - 12.0;
    let below = y + 12.0 + 0.74 * letters.size;
    let places = [
        ((panel.left + 14.0, above), letters),
        ((panel.right - 14.0, above), letters.end()),
        ((panel.left + 14.0, below), letters),
        ((panel.right - 14.0, below), letters.end()),
    ];
    // above a goal of 98 % stands the axis title, under a goal of 2 % the axis
    let inside = |(spot, letters): &(Spot, Letters)| {
        let print = letters.footprint(*spot, words);
        print.top >= panel.top - 6.0 && print.bottom <= panel.bottom
    };
    let places: Vec<_> = places.into_iter().filter(inside).collect();
    if places.is_empty() {
        return;
    }
    let (spot, letters) = places[legend::clearest(&places, words, data)];
    sheet.write_on_card(spot, words, letters);
}

#[cfg(test)]
mod tests {
    use super::super::sheet::Mark;
    use super::*;

    fn names(span: Option<Span>) -> usize {
        let week = WeekPoint { start: "2 Feb".into(), kept: Some(0.5), interval: None, typical: span };
        let sheet = layout(&ByWeek { weeks: vec![week], ..ByWeek::default() });
        let is_named =
            |mark: &Mark| matches!(mark, Mark::Words { words, .. } if words.starts_with("typical week"));
        sheet.marks.iter().filter(|mark| is_named(mark)).count()
    }

    #[test]
    fn the_legend_names_only_bands_that_are_drawn() {
        assert_eq!(names(Some(Span::new(0.2, 0.8))), 1);
        assert_eq!(names(Some(Span::new(0.5, 0.5))), 0, "a band without height is not seen");
        assert_eq!(names(None), 0);
    }
}
