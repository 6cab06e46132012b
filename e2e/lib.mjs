// What the journeys share: signing in, filling in a form, clicking one's way through an act.

import assert from "node:assert/strict";

const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** Cookies of the accounts that have signed in, so that each password is hashed once. */
const sessions = new Map();

/** A browser of its own: `{ en, phone, script, dark }`. */
export async function browse(world, { en = false, phone = false, script = true, dark = false } = {}) {
  const context = await world.browser.newContext({
    baseURL: world.base,
    locale: en ? "en-GB" : "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: phone ? PHONE : DESKTOP,
    hasTouch: phone,
    isMobile: phone,
    javaScriptEnabled: script,
  });
  if (dark) await context.addCookies([{ name: "theme", value: "dark", url: world.base }]);
  context.setDefaultTimeout(15_000);
  return watched(context);
}

/** Keeps what the console and the pages complain of, for `quiet`. */
function watched(context) {
  context.complaints = [];
  context.on("page", (page) => {
    page.on("console", (message) => {
      // A refused form answers 4xx on purpose, and the browser says so.
      if (message.type() !== "error" || /status of 4\d\d/.test(message.text())) return;
      context.complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => context.complaints.push(`${page.url()}: ${error.message}`));
  });
  return context;
}

export function quiet(context) {
  assert.deepEqual(context.complaints, [], "the console is quiet");
}

/** A page on which the account is signed in; the form is filled in only the first time. */
export async function enter(world, account, options = {}) {
  const context = await browse(world, options);
  const page = await context.newPage();
  const kept = sessions.get(account);
  if (kept && !options.byHand) {
    await context.addCookies(kept);
    await page.goto("/");
    if (new URL(page.url()).pathname === "/") return page;
  }
  await signIn(world, page, account);
  const cookies = await context.cookies();
  sessions.set(account, cookies.filter((cookie) => cookie.name.endsWith("duban")));
  return page;
}

/** Signs in by the form and waits for the desk. */
export async function signIn(world, page, account) {
  await page.goto("/sign-in");
  const { password } = world.accounts[account];
  await fill(page, { name: account, password });
  await submit(page);
  await page.waitForURL((url) => url.pathname === "/");
}

/** Opens the way in the navigation that leads to `href`, by the menu on a phone. */
export async function navigate(page, href) {
  const link = page.locator(`nav.nav a[href="${href}"]`);
  if (!(await link.isVisible())) await page.locator("#menu-toggle").check();
  await link.click();
  await page.waitForURL((url) => url.pathname === href);
}

/** Fills fields by name: a text, a day, a file's path or buffer, an option or ticks by label. */
export async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`main form [name="${name}"]`).last();
    const kind = await field.evaluate((e) => (e.tagName === "SELECT" ? "select" : e.type));
    if (kind === "select") await choose(field, value);
    else if (kind === "checkbox") await tick(page, name, value);
    else if (kind === "file") await field.setInputFiles(value);
    else await field.fill(value);
  }
}

/** An option by its value, else by its label. */
async function choose(select, wanted) {
  const options = await select.locator("option").evaluateAll((all) =>
    all.map((option) => ({ value: option.value, label: option.label.trim() })));
  const fits = ({ value, label }) =>
    wanted instanceof RegExp ? wanted.test(label) : value === wanted || label === wanted;
  const found = options.find(fits);
  assert.ok(found, `no option ${wanted} among ${options.map((o) => o.label).join("、")}`);
  await select.selectOption(found.value);
}

async function tick(page, name, labels) {
  for (const label of [labels].flat()) {
    const box = page.locator(`label.choice:has(input[name="${name}"])`);
    await box.filter({ hasText: new RegExp(`^\\s*${label}\\s*$`) }).first().locator("input").check();
  }
}

/** Sends the form of the page. */
export async function submit(page) {
  await page.locator("main form .form-actions button[type=submit]").click();
}

/** Follows the button to the act's form; the last part of its address names it. */
export async function open(page, path) {
  const link = page.locator(`main a[href$="/${path}"]`).first();
  await link.click();
  await page.waitForURL((url) => url.pathname.endsWith(`/${path}`));
}

/** Opens an act's form, fills it in, sends it and sees the page say that it is done. */
export async function act(page, path, fields = {}) {
  await open(page, path);
  await fits(page);
  await fill(page, fields);
  await submit(page);
  await page.waitForURL((url) => url.searchParams.has("done"));
  await page.locator(".notice").waitFor();
  await fits(page);
}

/** The messages of a refused form. */
export async function refused(page) {
  await page.locator(".error-summary").waitFor();
  return (await page.locator(".error-summary li").allInnerTexts()).join("\n");
}

/** Nothing is wider than the window. */
export async function fits(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${page.url()} is ${over} px too wide`);
}

export async function says(page, words) {
  const text = await page.locator("main").innerText();
  assert.ok(text.includes(words), `${page.url()} does not say “${words}”:\n${text.slice(0, 800)}`);
}
