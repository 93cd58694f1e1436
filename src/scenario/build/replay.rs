//! Real arrival stamps from a CSV file: read, sorted, placed on the horizon, counted.

use super::frame::{Frame, monday_of};
use super::stamp::{self, Skipped, stamp};
use super::view::{Desk, View};
use crate::model::{Replay, Resample, TierId};
use crate::scenario::problem::did_you_mean;
use crate::scenario::value::Complaint;
use crate::time::civil::Date;
use crate::time::{Instant, Zone};
use jiff::ToSpan;
use std::cmp::Ordering;

/// The largest file, bytes.
const LARGEST: u64 = 512 << 20;

/// Most stamps of one file: a trial cannot hold more leads.
const MOST_STAMPS: usize = 16_000_000;

/// Reads a replay.
pub(super) fn replay(desk: &mut Desk<'_>, view: &View<'_>, frame: &Frame) -> Option<Replay> {
    let file = view.text("file")?;
    let path = desk.folder.join(file);
    let bytes = match crate::scenario::read_at_most(&path, LARGEST) {
        Ok(bytes) => bytes,
        Err(error) => {
            let key = view.get("file")?;
            desk.report(
                &key,
                format!("cannot read {file}: {error}"),
                "the path counts from the scenario's own folder",
            );
            return None;
        }
    };
    let own_zone = view.zone("zone");
    // what is wrong in the file is shown where the file is named
    let named = View { node: view.node.get("file").unwrap_or(view.node), path: view.path.clone() };
    let mut rows = rows(desk, view, &named, file, &bytes, own_zone.as_ref())?;
    desk.files.push(bytes);
    rows.sort_by_key(|row| row.0);
    let zone = own_zone.unwrap_or_else(|| frame.zone().clone());
    let resample = match view.text("resample") {
        Some("day") => Resample::Day,
        Some("week") => Resample::Week,
        _ => Resample::AsIs,
    };
    if view.get("shift_to").is_some() && resample == Resample::AsIs {
        shift(&mut rows, &zone, frame);
    }
    count(desk, view, &named, file, &rows, frame, resample)?;
    let stamps: Vec<Instant> = rows.iter().map(|row| row.0).collect();
    let tiers = rows.iter().map(|row| row.1).collect();
    Some(Replay { days: days(&stamps, &zone), targets: targets(frame, &zone), stamps, tiers, resample })
}

/// The stamps of a file with their tiers.
type Rows = Vec<(Instant, Option<TierId>)>;

/// The columns of a file that are read, by place and name.
struct Columns<'a> {
    stamp: (usize, &'a str),
    tier: Option<(usize, &'a str)>,
    /// Columns in all; every line has a field for each.
    count: usize,
}

impl<'a> Columns<'a> {
    /// # Errors
    /// A column that is not there, and why it may not be; one that is there twice.
    fn find(view: &View<'a>, file: &str, headers: &csv::StringRecord) -> Result<Columns<'a>, Complaint> {
        let times = |name: &str| headers.iter().filter(|header| *header == name).count();
        let find = |name: &'a str| match headers.iter().position(|header| header == name) {
            Some(_) if times(name) > 1 => {
                let message = format!("{file} has {} columns `{name}`", times(name));
                Err(Complaint::new(message).help("rename all but one of them in its first line"))
            }
            Some(place) => Ok((place, name)),
            None => Err(Complaint::new(format!("{file} has no column `{name}`")).help(
                match &headers.iter().collect::<Vec<_>>()[..] {
                    [] => "the file is empty; write a line of column names, then one line a lead".to_string(),
                    [only] if only.contains([';', '\t']) => {
                        "its columns are not separated by commas; save it as CSV with commas".to_string()
                    }
                    _ => did_you_mean(name, headers.iter()),
                },
            )),
        };
        Ok(Columns {
            stamp: find(view.text("column").unwrap_or("created"))?,
            tier: view.text("tier_column").map(find).transpose()?,
            count: headers.len(),
        })
    }
}

/// Lines of a file that are told one by one; a file with more of them is wrong throughout.
const MOST_TOLD: usize = 10;

/// Reads every line; `None` with a problem for each line that is wrong, the first ten of them.
fn rows(
    desk: &mut Desk<'_>,
    view: &View<'_>,
    named: &View<'_>,
    file: &str,
    bytes: &[u8],
    zone: Option<&Zone>,
) -> Option<Rows> {
    // Spreadsheets put a byte-order mark in front.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let headers = reader.headers().map_err(|error| Complaint::new(format!("{file}: {error}")));
    let columns = match headers.and_then(|headers| Columns::find(view, file, headers)) {
        Ok(columns) => columns,
        Err(complaint) => {
            desk.complain(named, complaint);
            return None;
        }
    };
    let (mut rows, mut wrong_lines, mut skipped) = (Vec::new(), 0_usize, Skipped::default());
    for record in reader.records() {
        let complaints = match record {
            Ok(record) => match row(desk, file, &record, &columns, zone, &mut skipped) {
                Ok(row) if rows.len() < MOST_STAMPS => {
                    rows.push(row);
                    continue;
                }
                Ok(_) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    let more = format!("{file}, line {line}: more than {MOST_STAMPS} stamps");
                    desk.complain(
                        view,
                        Complaint::new(more).help("cut the file to the weeks that are played"),
                    );
                    return None;
                }
                Err(complaints) => complaints,
            },
            Err(error) => vec![unreadable(file, &error)],
        };
        wrong_lines += 1;
        if wrong_lines <= MOST_TOLD {
            complaints.into_iter().for_each(|complaint| desk.complain(named, complaint));
        }
    }
    if wrong_lines > MOST_TOLD {
        let more = wrong_lines - MOST_TOLD;
        let s = if more == 1 { "" } else { "s" };
        desk.complain(named, Complaint::new(format!("{file}: and {more} more line{s}")));
    } else if rows.is_empty() && wrong_lines == 0 {
        let none = Complaint::new(format!("{file} holds no stamps"));
        desk.complain(named, none.help("one line a lead, below a line of column names"));
    }
    desk.notes.extend(skipped.note(file, zone));
    (wrong_lines == 0 && !rows.is_empty()).then_some(rows)
}

/// A line with a field too many or too few: whatever follows the comma at fault stands in the wrong column.
///
/// # Errors
/// How many fields it has and should have.
fn whole(file: &str, line: u64, fields: usize, columns: usize) -> Result<(), Vec<Complaint>> {
    let s = if fields == 1 { "" } else { "s" };
    let message = format!("{file}, line {line} has {fields} field{s}, the header has {columns}");
    match fields.cmp(&columns) {
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(vec![
            Complaint::new(message).help("quote a field that holds a comma, as in \"hello, world\""),
        ]),
        Ordering::Less => Err(vec![
            Complaint::new(message)
                .help("write a comma for an empty field too, and see whether a quote is left open"),
        ]),
    }
}

/// One line.
///
/// # Errors
/// What is wrong with it: the number of its fields, or else the stamp, the tier, or both.
fn row(
    desk: &Desk<'_>,
    file: &str,
    record: &csv::StringRecord,
    columns: &Columns<'_>,
    zone: Option<&Zone>,
    skipped: &mut Skipped,
) -> Result<(Instant, Option<TierId>), Vec<Complaint>> {
    let line = record.position().map_or(0, csv::Position::line);
    whole(file, line, record.len(), columns.count)?;
    let mut complaints = Vec::new();
    let (place, name) = columns.stamp;
    let written = record.get(place).unwrap_or("");
    let stamp = stamp(written, zone).map(|(stamp, is_skipped)| {
        if is_skipped {
            skipped.add(line, written);
        }
        stamp
    });
    let stamp = stamp.map_err(|why| {
        let message = format!("{file}, line {line}, column `{name}`: \"{written}\" {why}");
        complaints.push(Complaint::new(message).help(stamp::FORMATS));
    });
    let mut of_tier = None;
    if let Some((place, name)) = columns.tier {
        let written = record.get(place).unwrap_or("");
        match tier(written, &desk.tiers) {
            Ok(tier) => of_tier = Some(tier),
            Err(help) if desk.sure_of_tiers => {
                let message = format!("{file}, line {line}, column `{name}`: there is no tier \"{written}\"");
                complaints.push(Complaint::new(message).help(help));
            }
            Err(_) => {}
        }
    }
    match stamp {
        Ok(stamp) if complaints.is_empty() => Ok((stamp, of_tier)),
        _ => Err(complaints),
    }
}

/// A line that is no text of columns.
fn unreadable(file: &str, error: &csv::Error) -> Complaint {
    match error.kind() {
        csv::ErrorKind::Utf8 { pos: Some(place), .. } => {
            Complaint::new(format!("{file}, line {}: is no UTF-8 text", place.line()))
                .help("save it as CSV with the encoding UTF-8")
        }
        _ => Complaint::new(format!("{file}: {error}")),
    }
}

fn tier(written: &str, tiers: &[String]) -> Result<TierId, String> {
    match tiers.iter().position(|tier| tier == written) {
        Some(index) => Ok(TierId(index as u8)),
        None => Err(did_you_mean(written, tiers.iter().map(String::as_str))),
    }
}

/// Moves the record by whole weeks so that its first week is the first of the run-in.
fn shift(rows: &mut [(Instant, Option<TierId>)], zone: &Zone, frame: &Frame) {
    let Some(first) = rows.first().map(|row| zone.local(row.0).date()) else { return };
    let opens = zone.local(frame.horizon.opens).date();
    let days = super::frame::days_between(monday_of(first), monday_of(opens));
    for row in rows {
        let local = zone.local(row.0);
        row.0 = zone.instant(local.saturating_add(days.days()));
    }
}

/// Says how many stamps fall into the horizon, and refuses a record of which none does.
fn count(
    desk: &mut Desk<'_>,
    view: &View<'_>,
    named: &View<'_>,
    file: &str,
    rows: &[(Instant, Option<TierId>)],
    frame: &Frame,
    resample: Resample,
) -> Option<()> {
    let horizon = &frame.horizon;
    let (first, last) =
        (horizon.zone.local(rows.first()?.0).date(), horizon.zone.local(rows.last()?.0).date());
    let range = format!("{first} to {last}");
    if resample == Resample::AsIs {
        return placed(desk, view, named, file, rows, frame, &range);
    }
    desk.notes.push(format!("{file}: {} stamps ({range}), resampled", rows.len()));
    if resample == Resample::Week && !has_whole_week(first, last) {
        let message = format!("{file} ({range}) holds no whole Monday week to resample");
        desk.report(named, message, "write resample = \"day\"");
        return None;
    }
    Some(())
}

/// A record played as it is: none of it in the horizon is an error, most of it outside of the run (run-in to run-out) a warning.
fn placed(
    desk: &mut Desk<'_>,
    view: &View<'_>,
    named: &View<'_>,
    file: &str,
    rows: &[(Instant, Option<TierId>)],
    frame: &Frame,
    range: &str,
) -> Option<()> {
    let horizon = &frame.horizon;
    let (start, end) = frame.days_judged();
    let judged = format!("{start} to {end}");
    let inside = rows.iter().filter(|row| horizon.contains(row.0)).count();
    let (opens, closes) = (horizon.opens, horizon.last());
    let played = rows.iter().filter(|row| opens <= row.0 && row.0 < closes).count();
    let total = rows.len();
    if !desk.sure_of_horizon {
        return Some(());
    }
    if inside == 0 {
        let message =
            format!("none of the {total} stamps of {file} ({range}) falls into the horizon ({judged})");
        desk.report(
            named,
            message,
            "see whether the years are right, move [horizon], or write shift_to = \"horizon\"",
        );
        return None;
    }
    desk.notes.push(format!("{file}: {inside} of {total} stamps ({range}) fall into the horizon"));
    gaps(desk, file, rows, frame);
    if 2 * played < total {
        let way_out = match view.get("shift_to") {
            Some(_) => "or write resample = \"week\"",
            None => "move [horizon], or write shift_to = \"horizon\" or resample = \"week\"",
        };
        let (first, last) = frame.days_played();
        desk.warnings.push(format!(
            "{file}: {} of {total} stamps ({range}) lie outside of the run ({first} to {last}, horizon {judged}) and are never played; see whether the years are right, {way_out} under {}",
            total - played,
            view.path
        ));
    }
    Some(())
}

/// Says where a record that is played as it is begins after the horizon, or the run-in, or ends before the horizon does.
fn gaps(desk: &mut Desk<'_>, file: &str, rows: &[(Instant, Option<TierId>)], frame: &Frame) {
    let horizon = &frame.horizon;
    let (Some((first, _)), Some((last, _))) = (rows.first(), rows.last()) else { return };
    let date = |at: Instant| horizon.zone.local(at).date();
    let (start, end) = frame.days_judged();
    let all = super::frame::days_between(start, end) + 1;
    let covered = super::frame::days_between(date(*first).max(start), date(*last).min(end)) + 1;
    if covered < all {
        desk.notes.push(format!(
            "{file} covers {covered} of the {all} days of the horizon ({start} to {end}); counts, rates and promises about months are too low"
        ));
    } else if horizon.opens < horizon.start && *first >= horizon.start {
        desk.notes.push(format!(
            "{file} has no stamp in the run-in ({} to {start}); the horizon begins with an empty desk and no follow-ups due",
            date(horizon.opens)
        ));
    }
}

fn has_whole_week(first: Date, last: Date) -> bool {
    let monday = if monday_of(first) == first { first } else { monday_of(first).saturating_add(7.days()) };
    monday.saturating_add(6.days()) <= last
}

/// The record's local days, those without stamps included.
fn days(stamps: &[Instant], zone: &Zone) -> Vec<(usize, Instant, u8)> {
    let (Some(first), Some(last)) = (stamps.first(), stamps.last()) else { return Vec::new() };
    let each = local_midnights(zone, zone.local(*first).date(), *last);
    each.into_iter()
        .map(|(midnight, weekday)| (stamps.partition_point(|stamp| *stamp < midnight), midnight, weekday))
        .collect()
}

/// The local days that a trial plays.
fn targets(frame: &Frame, zone: &Zone) -> Vec<(Instant, u8)> {
    local_midnights(zone, zone.local(frame.horizon.opens).date(), frame.horizon.last())
}

/// Midnights with weekdays from a date until an instant, inside.
fn local_midnights(zone: &Zone, from: Date, until: Instant) -> Vec<(Instant, u8)> {
    let mut list = Vec::new();
    let mut date = from;
    loop {
        let midnight = zone.instant(date.at(0, 0, 0, 0));
        if midnight > until {
            return list;
        }
        list.push((midnight, date.weekday().to_monday_zero_offset() as u8));
        match date.tomorrow() {
            Ok(next) => date = next,
            Err(_) => return list,
        }
    }
}
