// Every page of the three administrators, of visitors and of errors, looked at by axe.

import assert from "node:assert/strict";
import { equip, objections, walkAll } from "../axe.mjs";
import { browse, fill, quiet, refused, submit } from "../lib.mjs";

export const name = "axe finds nothing on the pages of the administration and of visitors";

export default async function axeAdministration(world) {
  await walkAll(world, ["sysadmin", "secadmin", "auditor"], []);
  const context = await browse(world);
  await equip(context);
  const page = await context.newPage();
  await page.goto("/sign-in");
  assert.deepEqual(await objections(page), []);
  await fill(page, { name: "nobody", password: "wrong" });
  await submit(page);
  await refused(page);
  assert.deepEqual(await objections(page), []);
  await page.goto("/nowhere");
  assert.deepEqual(await objections(page), []);
  quiet(context);
}
