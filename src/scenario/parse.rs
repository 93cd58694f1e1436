//! Reads TOML text into the tree, keeping the line of every value and the comment behind it.

use super::problem::Problem;
use super::tree::{Document, Entry, Node, Place, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a whole file.
///
/// # Errors
/// Every place where the text is not TOML.
pub(super) fn parse(text: &str, document: Document) -> Result<Node, Vec<Problem>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let reader = Reader { text, document, lines: line_starts(text) };
    if !errors.is_empty() {
        return Err(errors.iter().map(|error| reader.syntax_problem(error)).collect());
    }
    let whole = reader.place(0..text.len());
    Ok(Node { value: reader.table(table.get_ref()), place: whole })
}

/// Reads one value as it stands behind the `=` of a `--set` option; what is no TOML value is taken as a text.
/// The spans count from the start of the whole option.
pub(super) fn parse_value(option: &str, value: &str, document: Document) -> Node {
    let offset = option.len() - value.len();
    let place = Place { document, span: offset..option.len(), line: 1 };
    let plain = || Node { value: Value::Text(value.trim().to_string()), place: place.clone() };
    let (parsed, errors) = DeValue::parse_recoverable(value);
    if !errors.is_empty() || matches!(parsed.get_ref(), DeValue::Datetime(_)) {
        return plain();
    }
    let reader = Reader { text: value, document, lines: vec![0] };
    let mut node = reader.node(&parsed);
    reset_places(&mut node, &place);
    node
}

/// Inside an option every part points at the whole value: it is short.
fn reset_places(node: &mut Node, place: &Place) {
    node.place = place.clone();
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| reset_places(item, place)),
        Value::Table(entries) => {
            for entry in entries {
                entry.place = place.clone();
                reset_places(&mut entry.node, place);
            }
        }
        _ => {}
    }
}

struct Reader<'a> {
    text: &'a str,
    document: Document,
    lines: Vec<usize>,
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect()
}

impl Reader<'_> {
    fn place(&self, span: std::ops::Range<usize>) -> Place {
        let line = self.lines.partition_point(|&start| start <= span.start);
        Place { document: self.document, span, line }
    }

    fn syntax_problem(&self, error: &toml::de::Error) -> Problem {
        let span = error.span().unwrap_or(0..0);
        let place = self.place(span.start.min(self.text.len())..span.end.min(self.text.len()));
        Problem::new("", format!("this is not TOML: {}", error.message()), &place).help(
            match error.message() {
                twice if twice.contains("duplicate key") => {
                    "it stands further up already; keep one of the two"
                }
                open if open.contains("unclosed table") => "close the heading: [team.reps]",
                bare if bare.contains("expected `=`") => "write `key = value`",
                _ => "texts, durations and dates stand in quotes: after = \"5min\"; one `key = value` a line",
            },
        )
    }

    fn table(&self, table: &DeTable<'_>) -> Value {
        let entries = table
            .iter()
            .map(|(key, value)| Entry {
                name: key.get_ref().to_string(),
                place: self.place(key.span()),
                note: self.note_after(value.span().end),
                node: self.node(value),
            })
            .collect();
        Value::Table(entries)
    }

    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let place = self.place(value.span());
        let value = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => {
                // An integer beyond 64 bits is still a number; the bounds of its key refuse it by name.
                let digits = number.as_str().replace('_', "");
                match i64::from_str_radix(&digits, number.radix()) {
                    Ok(whole) => Value::Whole(whole),
                    Err(_) => Value::Number(digits.parse().unwrap_or(f64::NAN)),
                }
            }
            DeValue::Float(number) => {
                Value::Number(number.as_str().replace('_', "").parse().unwrap_or(f64::NAN))
            }
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Datetime(datetime) => Value::Text(datetime.to_string()),
            DeValue::Array(items) => Value::List(items.iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => self.table(table),
        };
        Node { value, place }
    }

    /// The comment that follows a value on its line, after `end`.
    fn note_after(&self, end: usize) -> Option<String> {
        let rest = self.text.get(end..)?;
        let line = rest.split('\n').next()?.trim();
        let comment = line.trim_start_matches([',', '}', ']', ' ']).strip_prefix('#')?.trim();
        (!comment.is_empty()).then(|| comment.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_line_and_comment() {
        let tree =
            parse("format = 1\n[team.reps]\ncount = 6 # six; S2\nshift = \"Mon # Fri\"\n", Document::File)
                .expect("valid TOML");
        let reps = tree.get("team").and_then(|team| team.get("reps")).expect("there");
        let count = reps.entry("count").expect("there");
        assert_eq!((count.node.place.line, count.note.as_deref()), (3, Some("six; S2")));
        assert_eq!(reps.entry("shift").expect("there").note, None);
    }

    #[test]
    fn an_option_may_leave_out_the_quotes() {
        let value = |text: &str| parse_value(text, text, Document::Set(0)).value;
        assert_eq!(value("7"), Value::Whole(7));
        assert_eq!(value("5min"), Value::Text("5min".to_string()));
        assert_eq!(value("round robin"), Value::Text("round robin".to_string()));
        assert_eq!(value("2026-02-01"), Value::Text("2026-02-01".to_string()));
        assert_eq!(value("\"5min\""), Value::Text("5min".to_string()));
        assert!(matches!(value("[1, 2]"), Value::List(items) if items.len() == 2));
    }
}
