"use strict";
// Shows which cells give a broken one away.
(() => {
  const cells = new Map();
  for (const cell of document.querySelectorAll("td[data-c]")) {
    const key = cell.getAttribute("data-c");
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(cell);
  }
  const reasons = new Map();
  for (const reason of document.querySelectorAll(".reason")) reasons.set(reason.getAttribute("data-cell"), reason);

  let marked = [];
  const clear = () => {
    for (const [element, name] of marked) element.classList.remove(name);
    marked = [];
  };
  const mark = (element, name) => {
    element.classList.add(name);
    marked.push([element, name]);
  };
  const choose = (cell, from) => {
    clear();
    for (const at of cells.get(cell) || []) if (at.classList.contains("broken")) mark(at, "chosen");
    if (reasons.has(cell)) mark(reasons.get(cell), "chosen");
    for (const part of (from || "").split(" ")) {
      for (const at of cells.get(part.slice(1)) || []) {
        if (!at.classList.contains("broken")) mark(at, part[0] === "-" ? "minus" : "plus");
      }
    }
  };

  for (const at of document.querySelectorAll("td.broken")) {
    const show = () => choose(at.getAttribute("data-c"), at.getAttribute("data-from"));
    at.addEventListener("mouseenter", show);
    at.addEventListener("focus", show);
    at.addEventListener("click", () => {
      const reason = reasons.get(at.getAttribute("data-c"));
      if (reason) reason.scrollIntoView({ block: "center" });
    });
  }
  for (const reason of document.querySelectorAll(".reason")) {
    reason.addEventListener("mouseenter", () => choose(reason.getAttribute("data-cell"), reason.getAttribute("data-from")));
  }
  const first = document.querySelector("td.broken[data-from]");
  if (first) choose(first.getAttribute("data-c"), first.getAttribute("data-from"));
})();
