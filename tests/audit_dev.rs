#[path = "suite/auditor/mod.rs"]
mod auditor;
