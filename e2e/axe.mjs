// Walks through what an account can reach and has axe look at each page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { enter, quiet } from "./lib.mjs";

const SOURCE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** A month in an address: months of one record are of one kind. */
const MONTH = /\/\d{4}-\d{2}(?=\/|$)/g;
/** Neither pages nor part of the walk: downloads, the language switch. */
const NO_PAGE = /^\/(language|assets|api)\b|\/files\/|\.(csv|xlsx|docx|pdf)\b/;
const VOID = new Set(["area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"]);
/** Attributes whose values matter to axe; of the others only whether they are there and filled. */
const VALUED = /^(class|type|role|lang|scope|tabindex|aria-(current|invalid|hidden|expanded))$/;

/** Shapes of pages that axe has looked at, over all accounts. */
const looked = new Set();

/** Pages of this context carry axe; the policy of the pages would refuse it otherwise. */
export async function equip(context) {
  await context.addInitScript({ content: SOURCE });
}

/** What axe objects to on the page, one line each. */
export async function objections(page) {
  const run = (values) =>
    globalThis.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
  const { violations } = await page.evaluate(run, TAGS);
  const at = page.url().replace(/^https?:\/\/[^/]+/, "");
  const line = (violation, node) =>
    `${at}: ${violation.id} at ${node.target.join(" ")}: ${node.failureSummary?.split("\n")[1]?.trim()}`;
  return violations.flatMap((violation) => violation.nodes.map((node) => line(violation, node)));
}

/** Assignments in each state, for accounts that act on them. */
const LISTS = ["issued", "handed_back", "handling", "prepared", "submitted", "closed"].map(
  (state) => `/assignments?state=${state}`,
);

/**
 * The accounts walk, three at a time; fails with everything that axe objects to. Those who act look
 * at assignments in each state besides.
 */
export async function walkAll(world, accounts, acting) {
  const found = [];
  const [visited, before] = [{ pages: 0 }, looked.size];
  const waiting = [...accounts];
  const walker = async () => {
    for (let account = waiting.shift(); account; account = waiting.shift()) {
      found.push(...(await walk(world, account, acting.includes(account) ? LISTS : [], visited)));
    }
  };
  await Promise.all([walker(), walker(), walker()]);
  console.log(`      ${visited.pages} pages visited, ${looked.size - before} shapes looked at`);
  assert.equal(found.length, 0, `axe and the links:\n${found.join("\n")}`);
}

/**
 * Fetches one page of each kind: addresses that differ only in their identifiers are one kind, an
 * assignment's in another state are another. What has a shape not seen before goes to axe.
 */
async function walk(world, account, states, visited) {
  const page = await enter(world, account);
  await equip(page.context());
  const [seen, found] = [new Set(), []];
  const queue = ["/", ...states].map((path) => ({ path, from: "", mark: path === "/" ? "" : path }));
  for (const { path, from, mark } of queue) {
    const kind = `${path.split(/[?#]/)[0].replace(UUID, "{id}").replace(MONTH, "/{month}")} ${mark}`;
    if (seen.has(kind)) continue;
    seen.add(kind);
    visited.pages += 1;
    const answer = await page.request.get(path);
    if (answer.status() !== 200) {
      // The journal tells of subjects that some of its readers may not open.
      if (from !== "/journal") found.push(`${account} ${path}, linked from ${from}: ${answer.status()}`);
      continue;
    }
    // What is taken out is no page.
    if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) continue;
    const source = await answer.text();
    if (isNew(kind, source)) {
      await page.goto(path);
      for (const objection of await objections(page)) found.push(`${account} ${objection}`);
    }
    for (const [, href] of source.matchAll(/<a\b[^>]*?\shref="(\/[^"]*)"/g)) {
      const link = href.replaceAll("&amp;", "&");
      const isCard = /^\/assignments\/[0-9a-f-]{36}$/.test(link);
      if (!NO_PAGE.test(link)) queue.push({ path: link, from: path, mark: isCard ? mark : "" });
    }
  }
  quiet(page.context());
  await page.context().close();
  return found;
}

/** Whether the frame, or the content of a page of this kind, has a shape not seen before. */
function isNew(kind, source) {
  const main = source.indexOf("<main");
  const shapes = [`frame ${shape(source.slice(0, main))}`, `${kind} ${shape(source.slice(main))}`];
  const fresh = shapes.filter((one) => !looked.has(one));
  for (const one of fresh) looked.add(one);
  return fresh.length > 0;
}

/**
 * What axe could tell two pages of a kind apart by: which elements stand in which, with their
 * classes and attributes. Words, addresses and the number of rows do not count.
 */
function shape(source) {
  const [pairs, stack] = [new Set(), ["body"]];
  for (const [, closing, name, rest, next] of source.matchAll(/<(\/?)([a-z][\w-]*)([^>]*)>(<\/)?/g)) {
    if (closing) {
      stack.pop();
      continue;
    }
    const attributes = [...rest.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, key, value]) =>
      VALUED.test(key) ? `${key}=${value}` : `${key}${value ? "" : "-"}`);
    const sign = [name, ...attributes.sort(), next ? "empty" : ""].join(" ");
    pairs.add(`${stack.at(-1)}>${sign}`);
    if (!VOID.has(name)) stack.push(sign);
  }
  return [...pairs].sort().join("\n");
}
