import * as echarts from "/static/vendor/echarts.js";
import { colour, common, keepDrawn, quad } from "/static/colours.js";

const box = document.querySelector("#days");
const answer = await fetch(box.dataset.from);
const { chart } = await answer.json();
if (!chart?.from.length) {
  box.textContent = "No event has a day.";
} else {
  box.replaceChildren();
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", `Events by ${chart.step}, ${chart.from[0]} to ${chart.from.at(-1)}; the same as numbers in the CSV below`);
  const drawn = echarts.init(box, null, { renderer: "canvas" });
  keepDrawn(drawn, () => ({
    ...common(),
    tooltip: { ...common().tooltip, trigger: "axis", axisPointer: { type: "shadow" } },
    legend: { top: 0, left: 0, icon: "rect", itemWidth: 11, itemHeight: 11, textStyle: { color: colour("ink") } },
    grid: { left: 36, right: 8, top: 34, bottom: 24 },
    xAxis: { type: "category", data: chart.from, axisLabel: { color: colour("soft"), hideOverlap: true }, axisLine: { lineStyle: { color: colour("line") } }, axisTick: { show: false } },
    yAxis: { type: "value", minInterval: 1, axisLabel: { color: colour("soft") }, splitLine: { lineStyle: { color: colour("line") } } },
    series: chart.series.map((s) => ({
      type: "bar", name: s.name, stack: "events", data: s.n, cursor: "pointer",
      barMaxWidth: 34, itemStyle: { color: quad(s.quad) },
    })),
  }));
  drawn.on("click", (at) => { location.href = `/events?since=${at.name}&until=${at.name}`; });
  document.querySelector("#days-note").textContent =
    `Events by ${chart.step}, as reports state them. Click a bar for its rows.` +
    (chart.n_before ? ` ${chart.n_before} earlier ones, before ${chart.before}, are not drawn.` : "");
}
