//! The page as plain text of at most 100 columns, with colours that the surface keeps or strips.

use super::rows::Row;
use super::sheet::Sheet;
use super::verdict::Verdict;
use super::wording::{JOINT, goal, percent, percent_range, plain, whole_percent};
use crate::plan::curves::{Difference, OtherCurve};
use crate::stats::FEWEST_TRIALS_FOR_AN_INTERVAL;
use anstyle::{AnsiColor, Style};

/// Widest line.
pub const COLUMNS: usize = 100;
/// Where sentences begin.
const INDENT: usize = 5;
/// Longest id of a commitment that is shown whole.
const LONGEST_ID: usize = 12;

const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

fn colour(verdict: Option<Verdict>) -> Style {
    match verdict {
        Some(Verdict::Holds) => AnsiColor::Green.on_default(),
        Some(Verdict::Misses) => AnsiColor::Red.on_default(),
        Some(_) => AnsiColor::Yellow.on_default(),
        None => Style::new(),
    }
}

fn painted(text: &str, style: Style) -> String {
    if style == Style::new() { text.to_owned() } else { format!("{style}{text}{style:#}") }
}

/// The page without its foot, styled with terminal escapes; [`foot`] is the last lines.
pub fn page(sheet: &Sheet) -> String {
    let mut text = String::new();
    if let Some(caveat) = &sheet.caveat {
        text.push_str(&painted(&plain(caveat), AnsiColor::Yellow.on_default().bold()));
        text.push('\n');
    }
    for line in wrapped(&sheet.heading, COLUMNS) {
        text.push_str(&painted(&line, BOLD));
        text.push('\n');
    }
    text.push('\n');
    for (word, style, sentences) in [
        (sheet.answer.0, answer_style(sheet), &sheet.answer.1),
        ("WHY", BOLD, &sheet.why),
        ("PAY", BOLD, &sheet.pay),
        ("DOUBT", BOLD, &sheet.doubt),
    ] {
        // a page says nothing of what the scenario leaves out
        if !sentences.is_empty() {
            text.push_str(&paragraph(word, style, sentences));
        }
    }
    text.push_str(&flattery(sheet));
    if !sheet.rows.is_empty() {
        text.push('\n');
        text.push_str(&table(sheet));
    }
    for note in &sheet.notes {
        for line in wrapped(note, COLUMNS) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    if !sheet.doubt_rows.is_empty() {
        text.push('\n');
        text.push_str(&columns(&sheet.doubt_rows, 1));
        text.push_str(&faint_line(&sheet.doubt_foot));
    }
    text
}

/// What only the written summary says: what was expected before the run, and what the other decay curve needs to be possible.
pub fn beside(expect: Option<&str>, other: Option<&OtherCurve>) -> String {
    let mut text = String::new();
    if let Some(expect) = expect {
        text.push_str(&paragraph("EXPECTED", BOLD, expect));
    }
    if let Some(OtherCurve::Played(difference)) = other
        && let Difference { curve, moved_to_contact: Some(share), .. } = difference.as_ref()
    {
        text.push_str(&faint_line(&format!(
            "The \"{curve}\" curve is possible here only with {}{JOINT}% of its effect on contact.",
            whole_percent(*share)
        )));
    }
    text
}

/// Only the answer, for a quiet run.
pub fn answer(sheet: &Sheet) -> String {
    let caveat = sheet.caveat.as_ref().map_or(String::new(), |caveat| format!("{}\n", plain(caveat)));
    let doubt = match sheet.doubt.is_empty() {
        true => String::new(),
        false => paragraph("DOUBT", BOLD, &sheet.doubt),
    };
    format!(
        "{caveat}{}{doubt}{}",
        paragraph(sheet.answer.0, answer_style(sheet), &sheet.answer.1),
        flattery(sheet)
    )
}

fn flattery(sheet: &Sheet) -> String {
    sheet
        .flattery
        .map_or(String::new(), |words| paragraph("NOTE", AnsiColor::Yellow.on_default().bold(), words))
}

fn answer_style(sheet: &Sheet) -> Style {
    let headline = sheet.rows.iter().find(|row| row.verdict.map(Verdict::answer) == Some(sheet.answer.0));
    colour(headline.and_then(|row| row.verdict)).bold()
}

/// A line of small print.
pub fn faint_line(words: &str) -> String {
    wrapped(words, COLUMNS).iter().map(|line| painted(line, FAINT) + "\n").collect()
}

/// The last lines: whose goals the starred ones are, and how the numbers came about; `more` is what the surface knows.
pub fn foot(sheet: &Sheet, more: &[String]) -> String {
    let mut parts = Vec::new();
    if sheet.has_own_goal {
        parts.push("* not in your agreement".to_owned());
    }
    parts.push(format!("typical: 8 of 10 {}", sheet.trial.many));
    let kept = sheet.rows.iter().filter(|row| !row.monthly).filter_map(|row| row.kept);
    if kept.into_iter().any(|kept| kept.shown().is_none() && kept.trials < FEWEST_TRIALS_FOR_AN_INTERVAL) {
        parts.push(format!("intervals need {FEWEST_TRIALS_FOR_AN_INTERVAL} {}", sheet.trial.many));
    }
    parts.push(sheet.foot.clone());
    parts.extend_from_slice(more);
    faint_line(&parts.join(" · "))
}

/// A word in the margin and sentences beside it.
fn paragraph(word: &str, style: Style, sentences: &str) -> String {
    let mut text = String::new();
    let mut first = word.len() + 2;
    let mut line = String::new();
    let mut column = first.max(INDENT);
    let mut lines: Vec<String> = Vec::new();
    for piece in sentences.split(' ').filter(|piece| !piece.is_empty()) {
        let (piece, starts_anew) = piece.strip_prefix('\n').map_or((piece, false), |rest| (rest, true));
        let width = piece.chars().count();
        if !line.is_empty() && (starts_anew || column + 1 + width > COLUMNS) {
            lines.push(std::mem::take(&mut line));
            column = INDENT;
        }
        if !line.is_empty() {
            line.push(' ');
            column += 1;
        }
        line.push_str(piece);
        column += width;
    }
    lines.push(line);
    first = first.max(INDENT);
    for (place, line) in lines.iter().enumerate() {
        let margin = if place == 0 {
            format!("{}{}", painted(word, style), " ".repeat(first - word.len()))
        } else {
            " ".repeat(INDENT)
        };
        text.push_str(&format!("{margin}{}\n", plain(line)));
    }
    text
}

/// Lines of at most so many columns, broken at spaces; later lines are indented.
pub fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in text.split(' ').filter(|piece| !piece.is_empty()) {
        let line = lines.last_mut().expect("one line is there from the start");
        let used = line.chars().count();
        if used > 0 && used + 1 + piece.chars().count() > columns {
            lines.push(format!("  {piece}"));
        } else {
            if used > 0 {
                line.push(' ');
            }
            line.push_str(piece);
        }
    }
    lines.iter().map(|line| plain(line)).collect()
}

/// The text, cut with an ellipsis where it is too long.
fn fitted(text: &str, columns: usize) -> String {
    if text.chars().count() <= columns {
        return text.to_owned();
    }
    text.chars().take(columns - 1).chain(['…']).collect()
}

/// Text in a column of this width, as seen (not in bytes).
fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.chars().count())))
}

fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.chars().count())))
}

/// Rows in columns as wide as their widest cell, closer together where the page is too narrow; the first `texts` columns stand left, the
/// others right.
pub(super) fn columns(rows: &[Vec<String>], texts: usize) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |place: usize| {
        rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    let gap = if widths.iter().sum::<usize>() + 3 * count.saturating_sub(1) > COLUMNS { "  " } else { "   " };
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(
                |(place, (cell, width))| if place < texts { left(cell, *width) } else { right(cell, *width) },
            )
            .collect();
        text.push_str(plain(&cells.join(gap)).trim_end());
        text.push('\n');
    }
    text
}

/// Widths of the columns behind the titles: goal, kept, its interval, trials kept, verdict.
const GOAL: usize = 7;
const KEPT: usize = 6;
const INTERVAL: usize = 11;
const HOLDS: usize = 6;
const VERDICT: usize = 13;

/// Narrowest and widest column of typical ranges.
const TYPICAL: (usize, usize) = (17, 30);

/// Widths of the columns that take what their words need, as far as the page has room.
#[derive(Clone, Copy)]
struct Widths {
    ids: usize,
    titles: usize,
    typical: usize,
}

fn widths(rows: &[Row]) -> Widths {
    let longest = |text: &dyn Fn(&Row) -> usize| rows.iter().map(text).max().unwrap_or(0);
    let ids = longest(&|row| row.id.chars().count()).clamp(2, LONGEST_ID) + 2;
    let typical = (longest(&|row| shown_typical(row).chars().count()) + 1).clamp(TYPICAL.0, TYPICAL.1);
    let room = COLUMNS - ids - GOAL - KEPT - INTERVAL - typical - HOLDS - VERDICT;
    // a part has no goal of its own, so its title may go on where goals stand
    let needed = |row: &Row| shown_title(row).chars().count().saturating_sub(if row.part { GOAL } else { 0 });
    let titles = (longest(&needed) + 2).clamp(12, room);
    Widths { ids, titles, typical }
}

fn table(sheet: &Sheet) -> String {
    let widths = widths(&sheet.rows);
    let interval = format!("{}{JOINT}% CI", trimmed(sheet.level));
    let typical = format!("TYPICAL {}", sheet.trial.short.to_uppercase());
    let head = format!(
        "{}{}{}{}{}{}S KEPT",
        left("COMMITMENT", widths.ids + widths.titles),
        left("GOAL", GOAL),
        left("KEPT", KEPT),
        left(&interval, INTERVAL),
        left(&typical, widths.typical),
        sheet.trial.short.to_uppercase()
    );
    let mut text = painted(&plain(&head), BOLD) + "\n";
    for row in &sheet.rows {
        text.push_str(&line(row, widths));
        text.push('\n');
    }
    text
}

fn trimmed(level: f64) -> String {
    format!("{}", (level * 1e6).round() / 1e4)
}

fn shown_title(row: &Row) -> String {
    if row.part { format!("  {}", row.title) } else { row.title.clone() }
}

fn shown_typical(row: &Row) -> String {
    match (&row.typical_text, row.typical) {
        (Some(text), _) => text.clone(),
        (None, Some(range)) if !row.monthly => percent_range(range),
        _ => String::new(),
    }
}

/// Where a title is too long for its column, what goes on the lines below; the first part, and the rest.
fn broken(title: &str, room: usize) -> (String, Vec<String>) {
    let lead = title.len() - title.trim_start().len();
    let lines = wrapped(title.trim_start(), room - lead);
    let first = format!("{}{}", " ".repeat(lead), lines[0]);
    (fitted(&first, room), lines[1..].iter().map(|line| fitted(line, room)).collect())
}

fn line(row: &Row, Widths { ids, titles, typical }: Widths) -> String {
    let goal_text = match row.goal {
        Some(goal) if row.monthly && goal.share >= 1.0 => "each".to_owned(),
        Some(its) => format!("{}{}", goal(its.share), if its.stated { "" } else { "*" }),
        None => String::new(),
    };
    let kept = match row.kept {
        None if row.monthly => left("no whole month", KEPT + INTERVAL),
        None => left("no leads", KEPT + INTERVAL),
        Some(kept) if row.monthly => {
            left(&format!("{}{JOINT}% of months", whole_percent(kept.value)), KEPT + INTERVAL)
        }
        Some(kept) => {
            let ends = kept.shown().map_or("–".to_owned(), |(low, high)| interval(low, high));
            format!("{}{}", left(&percent(kept.value), KEPT), left(&ends, INTERVAL))
        }
    };
    let holds = row.holds.map_or(String::new(), |holds| format!("{}{JOINT}%", whole_percent(holds.value)));
    let style = if row.part { FAINT } else { Style::new() };
    let width = if row.part { titles + GOAL } else { titles };
    let (title, below) = broken(&shown_title(row), width - 2);
    let titled = if row.part {
        left(&title, width)
    } else {
        format!("{}{}", left(&title, width), left(&goal_text, GOAL))
    };
    let facts = format!(
        "{}{titled}{kept}{}{}",
        left(&shortened(&row.id), ids),
        left(&fitted(&shown_typical(row), typical - 1), typical),
        right(&holds, HOLDS)
    );
    let verdict =
        row.verdict.map_or(String::new(), |v| format!("  {}", painted(v.marked(), colour(Some(v)))));
    let below: String = below.iter().map(|more| format!("\n{}{more}", " ".repeat(ids))).collect();
    format!("{}{verdict}{}", painted(plain(&facts).trim_end(), style), painted(&plain(&below), style))
}

/// A name cut in its middle where it is too long: names of a kind often differ at their end only.
fn shortened(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= LONGEST_ID {
        return name.to_owned();
    }
    let (head, tail) = (LONGEST_ID / 2, (LONGEST_ID - 1) / 2);
    letters[..head].iter().chain(&['…']).chain(&letters[letters.len() - tail..]).collect()
}

/// An interval in per cent with one decimal: "63.7–64.4".
fn interval(low: f64, high: f64) -> String {
    format!("{:.1}–{:.1}", low * 100.0, high * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_stay_inside_the_page() {
        let words = "word ".repeat(80);
        let text = paragraph("COIN FLIP", Style::new(), &words);
        assert!(text.lines().all(|line| line.chars().count() <= COLUMNS), "{text}");
        assert!(text.starts_with("COIN FLIP  word"));
        assert_eq!(text.split_whitespace().count(), 82);
        assert!(wrapped(&words, 40).iter().all(|line| line.chars().count() <= 40));
    }

    #[test]
    fn a_number_keeps_its_unit() {
        let text = format!("{} 64\u{a0}%", "x".repeat(95));
        assert!(paragraph("NO", Style::new(), &text).contains("\n     64 %"));
    }
}
