// A dot a thing, such as a set of levers by its price: intervals upright, names where they cover least.
function dots(spec, width) {
  const narrow = width < 480, size = narrow ? 11 : 12;
  const prices = spec.dots.map((dot) => dot.at), low = Math.min(0, ...prices), high = Math.max(low + 1, ...prices), air = (high - low) * 0.04;
  const across = Object.assign({}, spec.across, { low: low - air, high: high + air });
  return {
    height: narrow ? 320 : 400,
    option: {
      grid: frame(44, 12, 16, 46),
      xAxis: axis(across, size, width - 60, Object.assign({ splitNumber: narrow ? 3 : 6, splitLine: { show: false }, axisLine: { show: true, onZero: false, lineStyle: { color: AXIS } } }, title(spec.across.title, size, 26))),
      yAxis: axis(spec.up, size, 400, {}),
      tooltip: { trigger: "item", formatter: (found) => tip(near(spec.dots, spec.dots[found.dataIndex], (high - low) / 60)) },
      series: [behindDots(spec, size, high + air), {
        type: "custom", id: "dots", encode: { x: 0, y: [1, 2, 3] }, data: spec.dots.map((dot) => [dot.at, dot.value].concat(dot.interval || ["-", "-"])),
        renderItem: (params, api) => {
          const point = spec.dots[params.dataIndex], its = colour(point.colour), [x, y] = api.coord([point.at, point.value]), children = [];
          // intervals only where they can be told apart: of what has a name; the tooltip tells all
        if (point.interval && point.name) children.push(stroke(point.interval.map((end) => api.coord([point.at, end])), { stroke: its, lineWidth: 3, opacity: 0.6 }, 4));
          // a wider ring that is not seen makes the dot easy to point at
          children.push({ type: "circle", z2: 9, shape: { cx: x, cy: y, r: 11 }, style: { fill: "#fff", opacity: 0 } });
          children.push(dot(x, y, point.large ? 7.5 : point.name ? 6 : 4.5, its, point.large ? 8 : 7));
          return { type: "group", children: children };
        },
      }],
    },
  };
}

// What lies so near that one can hardly point at it alone is told together, the one pointed at first.
function near(dots, about, reach) {
  const beside = dots.filter((dot) => dot !== about && Math.abs(dot.at - about.at) <= reach && Math.abs(dot.value - about.value) <= 0.02);
  const told = [about].concat(beside).slice(0, 4).map((dot) => ({ colour: dot.colour, words: dot.tip }));
  return beside.length > 3 ? told.concat([{ words: "and " + (beside.length - 3) + " more here: see the table" }]) : told;
}

// The stairs, the levels and the names: one item, for names must know of each other.
function behindDots(spec, size, right) {
  return {
    type: "custom", id: "names", silent: true, tooltip: { show: false }, encode: { x: 0, y: 1 }, data: [[spec.dots[0].at, spec.dots[0].value]],
    renderItem: (params, api) => {
      const box = params.coordSys, children = [], taken = [], stairs = [];
      spec.stairs.forEach(([at, value], place) => {
        if (place) stairs.push(api.coord([at, spec.stairs[place - 1][1]]));
        stairs.push(api.coord([at, value]));
      });
      if (stairs.length) children.push(stroke(stairs.concat([[api.coord([right, 0])[0], stairs[stairs.length - 1][1]]]), { stroke: colour(0), lineWidth: 1.8, opacity: 0.7 }, 2));
      for (const mark of spec.levels) {
        const y = api.coord([0, mark.at])[1], long = mark.name.length * size * 0.58;
        children.push(stroke([[box.x, y], [box.x + box.width, y]], { stroke: colour(mark.colour), lineWidth: 1.4, lineDash: [6, 4] }, 3));
        children.push(text(box.x + 6, y + 4, mark.name, size, { fill: colour(mark.colour), fontWeight: 600, stroke: "#fff", lineWidth: 3 }));
        taken.push([box.x + 6, y + 2, long, size + 4], [box.x, y - 2, box.width, 4]);
      }
        const spots = spec.dots.map((dot) => api.coord([dot.at, dot.value]));
    const along = ([a, b], [c, d]) => { for (let part = 0; part <= 12; part++) spots.push([a + (c - a) * part / 12, b + (d - b) * part / 12]); };
    for (const dot of spec.dots.filter((dot) => dot.name && dot.interval)) along(...dot.interval.map((end) => api.coord([dot.at, end])));
    stairs.forEach((place, at) => { if (at) along(stairs[at - 1], place); });
      for (const dot of spec.dots.filter((dot) => dot.name).sort((a, b) => b.large - a.large)) {
        const free = roomFor(dot, api.coord([dot.at, dot.value]), box, size, taken, spots);
        if (!free) continue;
        taken.push(free);
        children.push(text(free[0], free[1], free[4], size, { fill: dot.large ? INK : MUTED, fontWeight: dot.large ? 700 : 600, stroke: "#fff", lineWidth: 3 }));
      }
      return { type: "group", children: children };
    },
  };
}

// A place for a name beside its dot, inside the drawing, on no other name, covering as few dots as can be; none where there is no room.
function roomFor(dot, [x, y], box, size, taken, spots) {
  const most = Math.floor((box.width - 8) / (size * 0.58));
  const words = dot.name.length > most ? dot.name.slice(0, most - 1) + "…" : dot.name;
  const wide = words.length * size * 0.58, tall = size + 3;
  let best = null, least = Infinity;
  for (let step = 0; step < 14; step++) {
    for (const down of [1, -1]) {
      for (const left of [x + 11, x - 11 - wide, x - wide / 2]) {
        // straight over its own dot a name must keep off it
        const top = y - tall / 2 + down * (left === x - wide / 2 ? step + 1 : step) * 14;
        const inside = left >= box.x + 2 && left + wide <= box.x + box.width - 2 && top >= box.y && top + tall <= box.y + box.height - 2;
        const meets = taken.some(([a, b, c, d]) => left < a + c && a < left + wide && top < b + d && b < top + tall);
        if (!inside || meets) continue;
        const covered = spots.filter(([a, b]) => a > left - 5 && a < left + wide + 5 && b > top - 5 && b < top + tall + 5).length;
        if (covered * 3 + step < least) { least = covered * 3 + step; best = [left, top, wide, tall, words]; }
      }
    }
  }
  return best;
}
