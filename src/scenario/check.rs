//! Holds the tree against the format: unknown keys, wrong kinds, missing units, contradictions, each with its place.

use super::format::ROOT;
use super::kind::{CHANNELS, Key, Kind, Named, Names, Table};
use super::law;
use super::merge::template;
use super::missing::Missing;
use super::problem::{Problem, closest, did_you_mean};
use super::tree::{Entry, Node, Value, join};
use super::uncertainty;
use super::value::{self, Complaint, Read};

/// Most entries of one table of names: sources, groups, meetings, commitments.
const MOST_NAMES: usize = 1_000;

/// Most items of one list.
const MOST_ITEMS: usize = 10_000;

/// Every place where the tree does not fit the format.
pub(super) fn check(tree: &Node) -> Vec<Problem> {
    let mut check = Check { problems: Vec::new() };
    check.table(tree, &ROOT, "");
    check.problems
}

struct Check {
    problems: Vec<Problem>,
}

impl Check {
    fn report(&mut self, path: &str, complaint: Complaint, node: &Node) {
        self.problems.push(Problem::new(path, complaint.message, &node.place).maybe_help(complaint.help));
    }

    fn table(&mut self, node: &Node, table: &'static Table, path: &str) {
        let Value::Table(entries) = &node.value else {
            let message = format!("expected a table, found {} ({})", node.called(), node.text());
            let help = format!("write a heading [{path}] with its keys below, one a line");
            return self.report(path, Complaint::new(message).help(help), node);
        };
        for entry in entries {
            let path = join(path, &entry.name);
            match table.key(&entry.name) {
                Some(key) => self.kind(&entry.node, &key.kind, &path),
                None if entry.name == "off" && !std::ptr::eq(table, &ROOT) => {
                    self.kind(&entry.node, &Kind::Flag, &path)
                }
                None => self.unknown_key(entry, table, &path),
            }
        }
        for key in table.keys {
            self.missing_key(node, key, path);
            self.contradiction(node, key, path);
        }
    }

    fn unknown_key(&mut self, entry: &Entry, table: &'static Table, path: &str) {
        let known = table.keys.iter().map(|key| key.name);
        let help = match closest(&entry.name, known.clone()) {
            Some(guess) => format!("did you mean `{guess}`?"),
            None => format!("known here: {}", known.collect::<Vec<_>>().join(", ")),
        };
        let problem = Problem::new(path, format!("unknown key `{}`", entry.name), &entry.place);
        self.problems.push(problem.help(help));
    }

    fn missing_key(&mut self, node: &Node, key: &'static Key, path: &str) {
        if !matches!(key.missing, Missing::Required) || node.get(key.name).is_some() {
            return;
        }
        let table = if path.is_empty() { "the scenario".to_string() } else { format!("[{path}]") };
        let message = format!("{table} needs `{}`", key.name);
        let help = match (key.name, &key.kind) {
            ("format", _) => "write `format = 1` as the first line".to_string(),
            (name, Kind::Table(_)) => {
                format!("add a table [{}], or start from one with preset = \"template\"", join(path, name))
            }
            (name, Kind::Named(named)) => format!(
                "add a {} [{}.some_name], or start from some with preset = \"template\"",
                named.what,
                join(path, name)
            ),
            (name, kind) => format!("write `{name} = …`: {}", kind.example()),
        };
        self.problems.push(Problem::new(&join(path, key.name), message, &node.place).help(help));
    }

    fn contradiction(&mut self, node: &Node, key: &'static Key, path: &str) {
        let Some(entry) = node.entry(key.name) else { return };
        let first = key.instead_of.iter().find_map(|other| node.entry(other).map(|found| (other, found)));
        // Told once, at the later of the two.
        if let Some((other, found)) = first
            && found.place.span.start < entry.place.span.start
        {
            let message = format!("`{}` and `{other}` contradict each other", key.name);
            self.problems
                .push(Problem::new(&join(path, key.name), message, &entry.place).help("keep one of the two"));
        }
    }

    fn kind(&mut self, node: &Node, kind: &'static Kind, path: &str) {
        match kind {
            Kind::Table(table) => self.table(node, table, path),
            Kind::Named(named) => self.named(node, named, path),
            Kind::ByTier(inner) => self.by_name(node, inner, path),
            Kind::BySegment(inner) => self.by_name(node, inner, path),
            Kind::ByChannel(inner) => {
                for entry in node.entries().iter().filter(|entry| !CHANNELS.contains(&entry.name.as_str())) {
                    let problem = Problem::new(
                        &join(path, &entry.name),
                        format!("there is no channel `{}`", entry.name),
                        &entry.place,
                    );
                    self.problems.push(problem.help(did_you_mean(&entry.name, CHANNELS.iter().copied())));
                }
                self.by_name(node, inner, path);
            }
            Kind::List(inner) => match &node.value {
                Value::List(items) if items.len() > MOST_ITEMS => self.too_many(items.len(), node, path),
                Value::List(items) => items.iter().for_each(|item| self.kind(item, inner, path)),
                _ => self.report(
                    path,
                    Complaint::new(format!("expected {}, found {}", kind.example(), node.called()))
                        .help(format!("write {}", kind.example())),
                    node,
                ),
            },
            Kind::OneOrMore(inner) if node.is_table() && !matches!(**inner, Kind::Law(_)) => self.report(
                path,
                Complaint::new(format!("expected a value or a list, found a table ({})", node.text()))
                    .help(format!("write {0} or [{0}, …]", inner.example())),
                node,
            ),
            Kind::OneOrMore(inner) => {
                let items = value::one_or_more(node);
                if items.is_empty() {
                    self.report(
                        path,
                        Complaint::new("the list is empty").help(format!("write {}", inner.example())),
                        node,
                    );
                }
                if items.len() > MOST_ITEMS {
                    return self.too_many(items.len(), node, path);
                }
                items.iter().for_each(|item| self.kind(item, inner, path));
            }
            _ => {
                if let Err(mut complaint) = single(node, kind) {
                    if path == "format" {
                        complaint.help =
                            Some("this leadsim reads format = 1; later formats need a later leadsim".into());
                    }
                    let help = another_rate(node, path)
                        .or_else(|| usual_unit(node, kind, path))
                        .or_else(|| no_fewer_reps(node, path));
                    complaint.help = help.or(complaint.help);
                    self.report(path, complaint, node);
                }
            }
        }
    }

    fn too_many(&mut self, items: usize, node: &Node, path: &str) {
        let complaint = Complaint::new(format!("{items} items; leadsim takes {MOST_ITEMS}"));
        self.report(path, complaint.help("write fewer of them"), node);
    }

    /// One value, or a table of them by name.
    fn by_name(&mut self, node: &Node, inner: &'static Kind, path: &str) {
        match &node.value {
            Value::Table(entries) if !law::looks_like_law(node) => {
                entries.iter().for_each(|entry| self.kind(&entry.node, inner, &join(path, &entry.name)));
            }
            _ => self.kind(node, inner, path),
        }
    }

    fn named(&mut self, node: &Node, named: &'static Named, path: &str) {
        let Value::Table(entries) = &node.value else {
            let message = format!("expected a table of names, found {} ({})", node.called(), node.text());
            let last = path.rsplit('.').next().unwrap_or(path);
            let help = match named.names {
                Names::Zones => {
                    format!("write {last} = {{ \"America/New_York\" = 1 }}: time zones and their weights")
                }
                _ => format!("write {last} = {{ name = …, other = … }}, or a heading [{path}]"),
            };
            return self.report(path, Complaint::new(message).help(help), node);
        };
        if entries.len() > MOST_NAMES {
            let message = format!("{} entries; leadsim takes {MOST_NAMES}", entries.len());
            let help = format!("leave out some, or make one {} of several alike", named.what);
            return self.report(path, Complaint::new(message).help(help), node);
        }
        for entry in entries {
            let path = join(path, &entry.name);
            if let Err(complaint) = name(entry, named.names) {
                self.problems
                    .push(Problem::new(&path, complaint.message, &entry.place).maybe_help(complaint.help));
            }
            let bare = if named.names == Names::Paths { uncertainty::unquoted(entry) } else { Vec::new() };
            match bare.is_empty() {
                true => self.kind(&entry.node, &named.entry, &path),
                false => self.problems.extend(bare),
            }
        }
        let weights: Vec<f64> = match named.entry {
            Kind::Weight => entries.iter().filter_map(|entry| value::weight(&entry.node).ok()).collect(),
            _ => return,
        };
        if weights.len() == entries.len() && weights.iter().sum::<f64>() <= 0.0 {
            let complaint = Complaint::new("all weights are zero").help("give at least one a weight above 0");
            self.report(path, complaint, node);
        }
    }
}

/// "per_day = 16" for `per_month = "16/day"`: the text says itself what the number counts.
fn another_rate(node: &Node, path: &str) -> Option<String> {
    let Value::Text(text) = &node.value else { return None };
    let (table, key) = path.rsplit_once('.')?;
    if !key.starts_with("per_") || !table.starts_with("sources.") {
        return None;
    }
    let text = text.trim().to_lowercase();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number: f64 = text[..end].parse().ok()?;
    let of: Vec<&str> = text[end..].split(|c: char| !c.is_alphabetic()).collect();
    let units = [("hour", "hourly"), ("day", "daily"), ("week", "weekly"), ("month", "monthly")];
    let (unit, _) = units.into_iter().find(|(unit, adverb)| of.contains(unit) || of.contains(adverb))?;
    let wanted = format!("per_{unit}");
    (wanted != key).then(|| format!("write {wanted} = {number} instead of {key}"))
}

/// A group may be of nobody, a team may not: the least that is taken is no advice.
fn no_fewer_reps(node: &Node, path: &str) -> Option<String> {
    let is_negative = matches!(node.value, Value::Whole(number) if number < 0);
    let is_count = path.starts_with("team.") && path.split('.').count() == 3 && path.ends_with(".count");
    let help = "write 1 or more; 0 only where another group of the team has reps";
    (is_negative && is_count).then(|| help.to_owned())
}

/// "4 weeks" for a bare 4, where the template writes the same key in weeks.
fn usual_unit(node: &Node, kind: &Kind, path: &str) -> Option<String> {
    let (Kind::Span | Kind::Law(_)) = kind else { return None };
    let (Value::Whole(_) | Value::Number(_)) = node.value else { return None };
    let usual = path.split('.').try_fold(template(), |table, name| table.get(name))?;
    let Value::Text(text) = &usual.value else { return None };
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    // "$70" begins with no digit, and has its own help
    let is_length = unit.len() < text.len() && unit.trim().starts_with(char::is_alphabetic);
    is_length.then(|| format!("write \"{}{unit}\", if {} are meant", node.text(), unit.trim()))
}

/// Whether an entry may be called this.
fn name(entry: &Entry, names: Names) -> Read<()> {
    let written = &entry.name;
    if written.is_empty() || written.chars().count() > 100 || written.chars().any(char::is_control) {
        return Err(Complaint::new("a name has 1 to 100 characters, none of them a control character"));
    }
    match names {
        Names::Free | Names::Tiers | Names::Paths => Ok(()),
        Names::Numbers if written.parse::<u32>().is_ok() => Ok(()),
        Names::Numbers => {
            Err(Complaint::new(format!("`{written}` is no number")).help("number the steps 1, 2, 3 …"))
        }
        Names::Zones => value::zone_text(written).map(|_| ()),
        Names::Days => value::day_range(written).map(|_| ()),
        Names::Hours => value::shift_text(written).map(|_| ()),
    }
}

/// Reads a single value only to see whether it can be read.
pub(super) fn single(node: &Node, kind: &Kind) -> Read<()> {
    match kind {
        Kind::Text => value::text(node).map(drop),
        Kind::Flag => value::flag(node).map(drop),
        Kind::Whole(low, high) => value::whole(node, *low, *high).map(drop),
        Kind::Number(low, high) => value::number_between(node, *low, *high).map(drop),
        Kind::Share => value::share(node).map(drop),
        Kind::Weight => value::weight(node).map(drop),
        Kind::Money => value::money(node).map(drop),
        Kind::Price => value::cost(node).map(drop),
        Kind::Span => value::span(node).map(drop),
        Kind::BusinessDays => value::business_days(node).map(drop),
        Kind::Target => value::target(node).map(drop),
        Kind::TimeOfDay => value::time_of_day(node).map(drop),
        Kind::Date => value::date(node).map(drop),
        Kind::Zone => value::zone(node).map(drop),
        Kind::LeadOrZone if value::text(node) == Ok("lead") => Ok(()),
        Kind::LeadOrZone => value::zone(node).map(drop),
        Kind::Hours => value::hours(node).map(drop),
        Kind::Shift => value::shift(node).map(drop),
        Kind::Opening => value::opening(node).map(drop),
        Kind::DateTime => value::date_time(node).map(drop),
        Kind::WeekdayTime => value::weekday_time(node).map(drop),
        Kind::MonthlyTime => value::monthly_time(node).map(drop),
        Kind::AfterHours => value::after_hours(node).map(drop),
        Kind::Destination => value::destination(node).map(drop),
        Kind::Law(unit) => law::law(node, *unit).map(drop),
        Kind::Word(words) => value::word(node, words).map(drop),
        Kind::Tier => value::tier_name(node).map(drop),
        Kind::Weights(count) => value::weights(node, *count).map(drop),
        Kind::Points => value::points(node).map(drop),
        Kind::RatePoints => value::rate_points(node).map(drop),
        Kind::List(_)
        | Kind::OneOrMore(_)
        | Kind::Table(_)
        | Kind::Named(_)
        | Kind::ByTier(_)
        | Kind::BySegment(_)
        | Kind::ByChannel(_) => Ok(()),
    }
}
