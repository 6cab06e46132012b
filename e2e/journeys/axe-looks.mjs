// Ten pages in the dark theme, on a phone and in English, looked at by axe.

import assert from "node:assert/strict";
import { equip, objections } from "../axe.mjs";
import { enter, fits, quiet } from "../lib.mjs";

export const name = "axe finds nothing in the dark, on a phone and in English";

const LOOKS = { dark: { dark: true }, phone: { phone: true }, english: { en: true } };
const PAGES = ["/", "/batches", "/assignments?open=1", "/units", "/series", "/calendar", "/batches/new"];

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
    for (const path of [...PAGES, batch, card, `${card}/verifications`]) {
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
