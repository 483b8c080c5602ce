// One key, one decision. The buttons do the same without this file.
import { typing } from "/static/page.js";

document.body.dataset.ownKeys = "1";

// Fields: the list of words follows the field.
const correct = document.querySelector("#correct");
const PARTIES = ["actor", "recipient", "subject", "object", "holder", "speaker"];
function followField() {
  const field = correct.querySelector("select");
  const input = correct.querySelector("[name=new]");
  const known = document.getElementById(`known-${field.value}`);
  input.setAttribute("list", PARTIES.includes(field.value) ? "names" : known ? known.id : "known");
  input.placeholder = field.selectedOptions[0].dataset.now ?? (field.value.endsWith("_span") ? "words of the report" : "");
}
correct?.querySelector("select").addEventListener("change", followField);
if (correct) followField();

// Edges: all offsets count code points, as the record does, so the text is split into them once.
const held = document.querySelector("#edges");
const { start: base, text, fields } = held ? JSON.parse(held.textContent) : { start: 0, text: "", fields: [] };
const letters = [...text];
const starts = [];
const ends = [];
if (held) {
  // UTF-16 places of the segmenter become code points.
  let at = 0;
  for (const piece of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    const length = [...piece.segment].length;
    if (piece.isWordLike) { starts.push(at); ends.push(at + length); }
    at += length;
  }
  document.querySelector("#edge-hint").hidden = false;
}
const form = document.querySelector("#edge");
const said = document.querySelector("#said");
const asRead = said ? [...said.childNodes] : [];
let chosen = -1;
let edge = null;

function drawn() {
  const cuts = new Set([0, letters.length, edge.start, edge.end]);
  for (const [, from, to] of fields) { cuts.add(from - base); cuts.add(to - base); }
  const places = [...cuts].filter((at) => at >= 0 && at <= letters.length).sort((a, b) => a - b);
  const pieces = [];
  for (let i = 0; i + 1 < places.length; i += 1) {
    const [from, to] = [places[i], places[i + 1]];
    const mark = document.createElement(from >= edge.start && to <= edge.end ? "mark" : "span");
    if (mark.tagName === "MARK") mark.className = "edging";
    else if (fields.some(([name, a, b], k) => k !== chosen && name !== "content" && from >= a - base && to <= b - base)) mark.className = "other";
    mark.textContent = letters.slice(from, to).join("");
    pieces.push(mark);
  }
  said.classList.add("editing");
  said.replaceChildren(...pieces);
  const words = letters.slice(edge.start, edge.end).join("");
  document.querySelector("#edge-field").textContent = fields[chosen][0];
  document.querySelector("#edge-words").textContent = words;
  form.field.value = `${fields[chosen][0]}_span`;
  form.new.value = `${edge.start + base}-${edge.end + base}`;
  document.querySelector("#edge-keep").disabled = edge.start === fields[chosen][1] - base && edge.end === fields[chosen][2] - base;
  for (const row of document.querySelectorAll("#fields dt")) row.classList.toggle("on", row.dataset.field === fields[chosen][0]);
}

function choose(index) {
  chosen = (index + fields.length) % fields.length;
  edge = { start: fields[chosen][1] - base, end: fields[chosen][2] - base };
  form.hidden = false;
  document.querySelector("#edge-hint").hidden = true;
  drawn();
}

function leave() {
  chosen = -1;
  form.hidden = true;
  document.querySelector("#edge-hint").hidden = false;
  said.classList.remove("editing");
  said.replaceChildren(...asRead);
  for (const row of document.querySelectorAll("#fields dt.on")) row.classList.remove("on");
}

/** Move one edge to the next word, or by one letter; a field keeps at least one letter. */
function move(which, by, letter = false) {
  const old = edge[which];
  const places = which === "start" ? starts : ends;
  let to = letter ? old + by : by < 0 ? places.filter((at) => at < old).at(-1) : places.find((at) => at > old);
  if (to === undefined) to = old;
  if (to < 0 || to > letters.length || (which === "start" ? to >= edge.end : to <= edge.start)) return;
  edge[which] = to;
  drawn();
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-edge]");
  if (button) move(button.dataset.edge.slice(0, -1), button.dataset.edge.endsWith("+") ? 1 : -1);
});
document.querySelector("#edge-start")?.addEventListener("click", () => choose(0));
document.querySelector("#edge-leave")?.addEventListener("click", leave);

const BRACKETS = { "[": ["start", -1], "{": ["start", 1], "]": ["end", 1], "}": ["end", -1] };
function edgeKey(event) {
  if (event.target.closest("input, select, textarea") || chosen < 0) return false;
  const arrow = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (arrow) move(event.shiftKey ? "start" : "end", arrow, event.altKey);
  else if (BRACKETS[event.key]) move(...BRACKETS[event.key]);
  else if (event.key === "Enter" && !event.target.closest("button, a, summary")) document.querySelector("#edge-keep").click();
  else if (event.key === "Escape") leave();
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]")) return;
  // Brackets may need AltGr, which counts as Alt.
  if (edgeKey(event)) { event.preventDefault(); return; }
  if (typing(event)) return;
  if (event.key === "c") {
    if (!correct) return;
    correct.open = true;
    correct.querySelector("select").focus();
  } else if (event.key === "f" && held) {
    choose(chosen + 1);
  } else if (event.key === "z") {
    document.querySelector(".undo button")?.click();
  } else {
    const button = document.querySelector(`.decide [data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    button.click();
  }
  event.preventDefault();
});
