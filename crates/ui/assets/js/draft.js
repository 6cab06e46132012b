// button[data-draft] in a form: what is typed is kept at the button's address a moment after it
// was typed, without leaving the page.
import { element, words } from "./words.js";

const WAIT_MS = 1500;
const waiting = new Map();

export function drafts() {
  document.addEventListener("input", (event) => {
    const button = event.target.form?.querySelector("button[data-draft]");
    if (!button) return;
    clearTimeout(waiting.get(button));
    waiting.set(button, setTimeout(() => keep(button), WAIT_MS));
  });
  document.addEventListener("submit", (event) => {
    const button = event.target.querySelector("button[data-draft]");
    if (button) clearTimeout(waiting.get(button));
  }, true);
}

async function keep(button) {
  const body = new URLSearchParams();
  // Files are handed in with the form itself.
  for (const [name, value] of new FormData(button.form)) {
    if (typeof value === "string") body.append(name, value);
  }
  const answer = await fetch(button.formAction, { method: "POST", body, redirect: "manual" }).catch(() => null);
  // A redirect is how an act says that it was done.
  const kept = answer?.type === "opaqueredirect";
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  told(button).textContent = kept ? words.kept(time) : words.unkept;
}

function told(button) {
  if (!button.nextElementSibling?.matches(".draft-told")) {
    const place = element("span", "draft-told muted");
    place.setAttribute("role", "status");
    button.after(place);
  }
  return button.nextElementSibling;
}
