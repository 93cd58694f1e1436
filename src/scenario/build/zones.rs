//! Remarks on time zones that are read as written and seldom meant: three-letter zones that keep winter time all summer.

use crate::scenario::format::ROOT;
use crate::scenario::kind::{Kind, Names, Table};
use crate::scenario::tree::{Node, Value};

/// Zones without summer time whose name is that of one with it, and the place that is meant. (HST is Hawaii, which has none.)
const FIXED: [(&str, &str); 2] = [("EST", "America/New_York"), ("MST", "America/Denver")];

/// One remark for each such zone in the scenario.
pub(super) fn notes(tree: &Node) -> Vec<String> {
    let mut zones = Vec::new();
    in_table(tree, &ROOT, &mut zones);
    let written = |zone: &str| zones.iter().any(|name| name.trim().eq_ignore_ascii_case(zone));
    let note = |(zone, other): &(&str, &str)| format!("{zone} has no summer time; {other} has");
    FIXED.iter().filter(|(zone, _)| written(zone)).map(note).collect()
}

fn in_table<'n>(node: &'n Node, table: &'static Table, zones: &mut Vec<&'n str>) {
    for entry in node.entries() {
        if let Some(key) = table.key(&entry.name) {
            in_kind(&entry.node, &key.kind, zones);
        }
    }
}

fn in_kind<'n>(node: &'n Node, kind: &'static Kind, zones: &mut Vec<&'n str>) {
    match (kind, &node.value) {
        (Kind::Table(table), _) => in_table(node, table, zones),
        (Kind::Named(named), _) => {
            for entry in node.entries() {
                if named.names == Names::Zones {
                    zones.push(&entry.name);
                }
                in_kind(&entry.node, &named.entry, zones);
            }
        }
        (Kind::Zone | Kind::LeadOrZone, Value::Text(zone)) => zones.push(zone),
        _ => {}
    }
}
