// Keys that work on every page. The page works without this file; it only makes it quicker.

const PLACES = {
  o: "/", c: "/claims", e: "/events", a: "/actors", d: "/documents", t: "/timeline",
  m: "/map", n: "/network", r: "/review",
};
const help = document.querySelector("#help");
const rows = [...document.querySelectorAll("[data-row]")];
let current = -1;
let going = false;

function select(index) {
  rows[current]?.classList.remove("on");
  current = Math.max(0, Math.min(index, rows.length - 1));
  const row = rows[current];
  row.classList.add("on");
  row.querySelector("[data-open]")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

export function typing(event) {
  return event.ctrlKey || event.metaKey || event.altKey ||
    event.target.closest("input, select, textarea, [contenteditable]");
}

/** Keep what is chosen in the address, and in the links that take the rows along; empty takes it out. */
export function keepInAddress(chosen) {
  const change = (address) => {
    for (const [name, value] of Object.entries(chosen)) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    return address;
  };
  history.replaceState(null, "", change(new URL(location.href)));
  for (const twin of document.querySelectorAll(".twins a")) twin.href = change(new URL(twin.href)).href;
}

const keys = document.querySelector("#keys");
keys.hidden = false;
keys.addEventListener("click", () => help.showModal());

const theme = document.querySelector("#theme");
theme.hidden = false;
theme.addEventListener("click", () => {
  const dark = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim() === "#15171b";
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("theme", document.documentElement.dataset.theme); } catch { /* as above */ }
  document.dispatchEvent(new Event("theme"));
});

document.addEventListener("keydown", (event) => {
  if (help.open || typing(event)) return;
  if (going) {
    going = false;
    if (PLACES[event.key]) { location.href = PLACES[event.key]; event.preventDefault(); }
    return;
  }
  if (event.key === "?") help.showModal();
  else if (event.key === "/") document.querySelector("#q").focus();
  else if (event.key === "g") { going = true; setTimeout(() => { going = false; }, 1500); }
  else if (event.key === "n" && rows.length && !document.body.dataset.ownKeys) select(current + 1);
  else if (event.key === "p" && rows.length && !document.body.dataset.ownKeys) select(current - 1);
  else if (event.key === "[") document.querySelector("a[rel=prev]")?.click();
  else if (event.key === "]") document.querySelector("a[rel=next]")?.click();
  else return;
  event.preventDefault();
});

const menu = document.querySelector("#menu");
const narrow = matchMedia("(max-width: 46rem)");
const fold = () => { menu.open = !narrow.matches; };
narrow.addEventListener("change", fold);
fold();
