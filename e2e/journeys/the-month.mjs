// A month of reviews: an officer who writes no code changes the rules by the form, tries them on
// October and has them put in force; October is published; a unit has a figure examined again and
// wins; what is frozen then is made again from the journal by the command.

import assert from "node:assert/strict";
import { act, enter, fill, fits, open, quiet, refused, says, submit } from "../lib.mjs";

export const name = "rules are written, tried and adopted; a figure is contested, frozen and replayed";

const OCTOBER = "/reviews/2021-10";
const PDF = { name: "印发件.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 rules") };

export default async function theMonth(world) {
  const officer = await enter(world, "bureau");
  const chief = await enter(world, "chief");
  const head = await enter(world, "head", { phone: true });
  const leader = await enter(world, "leader", { phone: true });
  await rules({ officer, chief });
  await chief.goto(OCTOBER);
  await act(chief, "publication");
  await says(chief, "督查通报2021年第4期");
  await contested({ officer, chief, head, leader });
  const said = world.duban(["replay", "2021-10"]);
  assert.match(said, /\n {2}the same\n/, said);
  for (const page of [officer, chief, head, leader]) {
    quiet(page.context());
    await page.context().close();
  }
}

/** The next version of the counties' rules: an overdue item costs two points instead of one. */
async function rules({ officer, chief }) {
  await officer.goto("/rule-sets");
  await officer.locator("main a", { hasText: "县区重点工作月讲评办法" }).first().click();
  await officer.waitForURL(/rule-sets\/[0-9a-f-]+$/);
  const card = new URL(officer.url()).pathname;
  await act(officer, "versions/new");
  await officer.goto(`${card}/draft/item-0-1`);
  await fits(officer);
  await fill(officer, { "doc.计分.逐件.事项.0.每件": "二分" });
  await submit(officer);
  await says(officer, "“二分”不是十进制数");
  await officer.goto(`${card}/draft/item-0-1`);
  await fill(officer, { "doc.计分.逐件.事项.0.每件": "-2" });
  await submit(officer);
  await officer.goto(`${card}/versions/2`);
  await says(officer, "每件减2分");
  await officer.goto(`${card}/versions/2/trial?month=2021-10`);
  await fits(officer);
  await says(officer, "变化的原因");
  await says(officer, "A2-");
  const version = `${card}/versions/2`;
  await officer.goto(version);
  await act(officer, "submission");
  await chief.goto(version);
  await act(chief, "check", { verdict: "agreed" });
  await officer.goto(version);
  await adopt(officer);
  await says(officer, "2021-12");
}

/** Adopted by its issued document; a period that has begun is refused. */
async function adopt(officer) {
  await open(officer, "adoption");
  const issue = { number: "漯督〔2021〕21号", office: "漯河市人民政府办公室", on: "2021-11-01" };
  await fill(officer, { ...issue, from: "2021-10", paper: PDF });
  const reasons = officer.locator('main form [name^="findings."][name$=".reason"]');
  for (let n = 0; n < (await reasons.count()); n += 1) await reasons.nth(n).fill("试行一季后评估");
  await submit(officer);
  assert.match(await refused(officer), /不溯及既往/);
  await fill(officer, { from: "2021-12" });
  await submit(officer);
  await officer.waitForURL((url) => url.searchParams.has("done"));
}

/**
 * The head asks for a re-examination on the phone; an officer who took no part upholds it; the leader
 * approves the erratum on the phone, and only then it is seen.
 */
async function contested({ officer, chief, head, leader }) {
  await head.goto(OCTOBER);
  await fits(head);
  await head.locator("main a", { hasText: "看本单位的得分和依据" }).click();
  await head.waitForURL(/\/units\//);
  const sheet = new URL(head.url()).pathname;
  await fits(head);
  const before = await head.locator("main strong").first().innerText();
  await head.locator("main a", { hasText: "提出异议" }).first().click();
  await head.waitForURL(/objections/);
  await fill(head, { cell: /重开/, said: "该件重开是因为材料补正，不应计入。" });
  await fill(head, { cell: /投资/ });
  await submit(head);
  await head.waitForURL((url) => url.searchParams.has("done"));
  await officer.goto(OCTOBER);
  await officer.locator('main a[href*="/objections/"]', { hasText: "复核" }).first().click();
  await officer.waitForURL(/\/objections\//);
  await act(officer, "decision", { verdict: "uphold", numerator: "1", denominator: "2", words: "经核实，属实。" });
  await officer.goto(OCTOBER);
  await worked(officer, "computations");
  await chief.goto(OCTOBER);
  await worked(chief, "freeze", { why: "复核更正" });
  await act(chief, "submission");
  await head.goto(sheet);
  assert.equal(await head.locator("main strong").first().innerText(), before);
  await leader.goto(OCTOBER);
  await says(leader, "更正带来的变化");
  await act(leader, "approval", { verdict: "agreed" });
  await decided(leader);
  await chief.goto(OCTOBER);
  await act(chief, "publication");
  await head.goto(OCTOBER);
  await fits(head);
  await says(head, "第1次更正");
  await head.goto(sheet);
  await fits(head);
  assert.notEqual(await head.locator("main strong").first().innerText(), before);
  await says(head, "经核实，属实。");
}

/** What follows anew from the corrected places, and what no longer does, is exempted one by one. */
async function decided(leader) {
  for (;;) {
    await leader.goto(OCTOBER);
    const due = leader.locator('main a[href*="/consequences?"]').first();
    if ((await due.count()) === 0) return;
    await due.click();
    await leader.waitForURL(/consequences/);
    await fits(leader);
    await fill(leader, { verdict: "exempt", reason: "按更正后的名次" });
    await submit(leader);
    await leader.waitForURL((url) => url.searchParams.has("done"));
  }
}

/** Does an act whose work may go on after the answer, and waits until the page shows it no more. */
async function worked(page, path, fields = {}) {
  await open(page, path);
  await fits(page);
  await fill(page, fields);
  await submit(page);
  await page.waitForURL((url) => url.pathname === OCTOBER);
  await page.locator("main [role=status] progress").waitFor({ state: "detached" });
  await fits(page);
}
