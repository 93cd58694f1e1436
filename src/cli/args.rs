//! What the command line takes, word for word.

use super::{money, numbers, percent};
use crate::scenario::Set;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Tries a sales–marketing SLA on a simulated team before anybody signs it.
#[derive(Debug, Parser)]
#[command(name = "leadsim", version, arg_required_else_help = true, subcommand_required = true)]
#[command(after_help = "Start with: leadsim init, then leadsim run scenario.toml")]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Does the agreement hold, how sure is that, and what does it cost
    Run(Run),
    /// How the answer moves over one input, under several ways of working
    Sweep(Sweep),
    /// From a pipeline goal back to MQLs: how many reach it with what probability, with which team
    Volume(Box<Volume>),
    /// One lead's life, stamp by stamp
    Trace(Trace),
    /// Every value of a scenario: where it comes from and why
    Explain(Explain),
    /// The JSON Schema of scenario files, or of the estimates
    Schema(Schema),
    /// Writes a scenario to start from
    Init(Init),
}

/// The scenario and changes to it.
#[derive(Debug, Args)]
pub(super) struct ScenarioFile {
    /// The scenario file (TOML)
    pub file: PathBuf,
    /// Changes one value, for example --set team.reps.count=7; may be repeated
    #[arg(long, value_name = "PATH=VALUE", value_parser = Set::parse)]
    pub set: Vec<Set>,
}

/// Where results go.
#[derive(Debug, Args)]
pub(super) struct Output {
    /// Writes the output folder here [default: output/SCENARIO-HASH]
    #[arg(long, value_name = "DIR", conflicts_with = "no_out")]
    pub out: Option<PathBuf>,
    /// Writes no output folder
    #[arg(long)]
    pub no_out: bool,
    /// Replaces an output folder that holds another run
    #[arg(long)]
    pub force: bool,
}

/// How trials are played.
#[derive(Debug, Args)]
pub(super) struct Play {
    /// Seed of all chance: the same seed gives the same answer [default: the scenario's, else 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = numbers::from_zero)]
    pub seed: Option<u64>,
    /// Confidence level of all intervals
    #[arg(long, value_name = "SHARE", default_value = "0.95", value_parser = percent::level)]
    pub level: f64,
    /// Threads; the answer does not depend on it [default: all cores]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = numbers::threads)]
    pub threads: Option<u16>,
    /// No progress bar, and only the answer itself
    #[arg(long, short)]
    pub quiet: bool,
}

/// `leadsim run`
#[derive(Debug, Args)]
pub(super) struct Run {
    #[command(flatten)]
    pub scenario: ScenarioFile,
    /// Trials, each playing the whole horizon once [default: the scenario's, else 1000]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = numbers::trials)]
    pub trials: Option<u64>,
    /// Plays until the headline's interval is this narrow, ± percentage points: 0.5pp
    #[arg(long, value_name = "POINTS", conflicts_with = "trials", value_parser = percent::points)]
    pub precision: Option<f64>,
    /// With --precision: never more trials than this [default: 20000]
    #[arg(long, value_name = "N", requires = "precision", allow_negative_numbers = true, value_parser = numbers::trials)]
    pub at_most: Option<u64>,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Writes leads.csv: every lead of the first N trials with all its stamps
    #[arg(long, value_name = "N", conflicts_with = "no_out", allow_negative_numbers = true, value_parser = numbers::traced)]
    pub trace: Option<u32>,
    /// With --trace: writes events.csv as well, everything that happened
    #[arg(long, requires = "trace")]
    pub events: bool,
    /// Exits with 1 unless every commitment with a goal holds, and says on stderr which do not
    ///
    /// A commitment holds if its goal is reached in at least 90 % of trials, as the last column of the table says. One
    /// that nothing fell under (for example a monthly promise without a whole month) does not count.
    #[arg(long)]
    pub fail_if_missed: bool,
    #[command(flatten)]
    pub play: Play,
    #[command(flatten)]
    pub output: Output,
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Sentences and a table
    Text,
    /// One JSON document with every estimate
    Json,
}

/// `leadsim sweep`
#[derive(Debug, Args)]
pub(super) struct Sweep {
    #[command(flatten)]
    pub scenario: ScenarioFile,
    /// What to vary: team.reps.count=3..12, =3..12:3, or =3,6,9
    #[arg(long, value_name = "PATH=VALUES")]
    pub over: String,
    /// A way of working to draw as a line of its own beside the scenario as it is: "label: path=value, path=value"; may
    /// be repeated, and stands in for the levers of the scenario file, which are drawn where no --line is given
    #[arg(long, value_name = "LINE")]
    pub line: Vec<String>,
    /// Trials at each point; all points share their luck
    #[arg(long, value_name = "N", default_value_t = 400, allow_negative_numbers = true, value_parser = numbers::trials)]
    pub trials: u64,
    #[command(flatten)]
    pub play: Play,
    #[command(flatten)]
    pub output: Output,
}

/// `leadsim volume`
#[derive(Debug, Args)]
#[command(
    after_help = "Plain numbers: leadsim volume --goal 2M --amount 40k --rate 25%\nWith a team:   leadsim volume scenario.toml --goal 2M --reps 4..8"
)]
pub(super) struct Volume {
    /// The scenario file (TOML) whose team plays the volumes; leave it out to answer from plain numbers
    pub file: Option<PathBuf>,
    /// Changes one value of the scenario; may be repeated
    #[arg(long, value_name = "PATH=VALUE", value_parser = Set::parse, requires = "file")]
    pub set: Vec<Set>,
    /// Pipeline wanted a quarter: 2M, $2,000,000 [default: the scenario's pipeline_goal]
    #[arg(long, value_name = "DOLLARS", allow_negative_numbers = true, value_parser = money::money)]
    pub goal: Option<f64>,
    /// Mean amount of an opportunity [default: the template's $40K]
    #[arg(long, value_name = "DOLLARS", allow_negative_numbers = true, value_parser = money::money)]
    pub amount: Option<f64>,
    /// Spread of amounts, standard deviation over mean [default: the template's 0.8]
    #[arg(long, value_name = "CV", allow_negative_numbers = true, value_parser = money::variation)]
    pub amount_cv: Option<f64>,
    /// Opportunities an MQL: 25% or 0.25 [default: the template's plan, 20%]
    #[arg(long, value_name = "SHARE", allow_negative_numbers = true, value_parser = money::share)]
    pub rate: Option<f64>,
    /// On how many past MQLs the rate was counted, or "exactly" [default: one quarter's]
    #[arg(long, value_name = "MQLS", allow_negative_numbers = true, value_parser = money::rate_from)]
    pub rate_from: Option<money::RateFrom>,
    /// By how much the planned volume itself is off, beyond chance, standard deviation over mean [default: 0]
    #[arg(long, value_name = "CV", allow_negative_numbers = true, value_parser = money::variation)]
    pub volume_cv: Option<f64>,
    /// MQLs come exactly as planned, as from a list
    #[arg(long, conflicts_with = "volume_cv")]
    pub fixed_volume: bool,
    /// Probability with which the goal is to be reached
    #[arg(long, value_name = "SHARE", default_value = "0.9", allow_negative_numbers = true, value_parser = money::probability)]
    pub probability: f64,
    /// From MQL to what counts, which must come inside the quarter: "30 days" (median), "30..75 days" (median..90th percentile)
    #[arg(long, value_name = "TIME", allow_negative_numbers = true, value_parser = money::lag)]
    pub lag: Option<money::Lag>,
    /// Marketing's share of the bookings goal, which the pipeline covers [default, with a scenario: a third of the goal]
    #[arg(long, value_name = "DOLLARS", allow_negative_numbers = true, value_parser = money::money)]
    pub bookings: Option<f64>,
    /// Headcounts to play: 4..8, or 4,6,8 [default: around today's]
    #[arg(long, value_name = "COUNTS", requires = "file")]
    pub reps: Option<String>,
    /// The group whose size --reps varies, where the team has several
    #[arg(long, value_name = "GROUP", requires = "file")]
    pub team: Option<String>,
    /// Volumes to play, in times of today's: 0.5,1,2 or 0.5..3:0.5 [default: around what is needed]
    #[arg(long, value_name = "TIMES", requires = "file")]
    pub times: Option<String>,
    /// Trials at each volume and headcount; all share their luck
    #[arg(long, value_name = "N", default_value_t = 200, allow_negative_numbers = true, value_parser = numbers::trials)]
    pub trials: u64,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    pub play: Play,
    #[command(flatten)]
    pub output: Output,
}

/// `leadsim trace`
#[derive(Debug, Args)]
pub(super) struct Trace {
    #[command(flatten)]
    pub scenario: ScenarioFile,
    /// Which lead of the trial, from 1, as in leads.csv
    #[arg(long, value_name = "K", allow_negative_numbers = true, value_parser = numbers::lead)]
    pub lead: u32,
    /// Which trial, from 0, as in trials.csv
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = numbers::from_zero)]
    pub trial: u64,
    /// Seed of all chance [default: the scenario's, else 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = numbers::from_zero)]
    pub seed: Option<u64>,
}

/// `leadsim explain`
#[derive(Debug, Args)]
pub(super) struct Explain {
    #[command(flatten)]
    pub scenario: ScenarioFile,
}

/// `leadsim schema`
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Of which document
    #[arg(long, value_enum, default_value_t = Document::Scenario)]
    pub of: Document,
}

/// A document that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Document {
    /// Scenario files
    Scenario,
    /// What `run --format json` prints
    Estimates,
}

/// `leadsim init`
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Where to write it
    #[arg(default_value = "scenario.toml")]
    pub path: PathBuf,
    /// Replaces a file that is there
    #[arg(long)]
    pub force: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_coherent() {
        Arguments::command().debug_assert();
    }
}
