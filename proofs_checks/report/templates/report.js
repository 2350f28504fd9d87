"use strict";
// The page reads without this script. It adds: a filter, sorting, unfolding, and focus where a formula scrolls.
const find = (selector) => [...document.querySelectorAll(selector)];
const table = document.getElementById("claims");
const body = table.tBodies[0];
const filter = document.getElementById("filter");
const verdict = document.getElementById("verdict");
const unfold = document.getElementById("unfold");
const claims = new Map(find("details.claim").map((claim) => [claim.dataset.claim, claim]));

function applyFilter() {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of body.rows) {
    const text = row.dataset.text.toLowerCase();
    const fits = words.every((word) => text.includes(word)) && (!verdict.value || row.dataset.verdict === verdict.value);
    row.hidden = !fits;
    claims.get(row.dataset.claim).hidden = !fits;
    shown += fits;
  }
  for (const paper of find(".paper")) paper.hidden = !paper.querySelector(".claim:not([hidden])");
  document.getElementById("count").value = `${shown} of ${body.rows.length} claims`;
}

function key(row, column) {
  const cell = row.cells[column];
  return "key" in cell.dataset ? Number(cell.dataset.key) : cell.textContent.trim();
}

function sortBy(heading) {
  const descending = heading.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const order = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b));
  const rows = [...body.rows].sort((a, b) => order(key(a, heading.cellIndex), key(b, heading.cellIndex)));
  body.append(...(descending ? rows.reverse() : rows));
}

function markScrollers() {
  for (const formula of find(".formula")) {
    if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
    else formula.removeAttribute("tabindex");
  }
}

for (const heading of table.tHead.rows[0].cells) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = heading.textContent;
  button.addEventListener("click", () => sortBy(heading));
  heading.replaceChildren(button);
}
document.querySelector(".tools").addEventListener("submit", (event) => event.preventDefault());
filter.addEventListener("input", applyFilter);
verdict.addEventListener("change", applyFilter);
unfold.addEventListener("click", () => {
  const open = unfold.getAttribute("aria-pressed") !== "true";
  unfold.setAttribute("aria-pressed", String(open));
  for (const claim of claims.values()) claim.open = open;
});
for (const claim of claims.values()) claim.addEventListener("toggle", markScrollers);
window.addEventListener("resize", markScrollers);
document.querySelector(".tools").hidden = false;
applyFilter();
markScrollers();
