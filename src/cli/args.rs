//! What the command line takes, word for word.

use super::{money, numbers, percent};
use crate::scenario::Set;
use clap::builder::TypedValueParser;
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
    /// The smallest team for which promises hold with a wanted probability
    Size(SizeOf),
    /// The cheapest changes with which promises hold with a wanted probability
    Fix(FixOf),
    /// The tightest minutes per tier this team can sign, at several certainties
    Promise(PromiseOf),
    /// Which assumption decides: every guessed input at its low and its high end
    Sensitivity(SensitivityOf),
    /// At what volume, absence or burst the agreement breaks
    Stress(StressOf),
    /// Which of several scenarios is better, by how much, on the same leads
    Compare(Compare),
    /// From a pipeline goal back to MQLs: how many reach it with what probability, with which team
    Volume(Box<Volume>),
    /// Which constraint binds: each taken away alone, and its fair share of the whole, on the same leads
    Why(WhyOf),
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

/// Whether busyness is shared out among trials.
#[derive(Debug, Args)]
pub(super) struct Sharing {
    /// Shares out busy and quiet days evenly among every 20 trials: the same answers from fewer trials
    ///
    /// Trials then come in whole blocks of 20, at least 400 of them, and every interval is made from the totals of blocks, which are
    /// independent of each other. Where no source follows a busyness there is nothing to share out. How much it saves: docs/METHOD.md.
    #[arg(long)]
    pub stratified: bool,
}

/// `leadsim run`
#[derive(Debug, Args)]
pub(super) struct Run {
    #[command(flatten)]
    pub scenario: ScenarioFile,
    #[command(flatten)]
    pub sharing: Sharing,
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
    #[command(flatten)]
    pub sharing: Sharing,
    /// What to vary: team.reps.count=3..12, =3..12:3, or =3,6,9; given twice, every value of one with every value of the other, as a map
    #[arg(long, value_name = "PATH=VALUES", required = true)]
    pub over: Vec<String>,
    /// A way of working to draw as a line of its own beside the scenario as it is: "label: path=value, path=value"; may
    /// be repeated
    #[arg(long, value_name = "LINE")]
    pub line: Vec<String>,
    /// Draws every lever of the scenario file as a line of its own beside the scenario as it is
    #[arg(long, conflicts_with = "line")]
    pub levers: bool,
    /// Trials at each point; all points share their luck [default: 100 or more, until the share of leads kept is known to ±1 point
    /// and the share of quarters to ±3]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = numbers::trials)]
    pub trials: Option<u64>,
    /// Without --trials: never more than this at one point
    #[arg(long, value_name = "N", default_value_t = 1200, conflicts_with = "trials", allow_negative_numbers = true, value_parser = numbers::trials)]
    pub at_most: u64,
    #[command(flatten)]
    pub play: Play,
    #[command(flatten)]
    pub output: Output,
}

/// `leadsim size`
#[derive(Debug, Args)]
pub(super) struct SizeOf {
    #[command(flatten)]
    pub scenario: ScenarioFile,
    /// What makes the team larger, from the smallest on: team.reps.count=1..18, or shifts and covers one by one [default: the
    /// number of reps, up to three times today's]
    #[arg(long, value_name = "PATH=VALUES")]
    pub over: Option<String>,
    /// Seeks the fewest rep-hours instead, in a group with cover by the hour: each of its parts may have more or fewer reps
    #[arg(long, conflicts_with = "over")]
    pub cover: bool,
    /// With --cover: cuts the cover into parts so long: 30min, 1h, 2h [default: the parts as written]
    #[arg(long, value_name = "TIME", requires = "cover", value_parser = numbers::part_of_day)]
    pub cover_parts: Option<u32>,
    /// With --cover: whose cover, where several groups of reps have one
    #[arg(long, value_name = "NAME", requires = "cover")]
    pub team: Option<String>,
    /// A commitment that must hold: S1; several with commas, or all [default: the headline]
    #[arg(long, value_name = "ID")]
    pub clause: Vec<String>,
    /// With which probability they must hold together over the horizon
    #[arg(long, value_name = "SHARE", default_value = "0.9", value_parser = percent::probability)]
    pub probability: f64,
    /// Shares this near to the probability count as the same, ± percentage points; the larger team is then answered
    #[arg(long, value_name = "POINTS", default_value = "0.5pp", value_parser = percent::margin)]
    pub margin: f64,
    /// Chance that any size is put on the wrong side
    #[arg(long, value_name = "SHARE", default_value = "0.01", value_parser = percent::error)]
    pub error: f64,
    /// Never more trials than this at one size
    #[arg(long, alias = "trials", value_name = "N", default_value_t = 2500, allow_negative_numbers = true, value_parser = numbers::trials)]
    pub at_most: u64,
    /// No size gets more than half of what is left of so many trials in the whole search; those that stay undecided are named
    #[arg(long, value_name = "N", default_value_t = 10000, conflicts_with = "cover", allow_negative_numbers = true, value_parser = numbers::trials)]
    pub in_all: u64,
    /// Trials with fresh luck for the answer and the size before it; 0 for none
    #[arg(long, value_name = "N", default_value_t = 1000, allow_negative_numbers = true, value_parser = numbers::from_zero)]
    pub confirm: u64,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    pub play: Play,
    #[command(flatten)]
    pub output: Output,
}

/// `leadsim fix`
#[derive(Debug, Args)]
pub(super) struct FixOf {
    #[command(flatten)]
    pub scenario: ScenarioFile,
    /// A commitment that must hold: S1; several with commas, or all [default: the headline]
    #[arg(long, value_name = "ID")]
    pub clause: Vec<String>,
    /// With which probability they must hold together over the horizon
    #[arg(long, value_name = "SHARE", default_value = "0.9", value_parser = percent::probability)]
    pub probability: f64,
    /// Levers of the scenario file to choose from, with commas [default: all of them]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub levers: Vec<String>,
    /// Only sets of at most this many levers [default: all sets]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=64))]
    pub together: Option<u8>,
    /// Only sets that cost at most this over the horizon: $5,000 or $5K
    #[arg(long, value_name = "DOLLARS", value_parser = percent::dollars)]
    pub at_most_cost: Option<f64>,
    /// Shares this near to the probability may stand on either side, ± percentage points
    #[arg(long, value_name = "POINTS", default_value = "2pp", value_parser = percent::margin)]
    pub margin: f64,
    /// Chance that any set is put on the wrong side
    #[arg(long, value_name = "SHARE", default_value = "0.01", value_parser = percent::error)]
    pub error: f64,
    /// Never more trials than this of one set
    #[arg(long, alias = "trials", value_name = "N", default_value_t = 1000, allow_negative_numbers = true, value_parser = numbers::trials)]
    pub at_most: u64,
    /// Never more trials than this in the whole search; it then says which sets it cannot separate, and what choosing the cheaper one may cost
    #[arg(long, value_name = "N", default_value_t = 12000, allow_negative_numbers = true, value_parser = numbers::trials)]
    pub in_all: u64,
    /// Trials with fresh luck for today, the answer and the runner-up, under each decay curve; 0 for none
    #[arg(long, value_name = "N", default_value_t = 400, allow_negative_numbers = true, value_parser = numbers::from_zero)]
    pub confirm: u64,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    pub play: Play,
    #[command(flatten)]
    pub output: Output,
}

/// `leadsim promise`
#[derive(Debug, Args)]
pub(super) struct PromiseOf {
    #[command(flatten)]
    pub scenario: ScenarioFile,
    /// Which promises of a first attempt: S1; several with commas [default: all of them]
    #[arg(long, value_name = "ID")]
    pub clause: Vec<String>,
    /// With which certainties the goal must hold over the horizon, with commas
    #[arg(long, value_name = "SHARES", value_delimiter = ',', default_value = "0.8,0.9,0.95", value_parser = percent::probability)]
    pub probability: Vec<f64>,
    /// Goal instead of each promise's own, a share of leads
    #[arg(long, value_name = "SHARE", value_parser = percent::goal)]
    pub goal: Option<f64>,
    /// Weeks in a row below goal that call for a breach review
    #[arg(long, value_name = "WEEKS", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=52).map(usize::from))]
    pub review_after: usize,
    /// Trials of every study
    #[arg(long, value_name = "N", default_value_t = 1000, allow_negative_numbers = true, value_parser = numbers::trials)]
    pub trials: u64,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    pub play: Play,
    #[command(flatten)]
    pub output: Output,
}

/// `leadsim sensitivity`
#[derive(Debug, Args)]
pub(super) struct SensitivityOf {
    #[command(flatten)]
    pub scenario: ScenarioFile,
    /// A commitment that must hold: S1; several with commas, or all [default: the headline]
    #[arg(long, value_name = "ID")]
    pub clause: Vec<String>,
    /// With which probability they must hold together over the horizon
    #[arg(long, value_name = "SHARE", default_value = "0.9", value_parser = percent::probability)]
    pub probability: f64,
    /// An input with its own ends (10th and 90th percentile), in place of leadsim's: team.reps.pace=0.9..1.2; may be repeated
    #[arg(long, value_name = "PATH=LOW..HIGH")]
    pub vary: Vec<String>,
    /// Only the inputs of --vary, none of leadsim's own
    #[arg(long, requires = "vary")]
    pub only: bool,
    /// Trials at each end of each input; all share their luck
    #[arg(long, value_name = "N", default_value_t = 400, allow_negative_numbers = true, value_parser = numbers::trials)]
    pub trials: u64,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    pub play: Play,
    #[command(flatten)]
    pub output: Output,
}

/// `leadsim stress`
#[derive(Debug, Args)]
pub(super) struct StressOf {
    #[command(flatten)]
    pub scenario: ScenarioFile,
    /// A commitment that must hold: S1; several with commas, or all [default: the headline]
    #[arg(long, value_name = "ID")]
    pub clause: Vec<String>,
    /// With which probability they must hold together over the horizon
    #[arg(long, value_name = "SHARE", default_value = "0.9", value_parser = percent::probability)]
    pub probability: f64,
    /// How many times the usual leads a campaign brings for a week
    #[arg(long, value_name = "TIMES", default_value_t = 3.0, allow_negative_numbers = true, value_parser = numbers::times)]
    pub campaign: f64,
    /// Business days of notice before the campaign, with commas
    #[arg(long, value_name = "DAYS", value_delimiter = ',', default_value = "0,2,5,10", value_parser = numbers::days)]
    pub notice: Vec<u32>,
    /// Trials of each stress; all share their luck
    #[arg(long, value_name = "N", default_value_t = 400, allow_negative_numbers = true, value_parser = numbers::trials)]
    pub trials: u64,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    pub play: Play,
    #[command(flatten)]
    pub output: Output,
}

/// `leadsim compare`
#[derive(Debug, Args)]
pub(super) struct Compare {
    /// The scenario that others are held against, then the others (TOML)
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Changes one value in all of them, for example --set team.reps.count=7; may be repeated
    #[arg(long, value_name = "PATH=VALUE", value_parser = Set::parse)]
    pub set: Vec<Set>,
    /// An alternative to the first scenario without a file of its own: "label: path=value, path=value"; may be repeated
    #[arg(long, value_name = "LINE")]
    pub line: Vec<String>,
    /// Every lever of the first scenario as an alternative to it
    #[arg(long)]
    pub levers: bool,
    /// Trials of each; all share their leads [default: the scenarios', else 1000]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = numbers::trials)]
    pub trials: Option<u64>,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
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
    #[arg(long, value_name = "DOLLARS", allow_hyphen_values = true, value_parser = money::money)]
    pub goal: Option<f64>,
    /// Mean amount of an opportunity [default: the template's $40K]
    #[arg(long, value_name = "DOLLARS", allow_hyphen_values = true, value_parser = money::money)]
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
    /// By how much the planned volume itself is off, beyond chance, standard deviation over mean, at most 1 [default: 0]
    #[arg(long, value_name = "CV", allow_negative_numbers = true, value_parser = money::volume_variation)]
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

/// `leadsim why`
#[derive(Debug, Args)]
pub(super) struct WhyOf {
    #[command(flatten)]
    pub scenario: ScenarioFile,
    /// The promise asked about: S1 [default: the headline]
    #[arg(long, value_name = "ID")]
    pub clause: Vec<String>,
    /// Trials of each scenario; all share their leads, and each trial is played about 25 times
    #[arg(long, value_name = "N", default_value_t = 300, allow_negative_numbers = true, value_parser = numbers::trials)]
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
    /// The trial of a run with --stratified
    #[arg(long)]
    pub stratified: bool,
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
