// data-sortable on a list or a table body: each child holds inputs whose order in the form is
// the order. Arrow buttons for the keyboard, a grip for the mouse; [data-position] is renumbered.
import { element, say, words } from "./words.js";

export function sortables(root) {
  for (const list of root.querySelectorAll("[data-sortable]:not([data-ready])")) {
    list.dataset.ready = "yes";
    for (const item of list.children) equip(list, item);
    list.addEventListener("dragover", (event) => over(list, event));
    list.addEventListener("drop", (event) => event.preventDefault());
  }
}

function equip(list, item) {
  const place = item.querySelector("[data-grip]") ?? item.lastElementChild ?? item;
  const grip = element("span", "grip", "⠿");
  grip.title = words.drag;
  grip.draggable = true;
  grip.setAttribute("aria-hidden", "true");
  grip.addEventListener("dragstart", (event) => {
    item.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(item, 0, 0);
  });
  grip.addEventListener("dragend", () => {
    item.classList.remove("is-dragged");
    settle(list, item);
  });
  place.append(grip, arrow(list, item, "up", "↑"), arrow(list, item, "down", "↓"));
}

function arrow(list, item, direction, sign) {
  const button = element("button", "btn btn-ghost btn-icon", sign);
  button.type = "button";
  button.setAttribute("aria-label", words[direction]);
  button.addEventListener("click", () => {
    const up = direction === "up";
    const beside = up ? item.previousElementSibling : item.nextElementSibling;
    if (!beside) return;
    if (up) beside.before(item);
    else beside.after(item);
    button.focus();
    settle(list, item);
  });
  return button;
}

function over(list, event) {
  const dragged = list.querySelector(":scope > .is-dragged");
  const target = [...list.children].find((child) => child.contains(event.target));
  if (!dragged || !target || target === dragged) return;
  event.preventDefault();
  const box = target.getBoundingClientRect();
  if (event.clientY < box.top + box.height / 2) target.before(dragged);
  else target.after(dragged);
}

function settle(list, item) {
  [...list.children].forEach((child, index) => {
    const position = child.querySelector("[data-position]");
    if (position?.matches("input")) position.value = index + 1;
    else if (position) position.textContent = index + 1;
  });
  // A list that names a form is kept by its button.
  document.getElementById(list.dataset.sortable)?.querySelector("[data-order-save]")?.removeAttribute("hidden");
  say(words.moved([...list.children].indexOf(item) + 1));
  list.dispatchEvent(new Event("input", { bubbles: true }));
  list.dispatchEvent(new Event("change", { bubbles: true }));
}
