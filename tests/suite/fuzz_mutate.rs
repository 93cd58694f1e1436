//! Spoils a text: tokens deleted, swapped, doubled, or replaced by extremes and by words of the format, and bytes of no meaning put in.

use super::bytes::Choices;

/// Values that are right somewhere and wrong nearly everywhere else.
const EXTREMES: [&str; 48] = [
    "0",
    "-1",
    "1",
    "2",
    "0.5",
    "1e308",
    "1e-308",
    "-0.0",
    "nan",
    "inf",
    "-inf",
    "9223372036854775807",
    "10000",
    "1000000",
    "0x7f",
    "1_0",
    "true",
    "false",
    "\"\"",
    "\"0min\"",
    "\"1ms\"",
    "\"1s\"",
    "\"15min\"",
    "\"1 business day\"",
    "\"100000 weeks\"",
    "\"99999999999 years\"",
    "\"$1e300\"",
    "\"$0\"",
    "\"100%\"",
    "\"101%\"",
    "\"é\\u0007\"",
    "\"2026-02-30\"",
    "\"2026-03-08 02:30\"",
    "\"2199-12-31\"",
    "\"1970-01-01\"",
    "\"Mon-Sun 00:00-24:00\"",
    "\"Mon 23:59-00:01\"",
    "\"Pacific/Apia\"",
    "[]",
    "[0, 0]",
    "[[]]",
    "{}",
    "{ off = true }",
    "{ law = \"exponential\", mean = \"1ms\" }",
    "{ median = 1, sigma = 50 }",
    "{ law = \"geometric\", mean = 1e9 }",
    "{ values = [0, 1], weights = [1e15, 1] }",
    "{ law = \"gamma\", mean = \"1 day\", cv = 1000 }",
];

/// Cuts a text where its kind of character changes: words with digits, blanks, single signs.
fn tokens(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if c.is_alphanumeric() || matches!(c, '.' | '_' | '-') => 0,
        ' ' => 1,
        _ => 2,
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (place, letter) in text.char_indices() {
        if before.is_some_and(|before| before != kind(letter) || before == 2) {
            tokens.push(&text[start..place]);
            start = place;
        }
        before = Some(kind(letter));
    }
    tokens.push(&text[start..]);
    tokens
}

/// The text with up to so many changes, as the choices say.
pub fn spoiled(text: &str, most: usize, choices: &mut Choices<'_>) -> String {
    let words = tokens(text);
    let mut changed: Vec<String> = words.iter().map(|word| (*word).to_string()).collect();
    for _ in 0..choices.below(most + 1) {
        if choices.is_over() || changed.is_empty() {
            break;
        }
        change(&mut changed, &words, choices);
    }
    changed.concat()
}

fn change(changed: &mut Vec<String>, words: &[&str], choices: &mut Choices<'_>) {
    let place = choices.below(changed.len());
    match choices.below(10) {
        0 => {
            let after = (place + 1 + choices.below(12)).min(changed.len());
            changed.drain(place..after);
        }
        1 => {
            let other = choices.below(changed.len());
            changed.swap(place, other);
        }
        2 => changed.insert(place, (*choices.of(words)).to_string()),
        3 => changed[place] = (*choices.of(words)).to_string(),
        4 => {
            let letters: Vec<u8> = (0..choices.below(6)).map(|_| choices.byte()).collect();
            changed[place] = String::from_utf8_lossy(&letters).into_owned();
        }
        5 => {
            let line = changed[place..]
                .iter()
                .position(|word| word == "\n")
                .map_or(changed.len(), |end| place + end);
            let doubled = changed[place..line].to_vec();
            changed.splice(place..place, doubled);
        }
        6 => changed.truncate(place),
        // most often, because it goes deepest
        _ => replace_a_value(changed, place, choices),
    }
}

/// Puts an extreme in the place of a whole value: what stands behind the next `=`, to the end of its line.
fn replace_a_value(changed: &mut Vec<String>, place: usize, choices: &mut Choices<'_>) {
    let from = changed[place..].iter().position(|word| word == "=").map_or(place, |sign| place + sign + 1);
    let ends = |word: &String| word == "\n" || word == "#";
    let until = changed[from..].iter().position(ends).map_or(changed.len(), |end| from + end);
    changed.splice(from..until, [format!(" {} ", choices.of(&EXTREMES))]);
}

#[test]
fn tokens_put_together_are_the_text() {
    let text = "[team.reps]\ncount = 7 # é\n";
    assert_eq!(tokens(text).concat(), text);
    assert!(tokens(text).contains(&"team.reps") && tokens(text).contains(&"7"));
    assert_eq!(spoiled(text, 4, &mut Choices::new(&[])), text, "no bytes, no change");
}
