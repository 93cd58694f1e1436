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

function marks(spec, size) {
  const all = spec.levels.map((mark) => ({ mark: mark, level: true })).concat(spec.uprights.map((mark) => ({ mark: mark, level: false })));
  return {
    type: "custom", id: "marks", silent: true, tooltip: { show: false }, encode: { x: 0, y: 1 }, clip: false,
    data: all.map(({ mark, level }) => level ? [spec.series.length && spec.series[0].points.length ? spec.series[0].points[0].at : 0, mark.at] : [mark.at, known(spec.up.low) ? spec.up.low : "-"]),
    renderItem: (params, api) => {
      const { mark, level } = all[params.dataIndex];
      const box = params.coordSys;
      const its = colour(mark.colour);
      if (level) {
        const y = api.coord([0, mark.at])[1];
        // names of levels that lie close stand beside each other
        const before = all.slice(0, params.dataIndex).filter((other) => other.level && Math.abs(api.coord([0, other.mark.at])[1] - y) < size + 6);
        const left = box.x + 6 + before.reduce((sum, other) => sum + other.mark.name.length * size * 0.6 + 8, 0);
        return { type: "group", children: [
          stroke([[box.x, y], [box.x + box.width, y]], { stroke: its, lineWidth: 1.4, lineDash: [6, 4] }, 4),
          text(left, y - 3, mark.name, size, { fill: its, fontWeight: 600, verticalAlign: "bottom", stroke: "#fff", lineWidth: 3 })] };
      }
      const x = api.coord([mark.at, known(spec.up.low) ? spec.up.low : 0])[0];
      const near = x + 4 + mark.name.length * size * 0.58 > box.x + box.width;
      // names of uprights stand one below the other, so that near ones do not cover each other
      const row = all.slice(0, params.dataIndex).filter((other) => !other.level).length % 3;
      return { type: "group", children: [
        stroke([[x, box.y], [x, box.y + box.height]], { stroke: its, lineWidth: 1.3, lineDash: [4, 4] }, 4),
        text(near ? x - 4 : x + 4, box.y + box.height - 6 - row * (size + 4), mark.name, size, { fill: its, fontWeight: 600, verticalAlign: "bottom", align: near ? "right" : "left", stroke: "#fff", lineWidth: 3 })] };
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
      grid: frame(44, 12, 14, 46),
      xAxis: axis(spec.across, size, width - 58, Object.assign({ splitLine: { show: false }, axisLine: { show: true, onZero: false, lineStyle: { color: AXIS } } }, title(spec.across.title, size, 26))),
      yAxis: axis(spec.up, size, 400, {}),
      tooltip: { trigger: "axis", axisPointer: { type: "line", snap: true, lineStyle: { color: AXIS } },
        formatter: (found) => tip(told(spec, found.filter((p) => about.has(p.seriesId)).map((p) => [about.get(p.seriesId), p.dataIndex]))) },
      series: [marks(spec, size)].concat(spec.series.map(line)),
    },
  };
}
