//! The explained scenario as text in columns that fit a wide window, with a key to the marks of the sources below.

use super::explain::ExplainLine;

/// Letters in a row, where words can be wrapped.
const WIDTH: usize = 138;
/// The widest path, value and origin that get a column of their own.
const PATH: usize = 40;
const VALUE: usize = 36;
const ORIGIN: usize = 22;
/// The narrowest column of reasons.
const REASON: usize = 30;

const KEY: &str = "
default: nobody wrote it. neutral: nothing is assumed; follows: from other keys; leadsim's choice: nobody published it;
template: as in scenarios/template.toml. Marks at the end of a reason say where it is from:
S published SLA guides, S0 to S4 (S2 is the template's own); E evidence (docs/EVIDENCE.md); P a public page, a claim, not a study;
C computed; A assumption without a credible source: put your own number there.
";

/// The lines as text in columns.
pub fn explain_text(lines: &[ExplainLine]) -> String {
    let widest = |text: &dyn Fn(&ExplainLine) -> String, most: usize| {
        lines.iter().map(|line| text(line).chars().count()).filter(|width| *width <= most).max().unwrap_or(0)
    };
    let path = widest(&|line| line.path.clone(), PATH);
    let value = lines.iter().map(|line| line.value.chars().count()).max().unwrap_or(0).min(VALUE);
    let origin = widest(&|line| line.origin.to_string(), ORIGIN).max(9);
    let reason = WIDTH.saturating_sub(path + value + origin + 6).max(REASON);
    let mut out = String::new();
    for line in lines {
        let values = wrapped(&line.value, value);
        let reasons = wrapped(line.source.as_deref().unwrap_or(""), reason);
        let mut written = line.path.clone();
        if written.chars().count() > path {
            out.push_str(&written);
            out.push('\n');
            written.clear();
        }
        for index in 0..values.len().max(reasons.len()) {
            let cell = |cells: &[String]| cells.get(index).cloned().unwrap_or_default();
            let from = if index == 0 { line.origin.to_string() } else { String::new() };
            let row =
                format!("{written:path$}  {:value$}  {from:origin$}  {}", cell(&values), cell(&reasons));
            out.push_str(row.trim_end());
            out.push('\n');
            written.clear();
        }
    }
    out.push_str(KEY);
    out
}

/// The text in lines of at most `width` letters, broken at spaces; a longer word stands alone. At least one line.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
        }
        used += length;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn words_are_wrapped_and_none_is_lost() {
        assert_eq!(wrapped("", 10), [""]);
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("a verylongword b", 5), ["a", "verylongword", "b"]);
    }
}
