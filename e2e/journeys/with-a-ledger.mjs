// Runs late: sittings count on from the ledger.
// 期初接续: an officer brings a small running ledger in. One deadline is vague and is mended in
// place; then all of it is taken over, marked, and its sitting counts on.

import assert from "node:assert/strict";
import { enter, fill, fits, quiet, says, submit } from "../lib.mjs";
import { workbook } from "../workbook.mjs";

export const name = "a running ledger comes in, one cell is mended, and its items are marked";

const HEADER = [
  "次别", "事项编号", "交办事项", "工作要求及完成标准", "牵头单位", "交办日期", "完成时限", "状态",
];
const ROWS = [
  ["漯河市2021年周交办台账"],
  HEADER,
  ["第90次", "90-1", "老旧小区改造收尾", "完成验收", "市发展改革委", "2021年10月11日", "2021年12月10日", "在办"],
  ["第90次", "90-2", "秋冬季管网排查", "排查到位", "临颍县", "2021年10月11日", "11月底前", "推进中"],
];

export default async function importLedger(world) {
  const page = await enter(world, "bureau");
  await page.goto("/assignments");
  await page.locator('main a[href="/assignments/import"]').first().click();
  await page.waitForURL((url) => url.pathname === "/assignments/import");
  await fits(page);
  const file = {
    name: "周交办台账.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: workbook(ROWS),
  };
  await fill(page, { file });
  await submit(page);
  await page.waitForURL((url) => /^\/assignments\/import\/[0-9a-f-]{36}$/.test(url.pathname));
  const one = new URL(page.url()).pathname;
  await page.goto(`${one}/columns`);
  await fits(page);
  await fill(page, { answer: "周交办会", year: "2021" });
  await submit(page);
  await page.waitForURL((url) => url.pathname === `${one}/rows`);
  await says(page, "“11月底前”不是确定的日期");
  await fits(page);

  await page.goto(`${one}/rows/4`);
  const due = page.locator('main form input[value="11月底前"], main form textarea', { hasText: "" });
  const fields = await due.evaluateAll((all) => all.filter((e) => e.value === "11月底前").map((e) => e.name));
  assert.equal(fields.length, 1, "the vague day stands in one cell");
  await fill(page, { [fields[0]]: "2021-11-30" });
  await submit(page);
  await page.waitForURL((url) => url.pathname === one);
  await page.goto(`${one}/commit`);
  await submit(page);
  await page.waitForURL((url) => url.pathname === one && url.searchParams.has("done"));
  await page.goto("/assignments?taken=1");
  await says(page, "90-2");
  await says(page, "接续");
  await fits(page);
  await page.locator("main a", { hasText: "秋冬季管网排查" }).first().click();
  await says(page, "2021-11-30");
  await says(page, "接续");
  quiet(page.context());

  const phone = await enter(world, "bureau", { phone: true });
  await phone.goto("/assignments/import");
  await fits(phone);
  quiet(phone.context());
}
