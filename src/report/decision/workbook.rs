//! The workbook of a page: the answer first, then a sheet a table, with real numbers in their formats; words are never formulas.

use super::table::{Cell, Column, Kind, Measure, Table};
use super::{NOTHING_DRAWN, Page, ReportError};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// Longest name of a sheet that spreadsheets allow.
const LONGEST_NAME: usize = 31;
/// Widest column, in letters.
const WIDEST: usize = 60;
/// Longest text of a cell that spreadsheets allow.
const LONGEST_TEXT: usize = 32_767;

/// The formats that every sheet uses.
struct Formats {
    head: Format,
    words: Format,
    bold: Format,
}

impl Formats {
    fn new() -> Formats {
        Formats {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color("E3E7EC"),
            words: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            bold: Format::new().set_bold().set_font_size(14).set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

/// How a spreadsheet writes numbers of this kind; a star marks what is not in the agreement.
fn format_of(measure: Measure, starred: bool) -> Format {
    let decimals = |count: usize| if count == 0 { String::new() } else { format!(".{}", "0".repeat(count)) };
    let mut code = match measure {
        Measure::Number(count) => format!("#,##0{}", decimals(count)),
        Measure::Percent(count) => format!("0{}%", decimals(count)),
        Measure::Signed(count) => format!("+#,##0{0};-#,##0{0};0{0}", decimals(count)),
        Measure::Money | Measure::Dollars => "$#,##0".to_owned(),
    };
    if starred {
        code.push_str("\"*\"");
    }
    Format::new().set_num_format(code).set_align(FormatAlign::Top)
}

/// Words as they may stand in a cell.
fn fitting(words: &str) -> String {
    crate::report::plain(words).chars().take(LONGEST_TEXT).collect()
}

/// A name that a sheet may have and none before it has: no signs that mean something in a reference.
fn sheet_name(wanted: &str, taken: &[String]) -> String {
    let plain: String = wanted.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
    let cut = |text: &str, room: usize| text.trim().chars().take(room).collect::<String>().trim().to_owned();
    let first = cut(&plain, LONGEST_NAME);
    let first = if first.is_empty() { "Table".to_owned() } else { first };
    let is_taken = |name: &String| taken.iter().any(|other| other.eq_ignore_ascii_case(name));
    let numbered = (2..).map(|number| format!("{} {number}", cut(&first, LONGEST_NAME - 5)));
    std::iter::once(first.clone()).chain(numbered).find(|name| !is_taken(name)).unwrap_or(first)
}

/// Columns of a sheet: a range takes two, its low and its high end.
fn heads(columns: &[Column]) -> Vec<String> {
    let each = |column: &Column| match column.kind {
        Kind::Range(_) => vec![format!("{}, low", column.title), format!("{}, high", column.title)],
        _ => vec![column.title.clone()],
    };
    columns.iter().flat_map(each).collect()
}

fn write_cell(
    sheet: &mut Worksheet,
    at: (u32, u16),
    kind: Kind,
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let (row, column) = at;
    let measure = match kind {
        Kind::Words => Measure::Number(0),
        Kind::Figure(measure) | Kind::Range(measure) => measure,
    };
    match cell {
        Cell::Words(words) | Cell::Toned(words, _) => {
            // always as a string: "=cmd()" in a scenario's name stays words
            sheet.write_string_with_format(row, column, fitting(words), &formats.words)?;
        }
        Cell::Figure(value) | Cell::Starred(value) if value.is_finite() => {
            let format = format_of(measure, matches!(cell, Cell::Starred(_)));
            sheet.write_number_with_format(row, column, *value, &format)?;
        }
        Cell::Range(low, high) => {
            let format = format_of(measure, false);
            for (end, at) in [(low, column), (high, column + 1)] {
                if end.is_finite() {
                    sheet.write_number_with_format(row, at, *end, &format)?;
                }
            }
        }
        Cell::Figure(_) | Cell::Starred(_) | Cell::Empty => {}
    }
    Ok(())
}

/// How wide the columns are: as their words need, up to a limit.
fn widths(table: &Table) -> Vec<f64> {
    let longest = |place: usize, column: &Column| {
        let cells = table.rows.iter().map(|row| column.kind.written(&row.cells[place]).chars().count());
        cells.max().unwrap_or(0)
    };
    let mut widths = Vec::new();
    for (place, column) in table.columns.iter().enumerate() {
        // headings wrap, so that their words count and not their whole length
        let head = column.title.split(' ').map(|word| word.chars().count()).max().unwrap_or(0).max(8);
        let wide = longest(place, column).max(head).min(WIDEST) as f64 + 2.0;
        match column.kind {
            Kind::Range(_) => widths.extend([(wide / 2.0).max(10.0); 2]),
            _ => widths.push(wide),
        }
    }
    widths
}

fn fill(sheet: &mut Worksheet, table: &Table, formats: &Formats) -> Result<(), XlsxError> {
    let heads = heads(&table.columns);
    for (column, head) in heads.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, fitting(head), &formats.head)?;
    }
    for (row, its) in table.rows.iter().enumerate() {
        let mut column = 0;
        for (cell, of) in its.cells.iter().zip(&table.columns) {
            write_cell(sheet, (row as u32 + 1, column), of.kind, cell, formats)?;
            column += if matches!(of.kind, Kind::Range(_)) { 2 } else { 1 };
        }
    }
    for (column, wide) in widths(table).into_iter().enumerate() {
        sheet.set_column_width(column as u16, wide)?;
    }
    let last = heads.len().saturating_sub(1) as u16;
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, table.rows.len() as u32, last)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

/// The first sheet: the answer in words, then what makes the report again.
fn answer(sheet: &mut Worksheet, page: &Page, formats: &Formats) -> Result<(), XlsxError> {
    let foot = &page.foot;
    let mut lines: Vec<(String, String)> = vec![("Question".into(), page.question.clone())];
    lines.extend(page.caveats.iter().map(|caveat| ("Caveat".into(), caveat.clone())));
    let first = lines.len();
    let word = if page.answer.word.is_empty() { "Answer" } else { &page.answer.word };
    lines.push((word.into(), page.answer.sentences.replace(" \n", "\n")));
    lines.extend(page.paragraphs.iter().map(|said| (said.word.clone(), said.sentences.replace(" \n", "\n"))));
    lines.extend(page.notes.iter().map(|note| ("Note".into(), note.clone())));
    lines.extend(page.methods.iter().map(|method| ("Method".into(), method.clone())));
    lines.push(("What was simulated".into(), page.heading.clone()));
    let drawn = |words: String| if foot.is_drawn() { words } else { NOTHING_DRAWN.to_owned() };
    for (name, words) in [
        ("Scenario", foot.scenario.clone()),
        ("Scenario hash", foot.scenario_hash.clone()),
        ("Seed", drawn(foot.seed.to_string())),
        ("Trials", drawn(foot.trials.to_string())),
        ("Confidence level", foot.level.clone()),
        ("leadsim", foot.leadsim.clone()),
    ] {
        lines.push((name.into(), words));
    }
    for (row, (name, words)) in lines.iter().enumerate() {
        let format = if row == first { &formats.bold } else { &formats.words };
        sheet.write_string_with_format(row as u32, 0, fitting(name), format)?;
        sheet.write_string_with_format(row as u32, 1, fitting(words), format)?;
    }
    sheet.set_column_width(0, 20)?;
    sheet.set_column_width(1, 100)?;
    Ok(())
}

fn inputs(page: &Page) -> Table {
    let mut table = Table::new("Inputs", page.inputs_are.clone())
        .column("input", Kind::Words)
        .column("value", Kind::Words)
        .column("from", Kind::Words);
    for input in &page.inputs {
        let cells = [&input.path, &input.value, &input.origin].map(|words| Cell::Words(words.clone()));
        table.row(false, cells.to_vec());
    }
    table
}

fn written(page: &Page) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // the same page gives the same bytes, so no clock is read: the date is that of no day in particular
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let made_by = DocProperties::new().set_title(fitting(&page.foot.scenario)).set_author("leadsim");
    workbook.set_properties(&made_by.set_creation_datetime(&day));
    let formats = Formats::new();
    let mut names = vec!["Answer".to_owned()];
    answer(workbook.add_worksheet().set_name("Answer")?, page, &formats)?;
    let inputs = inputs(page);
    let own = (!page.inputs.is_empty()).then_some(&inputs);
    for table in page.tables.iter().chain(own) {
        let name = sheet_name(&table.sheet, &names);
        fill(workbook.add_worksheet().set_name(&name)?, table, &formats)?;
        names.push(name);
    }
    workbook.save_to_buffer()
}

/// The workbook as the bytes of an .xlsx file; the same page gives the same bytes.
///
/// # Errors
///
/// [`ReportError::Workbook`] when the library refuses.
pub fn workbook(page: &Page) -> Result<Vec<u8>, ReportError> {
    written(page).map_err(|error| ReportError::Workbook(error.to_string()))
}
