// Forms marked data-guard: no second submit, a warning before typed words are lost.
// Anywhere: character counters, filter boxes of long choice lists.
import { words } from "./words.js";

const dirty = new Set();

export function forms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("form[data-guard]")) return;
    if (form.dataset.busy) {
      event.preventDefault();
      return;
    }
    form.dataset.busy = "yes";
    dirty.delete(form);
    event.submitter?.setAttribute("aria-busy", "true");
  });
  // Back from the next page: the form lives again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-busy]")) release(form);
  });
  addEventListener("beforeunload", (event) => {
    for (const form of dirty) if (!form.isConnected) dirty.delete(form);
    if (dirty.size === 0) return;
    event.preventDefault();
    event.returnValue = "unsaved"; // Chromium before 119 asks only with this.
  });
  document.addEventListener("input", (event) => {
    const field = event.target;
    const form = field.form ?? field.closest("form");
    if (form?.matches("form[data-guard]") && !field.matches("[data-filter]")) dirty.add(form);
    if (field.matches("[data-counter]")) count(field);
    if (field.matches("[data-filter]")) narrow(field);
  });
  document.addEventListener("change", (event) => {
    const list = event.target.closest(".choices");
    const shown = list?.querySelector(".choices-count");
    if (shown) shown.textContent = words.chosen(list.querySelectorAll("input:checked").length);
  });
}

export function release(form) {
  delete form.dataset.busy;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

function count(field) {
  const counter = document.getElementById(field.dataset.counter);
  if (!counter) return;
  counter.textContent = `${field.value.length}/${field.maxLength}`;
  counter.classList.toggle("is-near", field.value.length > field.maxLength * 0.9);
}

function narrow(box) {
  const sought = box.value.trim().toLowerCase();
  for (const choice of box.closest(".choices").querySelectorAll(".choice")) {
    choice.hidden = sought !== "" && !choice.textContent.toLowerCase().includes(sought);
  }
}
