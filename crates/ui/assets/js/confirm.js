// data-confirm="question" on a submit button, a form or a link: ask in a dialog first.
import { element, words } from "./words.js";

let settled = null;

export function confirmations() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-confirm]");
    if (!link) return;
    event.preventDefault();
    ask(link.dataset.confirm, link.dataset.confirmTone, () => location.assign(link.href));
  });
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    const source = submitter?.dataset.confirm ? submitter : form.dataset.confirm ? form : null;
    if (!source) return;
    if (settled === form) {
      settled = null;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(source.dataset.confirm, source.dataset.confirmTone, () => {
      settled = form;
      form.requestSubmit(submitter ?? undefined);
    });
  }, true);
}

function ask(question, tone, proceed) {
  const dialog = element("dialog", "dialog");
  const text = element("p", "dialog-text", question);
  text.id = "dialog-text";
  dialog.setAttribute("aria-labelledby", text.id);
  const buttons = element("div", "dialog-actions");
  const no = element("button", "btn", words.cancel);
  const yes = element("button", `btn btn-${tone ?? "primary"}`, words.confirm);
  no.type = yes.type = "button";
  buttons.append(no, yes);
  dialog.append(text, buttons);
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", () => {
    dialog.close();
    proceed();
  });
  dialog.showModal();
  no.focus();
}
