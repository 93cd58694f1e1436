// Cells in rows and columns.
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

// "Mon 09:00–10:00: 0.32 leads an hour", or what the tip says itself.
function ofCell(spec, place) {
  if (!spec.hourly) return spec.tips[place];
  const hour = place % 24, written = (hour) => String(hour).padStart(2, "0") + ":00";
  return spec.rows[Math.floor(place / 24)] + " " + written(hour) + "–" + written(hour + 1) + ": " + spec.tips[place] + " " + spec.hourly;
}

function heat(spec, width) {
  const size = 11, columns = spec.columns.length, isMap = spec.written.length > 0;
  const rows = spec.rows.map((label) => ({ label: label }));
  const wide = isMap ? names(rows, width, size) + 12 : 38, tall = isMap ? 34 : 22;
  const room = (width - wide - 4) / columns, longest = Math.max(...spec.columns.map((name) => name.length)) * size * 0.6 + 8;
  const step = isMap ? Math.max(0, Math.ceil(longest / room) - 1) : width < 480 ? 5 : 2;
  const borders = heatLines(spec, columns);
  return {
    height: spec.rows.length * tall + (spec.across ? 48 : 26) + (spec.down ? 18 : 0),
    option: {
      grid: frame(wide, spec.down ? 20 : 2, 4, spec.across ? 44 : 22),
      xAxis: Object.assign({ type: "category", data: spec.columns, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: MUTED, fontSize: size, interval: step } }, title(spec.across, size, 26)),
      yAxis: isMap ? rowsAxis(rows, wide - 12, size) : { type: "category", data: spec.rows, inverse: true, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: MUTED, fontSize: size, interval: 0 } },
      tooltip: { trigger: "item", formatter: (p) => tip([{ words: ofCell(spec, p.dataIndex) }]) },
      series: [{
        type: "custom", id: "cells", encode: { x: 0, y: 1 }, data: spec.cells.map((cell, i) => [i % columns, Math.floor(i / columns)]),
        renderItem: (params, api) => {
          const cell = spec.cells[params.dataIndex], words = spec.written[params.dataIndex] || "";
          const [x, y] = api.coord([api.value(0), api.value(1)]), [wide, tall] = api.size([1, 1]);
          const share = spec.top > 0 ? cell / spec.top : 0;
          // where something is written the darkest colours are left out, so that it can be read
          const fill = known(cell) ? ramp(spec.ramp, isMap ? share * 0.8 : share) : MISSING;
          const children = [field(x - wide / 2, y - tall / 2, wide - 1, tall - 1, fill, 2)].concat(borders(params.dataIndex, x, y, wide, tall));
          if (words.length * size * 0.6 < wide - 4) children.push(text(x, y, words, size, { align: "center", verticalAlign: "middle", fill: share > 0.75 ? "#fff" : INK }));
          // the title of the rows stands above their names
          if (spec.down && params.dataIndex === 0) children.push(text(2, 15, spec.down, size, { fontWeight: 600, verticalAlign: "bottom" }));
          return { type: "group", children: children };
        },
      }],
    },
  };
}
