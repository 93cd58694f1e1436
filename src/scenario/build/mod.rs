//! The only door to a model: turns the checked and filled tree into a [`Model`], collecting every contradiction on the way.

mod agreement;
mod buyers;
mod curves;
mod frame;
mod leads;
mod meetings;
mod order;
mod replay;
mod routing;
mod shifts;
mod sources;
mod team;
mod uploads;
mod view;
mod work;

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
    /// The bytes of every file that was read, for the hash.
    pub(super) files: Vec<Vec<u8>>,
}

/// Makes the model.
///
/// # Errors
/// Every contradiction between values that are each well formed.
pub(super) fn build(tree: &Node, name: &str, folder: &Path) -> Result<Built, Vec<Problem>> {
    let mut desk = Desk::new(folder);
    let root = View::root(tree);
    let Some(frame) = frame::frame(&mut desk, &root) else { return Err(desk.problems) };
    desk.tiers = leads::tier_names(&mut desk, &root);
    let leads = leads::leads(&mut desk, &root, &frame);
    let sources = sources::sources(&mut desk, &root, &frame);
    let routing = routing::routing(&mut desk, &root, &sources);
    let (groups, reps) = team::team(&mut desk, &root, &frame);
    let work = work::work(&mut desk, &root);
    let buyers = buyers::buyers(&mut desk, &root, &leads);
    let agreement = agreement::agreement(&mut desk, &root);
    frame::check_run_in(&mut desk, &root, &frame, &buyers.cadence);
    if !desk.problems.is_empty() {
        return Err(desk.problems);
    }
    let busyness = leads::busyness(&root);
    let name = root.text("title").unwrap_or(name).to_string();
    let model = Model {
        backlog: Vec::new(),
        name,
        horizon: frame.horizon,
        leads,
        busyness,
        sources,
        routing,
        groups,
        reps,
        work,
        buyers,
        agreement,
    };
    Ok(Built { model, notes: desk.notes, files: desk.files })
}
