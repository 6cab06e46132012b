// Runs before the first paint: the chosen theme, else the system's.
const root = document.documentElement;
const chosen = /(?:^|; )theme=(light|dark)(?:;|$)/.exec(document.cookie)?.[1];
const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
if (!root.dataset.fixed) root.dataset.theme = chosen ?? system;
root.classList.add("js");
