//! A drawn picture in a third of its letters, for pages that carry several: it looks the same.

/// A picture without what is so anyway, scaled by the page, neighbours of one look in one path: a third of its length.
pub(super) fn small(svg: &str) -> String {
    const USUAL: [&str; 4] = [
        " text-anchor=\"start\"",
        " opacity=\"1\"",
        " stroke=\"none\"",
        " font-family=\"Noto Sans, Helvetica, Arial, sans-serif\"",
    ];
    // the look that most words have stands once, at the picture
    let text = svg.replacen(" width=\"1600\"", INHERITED, 1);
    let text = USUAL.iter().fold(text, |text, usual| text.replace(usual, ""));
    let mut small = String::new();
    let mut before: Option<Drawn> = None;
    for line in text.lines() {
        let drawn = stroke(line).or_else(|| block(line));
        let goes_on = drawn.as_ref().zip(before.as_ref()).filter(|(drawn, before)| drawn.look == before.look);
        match (&drawn, goes_on.map(|(_, before)| before.end)) {
            (Some(drawn), Some((x, y))) => {
                small.push_str(&format!("m{},{}{}", drawn.start.0 - x, drawn.start.1 - y, drawn.path));
            }
            (drawn, _) => {
                small.push_str(if before.is_some() { "\"/>" } else { "" });
                small.push_str(&match drawn {
                    Some(Drawn { look, start, path, .. }) => {
                        format!("<path {look} d=\"M{},{}{path}", start.0, start.1)
                    }
                    None => words(line).unwrap_or_else(|| line.to_owned()),
                });
            }
        }
        before = drawn;
    }
    small
}

/// A piece of a path in one look: from a start in steps to an end.
struct Drawn {
    look: String,
    start: (i64, i64),
    path: String,
    end: (i64, i64),
}

/// The look of words that have none of their own.
const INHERITED: &str = " fill=\"#1F2933\" font-size=\"168\"";

/// Words without the look they inherit, and with their shift downwards in their place.
fn words(line: &str) -> Option<String> {
    const SHIFT: &str = "dy=\"0.76em\" ";
    let rest = line.strip_prefix("<text x=\"")?;
    let (x, rest) = rest.split_once("\" y=\"")?;
    let (y, rest) = rest.split_once("\" ")?;
    let (look, said) = rest.split_once('>')?;
    let (_, size) = look.split_once("font-size=\"")?;
    let size: f64 = size.split('"').next()?.parse().ok()?;
    let y = y.parse::<f64>().ok()? + if look.contains(SHIFT) { 0.76 * size } else { 0.0 };
    let look = look.replace(SHIFT, "").replace("fill=\"#1F2933\"", "").replace("font-size=\"168\"", "");
    let look =
        look.split(' ').filter(|part| !part.is_empty()).map(|part| format!(" {part}")).collect::<String>();
    Some(format!("<text x=\"{x}\" y=\"{y:.0}\"{look}>{said}"))
}

/// A stroke of a picture: "10,20 10,50 14,53" goes in steps from point to point, which are shorter: "v30l4,3".
fn stroke(line: &str) -> Option<Drawn> {
    let rest = line.strip_prefix("<polyline fill=\"none\" ")?;
    let (look, points) = rest.split_once(" points=\"")?;
    let mut places = points.strip_suffix("\"/>")?.trim_end().split(' ').map(|place| {
        let (x, y) = place.split_once(',')?;
        Some((x.parse::<i64>().ok()?, y.parse::<i64>().ok()?))
    });
    let start = places.next()??;
    let (mut path, mut end) = (String::new(), start);
    for place in places {
        let (x, y) = place?;
        match (x - end.0, y - end.1) {
            (0, down) => path.push_str(&format!("v{down}")),
            (along, 0) => path.push_str(&format!("h{along}")),
            (along, down) => path.push_str(&format!("l{along},{down}")),
        }
        end = (x, y);
    }
    Some(Drawn { look: format!("fill=\"none\" {look}"), start, path, end })
}

/// A block of a picture.
fn block(line: &str) -> Option<Drawn> {
    let parts: Vec<&str> = line.strip_prefix("<rect ")?.strip_suffix("/>")?.split('"').collect();
    let [" x=" | "x=", x, " y=", y, " width=", width, " height=", height, " fill=", fill, ""] = parts[..]
    else {
        return None;
    };
    let start = (x.parse().ok()?, y.parse().ok()?);
    let path = format!("h{width}v{height}h-{width}z");
    Some(Drawn { look: format!("fill=\"{fill}\""), start, path, end: start })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_get_shorter_and_stay_the_same() {
        let line = |points: &str| {
            format!("<polyline fill=\"none\" opacity=\"1\" stroke=\"#000\" points=\"{points} \"/>")
        };
        let svg = format!("<svg>\n{}\n{}\n</svg>", line("1,2 1,5 4,6"), line("7,7 9,7"));
        assert_eq!(small(&svg), "<svg><path fill=\"none\" stroke=\"#000\" d=\"M1,2v3l3,1m3,1h2\"/></svg>");
        let block = "<rect x=\"5\" y=\"6\" width=\"7\" height=\"8\" fill=\"#111\"/>";
        assert_eq!(small(&format!("{block}\n{block}\n")), "<path fill=\"#111\" d=\"M5,6h7v8h-7zm0,0h7v8h-7z");
        assert_eq!(small(&line("1,2 x")), line("1,2 x").replace(" opacity=\"1\"", ""), "left as it is");
    }

    #[test]
    fn words_keep_their_place_and_inherit_the_usual_look() {
        let text =
            "<text x=\"10\" y=\"20\" dy=\"0.76em\" text-anchor=\"end\" font-size=\"100\" fill=\"#1F2933\">";
        assert_eq!(
            words(text).as_deref(),
            Some("<text x=\"10\" y=\"96\" text-anchor=\"end\" font-size=\"100\">")
        );
        let usual = "<text x=\"1\" y=\"2\" font-size=\"168\" fill=\"#FFF\">";
        assert_eq!(words(usual).as_deref(), Some("<text x=\"1\" y=\"2\" fill=\"#FFF\">"));
        assert_eq!(words("<circle/>"), None);
    }
}
