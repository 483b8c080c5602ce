import * as echarts from "/static/vendor/echarts.js";
import { colour, common, keepDrawn, quad, shorten } from "/static/colours.js";
import { keepInAddress } from "/static/page.js";

const box = document.querySelector("#map");
const dots = JSON.parse(document.querySelector("#dots").textContent);
const answer = await fetch("/static/vendor/countries-50m.json");
const world = await answer.json();
const countries = topojson.feature(world, world.objects.countries);
const codes = await (await fetch("/static/countries.json")).json();
for (const country of countries.features) country.properties.name = codes[country.id] ?? country.properties.name;

/** Let a ring that crosses the date line run on beyond 180 degrees, and one around a pole end there. */
function unroll(ring) {
  let shift = 0;
  const out = ring.map(([lon, lat], i) => {
    if (i) {
      const step = lon - ring[i - 1][0];
      if (step > 180) shift -= 360;
      else if (step < -180) shift += 360;
    }
    return [lon + shift, lat];
  });
  if (Math.abs(out.at(-1)[0] - out[0][0]) > 180) {
    const pole = out[0][1] > 0 ? 90 : -90;
    out.push([out.at(-1)[0], pole], [out[0][0], pole], out[0]);
  }
  return out;
}
for (const { geometry } of countries.features) {
  if (geometry.type === "Polygon") geometry.coordinates = geometry.coordinates.map(unroll);
  else geometry.coordinates = geometry.coordinates.map((polygon) => polygon.map(unroll));
}
echarts.registerMap("world", countries);

const points = dots.filter((dot) => dot.place_kind !== "country" && dot.lat !== null);
const wholes = dots.filter((dot) => dot.place_kind === "country");
const days = [...new Set(dots.flatMap((dot) => [dot.from, dot.to]))].filter(Boolean).sort();
const slider = document.querySelector("#days");
let first = 0;
let last = days.length - 1;
if (slider.dataset.from) first = Math.max(0, days.findIndex((day) => day >= slider.dataset.from));
if (slider.dataset.to) last = Math.max(first, days.findLastIndex((day) => day <= slider.dataset.to));
const inside = (dot) => !dot.from || (dot.to >= days[first] && dot.from <= days[last]);

/** Return the corners of what to show first: most of the dots, with room around them. */
function corners() {
  const placed = dots.filter((dot) => dot.lat !== null);
  if (!placed.length) return [[-170, 78], [190, -56]];
  const edges = (values, least) => {
    values.sort((a, b) => a - b);
    const at = (part) => values[Math.round((values.length - 1) * part)];
    const pad = Math.max(least, (at(0.95) - at(0.05)) * 0.25);
    return [at(0.05) - pad, at(0.95) + pad];
  };
  const [west, east] = edges(placed.map((dot) => dot.lon), 6);
  const [south, north] = edges(placed.map((dot) => dot.lat), 4);
  return [[Math.max(west, -170), Math.min(north, 78)], [Math.min(east, 190), Math.max(south, -56)]];
}

// A few events at one place stand in a ring around it, so that each can be clicked. Of more,
// those of one quad class are one dot as large as they are many.
const MOST_SEATS = 6;
function seated(dots) {
  const places = new Map();
  for (const dot of dots) {
    const key = `${dot.lat},${dot.lon}`;
    if (!places.has(key)) places.set(key, []);
    places.get(key).push(dot);
  }
  const items = [];
  for (const here of places.values()) {
    let some = here.map((dot) => ({ ...dot, n: 1 }));
    if (here.length > MOST_SEATS) {
      const classes = Map.groupBy ? Map.groupBy(here, (dot) => dot.quad) : here.reduce((all, dot) => all.set(dot.quad, [...(all.get(dot.quad) ?? []), dot]), new Map());
      some = [...classes.values()].map((alike) => ({ ...alike[0], n: alike.length, factuality: alike.some((dot) => dot.factuality === "asserted") ? "asserted" : alike[0].factuality, href: `/events?place=${encodeURIComponent(alike[0].place)}` }));
      some.sort((one, other) => other.n - one.n);
    }
    some.forEach((item, seat) => items.push({ ...item, seat, step: here.length > MOST_SEATS ? 16 : 9 }));
  }
  return items;
}

function shape(params, api) {
  const dot = shown[params.dataIndex];
  const [x, y] = api.coord([dot.lon, dot.lat]);
  const [, edge] = api.coord([dot.lon, dot.lat + dot.radius_km / 111]);
  const area = Math.abs(edge - y);
  const tint = quad(dot.quad);
  const sure = dot.factuality === "asserted";
  if (dot.place_kind === "province" || dot.place_kind === "region") {
    return { type: "circle", shape: { cx: x, cy: y, r: Math.max(9, area) },
      style: { fill: sure ? tint : "transparent", opacity: 0.28, stroke: tint, lineWidth: 1.2, lineDash: sure ? null : [4, 3] } };
  }
  const ring = Math.floor(Math.sqrt(dot.seat));
  const turn = (dot.seat - ring * ring) / (2 * ring + 1) * 2 * Math.PI;
  const r = dot.n > 1 ? Math.min(22, 5 + 2 * Math.sqrt(dot.n)) : 4.5;
  return { type: "circle", shape: { cx: x + ring * dot.step * Math.cos(turn), cy: y + ring * dot.step * Math.sin(turn), r },
    style: { fill: sure ? tint : colour("card"), opacity: dot.n > 1 ? 0.85 : 1, stroke: sure ? colour("card") : tint, lineWidth: sure ? 0.8 : 1.6, lineDash: sure ? null : [3, 2] },
    textContent: dot.n > 1 ? { type: "text", style: { text: String(dot.n), fontSize: 10, fill: sure ? colour("paper") : colour("ink") } } : undefined,
    textConfig: { position: "inside" } };
}

let shown = [];
box.replaceChildren();
box.setAttribute("role", "img");
box.setAttribute("aria-label", "Map of events; the same as a list of places below");
const drawn = echarts.init(box);
const around = corners();
const given = new URL(location.href).searchParams.get("view")?.split(",").map(Number);
const draw = keepDrawn(drawn, () => {
  shown = seated(points.filter(inside));
  const whole = new Map();
  for (const dot of wholes.filter(inside)) whole.set(dot.country, (whole.get(dot.country) ?? 0) + 1);
  const most = Math.max(1, ...whole.values());
  const current = drawn.getOption()?.geo?.[0];
  return {
    ...common(),
    tooltip: { ...common().tooltip, formatter: (at) => {
      if (at.componentType === "geo" || at.componentSubType !== "custom") {
        const n = whole.get(at.name);
        return n ? `${at.name}: ${n} ${n === 1 ? "event" : "events"} in the country as a whole` : at.name;
      }
      const dot = shown[at.dataIndex];
      if (dot.n > 1) return `${dot.place} (${dot.place_kind}): ${dot.n} events of this sort\n${shorten(dot.what, 90)}, and others`;
      return `${dot.day}  ${dot.place} (${dot.place_kind})\n${shorten(dot.what, 90)}\n${dot.factuality}\n${shorten(dot.says, 90)}`;
    } },
    geo: { map: "world", roam: true, scaleLimit: { min: 1, max: 200 }, boundingCoords: around, ...(current?.center ? { center: current.center, zoom: current.zoom } : given ? { center: given.slice(0, 2), zoom: given[2] } : {}),
      tooltip: { show: true },
      itemStyle: { areaColor: colour("line"), borderColor: colour("paper"), borderWidth: 0.7 },
      emphasis: { label: { show: false }, itemStyle: { areaColor: colour("accent-soft") } },
      regions: [...whole].map(([name, n]) => ({ name, itemStyle: { areaColor: colour("accent"), opacity: 0.25 + 0.45 * n / most } })) },
    series: [{ type: "custom", coordinateSystem: "geo", renderItem: shape, cursor: "pointer", data: shown.map((dot) => [dot.lon, dot.lat]) }],
  };
});
let waiting = 0;
drawn.on("georoam", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const { center, zoom } = drawn.getOption().geo[0];
    if (center) keepInAddress({ view: [...center, zoom].map((n) => Number(n).toFixed(4)).join(",") });
  }, 200);
});
drawn.on("click", (at) => {
  if (at.componentSubType === "custom") location.href = shown[at.dataIndex].href;
  else if (at.name && wholes.some((dot) => dot.country === at.name)) location.href = `/events?country=${encodeURIComponent(at.name)}`;
});

if (days.length > 1) {
  const [from, to] = [document.querySelector("#day-from"), document.querySelector("#day-to")];
  for (const end of [from, to]) { end.min = 0; end.max = days.length - 1; }
  from.value = first;
  to.value = last;
  const say = () => { document.querySelector("#day-words").textContent = `${days[first]} to ${days[last]}`; };
  slider.addEventListener("input", () => {
    first = Math.min(Number(from.value), Number(to.value));
    last = Math.max(Number(from.value), Number(to.value));
    say();
    draw();
    keepInAddress({ from: first ? days[first] : "", to: last < days.length - 1 ? days[last] : "" });
  });
  slider.addEventListener("submit", (event) => event.preventDefault());
  slider.hidden = false;
  say();
}
