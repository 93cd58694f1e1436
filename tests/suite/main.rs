//! What must hold, seen from outside: one binary, names say it.

mod architecture;
mod auditor;
mod called_away;
mod cli;
mod cover;
mod desks;
mod determinism;
mod documents;
mod estimates;
mod facts;
mod folders;
mod interruptions;
mod measured;
mod measures;
mod metamorphic;
mod metamorphic_laws;
mod metamorphic_limits;
mod metamorphic_luck;
mod patience;
mod pooled;
mod promises;
mod real_data;
mod scenarios;
mod staffed_days;
mod trials;
mod workloads;
