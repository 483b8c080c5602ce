import * as echarts from "/static/vendor/echarts.js";
import { colour, common, keepDrawn, quad, shorten } from "/static/colours.js";
import { keepInAddress } from "/static/page.js";

const DAY = 86_400_000;
const box = document.querySelector("#timeline");
const bars = JSON.parse(document.querySelector("#bars").textContent);
// Beside other things it is lower, and its zoom is nobody's address.
const small = Boolean(box.dataset.small);
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
    textContent: room ? { type: "text", style: { text: shorten(bar.what, Math.floor(rect.width / 7)), fontSize: 11, fill: sure && bar.basis !== "publication" ? colour("paper") : colour("ink") } } : undefined,
    textConfig: { position: "insideLeft", distance: 4 } };
}

box.replaceChildren();
box.setAttribute("role", "img");
box.setAttribute("aria-label", "Timeline; the same as a list below");
// Lanes thinner than this cannot be told apart or hit.
box.style.height = `${Math.min(1800, Math.max(small ? 220 : 512, ends.length * 13 + 90))}px`;
const drawn = echarts.init(box);
// One report that recalls 1979 must not squeeze the week everybody writes about.
const starts = bars.map((bar) => bar.start).sort((a, b) => a - b);
const at = (part) => starts[Math.floor((starts.length - 1) * part)];
let from = at(0.05) - DAY;
let until = at(0.97) + 3 * DAY;
const reach = 3 * (until - from);
const least = Math.max(starts[0] - DAY, from - reach);
const most = Math.min(latest + 2 * DAY, until + reach);
if (box.dataset.from) from = Date.parse(box.dataset.from);
if (box.dataset.to) until = Date.parse(box.dataset.to) + DAY;
const outside = bars.filter((bar) => bar.end < least || bar.start > most).length;
if (outside && !small) {
  const words = document.createElement("p");
  words.className = "note";
  words.textContent = `${outside} further off than the picture reaches; the list below has them.`;
  box.after(words);
}
keepDrawn(drawn, () => ({
  ...common(),
  tooltip: { ...common().tooltip, formatter: (at) => {
    const bar = bars[at.dataIndex];
    const days = bar.open ? `since ${bar.from}` : bar.from === bar.to ? bar.from : `${bar.from} to ${bar.to}`;
    return `${days}${bar.basis === "publication" ? " (day of publication)" : ""}\n${shorten(bar.what, 90)}\n${bar.type}, ${bar.factuality}\n${shorten(bar.says, 90)}`;
  } },
  grid: { left: 12, right: 12, top: 34, bottom: 52 },
  xAxis: { type: "time", min: least, max: most, position: "top", axisLine: { onZero: false, lineStyle: { color: colour("line") } }, axisLabel: { color: colour("soft"), hideOverlap: true, formatter: { year: "{yyyy}", month: "{MMM} {yyyy}", day: "{d} {MMM}", hour: "" } }, splitLine: { show: true, lineStyle: { color: colour("line") } } },
  yAxis: { type: "value", inverse: true, min: -0.6, max: Math.max(4, ends.length), show: false },
  dataZoom: [
    { type: "slider", startValue: from, endValue: until, bottom: 12, height: 26, textStyle: { color: colour("soft") }, borderColor: colour("line"), filterMode: "none" },
    { type: "inside", startValue: from, endValue: until, filterMode: "none", zoomOnMouseWheel: "ctrl" },
  ],
  series: [{ type: "custom", renderItem: shape, encode: { x: [0, 1], y: 2 }, cursor: "pointer", data: bars.map((bar) => [bar.start, bar.end, bar.lane]) }],
}));
const day = (moment) => new Date(moment).toISOString().slice(0, 10);
drawn.on("datazoom", () => {
  const { startValue, endValue } = drawn.getOption().dataZoom[0];
  [from, until] = [startValue, endValue];
  if (!small) keepInAddress({ from: day(from), to: day(until - 1) });
});
drawn.on("click", (at) => { location.href = bars[at.dataIndex].href; });
