//! The format as a JSON Schema, for editors: every key with its meaning, unit, default and source.

use super::format::ROOT;
use super::kind::{CHANNELS, Key, Kind, Named, Names, Table, Unit};
use super::law;
use super::merge::template;
use super::missing::Missing;
use super::parse::parse_value;
use super::tree::{Document, Entry, Node, Value};
use serde_json::{Map, Value as Json, json};

/// The JSON Schema (draft 2020-12) of a scenario file.
pub fn schema() -> Json {
    let mut schema = table(&ROOT, Some(template()), true);
    if let Some(object) = schema.as_object_mut() {
        object.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
        object.insert("title".into(), json!("leadsim scenario"));
        object.insert("required".into(), json!(["format"]));
    }
    schema
}

fn table(table: &'static Table, preset: Option<&Node>, root: bool) -> Json {
    let mut properties = Map::new();
    for key in table.keys {
        let preset = preset.and_then(|preset| preset.entry(key.name));
        properties.insert(key.name.to_string(), property(key, preset));
    }
    if !root {
        properties.insert("off".into(), json!({ "type": "boolean", "description": "true switches this table off, as if it were not there." }));
    }
    json!({
        "type": "object",
        "description": table.about,
        "properties": properties,
        "additionalProperties": false,
    })
}

fn property(key: &'static Key, preset: Option<&Entry>) -> Json {
    let mut schema = kind(&key.kind, preset.map(|entry| &entry.node));
    let mut about = format!("{} Takes {}.", key.about, key.kind.example());
    match key.missing {
        Missing::Required if key.name == "format" => about.push_str(" Required."),
        Missing::Required => about.push_str(" Required, unless a preset gives it."),
        Missing::Elsewhere(words) | Missing::Empty(words) => about.push_str(&format!(" Left out: {words}.")),
        Missing::Off(words, why) | Missing::Instead(words, why) | Missing::Value(words, why) => {
            about.push_str(&format!(" Left out: {words} ({why})."));
        }
        Missing::Template => about.push_str(" Left out: as in the template."),
    }
    let default = match (key.missing, preset) {
        (Missing::Value(text, _), _) => Some(parse_value(text, text, Document::Default)),
        (Missing::Template, Some(entry)) => Some(entry.node.clone()),
        _ => None,
    };
    if let Some(entry) = preset.filter(|entry| !entry.node.is_table() || law::looks_like_law(&entry.node)) {
        about.push_str(&format!(" Template: {}", entry.node.text()));
        about.push_str(&entry.note.as_ref().map_or(".".to_string(), |note| format!(" ({note}).")));
    }
    if let Some(object) = schema.as_object_mut() {
        object.insert("description".into(), json!(about));
        if let Some(default) = default {
            object.insert("default".into(), plain(&default));
        }
    }
    schema
}

fn kind(kind: &'static Kind, preset: Option<&Node>) -> Json {
    match kind {
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Whole(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Kind::Number(low, high) => json!({ "type": "number", "minimum": low, "maximum": high }),
        Kind::Share => {
            json!({ "anyOf": [{ "type": "number", "minimum": 0, "maximum": 1 }, { "type": "string", "pattern": "^[0-9.]+ *%$" }] })
        }
        Kind::Weight => {
            json!({ "anyOf": [{ "type": "number", "minimum": 0 }, { "type": "string", "pattern": "^[0-9.]+ *%$" }] })
        }
        Kind::Money => json!({ "type": "string", "pattern": "^\\$[0-9][0-9.,]*[KMBkmb]?$" }),
        Kind::Price => {
            json!({ "type": "string", "pattern": "^(as paid|\\$[0-9][0-9.,]*[KMBkmb]? +(once|per (week|month|quarter|year)))$" })
        }
        Kind::Word(words) => json!({ "enum": words }),
        Kind::Tier => json!({ "type": ["integer", "string"] }),
        Kind::Law(unit) => law_schema(*unit),
        Kind::List(inner) => json!({ "type": "array", "items": self::kind(inner, None) }),
        Kind::OneOrMore(inner) => {
            let one = self::kind(inner, None);
            json!({ "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }] })
        }
        Kind::Weights(count) => {
            json!({ "type": "array", "items": self::kind(&Kind::Weight, None), "minItems": count, "maxItems": count })
        }
        Kind::Points | Kind::RatePoints => {
            json!({ "type": "array", "items": { "type": "array", "minItems": 2, "maxItems": 2 }, "minItems": 1 })
        }
        Kind::Table(inner) => table(inner, preset, false),
        Kind::Named(named) => self::named(named, preset),
        Kind::ByTier(inner) | Kind::BySegment(inner) => {
            let one = self::kind(inner, None);
            json!({ "anyOf": [one, { "type": "object", "additionalProperties": one }] })
        }
        Kind::ByChannel(inner) => {
            let one = self::kind(inner, None);
            let channels: Map<String, Json> =
                CHANNELS.iter().map(|channel| (channel.to_string(), one.clone())).collect();
            let by_channel =
                json!({ "type": "object", "properties": channels, "additionalProperties": false });
            json!({ "anyOf": [one, by_channel] })
        }
        Kind::Date => json!({ "type": "string", "format": "date" }),
        _ => json!({ "type": "string" }),
    }
}

fn named(named: &'static Named, preset: Option<&Node>) -> Json {
    let first = preset.and_then(|preset| preset.entries().first()).map(|entry| &entry.node);
    let table = json!({ "type": "object", "additionalProperties": kind(&named.entry, first) });
    match named.names {
        Names::Numbers => {
            json!({ "anyOf": [table, { "type": "array", "items": kind(&named.entry, first) }] })
        }
        _ => table,
    }
}

fn law_schema(unit: Unit) -> Json {
    let one = if unit == Unit::Count {
        json!({ "type": "number", "minimum": 0 })
    } else {
        json!({ "type": "string" })
    };
    let mut properties = Map::new();
    for key in law::KEYS {
        let schema = match key {
            "law" => json!({ "enum": law::LAWS }),
            "sigma" | "cv" | "shape" => json!({ "type": "number", "minimum": 0 }),
            "weights" => json!({ "type": "array", "items": kind(&Kind::Weight, None) }),
            "stages" => json!({ "type": "integer", "minimum": 1 }),
            // A law in a law: its own schema would have no end.
            "parts" => json!({ "type": "array", "items": {}, "minItems": 1 }),
            "means" | "values" => json!({ "type": "array", "items": one }),
            _ => one.clone(),
        };
        properties.insert(key.to_string(), schema);
    }
    json!({ "anyOf": [one, { "type": "object", "properties": properties, "additionalProperties": false }] })
}

/// A value of the tree as JSON.
fn plain(node: &Node) -> Json {
    match &node.value {
        Value::Text(text) => json!(text),
        Value::Whole(number) => json!(number),
        Value::Number(number) => json!(number),
        Value::Flag(flag) => json!(flag),
        Value::List(items) => Json::Array(items.iter().map(plain).collect()),
        Value::Table(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.name.clone(), plain(&entry.node))).collect())
        }
    }
}
