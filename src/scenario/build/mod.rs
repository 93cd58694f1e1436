//! The only door to a model: turns the checked and filled tree into a [`Model`], collecting every contradiction on the way.

mod agreement;
mod buyers;
mod cadence;
mod cover;
mod curves;
mod cycles;
mod frame;
mod leads;
mod leave;
mod meetings;
mod no_meetings;
mod order;
mod patience;
mod reach;
mod replay;
mod routing;
mod shifts;
mod sources;
mod stamp;
mod team;
mod titles;
mod uploads;
mod view;
mod work;
mod zones;

use super::problem::Problem;
use super::tree::Node;
use crate::model::Model;
use std::path::Path;
use view::{Desk, View};

/// A model with what was noticed while it was made.
pub(super) struct Built {
    pub(super) model: Model,
    /// Remarks that are no problem: how many stamps of a replay fall into the horizon.
    pub(super) notes: Vec<String>,
    /// What is probably a mistake, but may be meant.
    pub(super) warnings: Vec<String>,
    /// The bytes of every file that was read, for the hash.
    pub(super) files: Vec<Vec<u8>>,
}

/// Makes the model. `known` are problems already found: whatever follows from them is not told a second time.
///
/// # Errors
/// Every contradiction between values that are each well formed.
pub(super) fn build(
    tree: &Node,
    name: &str,
    folder: &Path,
    known: &[Problem],
) -> Result<Built, Vec<Problem>> {
    let mut desk = Desk::new(folder, known);
    desk.sure_of_tiers = !known.iter().any(|p| p.path.starts_with("tiers") || p.path.starts_with("sources"));
    desk.sure_of_horizon = !known.iter().any(|p| p.path.starts_with("horizon"));
    let model = assemble(&mut desk, tree, name);
    desk.notes.extend(zones::notes(tree));
    if desk.problems.is_empty() {
        Ok(Built { model, notes: desk.notes, warnings: desk.warnings, files: desk.files })
    } else {
        Err(desk.problems)
    }
}

/// The whole model. Whatever cannot be built gets a stand-in, so that everything after it is still checked; the problem on
/// the desk keeps such a model from being played.
fn assemble(desk: &mut Desk<'_>, tree: &Node, name: &str) -> Model {
    let root = View::root(tree);
    let frame = frame::frame(desk, &root);
    desk.tiers = leads::tier_names(desk, &root);
    let leads = leads::leads(desk, &root, &frame);
    let sources = sources::sources(desk, &root, &frame);
    let backlog = leads::backlog(desk, &root);
    let routing = routing::routing(desk, &root, &sources);
    let (groups, reps) = team::team(desk, &root, &frame);
    let work = work::work(desk, &root);
    let buyers = buyers::buyers(desk, &root, &leads);
    let agreement = agreement::agreement(desk, &root, &leads.segments);
    cover::nobody_owns(desk, &root, &groups, &routing, &buyers.recycling);
    reach::warn(desk, &agreement, &buyers.cadences, &leads);
    reach::warn_of_nobodys(desk, &agreement, &sources, &leads);
    frame::check_run_in(desk, &root, &frame, &buyers.cadences);
    let busyness = leads::busyness(&root);
    let name = root.text("title").unwrap_or(name).to_string();
    let horizon = frame.horizon;
    Model { backlog, name, horizon, leads, busyness, sources, routing, groups, reps, work, buyers, agreement }
}
