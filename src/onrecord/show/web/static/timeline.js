import * as echarts from "/static/vendor/echarts.js";
import { colour, common, keepDrawn, quad, shorten } from "/static/colours.js";

const DAY = 86_400_000;
const box = document.querySelector("#timeline");
const bars = JSON.parse(document.querySelector("#bars").textContent);
const latest = Math.max(...bars.map((bar) => Date.parse(bar.to)));

// Bars that share days go on lanes of their own, so that none hides another.
const ends = [];
for (const bar of bars) {
  bar.start = Date.parse(bar.from);
  bar.end = (bar.open ? Math.max(latest, bar.start) : Date.parse(bar.to)) + DAY;
  let lane = ends.findIndex((end) => end <= bar.start);
  if (lane < 0) lane = ends.length;
  ends[lane] = bar.end;
  bar.lane = lane;
}

function shape(params, api) {
  const bar = bars[params.dataIndex];
  const [left, y] = api.coord([bar.start, bar.lane]);
  const [right] = api.coord([bar.end, bar.lane]);
  const height = Math.max(3, Math.min(16, api.size([0, 1])[1] * 0.72));
  const tint = quad(bar.quad);
  const sure = bar.factuality === "asserted";
  const rect = echarts.graphic.clipRectByRect(
    { x: left, y: y - height / 2, width: Math.max(4, right - left - 1), height },
    { x: params.coordSys.x, y: params.coordSys.y, width: params.coordSys.width, height: params.coordSys.height });
  if (!rect) return null;
  const room = rect.width > 60 && height > 10;
  return { type: "rect", shape: { ...rect, r: 2 },
    style: { fill: sure ? tint : "transparent", opacity: bar.basis === "publication" ? 0.45 : 0.9,
      stroke: tint, lineWidth: sure ? 0 : 1.5, lineDash: sure ? null : [4, 3] },
    textContent: room ? { type: "text", style: { text: shorten(bar.what, Math.floor(rect.width / 7)), fontSize: 11, fill: sure ? colour("paper") : colour("ink") } } : undefined,
    textConfig: { position: "insideLeft", distance: 4 } };
}

box.replaceChildren();
box.setAttribute("role", "img");
box.setAttribute("aria-label", "Timeline; the same as a list below");
const drawn = echarts.init(box);
// One report that recalls 1979 must not squeeze the week everybody writes about.
const starts = bars.map((bar) => bar.start).sort((a, b) => a - b);
const from = starts[Math.floor(starts.length * 0.05)];
const until = bars.map((bar) => bar.start).sort((a, b) => a - b)[Math.floor((bars.length - 1) * 0.97)] + 4 * DAY;
keepDrawn(drawn, () => ({
  ...common(),
  tooltip: { ...common().tooltip, formatter: (at) => {
    const bar = bars[at.dataIndex];
    const days = bar.open ? `since ${bar.from}` : bar.from === bar.to ? bar.from : `${bar.from} to ${bar.to}`;
    return `${days}${bar.basis === "publication" ? " (day of publication)" : ""}\n${shorten(bar.what, 90)}\n${bar.type}, ${bar.factuality}\n${shorten(bar.says, 90)}`;
  } },
  grid: { left: 12, right: 12, top: 12, bottom: 76 },
  xAxis: { type: "time", min: starts[0], max: latest + DAY, axisLabel: { color: colour("soft"), hideOverlap: true }, splitLine: { show: true, lineStyle: { color: colour("line") } } },
  yAxis: { type: "value", inverse: true, min: -0.6, max: Math.max(4, ends.length), show: false },
  dataZoom: [
    { type: "slider", startValue: from, endValue: Math.max(until, from + 3 * DAY), bottom: 12, height: 26, textStyle: { color: colour("soft") }, borderColor: colour("line"), filterMode: "none" },
    { type: "inside", startValue: from, endValue: Math.max(until, from + 3 * DAY), filterMode: "none", zoomOnMouseWheel: "ctrl" },
  ],
  series: [{ type: "custom", renderItem: shape, encode: { x: [0, 1], y: 2 }, cursor: "pointer", data: bars.map((bar) => [bar.start, bar.end, bar.lane]) }],
}));
drawn.on("click", (at) => { location.href = bars[at.dataIndex].href; });
