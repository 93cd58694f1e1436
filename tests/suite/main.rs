//! What must hold, seen from outside: one binary, names say it.

mod architecture;
mod facts;
mod measured;
mod real_data;
mod scenarios;
mod trials;
