// Draws the numbers of the page: every plot is one free-form series on the library's axes, with tooltips the page brings along.
// The files beside this one come before it; html.rs puts them into one function.
const KINDS = { lines: lines, bars: bars, stacks: stacks, forest: forest, heat: heat, spans: spans, dots: dots };
const numbers = JSON.parse(document.getElementById("numbers").textContent);
const drawn = [];

function draw(plot, width, onPaper) {
  const made = KINDS[plot.spec.kind](plot.spec, width);
  if (onPaper && !["forest", "spans"].includes(plot.spec.kind)) made.height = Math.round(made.height * 0.82);
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
