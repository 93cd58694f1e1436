//! Lists uploaded at once: on dates, or on a day of every month.

use super::frame::Frame;
use super::view::{Desk, View};
use crate::model::Upload;
use crate::random::Law;
use crate::scenario::kind::Unit;
use crate::scenario::value;
use crate::time::Zone;
use crate::time::civil::Date;
use jiff::ToSpan;

/// The uploads that fall between run-in and run-out.
pub(super) fn uploads(desk: &mut Desk<'_>, view: &View<'_>, frame: &Frame) -> Option<Vec<Upload>> {
    let zone = view.zone("zone").unwrap_or_else(|| frame.zone().clone());
    let sure_of_zone = view.get("zone").is_none() || view.zone("zone").is_some();
    let leads = view.law("leads", Unit::Count).unwrap_or(Law::ZERO);
    if let Some(key) = view.get("leads") {
        super::sources::refuse_a_flood(desk, &key, &leads);
    }
    let delay = view.law_or_zero("delay", Unit::Minutes);
    let mut uploads = match (view.get("at"), view.get("monthly")) {
        (Some(at), _) => dated(desk, &at, frame, &zone, sure_of_zone, &leads, &delay),
        (None, Some(_)) => monthly(view, frame, &zone, &leads, &delay)?,
        (None, None) => {
            desk.report_from(
                view,
                &["at", "monthly"],
                "nothing says when lists are uploaded",
                "write at = \"2026-02-12 15:00\" or monthly = \"2nd Thursday 15:00\"",
            );
            return None;
        }
    };
    uploads.sort_by_key(|upload| upload.at);
    Some(uploads)
}

fn dated(
    desk: &mut Desk<'_>,
    at: &View<'_>,
    frame: &Frame,
    zone: &Zone,
    sure_of_zone: bool,
    leads: &Law,
    delay: &Law,
) -> Vec<Upload> {
    let mut uploads = Vec::new();
    let horizon = &frame.horizon;
    for item in value::one_or_more(at.node) {
        let Ok(local) = value::date_time(item) else { continue };
        let instant = zone.instant(local);
        let item = View { node: item, path: at.path.clone() };
        if sure_of_zone && zone.skips(local) {
            let message = format!("the clocks of {} skip {}", zone.name(), local.strftime("%Y-%m-%d %H:%M"));
            let after = zone.local(instant).strftime("%Y-%m-%d %H:%M");
            desk.report(&item, message, format!("write \"{after}\", or a time before the skip"));
            continue;
        }
        if instant < horizon.opens || instant >= horizon.end {
            if desk.sure_of_horizon {
                outside(desk, &item, frame, "this upload", "a date");
            }
            continue;
        }
        uploads.push(Upload { at: instant, leads: leads.clone(), delay: delay.clone() });
    }
    uploads
}

/// Refuses what lies outside of run-in and horizon.
pub(super) fn outside(desk: &mut Desk<'_>, view: &View<'_>, frame: &Frame, what: &str, write: &str) {
    let (first, last) = frame.days_from_run_in();
    desk.report(
        view,
        format!("{what} lies outside the horizon and its run-in"),
        format!("write {write} from {first} to before {last}, or move the horizon"),
    );
}

fn monthly(view: &View<'_>, frame: &Frame, zone: &Zone, leads: &Law, delay: &Law) -> Option<Vec<Upload>> {
    let time = view.read("monthly", value::monthly_time)?;
    let clock = value::clock_time(time.minute)?;
    let horizon = &frame.horizon;
    let mut first: Date = zone.local(horizon.opens).date().first_of_month();
    let mut uploads = Vec::new();
    while zone.instant(first.at(0, 0, 0, 0)) < horizon.last() {
        let date = first.nth_weekday_of_month(time.nth, time.weekday).ok()?;
        let at = zone.instant(date.to_datetime(clock));
        if at >= horizon.opens && at < horizon.last() {
            uploads.push(Upload { at, leads: leads.clone(), delay: delay.clone() });
        }
        first = first.checked_add(1.month()).ok()?;
    }
    Some(uploads)
}
