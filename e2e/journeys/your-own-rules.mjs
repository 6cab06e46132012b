// An officer who writes no code begins rules of the city's own from a set that comes with the program:
// numbers on one page, an item by its form, what the linter forbids, a trial on October, and into force
// when the rules before them end. Runs last: it ends the counties' rule set of the demo for good.

import assert from "node:assert/strict";
import { act, enter, fill, fits, open, quiet, refused, says, submit } from "../lib.mjs";

export const name = "rules are begun from a ready set, mended where the linter forbids, tried and put in force";

const PDF = { name: "印发件.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 rules") };

export default async function yourOwnRules(world) {
  const officer = await enter(world, "bureau");
  const chief = await enter(world, "chief");
  await officer.goto("/rule-sets");
  await act(officer, "rule-sets/new", { start: "counties", code: "XQ-2022" });
  const card = new URL(officer.url()).pathname;
  const draft = `${card}/versions/1`;
  await numbers(officer, draft);
  await forbidden(officer, draft);
  await tried(officer, draft);
  await officer.goto(draft);
  await act(officer, "submission");
  await chief.goto(draft);
  await act(chief, "check", { verdict: "agreed" });
  await inForce({ officer, chief, draft });
  for (const page of [officer, chief]) {
    quiet(page.context());
    await page.context().close();
  }
}

/** Weights are changed on one page; what is no number is told at its row and kept. */
async function numbers(officer, draft) {
  await officer.goto(draft);
  await open(officer, "numbers");
  await fits(officer);
  // The innermost part of the form that says these words and has a field.
  const row = async (words) => {
    const fields = officer.locator("main form input[name$='.value']");
    const leads = await fields.evaluateAll((all) =>
      all.map((field) => {
        let around = field.parentElement;
        while (around && !around.querySelector("p")) around = around.parentElement;
        return around?.querySelector("p")?.innerText ?? "";
      }));
    const n = leads.findIndex((lead) => words.test(lead));
    assert.ok(n >= 0, `${words} in ${leads.join(" | ")}`);
    return fields.nth(n);
  };
  const full = await row(/A1 按期办结率\s*满分/);
  const other = await row(/A4 目标完成率\s*满分/);
  assert.equal(await full.inputValue(), "30");
  await full.fill("三十五");
  await other.fill("15");
  await submit(officer);
  assert.match(await refused(officer), /“三十五”不是十进制数/);
  assert.equal(await (await row(/A4 目标完成率\s*满分/)).inputValue(), "15");
  await (await row(/A1 按期办结率\s*满分/)).fill("35");
  await submit(officer);
  await officer.waitForURL((url) => url.searchParams.has("done"));
  await says(officer, "A1 按期办结率，满分35分");
}

/** What a regulation forbids is found with its regulation, and cannot be sent. */
async function forbidden(officer, draft) {
  const item = draft.replace("versions/1", "draft/item-0-4");
  const called = async (name) => {
    await officer.goto(item);
    await fill(officer, { "doc.名称": name });
    await submit(officer);
    await officer.goto(draft);
  };
  await called("领导批示件数");
  await says(officer, "整治形式主义为基层减负若干规定");
  await open(officer, "submission");
  await submit(officer);
  assert.match(await refused(officer), /规定禁止/);
  await called("办结后重开件数");
  const text = await officer.locator("main").innerText();
  assert.ok(!text.includes("整治形式主义"), "what was forbidden has gone");
}

/** October by these rules, beside the places that units had by the rules in force then. */
async function tried(officer, draft) {
  await officer.goto(draft);
  await officer.locator("summary", { hasText: "文书与比较" }).click();
  await officer.locator("main a", { hasText: "在往月试算" }).click();
  await officer.waitForURL(/\/trial/);
  await fill(officer, { month: "2021-10" });
  await officer.locator("main form button[type=submit]").first().click();
  await officer.waitForURL(/month=2021-10/);
  await fits(officer);
  const row = officer.locator("main tr", { hasText: "临颍县" }).first();
  const cells = await row.locator("td, th").allInnerTexts();
  const [, oldScore, oldPlace, newScore, newPlace] = cells.map((cell) => cell.trim());
  for (const said of [oldScore, oldPlace, newScore, newPlace]) assert.match(said, /\d/, cells.join(" | "));
}

/** A group has one rule set: the former one ends first. */
async function inForce({ officer, chief, draft }) {
  const adopt = async () => {
    await officer.goto(draft);
    await open(officer, "adoption");
    const issue = { number: "漯督〔2021〕22号", office: "漯河市人民政府办公室", on: "2021-11-01" };
    await fill(officer, { ...issue, from: "2022-01", paper: PDF });
    const reasons = officer.locator('main form [name^="findings."][name$=".reason"]');
    for (let n = 0; n < (await reasons.count()); n += 1) await reasons.nth(n).fill("试行一季后评估");
    await submit(officer);
  };
  await adopt();
  assert.match(await refused(officer), /“县区组”在 2022-01 及以后由《县区重点工作月讲评办法》考评/);
  await chief.goto("/rule-sets");
  const former = chief.locator("main a", { hasText: "县区重点工作月讲评办法" });
  const hrefs = await former.evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  const card = draft.replace("/versions/1", "");
  await chief.goto(hrefs.find((href) => !href.startsWith(card)));
  await act(chief, "ending", { from: "2022-01", reason: "按新办法考评" });
  await adopt();
  await officer.waitForURL((url) => url.searchParams.has("done"));
  await says(officer, "2022-01");
}
