//! The only door to a model: turns the checked and filled tree into a [`Model`], collecting every contradiction on the way.

mod agreement;
mod buyers;
mod curves;
mod frame;
mod leads;
mod leave;
mod meetings;
mod order;
mod patience;
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
    let mut desk = Desk::new(folder);
    desk.sure_of_tiers = !known.iter().any(|p| p.path.starts_with("tiers") || p.path.starts_with("sources"));
    let built = assemble(&mut desk, tree, name);
    desk.problems.retain(|problem| !known.iter().any(|other| related(&problem.path, &other.path)));
    match built {
        Some(model) if desk.problems.is_empty() => {
            Ok(Built { model, notes: desk.notes, warnings: desk.warnings, files: desk.files })
        }
        None if desk.problems.is_empty() && known.is_empty() => {
            Err(vec![Problem::of_file("this scenario cannot be built; please report it")])
        }
        _ => Err(desk.problems),
    }
}

/// Whether one path lies inside the other.
fn related(one: &str, other: &str) -> bool {
    let inside = |short: &str, long: &str| {
        long.strip_prefix(short)
            .is_some_and(|rest| short.is_empty() || rest.is_empty() || rest.starts_with('.'))
    };
    inside(one, other) || inside(other, one)
}

fn assemble(desk: &mut Desk<'_>, tree: &Node, name: &str) -> Option<Model> {
    let root = View::root(tree);
    let frame = frame::frame(desk, &root)?;
    desk.tiers = leads::tier_names(desk, &root);
    let leads = leads::leads(desk, &root, &frame);
    let sources = sources::sources(desk, &root, &frame);
    let backlog = leads::backlog(desk, &root);
    let routing = routing::routing(desk, &root, &sources);
    let (groups, reps) = team::team(desk, &root, &frame);
    let work = work::work(desk, &root);
    let buyers = buyers::buyers(desk, &root, &leads);
    let agreement = agreement::agreement(desk, &root, &leads.segments);
    frame::check_run_in(desk, &root, &frame, &buyers.cadence);
    let busyness = leads::busyness(&root);
    let name = root.text("title").unwrap_or(name).to_string();
    let horizon = frame.horizon;
    Some(Model {
        backlog,
        name,
        horizon,
        leads,
        busyness,
        sources,
        routing,
        groups,
        reps,
        work,
        buyers,
        agreement,
    })
}
