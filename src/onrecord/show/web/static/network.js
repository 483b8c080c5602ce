// fcose and what it stands on are plain scripts; they meet Cytoscape on `window`.
import cytoscape from "/static/vendor/cytoscape.js";
import { keepInAddress, typing } from "/static/page.js";
import { colour, quad, shorten } from "/static/colours.js";

function load(src) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

function link() {
  if (document.querySelector("#__________cytoscape_stylesheet")) return;
  const sheet = document.createElement("link");
  sheet.id = "__________cytoscape_stylesheet";
  sheet.rel = "stylesheet";
  sheet.href = "/static/network.css";
  document.head.append(sheet);
}

const MOST = 300;
const SHAPES = { person: "ellipse", country: "round-rectangle", government: "round-rectangle", armed_group: "diamond", organisation: "round-hexagon", media: "round-tag", company: "round-hexagon" };
const box = document.querySelector("#net");
// Beside other things a picture has room for so many names.
const NEAREST = box.clientWidth < 420 ? 6 : 14;
const small = Boolean(box.dataset.small);
// So many arrows cannot all be labelled: then the one under the pointer is.
const LABELLED = 40;
let crowded = false;

function style() {
  return [
    { selector: "node", style: { label: "data(label)", shape: "data(shape)", width: "data(size)", height: "data(size)", "background-color": colour("soft"), color: colour("ink"), "font-size": 12, "font-family": "system-ui, Liberation Sans, sans-serif", "text-valign": "bottom", "text-margin-y": 3, "text-background-color": colour("card"), "text-background-opacity": 0.85, "text-background-padding": 1, "min-zoomed-font-size": small ? 5 : 9 } },
    { selector: "node[?minor]", style: { "font-size": 9, "text-background-opacity": 0.6, color: colour("soft") } },
    { selector: "node[?centre]", style: { "background-color": colour("accent"), "font-weight": "bold" } },
    { selector: "edge", style: { width: "data(width)", "line-color": "data(tint)", "target-arrow-color": "data(tint)", "target-arrow-shape": "triangle", "arrow-scale": 1.1, "curve-style": "bezier", "target-endpoint": "outside-to-node-or-label", label: small || crowded ? "" : "data(label)", color: colour("ink"), "font-size": 10, "min-zoomed-font-size": 8, "text-rotation": "autorotate", "text-background-color": colour("card"), "text-background-opacity": 0.85 } },
    { selector: "edge.near", style: { label: "data(label)", "z-index": 9, "font-size": 12 } },
    { selector: "edge[?dashed]", style: { "line-style": "dashed" } },
    { selector: ":active, :selected", style: { "overlay-opacity": 0.12 } },
  ];
}

function elements(found) {
  const places = rings(found.nodes);
  const most = Math.max(1, ...found.nodes.map((node) => node.n_statements));
  return [
    ...found.nodes.map((node) => ({ position: places.get(node.actor_id), data: { id: node.actor_id, label: shorten(node.name, 26), shape: SHAPES[node.kind] ?? "ellipse", size: 14 + 26 * Math.sqrt(node.n_statements / most), centre: node.steps === 0, minor: found.nodes.length > 40 && node.n_statements === 1 } })),
    ...found.ties.map((tie, number) => ({ data: { id: `tie${number}`, source: tie.subject_id, target: tie.object_id, label: tie.label, quad: tie.quad_class, width: 1.2 + Math.min(5, Math.log2(tie.n_statements)), dashed: tie.factuality !== "asserted", href: `/open/${tie.statement_id}` } })),
  ];
}

/** Where the layout begins: in rings around the centre, so that one address gives one picture. */
function rings(nodes) {
  const places = new Map();
  const [centre, ...others] = [...nodes].sort((a, b) => a.steps - b.steps || b.n_statements - a.n_statements || (a.actor_id < b.actor_id ? -1 : 1));
  places.set(centre.actor_id, { x: 0, y: 0 });
  for (let at = 0, ring = 1; at < others.length; ring += 1) {
    const seats = Math.min(7 * ring, others.length - at);
    others.slice(at, at + seats).forEach((node, i) => {
      // Boxes are wider than high, and so are names.
      const turn = 2 * Math.PI * (i + ring / 2) / seats;
      places.set(node.actor_id, { x: 175 * ring * Math.cos(turn), y: 105 * ring * Math.sin(turn) });
    });
    at += seats;
  }
  return places;
}

/** Stand where the address says, and say there where the reader went; the links stay as they are. */
function keepView(cy) {
  const given = new URL(location.href).searchParams.get("view");
  if (given) {
    const [x, y, zoom] = given.split(",").map(Number);
    cy.zoom(zoom);
    const seen = cy.extent();
    cy.panBy({ x: ((seen.x1 + seen.x2) / 2 - x) * cy.zoom(), y: ((seen.y1 + seen.y2) / 2 - y) * cy.zoom() });
  }
  let waiting = 0;
  cy.on("viewport", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const { x1, x2, y1, y2 } = cy.extent();
      keepInAddress({ view: [(x1 + x2) / 2, (y1 + y2) / 2, cy.zoom()].map((n) => n.toFixed(3)).join(",") });
    }, 200);
  });
}

async function found() {
  const own = document.querySelector("#drawn");
  if (own) return JSON.parse(own.textContent);
  const { nodes, rows } = await (await fetch(box.dataset.from)).json();
  return { nodes, ties: rows };
}

function nearest({ nodes, ties }) {
  const kept = [...nodes].sort((a, b) => a.steps - b.steps || b.n_statements - a.n_statements).slice(0, NEAREST + 1);
  const ids = new Set(kept.map((node) => node.actor_id));
  return { nodes: kept, ties: ties.filter((tie) => ids.has(tie.subject_id) && ids.has(tie.object_id)) };
}

const all = await found();
const network = small ? nearest(all) : all;
crowded = network.ties.length > LABELLED;
if (!network.ties.length || network.nodes.length > MOST) {
  box.replaceChildren();
  const words = document.createElement("p");
  words.className = "wait";
  words.textContent = network.ties.length ? "More neighbours than a picture can hold." : "No statement ties it to another known actor.";
  box.append(words);
  box.classList.add("none");
} else {
  link();
  await load("/static/vendor/layout-base.js");
  await load("/static/vendor/cose-base.js");
  await load("/static/vendor/cytoscape-fcose.js");
  cytoscape.use(window.cytoscapeFcose);
  box.replaceChildren();
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", small ? "Neighbours; the same as a list on the network page" : "Network; the same as a list below");
  const cy = cytoscape({ container: box, elements: elements(network), layout: { name: "preset" }, minZoom: 0.2, maxZoom: 3 });
  const paint = () => { cy.edges().forEach((edge) => edge.data("tint", quad(edge.data("quad")))); cy.style(style()); };
  paint();
  cy.layout({ name: "fcose", animate: false, randomize: false, quality: "proof", nodeDimensionsIncludeLabels: true, nodeSeparation: 110, idealEdgeLength: small ? 90 : 130, nodeRepulsion: 9000, padding: 24 }).run();
  // A handful of actors would else be blown up to fill the box.
  if (cy.zoom() > 1.25) { cy.zoom(1.25); cy.center(); }
  if (!small) keepView(cy);
  document.addEventListener("theme", paint);
  cy.on("mouseover", "edge", (event) => event.target.addClass("near"));
  cy.on("mouseout", "edge", (event) => event.target.removeClass("near"));
  cy.on("tap", "node", (event) => {
    const id = event.target.id();
    location.href = small ? `/actor/${id}` : Object.assign(new URL(location.href), { search: `?actor=${id}` }).href;
  });
  cy.on("tap", "edge", (event) => { location.href = event.target.data("href"); });
  box.dataset.drawn = cy.nodes().length;
  if (network.nodes.length < all.nodes.length) {
    const words = document.createElement("p");
    words.className = "note";
    words.textContent = `The ${network.nodes.length - 1} closest of ${all.nodes.length - 1}.`;
    box.after(words);
  }
}

if (!small) {
  document.addEventListener("keydown", (event) => {
    if (typing(event) || !"123".includes(event.key)) return;
    const here = new URL(location.href);
    here.searchParams.set("steps", event.key);
    location.href = here.href;
  });
}
