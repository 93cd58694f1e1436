//! Tests of tidying up: only what nobody holds goes, and old results come back.

use super::leftovers::{marked, tidy};
use std::fs::{self, File};
use std::path::Path;
use std::time::SystemTime;

fn folder(path: &Path, long_ago: bool) {
    fs::create_dir_all(path).unwrap();
    fs::write(path.join("a.csv"), "half").unwrap();
    if long_ago {
        File::open(path).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    }
}

#[test]
fn only_what_nobody_holds_is_taken_away() {
    let root = std::env::temp_dir().join(format!("leadsim-leftovers-{}", std::process::id()));
    let place = root.join("run");
    let [dead, young, held, foreign] = ["run.partial-1", "run.partial-2", "run.partial-3", "run.partial-x"]
        .map(|name| root.join(format!(".{name}")));
    for (path, long_ago) in [(&dead, true), (&young, false), (&held, true), (&foreign, true)] {
        folder(path, long_ago);
    }
    let old = root.join(".run.old-1");
    folder(&old, true);
    let mark = marked(&held).expect("nobody else holds it");
    tidy(&place);
    assert!(!dead.exists() && young.exists() && held.exists() && foreign.exists());
    assert!(old.exists() && !place.exists(), "somebody may be swapping");

    drop(mark);
    fs::remove_dir_all(&young).unwrap();
    tidy(&place);
    assert!(!held.exists() && !old.exists());
    assert_eq!(fs::read_to_string(place.join("a.csv")).unwrap(), "half", "the old results are back");
    folder(&old, true);
    tidy(&place);
    assert!(!old.exists() && place.exists() && foreign.exists());
    fs::remove_dir_all(&root).unwrap();
}
