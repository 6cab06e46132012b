// Everything here improves pages that already work without it.
import htmx from "htmx.org";
import { confirmations } from "./confirm.js";
import { drafts } from "./draft.js";
import { forms } from "./forms.js";
import { lists } from "./list.js";
import { menus, refresh, rows, theme } from "./page.js";
import { pastes } from "./paste.js";
import { rowTables } from "./rows.js";
import { sortables } from "./sortable.js";
import { uploads } from "./upload.js";

htmx.config.history = "reload";

// Registered once on the document, so that regions put in by htmx need no second start.
confirmations();
drafts();
forms();
lists();
menus();
pastes();
refresh();
rows();
rowTables();
theme();
uploads();

function enhance(root) {
  sortables(root);
  charts(root);
}

// CHARTS is the address of charts.js, set by build.mjs.
function charts(root) {
  const waiting = root.querySelectorAll("[data-chart]:not([data-drawn])");
  if (waiting.length === 0) return;
  const seen = new IntersectionObserver((entries) => {
    const near = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target);
    if (near.length === 0) return;
    near.forEach((element) => seen.unobserve(element));
    import(CHARTS).then((charts) => near.forEach(charts.draw));
  }, { rootMargin: "200px" });
  waiting.forEach((element) => seen.observe(element));
}

enhance(document);
document.addEventListener("htmx:after:swap", () => enhance(document));
