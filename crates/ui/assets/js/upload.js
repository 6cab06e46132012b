// form[data-upload]: send the files with a progress bar, then show the answer as the page.
// Without this script the browser posts the same form itself.
import { release } from "./forms.js";
import { element, say, words } from "./words.js";

export function uploads() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("form[data-upload]")) return;
    const chosen = [...form.querySelectorAll("input[type=file]")].some((box) => box.files.length);
    if (!chosen) return;
    event.preventDefault();
    send(form, event.submitter);
  });
}

function send(form, submitter) {
  const bar = element("progress", "progress");
  bar.max = 100;
  bar.value = 0;
  const text = element("span", "form-hint");
  const box = element("div", "upload-progress");
  box.setAttribute("role", "status");
  box.append(bar, text);
  form.querySelector(".upload-progress")?.remove();
  form.append(box);

  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/html");
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = Math.round((event.loaded / event.total) * 100);
    text.textContent = words.uploading(bar.value);
  });
  request.addEventListener("load", () => show(request));
  request.addEventListener("error", () => {
    text.textContent = words.failed;
    say(words.failed);
    release(form);
  });
  request.send(body);
}

// After a redirect go to where it led; a refused form comes back in place with its messages.
function show(request) {
  const refused = request.status >= 400;
  const led = request.responseURL;
  if (!refused && led && led !== location.href) {
    location.assign(led);
    return;
  }
  if (!refused) {
    location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  document.title = page.title || document.title;
  document.getElementById("main")?.replaceWith(document.adoptNode(page.getElementById("main") ?? page.body));
  document.querySelector(".error-summary")?.focus();
}
