//! A CSV table of the folder as a sheet of the workbook, number for number.

use super::table::{Cell, Kind, Measure, Place, Table};

/// Decimals shown of numbers that are not whole; the cell keeps all of them.
const DECIMALS: usize = 4;

/// The table as a sheet: columns in which every cell is a number are numbers, the others words.
pub(super) fn sheet(name: &str, bytes: &[u8]) -> Table {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let rows: Vec<csv::StringRecord> = reader.records().filter_map(Result::ok).collect();
    let mut table = Table::new(name, name).at(Place::Workbook);
    let Some((head, rows)) = rows.split_first() else { return table };
    let kind = |column: usize| {
        let cells = || rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty());
        let numbers: Option<Vec<f64>> = cells().map(|cell| cell.parse().ok()).collect();
        match numbers {
            Some(numbers) if !numbers.is_empty() => {
                let whole = numbers.iter().all(|number| number.fract() == 0.0);
                Kind::Figure(Measure::Number(if whole { 0 } else { DECIMALS }))
            }
            _ => Kind::Words,
        }
    };
    let kinds: Vec<Kind> = (0..head.len()).map(kind).collect();
    for (title, kind) in head.iter().zip(&kinds) {
        table = table.column(title, *kind);
    }
    for row in rows {
        let cell = |(text, kind): (&str, &Kind)| match kind {
            _ if text.is_empty() => Cell::Empty,
            Kind::Words => Cell::Words(text.to_owned()),
            _ => Cell::figure(text.parse().ok()),
        };
        table.row(false, row.iter().zip(&kinds).map(cell).collect());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_numbers_and_gaps_stay_gaps() {
        let table = sheet("Sizes", b"size,share,said\n4,0.25,yes\n5,,3\n");
        let kinds: Vec<Kind> = table.columns.iter().map(|column| column.kind).collect();
        let number = |decimals| Kind::Figure(Measure::Number(decimals));
        assert_eq!(kinds, [number(0), number(DECIMALS), Kind::Words]);
        assert_eq!(table.rows[0].cells, [Cell::Figure(4.0), Cell::Figure(0.25), Cell::Words("yes".into())]);
        assert_eq!(table.rows[1].cells, [Cell::Figure(5.0), Cell::Empty, Cell::Words("3".into())]);
    }
}
