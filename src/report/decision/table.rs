//! A table with typed cells: the page writes them for reading, the workbook keeps them as numbers.

use super::Tone;
use crate::report::wording;

/// A table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Name of its sheet in the workbook, at most 31 letters.
    pub sheet: String,
    /// Heading on the page.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with one cell a column.
    pub rows: Vec<TableRow>,
    /// Where it stands.
    pub place: Place,
    /// Whether the page writes the words of the first column once, above the rows that share them.
    pub grouped: bool,
}

/// Where a table stands; the workbook has every table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Place {
    /// On the page, under the answer.
    #[default]
    Page,
    /// On the page, under the pictures.
    Below,
    /// On the page behind the pictures, closed until it is asked for; not printed.
    Folded,
    /// In the workbook only.
    Workbook,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TableRow {
    /// Whether it is a part of the row above.
    pub part: bool,
    /// One cell a column.
    pub cells: Vec<Cell>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its heading, with the unit where the cells do not say it.
    pub title: String,
    /// What its cells are.
    pub kind: Kind,
    /// Whether the page shows it; the workbook has every column.
    pub on_page: bool,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Words,
    /// One number.
    Figure(Measure),
    /// Two ends: one cell on the page, two columns in the workbook.
    Range(Measure),
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// A number with so many decimals.
    Number(usize),
    /// A share from 0 to 1, in per cent with so many decimals.
    Percent(usize),
    /// A difference with its sign and so many decimals.
    Signed(usize),
    /// Dollars in full: prices.
    Dollars,
    /// Dollars.
    Money,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words; in a column of numbers, why there is none.
    Words(String),
    /// Words that are good or bad news.
    Toned(String, Tone),
    /// A number.
    Figure(f64),
    /// A number with the star of what is not in the agreement.
    Starred(f64),
    /// Two ends.
    Range(f64, f64),
    /// Nothing.
    Empty,
}

impl Cell {
    /// A number, or nothing where it is missing or not finite.
    pub fn figure(value: Option<f64>) -> Cell {
        value.filter(|value| value.is_finite()).map_or(Cell::Empty, Cell::Figure)
    }

    /// Two ends, or nothing.
    pub fn range(ends: Option<(f64, f64)>) -> Cell {
        ends.filter(|(low, high)| low.is_finite() && high.is_finite())
            .map_or(Cell::Empty, |(low, high)| Cell::Range(low, high))
    }
}

impl Table {
    /// An empty table on the page; its sheet has the name given first.
    pub fn new(sheet: impl Into<String>, title: impl Into<String>) -> Table {
        Table { sheet: sheet.into(), title: title.into(), ..Table::default() }
    }

    /// With another column.
    #[must_use]
    pub fn column(mut self, title: impl Into<String>, kind: Kind) -> Table {
        self.columns.push(Column { title: title.into(), kind, on_page: true });
        self
    }

    /// With another column that only the workbook has.
    #[must_use]
    pub fn hidden(mut self, title: impl Into<String>, kind: Kind) -> Table {
        self.columns.push(Column { title: title.into(), kind, on_page: false });
        self
    }

    /// With the words of the first column once, above the rows that share them.
    #[must_use]
    pub fn grouped(mut self) -> Table {
        self.grouped = true;
        self
    }

    /// At another place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Table {
        self.place = place;
        self
    }

    /// Adds a row; missing cells at its end are empty.
    pub fn row(&mut self, part: bool, mut cells: Vec<Cell>) {
        debug_assert!(cells.len() <= self.columns.len(), "a cell without a column in {}", self.sheet);
        cells.resize(self.columns.len(), Cell::Empty);
        self.rows.push(TableRow { part, cells });
    }
}

/// Thousands with commas and so many decimals.
fn number(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) =
        text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let whole = whole.parse().map_or(whole.to_owned(), wording::thousands);
    let sign = if value < 0.0 && text.chars().any(|digit| ('1'..='9').contains(&digit)) { "−" } else { "" };
    rest.map_or(format!("{sign}{whole}"), |rest| format!("{sign}{whole}.{rest}"))
}

impl Measure {
    /// The number with its unit, as the page writes it.
    pub fn written(self, value: f64) -> String {
        match self {
            Measure::Number(decimals) => number(value, decimals),
            Measure::Signed(decimals) => {
                let text = number(value, decimals);
                // what rounds to nothing has no sign
                if value > 0.0 && text.contains(|digit: char| ('1'..='9').contains(&digit)) {
                    format!("+{text}")
                } else {
                    text
                }
            }
            Measure::Dollars => {
                let text = number(value, 0);
                text.strip_prefix('−').map_or(format!("${text}"), |size| format!("−${size}"))
            }
            Measure::Money => wording::money(value),
            Measure::Percent(_) => format!("{}\u{a0}%", self.bare(value)),
        }
    }

    /// Without the unit, for the lower end of a range.
    fn bare(self, value: f64) -> String {
        match self {
            Measure::Percent(0) => wording::whole_percent(value),
            Measure::Percent(1) => wording::percent(value),
            Measure::Percent(decimals) => number(value * 100.0, decimals),
            other => other.written(value),
        }
    }

    /// From low to high, the unit once; in words where a sign would meet the dash.
    pub fn range(self, (low, high): (f64, f64)) -> String {
        let (low, high) = (self.bare(low), self.written(high));
        let is_signed = |text: &str| text.starts_with(['−', '+', '<', '>']);
        let between = if is_signed(&low) || is_signed(&high) { " to " } else { "–" };
        format!("{low}{between}{high}")
    }
}

impl Kind {
    /// The cell as the page writes it.
    pub fn written(self, cell: &Cell) -> String {
        let measure = match self {
            Kind::Words => Measure::Number(0),
            Kind::Figure(measure) | Kind::Range(measure) => measure,
        };
        match cell {
            Cell::Words(words) | Cell::Toned(words, _) => words.clone(),
            Cell::Figure(value) => measure.written(*value),
            Cell::Starred(value) => format!("{}*", measure.written(*value)),
            Cell::Range(low, high) => measure.range((*low, *high)),
            Cell::Empty => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_written_with_their_units() {
        assert_eq!(Measure::Percent(1).written(0.649), "64.9\u{a0}%");
        assert_eq!(Measure::Percent(1).range((0.646, 0.652)), "64.6–65.2\u{a0}%");
        assert_eq!(Measure::Number(1).written(-1234.56), "−1,234.6");
        assert_eq!(Measure::Number(0).written(-0.2), "0");
        assert_eq!(Measure::Money.written(212_000.0), "$212K");
        assert_eq!(
            (Measure::Dollars.written(6_900.4), Measure::Dollars.written(-340.0)),
            ("$6,900".into(), "−$340".into())
        );
        assert_eq!([1.26, -0.04, 0.04].map(|by| Measure::Signed(1).written(by)), ["+1.3", "0.0", "0.0"]);
        assert_eq!(Measure::Signed(1).range((-2.8, -0.7)), "−2.8 to −0.7");
        assert_eq!(Kind::Figure(Measure::Percent(0)).written(&Cell::Starred(0.9)), "90\u{a0}%*");
    }
}
