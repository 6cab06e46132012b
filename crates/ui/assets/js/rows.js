// data-rows on a small table of a form: a button adds a blank row, up to data-rows-max.

export function rowTables() {
  document.addEventListener("click", (event) => {
    const table = event.target.closest("[data-rows-more]")?.closest("[data-rows]");
    if (table) add(table);
  });
}

function add(table) {
  const rows = table.querySelectorAll("[data-row]");
  const last = rows[rows.length - 1];
  if (!last || rows.length >= Number(table.dataset.rowsMax)) return;
  const place = Number(named(last).name.split(".")[1]);
  const row = last.cloneNode(true);
  for (const error of row.querySelectorAll(".form-error")) error.remove();
  for (const control of row.querySelectorAll("[name]")) {
    const old = control.id;
    control.name = control.name.replace(/\.\d+\./, `.${place + 1}.`);
    control.id = `f-${control.name}`;
    control.value = "";
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
    const label = row.querySelector(`label[for="${CSS.escape(old)}"]`);
    if (label) label.htmlFor = control.id;
  }
  last.after(row);
  named(row).focus();
  table.querySelector("[data-rows-more]").hidden = rows.length + 1 >= Number(table.dataset.rowsMax);
}

function named(row) {
  return row.querySelector("[name]");
}
