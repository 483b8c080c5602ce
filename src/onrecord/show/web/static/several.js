// Choose rows by key and say how many are chosen. The form works without this file.
import { typing } from "/static/page.js";

const several = document.querySelector("#several");
const boxes = [...document.querySelectorAll("[form=bulk][name=row_id]")];
const every = document.querySelector("#bulk [name=all]");

function say() {
  const n = boxes.filter((box) => box.checked).length;
  const words = every?.checked ? "all that fit" : n ? `${n} chosen` : "the chosen";
  for (const place of several.querySelectorAll(".chosen")) place.textContent = words;
  for (const button of several.querySelectorAll("[name=verdict]")) button.disabled = !n && !every?.checked;
}

function toggleAll() {
  const on = boxes.some((box) => !box.checked);
  for (const box of boxes) box.checked = on;
  say();
}

if (several) {
  const all = document.querySelector("#choose-shown");
  all.hidden = false;
  all.addEventListener("click", toggleAll);
  document.addEventListener("change", say);
  say();
}

document.addEventListener("keydown", (event) => {
  if (typing(event) && event.target.type !== "checkbox") return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "z") document.querySelector(".undo button")?.click();
  else if (!several) return;
  else if (event.key === "s") {
    const box = document.querySelector(".row.on [name=row_id]");
    if (!box) return;
    several.open = true;
    box.checked = !box.checked;
    say();
  } else if (event.key === "A") { several.open = true; toggleAll(); }
  else if (event.key === "Y" || event.key === "N") several.querySelector(`[value=${event.key === "Y" ? "accept" : "reject"}]`).click();
  else return;
  event.preventDefault();
});
