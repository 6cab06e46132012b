// Pages of every kind in the dark theme, on a phone and in English, looked at by axe.

import assert from "node:assert/strict";
import { equip, objections } from "../axe.mjs";
import { enter, fits, quiet } from "../lib.mjs";

export const name = "axe finds nothing in the dark, on a phone and in English";

const LOOKS = { dark: { dark: true }, phone: { phone: true }, english: { en: true } };
const PAGES = [
  "/",
  "/batches",
  "/assignments?open=1&returned=1",
  "/assignments/due-changes",
  "/units",
  "/series",
  "/calendar",
  "/batches/new",
  "/reviews",
  "/reviews/new",
  "/reviews/2021-10",
  "/reviews/2021-10/circular",
  "/reviews/2021-10/doubts",
  "/reviews/2021-10/robustness",
  "/reviews/compare",
  "/rule-sets",
  "/indicators",
  "/measures",
  "/measures/due_count",
];

export default async function axeLooks(world) {
  const found = [];
  for (const [look, options] of Object.entries(LOOKS)) {
    const page = await enter(world, "bureau", options);
    await equip(page.context());
    // Addresses that the lists lead to, and an act's form.
    const first = async (list, start) => {
      await page.goto(list);
      return page.locator(`main tbody a[href^="${start}"]`).first().getAttribute("href");
    };
    const card = await first("/assignments?state=submitted", "/assignments/");
    const batch = await first("/batches", "/batches/");
    const rules = await first("/rule-sets", "/rule-sets/");
    const indicator = await first("/indicators", "/indicators/");
    const sheet = await first("/reviews/2021-10", "/reviews/2021-10/units/");
    const forms = [`${card}/verifications`, `${rules}/versions/1`, `${rules}/versions/1/trial?month=2021-10`];
    for (const path of [...PAGES, batch, card, rules, indicator, sheet, ...forms]) {
      await page.goto(path);
      if (options.dark) assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
      if (options.en) assert.equal(await page.locator("html").getAttribute("lang"), "en");
      if (options.phone) await fits(page).catch((error) => found.push(error.message));
      for (const objection of await objections(page)) found.push(`${look} ${objection}`);
    }
    quiet(page.context());
    await page.context().close();
  }
  assert.equal(found.length, 0, `axe objects:\n${found.join("\n")}`);
}
