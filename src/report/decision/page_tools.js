// Colours, words, strokes and axes that every kind of drawing uses.
const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7D8792", "#1F2933"];
const RAMPS = [["#F3F8FD", "#C6DBEF", "#6BAED6", "#2171B5", "#08306B"], ["#FFF6EC", "#FDD0A2", "#FD8D3C", "#D94801", "#7F2704"]];
const INK = "#1F2933", MUTED = "#58636E", GRID = "#E3E7EC", AXIS = "#9AA5B1", MISSING = "#EEF0F3", GREYED = "#AEB6BF";
// On paper half a page's width, or the whole, in the units of a screen.
const PAPER_WIDTHS = [330, 682];
const WHOLE = ".wide .panel:only-child *, .wide .panel:first-child:nth-last-child(3) *";
const colour = (place) => COLOURS[place % 8];
const known = (value) => typeof value === "number";

function figure(kind, value) {
  if (kind === "percent") return Math.round(value * 1000) / 10 + " %";
  const short = Math.abs(value) >= 1e6 ? value / 1e6 + "M" : Math.abs(value) >= 1e4 ? value / 1e3 + "K" : (Math.round(value * 1e6) / 1e6).toLocaleString("en-US", { maximumFractionDigits: 6 });
  const signed = (kind === "money" ? "$" : "") + short.replace("-", "");
  return short.startsWith("-") ? "−" + signed : signed;
}

function ramp(place, share) {
  const colours = RAMPS[place % 2], at = Math.min(1, Math.max(0, share)) * 4, step = Math.min(3, Math.floor(at));
  const parts = (text) => [1, 3, 5].map((from) => parseInt(text.slice(from, from + 2), 16));
  const low = parts(colours[step]), high = parts(colours[step + 1]);
  return "rgb(" + low.map((part, i) => Math.round(part + (high[i] - part) * (at - step))).join(",") + ")";
}

// Words as text, never as markup: names come from the user's file.
function tip(lines) {
  const box = document.createElement("div");
  box.className = "tip";
  for (const line of lines) {
    const row = document.createElement("p");
    if (known(line.colour)) {
      const sign = document.createElement("span");
      sign.className = "swatch dot c" + line.colour;
      row.append(sign);
    }
    row.append(document.createTextNode(line.words));
    box.append(row);
  }
  return box;
}

const text = (x, y, words, size, more) => Object.assign({ type: "text", silent: true, z2: 30, x: x, y: y,
  style: Object.assign({ text: words, fontSize: size, fill: INK, fontFamily: "inherit" }, more) });
const stroke = (points, style, z2) => ({ type: "polyline", silent: true, z2: z2, shape: { points: points }, style: Object.assign({ fill: "none" }, style) });
const field = (x, y, width, height, fill, z2, more) => ({ type: "rect", z2: z2, shape: { x: x, y: y, width: width, height: height }, style: Object.assign({ fill: fill }, more) });
const dot = (x, y, size, fill, z2) => ({ type: "circle", z2: z2, shape: { cx: x, cy: y, r: size }, style: { fill: fill, stroke: "#fff", lineWidth: 1.2 } });
const hollow = (x, y, size, line, z2) => ({ type: "circle", z2: z2, shape: { cx: x, cy: y, r: size }, style: { fill: "#fff", stroke: line, lineWidth: 1.8 } });

// Every tick that has room, in equal steps.
function fitting(spec, size, width) {
  const longest = Math.max(...spec.ticks.map(([, name]) => name.length)) * size * 0.6 + 10;
  const step = spec.logarithmic ? 1 : Math.max(1, Math.ceil(spec.ticks.length * longest / width));
  return spec.ticks.filter((tick, place) => place % step === 0);
}

function axis(spec, size, width, more) {
  const made = {
    type: spec.logarithmic ? "log" : "value", min: spec.low, max: spec.high, scale: true,
    axisLine: { show: false, lineStyle: { color: AXIS } }, axisTick: { show: false },
    splitLine: { lineStyle: { color: GRID } },
    axisLabel: { color: MUTED, fontSize: size, hideOverlap: true, formatter: (value) => figure(spec.figures, value) },
  };
  if (spec.figures === "percent" && spec.low === 0 && spec.high === 1) made.interval = width < 300 ? 0.25 : 0.2;
  // ends of an axis with air beyond its numbers are no round numbers
  if (known(spec.low) && spec.figures !== "percent" && !spec.ticks.length) Object.assign(made.axisLabel, { showMinLabel: false, showMaxLabel: false });
  if (spec.ticks.length) {
    const ticks = fitting(spec, size, width);
    const names = new Map(ticks);
    const nearest = (value) => ticks.reduce((best, tick) => Math.abs(tick[0] - value) < Math.abs(best[0] - value) ? tick : best)[1];
    made.axisLabel.customValues = [...names.keys()];
    made.axisLabel.formatter = (value) => names.has(value) ? names.get(value) : nearest(value);
    made.axisTick = { show: true, customValues: [...names.keys()], lineStyle: { color: AXIS } };
    made.splitLine = { show: false };
  }
  return Object.assign(made, more);
}

function title(words, size, gap) {
  return { name: words, nameLocation: "middle", nameGap: gap, nameTextStyle: { color: INK, fontSize: size, fontWeight: 600 } };
}

function frame(left, top, right, bottom) {
  return { left: left, top: top, right: right, bottom: bottom, outerBoundsMode: "none", containLabel: false };
}
