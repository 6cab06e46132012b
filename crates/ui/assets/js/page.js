// The page's frame: theme, menus that close, rows that open, printing.

export function theme() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
    if (!event.target.closest("[data-theme-switch]")) return;
    const root = document.documentElement;
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${root.dataset.theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    document.dispatchEvent(new Event("theme"));
  });
}

export function menus() {
  const open = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// A screen nobody touches fetches itself anew; while the server is away it stays as it is.
export function refresh() {
  const seconds = Number(document.documentElement.dataset.refresh);
  if (!seconds) return;
  setInterval(async () => {
    const answer = await fetch(location.href, { method: "HEAD" }).catch(() => null);
    if (answer?.ok) location.reload();
  }, seconds * 1000);
}

// A click anywhere in a row follows its link, unless words are being selected in it.
export function rows() {
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.target.closest("a, button, input, label, select, summary")) return;
    if (String(getSelection()) !== "") return;
    if (event.ctrlKey || event.metaKey) open(row.dataset.href, "_blank", "noopener");
    else location.assign(row.dataset.href);
  });
}
