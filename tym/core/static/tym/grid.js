// Walking in an editable table by keyboard, and a word while a file is read. Every page works without this file.
"use strict";

document.querySelectorAll("[data-with-script]").forEach((note) => { note.hidden = false; });

document.querySelectorAll("[data-grid]").forEach((grid) => {
  grid.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!field.matches("input:not([type=hidden]), textarea")) return;
    const step = stepOf(event, field);
    if (!step) return;
    event.preventDefault();
    const next = neighbour(field, step);
    if (next) {
      next.focus();
      if (next.select) next.select();
    }
  });
});

// Down 1, up -1, elsewhere 0. In a field of several lines an arrow first walks through its lines.
function stepOf(event, field) {
  if (event.key === "Enter") return event.shiftKey ? -1 : 1;
  if (event.shiftKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return 0;
  const down = event.key === "ArrowDown";
  if (field.tagName !== "TEXTAREA") return down ? 1 : -1;
  const all = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  const atEdge = down ? field.selectionEnd === field.value.length : field.selectionStart === 0;
  return all || atEdge ? (down ? 1 : -1) : 0;
}

// The field of the same column in the next row that has one.
function neighbour(field, step) {
  const cell = field.closest("td");
  let row = field.closest("tr");
  while ((row = step > 0 ? row.nextElementSibling : row.previousElementSibling)) {
    const there = row.cells[cell.cellIndex]?.querySelector("input:not([type=hidden]), textarea");
    if (there) return there;
  }
  return null;
}

document.querySelectorAll("form[data-busy]").forEach((form) => {
  form.addEventListener("submit", () => { form.querySelector("[data-busy-text]").hidden = false; });
});
