// A register renews only its list: the filter form, the column heads and the pager.
import htmx from "htmx.org";
import { say } from "./words.js";

export function lists() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#list a[data-list-link]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // A filter still under way would take the list away from under this answer.
    const filter = document.querySelector("form.filter");
    if (filter) htmx.trigger(filter, "htmx:abort");
    htmx.ajax("GET", link.getAttribute("href"), {
      source: link,
      target: "#list",
      select: "#list",
      swap: "outerHTML",
      push: "true",
    });
  });
  // An address worth passing on carries only what was chosen.
  document.addEventListener("htmx:config:request", (event) => {
    const { request, sourceElement } = event.detail.ctx;
    if (request.method !== "GET" || !(request.body instanceof FormData)) return;
    // The order belongs to the list, not to the form: a new filter keeps it.
    const sort = new URLSearchParams(location.search).get("sort");
    if (sort && sourceElement.matches("form.filter")) request.body.set("sort", sort);
    for (const [name, value] of [...request.body]) {
      if (value === "") request.body.delete(name);
    }
  });
  document.addEventListener("htmx:after:swap", () => {
    const total = document.querySelector("#list .pager-total");
    if (total) say(total.textContent);
  });
}
