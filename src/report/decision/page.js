"use strict";
// Draws the numbers of the page: every plot is one free-form series on the library's axes, with tooltips the page brings along.
(function () {
  const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7D8792", "#1F2933"];
  const RAMPS = [["#F3F8FD", "#C6DBEF", "#6BAED6", "#2171B5", "#08306B"], ["#FFF6EC", "#FDD0A2", "#FD8D3C", "#D94801", "#7F2704"]];
  const INK = "#1F2933", MUTED = "#58636E", GRID = "#E3E7EC", AXIS = "#9AA5B1", MISSING = "#EEF0F3", GREYED = "#AEB6BF";
  // On paper half a page's width, or the whole, in the units of a screen.
  const PAPER_WIDTHS = [330, 682];
  const WHOLE = ".charts figure:last-child:nth-child(odd) .panel:only-child *, .charts figure:last-child:nth-child(odd) .panel:first-child:nth-last-child(3) *";
  const colour = (place) => COLOURS[place % 8];
  const known = (value) => typeof value === "number";

  function figure(kind, value) {
    if (kind === "percent") return Math.round(value * 1000) / 10 + " %";
    const short = Math.abs(value) >= 1e6 ? value / 1e6 + "M" : Math.abs(value) >= 1e4 ? value / 1e3 + "K" : String(Math.round(value * 1e6) / 1e6);
    return kind === "money" ? "$" + short : short;
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
          return { type: "group", children: [
            stroke([[box.x, y], [box.x + box.width, y]], { stroke: its, lineWidth: 1.4, lineDash: [6, 4] }, 4),
            text(box.x + 6, y - 3, mark.name, size, { fill: its, fontWeight: 600, verticalAlign: "bottom" })] };
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
          formatter: (found) => tip(found.filter((p) => about.has(p.seriesId)).map((p) => ({ colour: about.get(p.seriesId).colour, words: about.get(p.seriesId).points[p.dataIndex].tip })).filter((l) => l.words)) },
        series: [marks(spec, size)].concat(spec.series.map(line)),
      },
    };
  }

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

  // The borders between cells on either side of the contour, and the frame of today's cell.
  function heatLines(spec, columns) {
    const above = (place) => known(spec.cells[place]) ? spec.cells[place] >= spec.contour : null;
    const differ = (one, other) => above(one) !== null && above(other) !== null && above(one) !== above(other);
    return (place, x, y, wide, tall) => {
      const right = x + wide / 2, left = x - wide / 2, bottom = y + tall / 2, lines = [];
      const ink = { stroke: INK, lineWidth: 3 };
      if (known(spec.contour)) {
        if ((place + 1) % columns && differ(place, place + 1)) lines.push(stroke([[right, y - tall / 2], [right, bottom]], ink, 20));
        if (place + columns < spec.cells.length && differ(place, place + columns)) lines.push(stroke([[left, bottom], [right, bottom]], ink, 20));
      }
      if (place === spec.today) lines.push(field(left + 3, y - tall / 2 + 3, wide - 7, tall - 7, "none", 21, { stroke: "#D94801", lineWidth: 2.5 }));
      return lines;
    };
  }

  function heat(spec, width) {
    const size = 11, columns = spec.columns.length, isMap = spec.written.length > 0;
    const rows = spec.rows.map((label) => ({ label: label }));
    const wide = isMap ? names(rows, width, size) + 12 : 38, tall = isMap ? 34 : 22;
    const room = (width - wide - 4) / columns, longest = Math.max(...spec.columns.map((name) => name.length)) * size * 0.6 + 8;
    const step = isMap ? Math.max(0, Math.ceil(longest / room) - 1) : width < 480 ? 5 : 2;
    const borders = heatLines(spec, columns);
    return {
      height: spec.rows.length * tall + (spec.across ? 48 : 26),
      option: {
        grid: frame(wide, 2, 4, spec.across ? 44 : 22),
        xAxis: Object.assign({ type: "category", data: spec.columns, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: MUTED, fontSize: size, interval: step } }, title(spec.across, size, 26)),
        yAxis: isMap ? rowsAxis(rows, wide - 12, size) : { type: "category", data: spec.rows, inverse: true, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: MUTED, fontSize: size, interval: 0 } },
        tooltip: { trigger: "item", formatter: (p) => tip([{ words: spec.tips[p.dataIndex] }]) },
        series: [{
          type: "custom", id: "cells", encode: { x: 0, y: 1 }, data: spec.cells.map((cell, i) => [i % columns, Math.floor(i / columns)]),
          renderItem: (params, api) => {
            const cell = spec.cells[params.dataIndex], words = spec.written[params.dataIndex] || "";
            const [x, y] = api.coord([api.value(0), api.value(1)]), [wide, tall] = api.size([1, 1]);
            const share = spec.top > 0 ? cell / spec.top : 0;
            // where something is written the darkest colours are left out, so that it can be read
            const fill = known(cell) ? ramp(spec.ramp, isMap ? share * 0.8 : share) : MISSING;
            const children = [field(x - wide / 2, y - tall / 2, wide - 1, tall - 1, fill, 2)].concat(borders(params.dataIndex, x, y, wide, tall));
            if (words.length * size * 0.6 < wide - 4) children.push(text(x, y, words, size, { align: "center", verticalAlign: "middle", fill: share > 0.62 ? "#fff" : INK }));
            return { type: "group", children: children };
          },
        }],
      },
    };
  }

  const KINDS = { lines: lines, bars: bars, stacks: stacks, forest: forest, heat: heat };
  const numbers = JSON.parse(document.getElementById("numbers").textContent);
  const drawn = [];

  function draw(plot, width, onPaper) {
    const made = KINDS[plot.spec.kind](plot.spec, width);
    if (onPaper && plot.spec.kind !== "forest") made.height = Math.round(made.height * 0.82);
    plot.element.style.height = made.height + "px";
    plot.chart.resize({ width: width, height: made.height });
    const usual = { animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily } };
    made.option.tooltip = Object.assign({ confine: true, appendTo: undefined, transitionDuration: 0, backgroundColor: "#fff", borderColor: AXIS, padding: [8, 10] }, made.option.tooltip);
    plot.chart.setOption(Object.assign(usual, made.option), { notMerge: true });
    plot.width = width;
  }

  function redraw(onPaper) {
    for (const plot of drawn) {
      const wanted = onPaper ? PAPER_WIDTHS[plot.element.matches(WHOLE) ? 1 : 0] : plot.element.clientWidth;
      if (wanted && wanted !== plot.width) draw(plot, wanted, onPaper);
    }
  }

  for (const element of document.querySelectorAll("[data-plot]")) {
    const [chart, panel] = element.dataset.plot.split("-").map(Number);
    const plot = { element: element, spec: numbers[chart][panel], width: 0, chart: echarts.init(element, null, { renderer: "svg", width: element.clientWidth || 300, height: 300 }) };
    plot.chart.on("finished", () => { element.dataset.drawn = String(element.querySelectorAll("svg path, svg polyline, svg polygon, svg circle, svg rect").length); });
    drawn.push(plot);
    draw(plot, element.clientWidth || 300, false);
  }

  // how far the page reaches beyond its window: nothing should
  document.body.dataset.overflow = String(Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
  new ResizeObserver(() => redraw(false)).observe(document.querySelector("main"));
  window.addEventListener("beforeprint", () => redraw(true));
  window.addEventListener("afterprint", () => redraw(false));
})();
