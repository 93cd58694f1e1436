//! The fingerprint of a scenario: what decides its results, not how the file is written.

use super::tree::{Node, Value};
use sha2::{Digest, Sha256};

/// Keys that decide nothing about a trial: headings, the preset's name (its values count), alternatives not asked for, how far off inputs may be, and how often
/// it is tried.
const ASIDE: [&str; 7] = ["preset", "title", "question", "expect", "levers", "uncertainty", "study"];

/// SHA-256 of the effective tree, in the format's order, and of the files it names.
pub(super) fn hash(tree: &Node, files: &[Vec<u8>]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for entry in tree.entries().iter().filter(|entry| !ASIDE.contains(&entry.name.as_str())) {
        sized(&mut hasher, b'k', entry.name.as_bytes());
        feed(&mut hasher, &entry.node);
    }
    for file in files {
        hasher.update((file.len() as u64).to_le_bytes());
        hasher.update(file);
    }
    hasher.finalize().into()
}

/// Every value goes in with its kind and length, so that no two trees give the same bytes.
fn feed(hasher: &mut Sha256, node: &Node) {
    match &node.value {
        Value::Text(text) => sized(hasher, b't', text.as_bytes()),
        Value::Whole(number) => sized(hasher, b'n', &(*number as f64).to_le_bytes()),
        Value::Number(number) => sized(hasher, b'n', &number.to_le_bytes()),
        Value::Flag(flag) => sized(hasher, b'f', &[u8::from(*flag)]),
        Value::List(items) => {
            sized(hasher, b'l', &(items.len() as u64).to_le_bytes());
            items.iter().for_each(|item| feed(hasher, item));
        }
        Value::Table(entries) => {
            sized(hasher, b'm', &(entries.len() as u64).to_le_bytes());
            for entry in entries {
                sized(hasher, b'k', entry.name.as_bytes());
                feed(hasher, &entry.node);
            }
        }
    }
}

fn sized(hasher: &mut Sha256, kind: u8, bytes: &[u8]) {
    hasher.update([kind]);
    hasher.update((bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}
