//! `--stratified`: busy and quiet days shared out evenly among the trials of each block, where there is busyness to share.

use super::failure::Failure;
use super::remark;
use crate::model::Model;
use crate::report::thousands;
use crate::study::FEWEST_BLOCKS;
use crate::trial::STRATA;

/// Fewest trials of a run whose busyness is shared out.
pub(super) const FEWEST: u64 = FEWEST_BLOCKS * STRATA;

/// Whether busyness is to be shared out: asked for, and there in one of the models at least.
pub(super) fn wanted<'m>(asked: bool, quiet: bool, mut models: impl Iterator<Item = &'m Model>) -> bool {
    let has_busyness = !asked || models.any(Model::has_busyness);
    if !has_busyness && !quiet {
        remark(
            "note: no source of this scenario follows a busyness of days or weeks, so there is nothing for --stratified to share out; \
             trials are played as without it",
        );
    }
    asked && has_busyness
}

/// Blocks are whole, and enough of them to tell how sure a figure is.
///
/// # Errors
///
/// The numbers of trials next to this one that are.
pub(super) fn refuse_broken_blocks(option: &str, trials: u64) -> Result<(), Failure> {
    if trials >= FEWEST && trials.is_multiple_of(STRATA) {
        return Ok(());
    }
    let next = trials.next_multiple_of(STRATA).max(FEWEST);
    Err(Failure::Argument(format!(
        "--stratified plays whole blocks of {STRATA} trials, {FEWEST_BLOCKS} blocks at least, and {} trials are not\n  \
         write {option} {next}, or leave out --stratified",
        thousands(trials)
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_blocks_pass_and_the_way_out_does() {
        for trials in [FEWEST, 1_000, 20_000] {
            assert!(refuse_broken_blocks("--trials", trials).is_ok());
        }
        for (trials, way_out) in [(0, 400), (100, 400), (399, 400), (401, 420), (1_010, 1_020)] {
            let told = refuse_broken_blocks("--trials", trials).unwrap_err().to_string();
            assert!(told.contains(&format!("write --trials {way_out},")), "{told}");
            assert!(refuse_broken_blocks("--trials", way_out).is_ok());
        }
    }
}
