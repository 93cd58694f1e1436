// Values along an axis: lines with bands, and points with whiskers.
// Stretches of points without a gap.
function stretches(points, has) {
  const all = [[]];
  for (const point of points) {
    if (has(point)) all[all.length - 1].push(point); else if (all[all.length - 1].length) all.push([]);
  }
  return all.filter((stretch) => stretch.length);
}

function band(api, points, ends, fill) {
  return stretches(points, ends).map((stretch) => {
    const top = stretch.map((point) => api.coord([point.at, ends(point)[1]]));
    const low = stretch.map((point) => api.coord([point.at, ends(point)[0]])).reverse();
    return { type: "polygon", silent: true, z2: 1, shape: { points: top.concat(low) }, style: { fill: fill.colour, opacity: fill.opacity } };
  });
}

function line(series, place) {
  const whiskers = series.stroke === "whiskers";
  const its = colour(series.colour);
  const style = { stroke: its, lineWidth: series.stroke === "broken" ? 1.6 : 2.2, lineDash: series.stroke === "broken" ? [5, 4] : undefined };
  return {
    type: "custom", id: "line" + place, name: series.name, encode: { x: 0, y: [1, 2, 3, 4, 5] }, clip: true,
    data: series.points.map((p) => [p.at, p.value, ...(p.interval || [null, null]), ...(p.typical || [null, null])].map((v) => known(v) ? v : "-")),
    renderItem: (params, api) => {
      const children = [];
      const point = series.points[params.dataIndex];
      if (params.dataIndexInside === 0 && !whiskers) {
        children.push(...band(api, series.points, (p) => known(p.value) && p.typical, { colour: its, opacity: 0.13 }));
        children.push(...band(api, series.points, (p) => known(p.value) && p.interval, { colour: its, opacity: 0.38 }));
        for (const stretch of stretches(series.points, (p) => known(p.value))) {
          children.push(stroke(stretch.map((p) => api.coord([p.at, p.value])), style, 5));
        }
      }
      if (known(point.value)) {
        const [x, y] = api.coord([point.at, point.value]);
        if (whiskers && point.interval) {
          const ends = point.interval.map((end) => api.coord([point.at, end]));
          children.push(stroke(ends, { stroke: its, lineWidth: 2 }, 5));
        }
        if (series.stroke === "dotted" || whiskers) children.push(point.open ? hollow(x, y, 4, its, 8) : dot(x, y, 4, its, 8));
      }
      return { type: "group", children: children };
    },
  };
}

// Where lines run: spots along each, near enough that no name fits between two.
function spots(spec, api) {
  const all = [];
  for (const series of spec.series) {
    let before = null;
    for (const point of series.points) {
      const here = known(point.value) ? api.coord([point.at, point.value]) : null;
      for (let n = 1; here && n <= 12; n++) {
        const share = before ? n / 12 : 1;
        const [x, y] = before || here;
        all.push([x + (here[0] - x) * share, y + (here[1] - y) * share]);
      }
      before = here;
    }
  }
  return all;
}

// The place of each name that covers least of the lines and no other name; the first of equals.
function places(spec, all, api, box, size) {
  const drawn = spots(spec, api), taken = [];
  const foot = known(spec.up.low) ? spec.up.low : 0;
  const ways = all.map(({ mark, level }) => level ? api.coord([0, mark.at])[1] : api.coord([mark.at, foot])[0]);
  return all.map(({ mark, level }, own) => {
    const width = mark.name.length * size * 0.58, at = ways[own], candidates = [];
    for (let row = 0; row < 3; row++) {
      if (level) {
        for (const y of [at - 3 - row * (size + 4), at + size + 4 + row * (size + 4)]) {
          for (const share of [0, 1, 0.5, 0.25, 0.75]) candidates.push([box.x + 6 + share * Math.max(0, box.width - 12 - width), y]);
        }
      } else {
        for (const y of [box.y + box.height - 6 - row * (size + 4), box.y + size + 6 + row * (size + 4)]) candidates.push([at + 4, y], [at - 4 - width, y]);
      }
    }
    const cost = ([x, y], place) => {
      const inside = (px, py) => px > x - 4 && px < x + width + 4 && py > y - size - 3 && py < y + 3;
      let sum = drawn.filter(([px, py]) => inside(px, py)).length + place * 0.01;
      ways.forEach((other, its) => {
        if (its === own) return;
        if (all[its].level ? other > y - size - 3 && other < y + 3 : other > x - 4 && other < x + width + 4) sum += 2;
      });
      // a name below its line may be taken for that of the next line
      if (level && y > at) sum += 4;
      for (const [tx, ty, tw] of taken) if (x < tx + tw + 6 && tx < x + width + 6 && Math.abs(y - ty) < size + 2) sum += 1000;
      if (x < box.x || x + width > box.x + box.width || y - size < box.y - 8 || y > box.y + box.height) sum += 400;
      return sum;
    };
    const costs = candidates.map(cost);
    const [x, y] = candidates[costs.indexOf(Math.min(...costs))];
    taken.push([x, y, width]);
    return [x, y];
  });
}

function marks(spec, size) {
  const all = spec.levels.map((mark) => ({ mark: mark, level: true })).concat(spec.uprights.map((mark) => ({ mark: mark, level: false })));
  return {
    type: "custom", id: "marks", silent: true, tooltip: { show: false }, encode: { x: 0, y: 1 }, clip: false,
    data: all.map(({ mark, level }) => level ? [spec.series.length && spec.series[0].points.length ? spec.series[0].points[0].at : 0, mark.at] : [mark.at, known(spec.up.low) ? spec.up.low : "-"]),
    renderItem: (params, api) => {
      const { mark, level } = all[params.dataIndex];
      const box = params.coordSys;
      const its = colour(mark.colour);
      const [x, y] = places(spec, all, api, box, size)[params.dataIndex];
      const name = text(x, y, mark.name, size, { fill: its, fontWeight: 600, verticalAlign: "bottom", stroke: "#fff", lineWidth: 3 });
      const at = level ? api.coord([0, mark.at])[1] : api.coord([mark.at, known(spec.up.low) ? spec.up.low : 0])[0];
      const ends = level ? [[box.x, at], [box.x + box.width, at]] : [[at, box.y], [at, box.y + box.height]];
      const dash = level ? { stroke: its, lineWidth: 1.4, lineDash: [6, 4] } : { stroke: its, lineWidth: 1.3, lineDash: [4, 4] };
      return { type: "group", children: [stroke(ends, dash, 4), name] };
    },
  };
}

// What a tooltip tells: the place once, where lines share their places, then what each line has there.
function told(spec, found) {
  const at = ([series, place]) => ({ colour: series.colour, words: series.points[place].tip, name: series.name });
  const all = found.map(at).filter((line) => line.words);
  if (!spec.places || !all.length) return all;
  return [{ words: spec.places[found[0][1]] }].concat(all.map((line) => ({ colour: line.colour, words: line.name + ": " + line.words })));
}

function lines(spec, width) {
  const size = width < 480 ? 11 : 12;
  const about = new Map(spec.series.map((series, place) => ["line" + place, series]));
  return {
    height: width < 480 ? 250 : width < 660 ? 300 : width < 800 ? 280 : 380,
    option: {
      grid: frame(44, 12, 22, 46),
      xAxis: axis(spec.across, size, width - 66, Object.assign({ splitLine: { show: false }, axisLine: { show: true, onZero: false, lineStyle: { color: AXIS } } }, title(spec.across.title, size, 26))),
      yAxis: axis(spec.up, size, 400, {}),
      tooltip: { trigger: "axis", axisPointer: { type: "line", snap: true, lineStyle: { color: AXIS } },
        formatter: (found) => tip(told(spec, found.filter((p) => about.has(p.seriesId)).map((p) => [about.get(p.seriesId), p.dataIndex]))) },
      series: [marks(spec, size)].concat(spec.series.map(line)),
    },
  };
}
