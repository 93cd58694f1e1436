//! What can go wrong at the command line, told so that the last line is the way out.

use super::remark;
use crate::plan::compare::CompareError;
use crate::plan::sweep::SweepError;
use crate::plan::uncertainty::UncertaintyError;
use crate::report::decision::ReportError;
use crate::report::files::FolderError;
use crate::report::plot::PlotError;
use crate::scenario::{Problems, SetError};
use crate::study::{self, DecayRefused};
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// The exit code of a command that was interrupted, whether it could answer or not: a script can tell it from a whole run.
pub(super) const INTERRUPTED: u8 = 130;

/// A failure of a command.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The scenario is wrong, every problem with its line.
    #[error("{}", .0.render(true))]
    Scenario(#[from] Box<Problems>),
    /// The scenario is wrong at a point of a sweep.
    #[error("{}\n  {at}", .problems.render(true))]
    Point {
        /// What is wrong.
        problems: Box<Problems>,
        /// Which point, and how to write others.
        at: String,
    },
    /// A `--set` cannot be read.
    #[error("--set {0}")]
    Set(#[from] SetError),
    /// The decay curve is impossible.
    #[error("{0}")]
    Decay(#[from] DecayRefused),
    /// A trial failed.
    #[error("{0}")]
    Trial(#[from] study::Failure),
    /// leadsim itself failed, outside of the trials of a study.
    #[error(
        "leadsim failed: {0}\n  nothing half-written is left; please report it with the scenario file and the command"
    )]
    Broken(String),
    /// A point of a sweep is wrong.
    #[error("{0}")]
    Sweep(#[from] SweepError),
    /// A size is wrong.
    #[error("{0}")]
    Size(#[from] crate::plan::size::SizeError),
    /// A cover is wrong.
    #[error("{0}")]
    Cover(#[from] crate::plan::cover_desk::CoverError),
    /// A set of levers is wrong.
    #[error("{0}")]
    Fix(#[from] crate::plan::fix::FixError),
    /// A promise cannot be answered.
    #[error("{0}")]
    Promise(#[from] crate::plan::promise::PromiseError),
    /// A question about assumptions cannot be answered.
    #[error("{0}")]
    Sensitivity(#[from] crate::plan::sensitivity::SensitivityError),
    /// Inputs that are not known cannot be drawn.
    #[error("{0}")]
    Uncertainty(#[from] UncertaintyError),
    /// A stress test cannot be played.
    #[error("{0}")]
    Stress(#[from] crate::plan::stress::StressError),
    /// A scenario of a comparison is wrong.
    #[error("{0}")]
    Compare(#[from] CompareError),
    /// What binds cannot be answered.
    #[error("{0}")]
    Why(#[from] crate::plan::why::WhyError),
    /// The output folder cannot be written.
    #[error("{0}")]
    Folder(#[from] FolderError),
    /// A picture cannot be drawn.
    #[error("{0}\n  please report it with the scenario file; --no-out answers without pictures")]
    Picture(#[from] PlotError),
    /// The report cannot be written.
    #[error("{0}\n  please report it with the scenario file; --no-out answers without a report")]
    Report(#[from] ReportError),
    /// The scenario is too large.
    #[error("{0}")]
    TooLarge(String),
    /// An argument is wrong.
    #[error("{0}")]
    Argument(String),
    /// A folder stands where a file should.
    #[error("{} is a folder\n  name the file to write: leadsim init {}", .0.display(), .0.join("scenario.toml").display())]
    IsFolder(PathBuf),
    /// A file is there already.
    #[error("{} is there already\n  write another with `leadsim init PATH`, or replace it with --force", .0.display())]
    Exists(PathBuf),
    /// A file cannot be written.
    #[error("cannot write {}: {error}\n  make its folder first, or choose another place", .path.display())]
    Write {
        /// Where.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Standard output cannot be written.
    #[error(
        "cannot write the answer: {0}\n  free some space, or send it somewhere else; an output folder asked for is written all the same"
    )]
    Output(io::Error),
    /// Interrupted before anything was finished.
    #[error("stopped before enough was played for any part of the answer; nothing is written")]
    Interrupted,
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Failure {
        Failure::Scenario(Box::new(problems))
    }
}

impl Failure {
    /// Tells it on standard error.
    pub fn tell(&self) {
        match self {
            Failure::Scenario(_)
            | Failure::Point { .. }
            | Failure::Uncertainty(UncertaintyError::Refused { .. })
            | Failure::Interrupted => remark(&self.to_string()),
            _ => {
                let style = anstyle::AnsiColor::Red.on_default().bold();
                remark(&format!("{style}error{style:#}: {self}"));
            }
        }
    }

    /// The exit code: 2, or 130 for an interruption.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(if matches!(self, Failure::Interrupted) { INTERRUPTED } else { 2 })
    }
}
