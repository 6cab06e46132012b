// One week, as the chief, a liaison, a vice mayor on the phone and an inspector live it, first in
// Chinese, then in English: the list is signed and issued, its items are accepted and answered on
// one page, the vice mayor asks a question, the chief sees the meeting's papers and the answer to
// the question, and the inspector reads it all and changes nothing.

import assert from "node:assert/strict";
import { act, enter, fits, navigate, quiet, says } from "../lib.mjs";
import { LINE, openBatch } from "../story.mjs";

export const name = "chief, liaison, vice mayor and inspector live one week in both languages";

const LINE_OF_WORK = "服务企业";
const ZH = { handling: "办理中", signed: "已签发", changes: "时限与责任单位变更", lines: "各条线", notes: "领导批注待落实" };
const EN = {
  handling: "In hand",
  signed: "Signed",
  changes: "Changes of due day and unit",
  lines: "Lines of work",
  notes: "Leaders' notes to follow up",
};

export default async function theWeek(world) {
  await week(world, "W1", { en: false, words: ZH });
  await week(world, "W2", { en: true, words: EN });
}

async function week(world, mark, { en, words }) {
  const phone = { en, phone: true };
  const officer = await enter(world, "bureau", { en });
  const chief = await enter(world, "chief", { en });
  const liaison = await enter(world, "liaison", { en });
  const head = await enter(world, "head", { en });
  const vice = await enter(world, "vice", phone);
  const inspector = await enter(world, "inspector", { en });
  const pages = [officer, chief, liaison, head, vice, inspector];

  const batch = await monday({ officer, chief, vice }, mark);
  const item = await inHand(liaison, { batch, mark, words });
  await weekly({ liaison, head }, words);
  await question({ vice, officer, item }, { words, en });
  await papers(chief, batch);
  await inspection(inspector, { item, words });

  for (const page of pages) {
    quiet(page.context());
    await page.context().close();
  }
}

/** The list is drafted, signed by the chief and, on the phone, by the vice mayor, and issued. */
async function monday({ officer, chief, vice }, mark) {
  const batch = await openBatch(officer, mark);
  const line = { ...LINE, work_line: LINE_OF_WORK, lead: "临颍县", title: `企业用工协调 ${mark}` };
  await act(officer, "lines/new", line);
  await act(officer, "review");
  for (const signer of [chief, vice]) {
    await signer.goto("/");
    await fits(signer);
    await signer.locator(`main a[href="${batch}"]`).first().click();
    await signer.waitForURL((url) => url.pathname === batch);
    await fits(signer);
    await act(signer, "signature", { verdict: "agreed" });
  }
  await officer.goto(batch);
  await act(officer, "issue");
  return batch;
}

/** The liaison accepts the item; its address. */
async function inHand(liaison, { batch, mark, words }) {
  await liaison.goto(batch);
  const row = liaison.locator("main tr", { hasText: `企业用工协调 ${mark}` });
  const item = await row.locator('a[href*="/assignments/"][title="临颍县"]').first().getAttribute("href");
  await liaison.goto(item);
  await act(liaison, "acceptance");
  await says(liaison, words.handling);
  await act(liaison, "extensions", { new_due: "2021-11-20", reason: "企业补充材料", progress: "已对接" });
  return item;
}

/** The week's answer: one click for each item, one to hand in; the head signs once. */
async function weekly({ liaison, head }, words) {
  await navigate(liaison, "/weekly");
  const rows = liaison.locator("[data-row]");
  const items = await rows.count();
  assert.ok(items > 0, "the week asks for something");
  for (let n = 0; n < items; n += 1) {
    await rows.nth(n).locator('input[type=radio][value="plan"]').click();
  }
  await liaison.locator(".form-actions button[type=submit]").first().click();
  await liaison.waitForURL((url) => url.searchParams.has("done"));
  const answer = new URL(liaison.url()).pathname;
  await head.goto(answer);
  await act(head, "signature");
  await says(head, words.signed);
}

/** The vice mayor sees the lines on the phone, at most seven, and asks; the bureau settles it. */
async function question({ vice, officer, item }, { words, en }) {
  await vice.goto("/");
  await fits(vice);
  const lines = vice.locator("main .card", { hasText: words.lines }).first();
  const rows = await lines.locator("tbody tr").count();
  assert.ok(rows >= 1 && rows <= 7, `${rows} lines on a phone`);
  assert.ok((await lines.locator("tbody tr").first().innerText()).includes("招商引资"), "one's own first");
  await vice.goto(item);
  await fits(vice);
  const asked = en ? "Which firms still lack workers?" : "还有哪些企业缺工？";
  await act(vice, "notes", { note: "ask_report", words: asked });
  await says(vice, asked);

  await officer.goto("/?area=all");
  await says(officer, words.notes);
  await officer.locator(`main a[href="${item}"]`).first().click();
  await officer.waitForURL((url) => url.pathname === item);
  await act(officer, "notes/settlement", { note: new RegExp(asked.slice(0, 6)), reason: "已请临颍县书面报告" });
  await says(officer, "已请临颍县书面报告");
}

/** The papers of the meeting open, and come as a document. */
async function papers(chief, batch) {
  await chief.goto(batch);
  const document = await chief.request.get(`${batch}/meeting/document`);
  assert.equal(document.status(), 200);
  assert.match(document.headers()["content-type"], /wordprocessingml/);
  await chief.goto(`${batch}/meeting`);
  await says(chief, "临颍县");
  await chief.goto("/slips");
  await fits(chief);
}

/** The inspector reads the item, changes of its due day first, and finds nothing to press. */
async function inspection(inspector, { item, words }) {
  await inspector.goto("/assignments");
  await fits(inspector);
  await inspector.goto(item);
  await fits(inspector);
  await says(inspector, words.changes);
  await says(inspector, "2021-11-20");
  const text = await inspector.locator("main").innerText();
  const reports = text.indexOf("按计划推进");
  assert.ok(reports > text.indexOf(words.changes), "changes of the due day come before the reports");
  const acts = await inspector.locator('main form[method="post"], main a[href$="/reports"], main a[href$="/notes"]').count();
  assert.equal(acts, 0, "an inspector changes nothing");
}
