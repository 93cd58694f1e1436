// Drawings with a row for each thing.
// Names of rows on the left: as wide as they need, at most two fifths of the drawing, broken where they are longer.
function names(rows, width, size) {
  const longest = Math.max(0, ...rows.map((row) => Math.max(...row.label.split("\n").map((part) => part.length))));
  return Math.round(Math.min(longest * size * 0.56 + 6, width * 0.42));
}

function rowsAxis(rows, wide, size) {
  return { type: "category", inverse: true, data: rows.map((row) => row.label), axisLine: { show: false }, axisTick: { show: false },
    axisLabel: { interval: 0, color: INK, fontSize: size, width: wide, overflow: "break", lineHeight: size + 2 } };
}

function bars(spec, width) {
  const size = width < 480 ? 11 : 13;
  const wide = names(spec.rows, width, size);
  const most = Math.max(0, ...spec.rows.map((row) => Math.max(row.value || 0, row.interval ? row.interval[1] : 0)));
  const room = Math.max(60, ...spec.rows.map((row) => row.written.length * size * 0.52 + 16));
  return {
    height: spec.rows.length * (width < 480 ? 27 : 30) + 10,
    option: {
      grid: frame(wide + 12, 4, Math.min(room, width * 0.4), 4),
      yAxis: rowsAxis(spec.rows, wide, size),
      xAxis: { type: "value", min: 0, max: most || 1, show: false },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow", axis: "y" }, formatter: (found) => tip(found.map((p) => ({ colour: spec.rows[p.dataIndex].colour, words: spec.rows[p.dataIndex].tip }))) },
      series: [{
        type: "custom", id: "bars", encode: { x: 1, y: 0 }, data: spec.rows.map((row, i) => [i, known(row.value) ? row.value : 0]),
        renderItem: (params, api) => {
          const row = spec.rows[params.dataIndex];
          const zero = api.coord([0, params.dataIndex]), end = api.coord([row.value || 0, params.dataIndex]);
          const tall = api.size([0, 1])[1] * 0.62;
          const children = [field(zero[0], zero[1] - tall / 2, Math.max(0, end[0] - zero[0]), tall, colour(row.colour), 2)];
          let right = end[0];
          if (row.interval) {
            const [low, high] = row.interval.map((to) => api.coord([to, params.dataIndex])[0]);
            children.push(stroke([[low, end[1]], [high, end[1]]], { stroke: INK, lineWidth: 1.4 }, 5));
            for (const x of [low, high]) children.push(stroke([[x, end[1] - 4], [x, end[1] + 4]], { stroke: INK, lineWidth: 1.4 }, 5));
            right = Math.max(right, high);
          }
          children.push(text(right + 6, end[1], row.written, size, { verticalAlign: "middle" }));
          return { type: "group", children: children };
        },
      }],
    },
  };
}

function stacks(spec, width) {
  const size = width < 480 ? 11 : 12;
  const wide = names(spec.rows, width, size);
  const parts = [];
  spec.rows.forEach((row, place) => {
    let from = 0;
    row.parts.forEach((part) => { parts.push({ place: place, from: from, part: part }); from += part.share; });
  });
  return {
    height: spec.rows.length * 52 + 48,
    option: {
      grid: frame(wide + 12, 4, 18, 44),
      yAxis: rowsAxis(spec.rows, wide, size),
      xAxis: axis({ figures: "percent", low: 0, high: 1, ticks: [], title: "" }, size, width - wide - 30, title("Share of their waiting", size, 26)),
      tooltip: { trigger: "item", formatter: (p) => tip([{ colour: parts[p.dataIndex].part.colour, words: parts[p.dataIndex].part.tip }]) },
      series: [{
        type: "custom", id: "parts", encode: { x: [1, 2], y: 0 }, data: parts.map((p) => [p.place, p.from, p.from + p.part.share]),
        renderItem: (params, api) => {
          const { place, from, part } = parts[params.dataIndex];
          const start = api.coord([from, place]), end = api.coord([from + part.share, place]);
          const tall = api.size([0, 1])[1] * 0.58, long = end[0] - start[0];
          const children = [field(start[0], start[1] - tall / 2, long, tall, colour(part.colour), 2, { stroke: "#fff", lineWidth: 1 })];
          if (long > part.written.length * size * 0.6 + 6) {
            const dark = [0, 1, 2, 6, 7].includes(part.colour % 8);
            children.push(text(start[0] + long / 2, start[1], part.written, size, { align: "center", verticalAlign: "middle", fontWeight: 600, fill: dark ? "#fff" : INK }));
          }
          return { type: "group", children: children };
        },
      }],
    },
  };
}

function forest(spec, width) {
  const size = width < 480 ? 11 : 13;
  const wide = names(spec.rows, width, size);
  return {
    height: spec.rows.length * (width < 480 ? 34 : 32) + 50,
    option: {
      grid: frame(wide + 12, 4, 22, 46),
      yAxis: rowsAxis(spec.rows, wide, size),
      xAxis: axis(spec.along, size, width - wide - 34, Object.assign({ scale: !known(spec.zero) }, title(spec.along.title, size, 26))),
      tooltip: { trigger: "axis", axisPointer: { type: "shadow", axis: "y" }, formatter: (found) => tip(found.map((p) => ({ colour: spec.rows[p.dataIndex].colour, words: spec.rows[p.dataIndex].tip }))) },
      series: [{
        type: "custom", id: "rows", encode: { x: [1, 2, 3, 4, 5, 6], y: 0 },
        data: spec.rows.map((row, i) => [i, row.value, ...(row.interval || [null, null]), ...(row.typical || [null, null]), row.goal].map((v) => known(v) ? v : "-")),
        renderItem: (params, api) => {
          const row = spec.rows[params.dataIndex], box = params.coordSys;
          const at = (value) => api.coord([value, params.dataIndex]);
          const y = at(known(row.value) ? row.value : 0)[1], its = colour(row.colour), children = [], pale = row.pale ? 0.4 : 1;
          if (known(spec.zero) && params.dataIndexInside === 0) {
            const x = at(spec.zero)[0];
            children.push(stroke([[x, box.y], [x, box.y + box.height]], { stroke: AXIS, lineWidth: 1.4 }, 1));
          }
          const strip = (ends, tall, opacity) => {
            const low = at(ends[0])[0], high = at(ends[1])[0];
            children.push(field(low, y - tall / 2, Math.max(1.5, high - low), tall, its, 3, { opacity: opacity * pale }));
          };
          if (row.typical) strip(row.typical, 7, row.part ? 0.18 : 0.28);
          if (row.interval) strip(row.interval, 15, row.part ? 0.4 : 0.65);
          if (known(row.value)) children.push(dot(at(row.value)[0], y, row.part ? 3.5 : 5, row.pale ? GREYED : its, 8));
          if (known(row.goal)) { const x = at(row.goal)[0]; children.push(stroke([[x, y - 11], [x, y + 11]], { stroke: INK, lineWidth: 2.5 }, 6)); }
          return { type: "group", children: children };
        },
      }],
    },
  };
}

// Bars from anywhere to anywhere, each with its interval; where the window is narrow the name of a row stands above its bars.
function spans(spec, width) {
  const narrow = width < 480, size = narrow ? 11 : 12, tall = 17, gap = 9;
  const all = spec.rows.flatMap((row) => row.bars.filter(Boolean));
  const ends = (bar) => [bar.from, bar.to].concat(bar.interval || []);
  const most = Math.max(1, ...spec.rows.map((row) => row.bars.length));
  const step = most * tall + gap + (narrow ? size + 4 : 0);
  const left = narrow ? 0 : names(spec.rows, width, size) + 12;
  // words stand beyond the ends of the bars, in margins of their own
  const isBack = (bar) => bar.to < bar.from;
  const room = (back) => Math.min(width * 0.24, Math.max(10, ...all.filter((bar) => isBack(bar) === back).map((bar) => bar.written.length * size * 0.56 + 12)));
  const before = room(true), behind = room(false);
  const low = known(spec.along.low) ? spec.along.low : Math.min(...all.flatMap(ends)), high = known(spec.along.high) ? spec.along.high : Math.max(...all.flatMap(ends));
  const head = spec.line && spec.line.name ? size + 14 : 4, inner = width - left - before - behind;
  return {
    height: spec.rows.length * step + head + 48,
    option: {
      grid: frame(left + before, head, behind, 44),
      yAxis: besideWords(rowsAxis(spec.rows, left - 12, size), narrow, before),
      xAxis: axis(Object.assign({}, spec.along, low < high ? {} : { low: low - 1, high: high + 1 }), size, inner, Object.assign({ scale: false, splitNumber: Math.max(2, Math.round(inner / 70)) }, title(spec.along.title, size, 26))),
      tooltip: { trigger: "axis", axisPointer: { type: "shadow", axis: "y" }, formatter: (found) => tip(spec.rows[found[0].dataIndex].bars.filter(Boolean).map((bar) => ({ colour: bar.colour, words: bar.tip }))) },
      series: [{
        type: "custom", id: "spans", encode: { x: [1, 2], y: 0 },
        data: spec.rows.map((row, i) => { const its = row.bars.filter(Boolean).flatMap(ends); return [i].concat(its.length ? [Math.min(...its), Math.max(...its)] : ["-", "-"]); }),
        renderItem: (params, api) => {
          const place = params.dataIndex, its = spec.rows[place], box = params.coordSys, children = [];
          const at = (value) => api.coord([value, place])[0];
          const middle = api.coord([low, place])[1], top = middle - step / 2 + gap / 2 + (narrow ? size + 4 : 0);
          if (narrow) children.push(text(0, middle - step / 2 + 3, its.label, size, { width: width - 4, overflow: "truncate", fontWeight: 600, stroke: "#fff", lineWidth: 3 }));
          if (spec.line && place === 0) {
            const x = at(spec.line.at), half = spec.line.name.length * size * 0.29;
            children.push(stroke([[x, box.y], [x, box.y + box.height]], { stroke: INK, lineWidth: 1.4 }, 6));
            if (spec.line.name) children.push(text(Math.max(half, Math.min(width - half, x)), 5, spec.line.name, size, { align: "center", fontWeight: 600 }));
          }
          const above = place > 0 && spec.rows[place - 1].bars[0];
          if (spec.joined && above) children.push(stroke([[at(above.to), middle - step + tall / 2], [at(above.to), middle + tall / 2]], { stroke: AXIS, lineWidth: 1 }, 1));
          its.bars.forEach((bar, line) => { if (bar) children.push(...span(bar, at, top + line * tall + tall / 2, tall - 4, size)); });
          return { type: "group", children: children };
        },
      }],
    },
  };
}

// Names of rows keep off the words beside bars; where the window is narrow they stand above.
function besideWords(axis, narrow, before) {
  Object.assign(axis.axisLabel, { show: !narrow, margin: before + 8 });
  return axis;
}

// One bar with the interval of its end, and what is written beyond both.
function span(bar, at, y, tall, size) {
  const from = at(bar.from), to = at(bar.to), back = bar.to < bar.from, drawn = [];
  // a step of nothing is a hair, not nothing
  drawn.push(field(Math.min(from, to), y - tall / 2, Math.max(1.5, Math.abs(to - from)), tall, colour(bar.colour), 3, { opacity: bar.pale ? 0.35 : 0.9 }));
  let end = to;
  if (bar.interval) {
    const [low, high] = bar.interval.map(at);
    drawn.push(stroke([[low, y], [high, y]], { stroke: INK, lineWidth: 1.4 }, 7));
    for (const x of [low, high]) drawn.push(stroke([[x, y - 3.5], [x, y + 3.5]], { stroke: INK, lineWidth: 1.4 }, 7));
    end = back ? Math.min(to, low, high) : Math.max(to, low, high);
  }
  drawn.push(text(back ? end - 5 : end + 5, y, bar.written, size, { align: back ? "right" : "left", verticalAlign: "middle", fill: bar.pale ? MUTED : INK }));
  return drawn;
}
