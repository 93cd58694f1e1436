// What leadsim's pages use of ECharts: axes, tooltips, one free-form series, drawn as SVG.
import { init, use } from "echarts/core";
import { CustomChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

use([CustomChart, GridComponent, TooltipComponent, SVGRenderer]);

export { init };
