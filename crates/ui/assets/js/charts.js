// Draws <div data-chart> from the JSON beside it. Loaded when the first chart comes near.
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([
  BarChart,
  LineChart,
  PieChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  SVGRenderer,
]);

const drawn = new Map();

export function draw(element) {
  if (element.dataset.drawn) return;
  element.dataset.drawn = "yes";
  const spec = JSON.parse(element.nextElementSibling.textContent);
  const chart = echarts.init(element, null, { renderer: "svg" });
  drawn.set(element, { chart, spec });
  chart.setOption(option(spec, chart.getWidth()));
  let width = chart.getWidth();
  new ResizeObserver(() => {
    chart.resize();
    if (chart.getWidth() === width) return;
    width = chart.getWidth();
    chart.setOption(option(spec, width), true);
  }).observe(element);
}

document.addEventListener("theme", () => {
  for (const [element, { chart, spec }] of drawn) {
    if (element.isConnected) chart.setOption(option(spec, chart.getWidth()), true);
    else drawn.delete(element);
  }
});

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function number(spec, value) {
  if (value === null || value === undefined) return "—";
  return value.toLocaleString("zh-CN", { maximumFractionDigits: spec.decimals ?? 0 }) + (spec.unit ?? "");
}

function option(spec, width) {
  const scale = 10 ** (spec.decimals ?? 0);
  const series = spec.series.map((one) => ({
    ...one,
    values: one.values.map((value) => (value === null ? null : value / scale)),
  }));
  const text = colour("muted");
  const font = getComputedStyle(document.body).fontFamily;
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 400,
    // Red (4) is left out: it says that something is wrong.
    color: [1, 2, 3, 5, 7, 6].map((n) => colour(`chart-${n}`)),
    textStyle: { fontFamily: font },
    tooltip: {
      renderMode: "richText",
      trigger: spec.kind === "pie" ? "item" : "axis",
      axisPointer: { type: spec.kind === "line" ? "line" : "shadow" },
      backgroundColor: colour("card"),
      borderColor: colour("border"),
      textStyle: { color: colour("text"), fontSize: 13 },
      valueFormatter: (value) => number(spec, value),
    },
    legend: {
      top: 0,
      right: 0,
      type: "plain",
      icon: "roundRect",
      itemWidth: 10,
      itemHeight: 10,
      textStyle: { color: text },
      show: series.length > 1 || spec.kind === "pie",
    },
    ...(spec.kind === "pie" ? pie(spec, series, text) : axes(spec, series, text, width)),
  };
}

function tone(one) {
  return one.tone ? { color: colour(`chart-${one.tone}`) } : undefined;
}

function axes(spec, series, text, width) {
  const longest = Math.max(...spec.labels.map((label) => label.length));
  const crowded = spec.kind !== "line" && spec.labels.length * (longest * 12 + 8) > width - 50;
  const across = spec.kind === "ranking";
  const names = {
    type: "category",
    data: spec.labels,
    inverse: across,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colour("border") } },
    axisLabel: {
      color: text,
      hideOverlap: spec.kind === "line",
      interval: spec.kind === "line" ? "auto" : 0,
      rotate: crowded && !across ? 45 : 0,
    },
  };
  const values = {
    type: "value",
    splitNumber: 4,
    splitLine: { lineStyle: { color: colour("border-soft") } },
    axisLabel: { color: text },
    name: spec.unit,
    nameTextStyle: { color: text, align: "right" },
  };
  const line = spec.kind === "line";
  return {
    grid: { left: 4, right: 12, top: series.length > 1 || spec.unit ? 40 : 12, bottom: 0, containLabel: true },
    xAxis: across ? { ...values, name: undefined } : names,
    yAxis: across ? names : values,
    series: series.map((one) => ({
      name: one.name,
      type: line ? "line" : "bar",
      stack: spec.kind === "stacked" ? "all" : undefined,
      data: one.values,
      itemStyle: tone(one),
      lineStyle: { width: 2.5 },
      symbol: "circle",
      symbolSize: 6,
      showSymbol: one.values.length <= 14,
      barMaxWidth: 28,
    })),
  };
}

function pie(spec, series, text) {
  const only = series[0] ?? { name: "", values: [] };
  return {
    legend: { bottom: 0, icon: "circle", itemWidth: 10, itemHeight: 10, textStyle: { color: text } },
    series: [
      {
        name: only.name,
        type: "pie",
        radius: ["52%", "76%"],
        center: ["50%", "44%"],
        label: { show: false },
        itemStyle: { borderColor: colour("card"), borderWidth: 2 },
        data: spec.labels.map((name, index) => ({
          name,
          value: only.values[index],
          itemStyle: spec.tones?.[index] ? { color: colour(`chart-${spec.tones[index]}`) } : undefined,
        })),
      },
    ],
  };
}
