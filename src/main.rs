//! The program `leadsim`: see [`leadsim::cli`].

fn main() -> std::process::ExitCode {
    leadsim::cli::main()
}
