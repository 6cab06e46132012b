// A column or a block copied from a spreadsheet and pasted into a cell of a table whose rows are
// given goes down its rows and right along its columns.

export function pastes() {
  document.addEventListener("paste", (event) => {
    const cell = event.target.closest?.(".rows-led[data-row] .form-control");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
    if (!cell || (lines.length === 1 && !lines[0].includes("\t"))) return;
    event.preventDefault();
    fill(cell, lines.map((line) => line.split("\t")));
  });
}

function fill(cell, lines) {
  const first = cell.closest("[data-row]");
  const rows = [...first.parentElement.querySelectorAll("[data-row]")];
  const column = controls(first).indexOf(cell);
  const from = rows.indexOf(first);
  for (const [down, values] of lines.entries()) {
    const row = rows[from + down];
    if (!row) break;
    for (const [right, value] of values.entries()) {
      const control = controls(row)[column + right];
      if (!control || !control.matches("input, textarea")) continue;
      control.value = value.trim();
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

function controls(row) {
  return [...row.querySelectorAll(".form-control")];
}
