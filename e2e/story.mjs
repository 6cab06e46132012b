// The life of an interim batch, from the draft to the closure of an assignment, clicked by four
// roles. The journeys `story-*.mjs` run it in different browsers.

import { act, enter, fits, navigate, quiet, says } from "./lib.mjs";

export const LINE = {
  demand: "11月底前完成用地报批",
  standard: "取得用地批复",
  urgency: "urgent",
  importance: "key",
  rhythm: "weekly",
  profile: "bureau",
  due: "2021-11-12",
};
const ZH = {
  paper: "纸质签发",
  late: "退办次数",
  states: { handling: "办理中", submitted: "待核实", closed: "已办结", prepared: "待单位审签" },
};
const EN = {
  paper: "on paper",
  late: "Reworks",
  states: { handling: "In hand", submitted: "To be verified", closed: "Closed", prepared: "Awaits the head" },
};

export async function story(world, mark, options) {
  const words = options.en ? EN : ZH;
  const as = (account) => enter(world, account, options);
  const officer = await enter(world, "bureau", { ...options, byHand: true });
  const [chief, liaison, head] = [await as("chief"), await as("liaison"), await as("head")];
  const pages = [officer, chief, liaison, head];

  const batch = await openBatch(officer, mark);
  await draft(officer, mark);
  await signOff(officer, chief, batch);
  await says(officer, words.paper);
  await act(officer, "issue");
  const items = await ownItems(liaison, batch, mark);
  await handBack(officer, liaison, items.wrong, mark);
  await work({ officer, chief, liaison, head }, items.fan, words);

  for (const page of pages) {
    await fits(page);
    quiet(page.context());
    await page.context().close();
  }
}

/** Begins an interim batch; its address. */
export async function openBatch(officer, mark) {
  await navigate(officer, "/batches");
  await act(officer, "batches/new", { kind: "interim", title: `临时交办 ${mark}` });
  return new URL(officer.url()).pathname;
}

/** A line for two counties and a line for the wrong one. */
async function draft(officer, mark) {
  const lines = "lines/new";
  await act(officer, lines, { ...LINE, title: `产业园用地报批 ${mark}`, each: ["临颍县", "舞阳县"] });
  await act(officer, lines, { ...LINE, title: `高速连接线拆迁 ${mark}`, lead: "临颍县" });
}

/** The officer sends the draft, the chief signs in the program, the mayor on paper. */
export async function signOff(officer, chief, batch) {
  await act(officer, "review");
  await chief.goto("/");
  await chief.locator(`main a[href="${batch}"]`).first().click();
  await chief.waitForURL((url) => url.pathname === batch);
  await act(chief, "signature", { verdict: "agreed" });
  await officer.reload();
  const scan = { name: "签批稿.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 x") };
  const signed = { signer: /(?<!副)市长$/, signed_on: "2021-11-01", scan };
  await act(officer, "paper-signature", signed);
}

/** The liaison finds the county's items from the batch. */
async function ownItems(liaison, batch, mark) {
  await navigate(liaison, "/batches");
  await liaison.locator(`main a[href="${batch}"]`).first().click();
  await liaison.waitForURL((url) => url.pathname === batch);
  const row = (title) => liaison.locator("main tr", { hasText: `${title} ${mark}` });
  const link = (title) => row(title).locator('a[href*="/assignments/"][title="临颍县"]');
  const [fan, wrong] = await Promise.all(
    ["产业园用地报批", "高速连接线拆迁"].map((title) => link(title).first().getAttribute("href")));
  return { fan, wrong };
}

/** What is wrongly addressed goes back, and the bureau gives it to another county. */
async function handBack(officer, liaison, item, mark) {
  await liaison.goto(item);
  await act(liaison, "hand-back", { reason: "拆迁范围在舞阳县" });
  await officer.goto("/");
  await officer.locator(`main a[href="${item}"]`, { hasText: mark }).first().click();
  await officer.waitForURL((url) => url.pathname === item);
  await act(officer, "decision", { unit: "舞阳县", answer: "同意改派" });
  await says(officer, "舞阳县");
}

async function work({ officer, chief, liaison, head }, item, { states, late }) {
  await liaison.goto(item);
  await act(liaison, "acceptance", { responsible: "城建科科长，内线 6018" });
  await says(liaison, states.handling);
  await says(liaison, "城建科科长，内线 6018");
  await act(liaison, "reports", { done: "已上报省厅", next_step: "催办" });
  await says(liaison, "已上报省厅");

  await act(liaison, "extensions", { new_due: "2021-11-20", reason: "省厅补正材料", progress: "已过初审" });
  await head.goto(item);
  await act(head, "extensions/endorsement");
  await chief.goto(item);
  await act(chief, "extensions/decision", { verdict: "confirmed", due: "2021-11-19" });
  await says(chief, "2021-11-19");

  await liaison.reload();
  await act(liaison, "submission", { done: "已取得批复" });
  await says(liaison, states.prepared);
  await head.reload();
  await act(head, "signature", { verdict: "confirmed" });
  await says(head, states.submitted);

  await officer.goto(item);
  await act(officer, "verifications", { method: "documents", result: "rework", finding: "缺少批复原件" });
  await says(officer, states.handling);
  await says(officer, late);
  await head.reload();
  await act(head, "submission", { done: "补齐批复" });
  await officer.reload();
  await act(officer, "verifications", { method: "on_site", result: "confirmed", finding: "属实" });
  await says(officer, states.closed);
}
