// Text and side panel follow each other; long texts come in parts, as they are needed.
import { keepInAddress, typing } from "/static/page.js";

document.body.dataset.ownKeys = "1";
const text = document.querySelector("#text");
const layers = document.querySelector("#layers");
const TOGGLES = { m: "mention", q: "quote", e: "event", r: "relation", f: "quantity" };
let selected = "";

/** Replace the placeholder of a part by the part; the same part is asked for once. */
const asked = new Map();
function fetchPart(place) {
  const { number } = place.dataset;
  if (!asked.has(number)) {
    asked.set(number, (async () => {
      const answer = await fetch(place.dataset.from);
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = parsed.querySelector(".part");
      place.replaceWith(part);
      return part;
    })());
  }
  return asked.get(number);
}

const coming = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) { coming.unobserve(entry.target); fetchPart(entry.target); }
}, { rootMargin: "1500px" });
for (const place of text.querySelectorAll(".part.wait")) {
  // About as high as its text will be, so that the scroll bar tells the truth.
  place.style.minHeight = `${Math.round(Number(place.dataset.size) / 62 * 37)}px`;
  coming.observe(place);
}

const notes = () => [...text.querySelectorAll(".notes li")].filter((note) => note.offsetParent);
const noteOf = (id) => text.querySelector(`.notes li[data-id="${CSS.escape(id)}"]`);

function spansOf(note, field) {
  const spans = [];
  for (const entry of note.dataset.fields.split(" ")) {
    const [name, range] = entry.split(":");
    if (name !== field) continue;
    const [start, end] = range.split("-").map(Number);
    // Segments are cut at every edge, so each lies wholly inside or outside.
    for (const span of text.querySelectorAll(`[data-o]`)) {
      const at = Number(span.dataset.o);
      if (at >= start && at < end) spans.push(span);
    }
  }
  return spans;
}

function fieldsOf(note) {
  return new Set(note.dataset.fields.split(" ").map((entry) => entry.split(":")[0]));
}

function deselect() {
  for (const on of text.querySelectorAll(".on, .f-on, .f-trigger")) on.classList.remove("on", "f-on", "f-trigger");
  text.querySelector(".arrows")?.remove();
  selected = "";
}

function select(id, { into = "text", keep = true } = {}) {
  const note = noteOf(id);
  if (!note) return;
  deselect();
  selected = id;
  note.classList.add("on");
  text.querySelector(`.tag[data-id="${CSS.escape(id)}"]`)?.classList.add("on");
  let first = null;
  for (const field of fieldsOf(note)) {
    const spans = spansOf(note, field);
    for (const span of spans) span.classList.add(field === "trigger" ? "f-trigger" : "f-on");
    if (field === "trigger" || (field === "content" && !first)) first = spans[0] ?? first;
  }
  if (into !== "none") {
    (into === "text" ? first ?? note : note).scrollIntoView({ block: into === "text" ? "center" : "nearest" });
    if (into === "text") scrollPanel(note);
  }
  if (keep) keepInAddress({ at: id });
  arrows(note);
}

/** Scroll the panel, and nothing else, so that the note is in sight. */
function scrollPanel(note) {
  const panel = note.parentElement;
  if (panel.scrollHeight > panel.clientHeight) panel.scrollTop = note.offsetTop - panel.offsetTop - panel.clientHeight / 3;
}

const SVG = "http://www.w3.org/2000/svg";
function element(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

/** Draw arrows from the words of who acts to the act and on to whom; only for the selected row. */
function arrows(note) {
  const fields = fieldsOf(note);
  const middle = fields.has("trigger") ? "trigger" : fields.has("cue") ? "cue" : "content";
  const trigger = spansOf(note, middle)[0];
  if (!trigger) return;
  const box = text.getBoundingClientRect();
  const centre = (span) => {
    const rect = span.getClientRects()[0];
    return { x: rect.x - box.x + rect.width / 2, y: rect.y - box.y };
  };
  const svg = element("svg", { class: "arrows", "aria-hidden": "true" }, text);
  const arrow = (from, to, words) => {
    const [a, b] = [centre(from), centre(to)];
    // The label stands near the party, so that two arrows to one act do not share a place.
    const [near, far] = from === trigger ? [b, a] : [a, b];
    const lift = Math.min(30, 12 + Math.abs(a.x - b.x) / 14);
    const top = Math.min(a.y, b.y) - lift;
    element("path", { d: `M${a.x},${a.y} C${a.x},${top} ${b.x},${top} ${b.x},${b.y}` }, svg);
    element("path", { class: "tip", d: `M${b.x},${b.y + 3} l-4,-8 l8,0 z` }, svg);
    const label = element("text", { x: near.x + 0.2 * (far.x - near.x), y: top + lift / 3, "text-anchor": "middle" }, svg);
    label.textContent = words;
  };
  const subject = spansOf(note, "subject")[0] ?? spansOf(note, "source")[0];
  const object = spansOf(note, "object")[0] ?? (middle === "cue" ? spansOf(note, "content")[0] : null);
  if (subject && subject !== trigger) arrow(subject, trigger, "who");
  if (object && object !== trigger) arrow(trigger, object, middle === "cue" ? "words" : "whom");
}

text.addEventListener("click", (event) => {
  const pick = event.target.closest(".pick");
  const tag = event.target.closest(".tag");
  if (pick) { event.preventDefault(); select(pick.closest("li").dataset.id); return; }
  if (tag) { event.preventDefault(); select(tag.dataset.id, { into: "panel" }); return; }
  const span = event.target.closest("[data-o]");
  if (!span || !getSelection().isCollapsed) return;
  const at = Number(span.dataset.o);
  const near = notes().map((note) => ({ note, width: width(note, at) })).filter((hit) => hit.width > 0);
  near.sort((a, b) => a.width - b.width);
  if (near.length) select(near[0].note.dataset.id, { into: "panel" });
});

/** Length of the shortest field of a row that covers a code point, 0 when none does. */
function width(note, at) {
  let least = 0;
  for (const entry of note.dataset.fields.split(" ")) {
    const [start, end] = entry.split(":")[1].split("-").map(Number);
    if (at >= start && at < end && (!least || end - start < least)) least = end - start;
  }
  return least;
}

layers.addEventListener("change", (event) => {
  text.classList.toggle(`hide-${event.target.value}`, !event.target.checked);
  const hidden = [...layers.querySelectorAll("input")].filter((box) => !box.checked).map((box) => box.value);
  keepInAddress({ hide: hidden.join(",") });
});

async function step(by) {
  const all = notes();
  const at = all.findIndex((note) => note.dataset.id === selected);
  let next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
  if (next >= all.length) {
    const place = text.querySelector(".part.wait");
    if (!place) return;
    await fetchPart(place);
    return step(by);
  }
  if (next >= 0 && all[next]) select(all[next].dataset.id);
}

document.addEventListener("keydown", (event) => {
  if (typing(event) || document.querySelector("dialog[open]")) return;
  if (event.key === "n") step(1);
  else if (event.key === "p") step(-1);
  else if (event.key === "Escape") deselect();
  else if (event.key === "x" && selected) location.href = `/statement/${selected}`;
  else if (TOGGLES[event.key]) layers.querySelector(`input[value=${TOGGLES[event.key]}]`).click();
  else return;
  event.preventDefault();
});

addEventListener("resize", () => {
  text.querySelector(".arrows")?.remove();
  const note = selected && noteOf(selected);
  if (note) arrows(note);
});

if (text.dataset.offset) {
  const offset = Number(text.dataset.offset);
  const before = [...text.querySelectorAll("[data-o]")].filter((span) => Number(span.dataset.o) <= offset);
  before.at(-1)?.classList.add("f-on");
  if (before.length) stayAt(before.at(-1));
}
/** Stay at an element while parts above it come in and change their height, until the reader moves. */
function stayAt(element) {
  const until = performance.now() + 1500;
  let moved = false;
  for (const kind of ["wheel", "touchstart", "keydown", "mousedown"]) addEventListener(kind, () => { moved = true; }, { once: true, passive: true });
  const look = () => {
    if (moved || performance.now() > until) return;
    const { top, bottom } = element.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) element.scrollIntoView({ block: "center", behavior: "instant" });
    requestAnimationFrame(look);
  };
  look();
}

if (text.dataset.at) {
  // Fonts may still move the words.
  await document.fonts.ready;
  select(text.dataset.at, { into: "panel", keep: false });
  const words = text.querySelector(".f-trigger, .f-on");
  if (words) {
    words.scrollIntoView({ block: "center", behavior: "instant" });
    stayAt(words);
  }
}
