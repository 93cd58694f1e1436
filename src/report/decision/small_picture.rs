//! A drawn picture in a third of its letters, for pages that carry several: it looks the same.

/// A picture without what is so anyway, scaled by the page, neighbours of one look in one path: a third of its length.
pub(super) fn small(svg: &str) -> String {
    const USUAL: [&str; 5] = [
        " text-anchor=\"start\"",
        " opacity=\"1\"",
        " stroke=\"none\"",
        " font-family=\"Noto Sans, Helvetica, Arial, sans-serif\"",
        " width=\"1600\"",
    ];
    let text = USUAL.iter().fold(svg.to_owned(), |text, usual| text.replace(usual, ""));
    let mut small = String::new();
    let mut look: Option<String> = None;
    for line in text.lines() {
        let drawn = stroke(line).or_else(|| block(line));
        let (its, path) = drawn.map_or((None, String::new()), |(look, path)| (Some(look), path));
        if its != look {
            small.push_str(if look.is_some() { "\"/>" } else { "" });
            small.push_str(&its.as_ref().map_or(String::new(), |its| format!("<path {its} d=\"")));
        }
        small.push_str(if its.is_some() { &path } else { line });
        look = its;
    }
    small
}

/// A stroke of a picture as its look and a piece of a path.
fn stroke(line: &str) -> Option<(String, String)> {
    let rest = line.strip_prefix("<polyline fill=\"none\" ")?;
    let (look, points) = rest.split_once(" points=\"")?;
    let points = points.strip_suffix("\"/>")?.trim_end();
    Some((format!("fill=\"none\" {look}"), steps(points)?))
}

/// "10,20 10,50 14,53" as a piece of a path in steps from point to point, which are shorter: "M10,20v30l4,3".
fn steps(points: &str) -> Option<String> {
    let mut places = points.split(' ').map(|place| {
        let (x, y) = place.split_once(',')?;
        Some((x.parse::<i64>().ok()?, y.parse::<i64>().ok()?))
    });
    let mut at = places.next()??;
    let mut path = format!("M{},{}", at.0, at.1);
    for place in places {
        let (x, y) = place?;
        match (x - at.0, y - at.1) {
            (0, down) => path.push_str(&format!("v{down}")),
            (along, 0) => path.push_str(&format!("h{along}")),
            (along, down) => path.push_str(&format!("l{along},{down}")),
        }
        at = (x, y);
    }
    Some(path)
}

/// A block of a picture as its colour and a piece of a path.
fn block(line: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = line.strip_prefix("<rect ")?.strip_suffix("/>")?.split('"').collect();
    let [" x=" | "x=", x, " y=", y, " width=", width, " height=", height, " fill=", fill, ""] = parts[..]
    else {
        return None;
    };
    Some((format!("fill=\"{fill}\""), format!("M{x},{y}h{width}v{height}h-{width}z")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_get_shorter_and_stay_the_same() {
        assert_eq!(steps("10,20 10,50 14,53 9,53").as_deref(), Some("M10,20v30l4,3h-5"));
        assert_eq!(steps("10,20 x"), None, "what is no place is left as it is");
        let line = |points: &str| {
            format!("<polyline fill=\"none\" opacity=\"1\" stroke=\"#000\" points=\"{points} \"/>")
        };
        let svg = format!("<svg>\n{}\n{}\n</svg>", line("1,2 1,5"), line("7,7 9,7"));
        assert_eq!(small(&svg), "<svg><path fill=\"none\" stroke=\"#000\" d=\"M1,2v3M7,7h2\"/></svg>");
    }
}
