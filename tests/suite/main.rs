//! What must hold, seen from outside: one binary, names say it.

mod architecture;
mod cli;
mod estimates;
mod folders;
mod trials;
