// One key, one decision. The buttons do the same without this file.
import { typing } from "/static/page.js";

document.body.dataset.ownKeys = "1";
document.addEventListener("keydown", (event) => {
  if (typing(event) || document.querySelector("dialog[open]")) return;
  if (event.key === "c") {
    const correct = document.querySelector("#correct");
    if (!correct) return;
    correct.open = true;
    correct.querySelector("select").focus();
  } else if (event.key === "z") {
    document.querySelector(".undo button")?.click();
  } else {
    const button = document.querySelector(`.decide [data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    button.click();
  }
  event.preventDefault();
});
