/* A sheet keyed from paper: one key a cell and down to the next row; arrows and Enter move; the sums count along.
   Without this script the cells are ordinary fields. */
(() => {
  const table = document.querySelector("[data-keying]");
  if (!table) return;
  const keys = new Set(table.dataset.keying.split(" "));
  const cells = [...table.querySelectorAll("tbody [data-column]")];
  const places = [...new Set(cells.map((cell) => cell.dataset.column))];
  const columns = new Map(places.map((place) => [place, cells.filter((cell) => cell.dataset.column === place)]));
  const go = (cell, down, right = 0) => {
    const column = columns.get(String(Number(cell.dataset.column) + right));
    if (!column) return;
    const row = right ? cell.closest("tr") : null;
    const sum = table.querySelector(`[data-sum="${cell.dataset.column}"]`);
    const next = right ? column.find((one) => one.closest("tr") === row) : column[column.indexOf(cell) + down] || (down > 0 && sum);
    if (next) { next.focus(); next.select(); }
  };
  const count = () => columns.forEach((column, place) => {
    const present = column.filter((cell) => /^[HP]/i.test(cell.value.trim())).length;
    const sum = table.querySelector(`[data-sum="${place}"]`);
    table.querySelector(`[data-present="${place}"]`).textContent = present;
    const differs = sum.value.trim() !== "" && sum.value.trim() !== String(present);
    if (differs) sum.setAttribute("aria-invalid", "true"); else sum.removeAttribute("aria-invalid");
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (cell.dataset.sum !== undefined && event.key === "Enter") { event.preventDefault(); return; }
    if (cell.dataset.column === undefined) return;
    const step = { ArrowDown: [1, 0], Enter: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (step) { event.preventDefault(); go(cell, ...step); return; }
    const key = event.key.toUpperCase();
    if (!keys.has(key)) return;
    event.preventDefault();
    cell.value = key;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    go(cell, 1);
  });
  table.addEventListener("focusin", (event) => { if (event.target.select && event.target.dataset.column !== undefined) event.target.select(); });
  table.addEventListener("input", count);
  count();
})();
