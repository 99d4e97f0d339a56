/* Rows of choices by keyboard: a letter chooses in the row that has the focus and goes on to the next; arrows change rows.
   Without this script the choices are ordinary radio buttons. */
document.addEventListener("keydown", (event) => {
  const field = event.target;
  const table = field.closest && field.closest("[data-marks]");
  if (!table || event.ctrlKey || event.altKey || event.metaKey) return;
  const row = field.closest("tr");
  const isText = field.matches('input:not([type="radio"]):not([type="checkbox"]), select, textarea');
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const go = (by) => {
    const rows = [...table.querySelectorAll("tbody tr")].filter((one) => one.querySelector("[data-key]"));
    const next = rows[rows.indexOf(row) + by];
    const inputs = next && [...next.querySelectorAll("[data-key]")];
    if (inputs) (inputs.find((one) => one.checked) || inputs[0]).focus();
  };
  if (step && !isText) { event.preventDefault(); go(step); return; }
  if (isText) return;
  const chosen = row && row.querySelector(`[data-key="${event.key.toUpperCase()}"]`);
  if (!chosen) return;
  event.preventDefault();
  chosen.checked = true;
  chosen.dispatchEvent(new Event("input", { bubbles: true }));
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
  go(1);
});
