//! Reads single values: shares, money, durations, dates, zones. Units are required and never guessed.

mod moment;
mod number;
mod phrase;

pub(super) use moment::*;
pub(super) use number::*;
pub(super) use phrase::*;

use super::tree::{Node, Value};

/// Why a value cannot be read, and what to write instead.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Complaint {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Complaint {
    pub(super) fn new(message: impl Into<String>) -> Complaint {
        Complaint { message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Complaint {
        self.help = Some(help.into());
        self
    }

    /// Splits "what is wrong; what to do" of the time module into message and help.
    fn split(text: &str) -> Complaint {
        match text.split_once("; ") {
            Some((message, help)) => Complaint::new(message).help(help),
            None => Complaint::new(text),
        }
    }
}

/// The result of reading one value.
pub(super) type Read<T> = Result<T, Complaint>;

fn expected<T>(what: &str, node: &Node) -> Read<T> {
    Err(Complaint::new(format!("expected {what}, found {} ({})", node.called(), shortened(&node.text()))))
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 40 { text.to_string() } else { text.chars().take(39).chain(['…']).collect() }
}

/// A text without control characters.
pub(super) fn text(node: &Node) -> Read<&str> {
    match &node.value {
        Value::Text(text) if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') => {
            Err(Complaint::new("the text holds a control character").help("remove it"))
        }
        Value::Text(text) if text.len() > 20_000 => {
            Err(Complaint::new("the text is longer than 20,000 bytes"))
        }
        Value::Text(text) => Ok(text),
        _ => expected("a text in quotes", node),
    }
}

pub(super) fn flag(node: &Node) -> Read<bool> {
    match node.value {
        Value::Flag(flag) => Ok(flag),
        _ => expected("true or false", node),
    }
}

/// The single value, or the members of the list.
pub(super) fn one_or_more(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::List(items) => items.iter().collect(),
        _ => vec![node],
    }
}
