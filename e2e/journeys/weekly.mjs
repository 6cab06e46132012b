// 周反馈: a liaison with fifteen open items answers them all on one page, on the telephone as well,
// and the head signs once. Counts what it costs: one click for each item and one for the whole.

import assert from "node:assert/strict";
import { act, enter, fits, quiet, says } from "../lib.mjs";

export const name = "fifteen items are answered in sixteen clicks, and signed in two";

const ITEMS = 15;

export default async function weekly(world) {
  await topUp(world);
  const liaison = await enter(world, "liaison");
  await liaison.goto("/weekly");
  const rows = liaison.locator("[data-row]");
  const items = await rows.count();
  assert.ok(items >= ITEMS, `${items} items`);
  await draftIsKept(liaison, rows);
  let clicks = 0;
  for (let n = 0; n < items; n += 1) {
    await rows.nth(n).locator('input[type=radio][value="plan"]').click();
    clicks += 1;
  }
  await liaison.locator(".form-actions button[type=submit]").first().click();
  clicks += 1;
  await liaison.waitForURL((url) => url.searchParams.has("done"));
  assert.equal(clicks, items + 1, "one click for each item and one to hand in");
  const answer = new URL(liaison.url()).pathname;

  const head = await enter(world, "head");
  await head.goto(answer);
  await act(head, "signature");
  await says(head, "已签发");
  await says(head, "按计划推进。");
  quiet(liaison.context());
  quiet(head.context());

  const phone = await enter(world, "liaison", { phone: true });
  await phone.goto("/weekly");
  await fits(phone);
  const first = phone.locator("[data-row]").first();
  const box = await first.locator("label.choice").first().boundingBox();
  assert.ok(box.height >= 32, `a thumb needs more than ${box.height} px`);
  await first.locator('input[type=radio][value="same"]').click();
  await phone.locator(".form-actions button[type=submit]").first().click();
  await phone.waitForURL((url) => url.searchParams.has("done"));
  await fits(phone);
  quiet(phone.context());
}

/** What was written is kept without leaving the page, and is there again. */
async function draftIsKept(page, rows) {
  const words = rows.first().locator("textarea");
  await words.fill("写到一半");
  await page.locator(".draft-told").waitFor();
  page.once("dialog", (dialog) => dialog.accept());
  await page.goto("/weekly");
  assert.equal(await rows.first().locator("textarea").inputValue(), "写到一半");
  await rows.first().locator("textarea").fill("");
}

/** Issues as many plain items to the liaison's unit as are missing, and accepts them. */
async function topUp(world) {
  const call = (account) => async (path, body) => {
    const answer = await fetch(world.base + path, {
      method: body ? "POST" : "GET",
      headers: {
        accept: "application/json",
        authorization: `Bearer ${world.accounts[account].token}`,
        "content-type": "application/json",
      },
      body: body && JSON.stringify(body),
    });
    const value = await answer.json();
    assert.equal(answer.status, 200, `${account} ${path}: ${JSON.stringify(value)}`);
    return value;
  };
  const [bureau, chief, leader, liaison] = ["bureau", "chief", "leader", "liaison"].map(call);
  const form = await liaison("/weekly");
  const missing = ITEMS - form.fields[0].rows.length;
  if (missing <= 0) return;
  const opened = await bureau("/batches/new", { kind: "interim" });
  const batch = opened.location;
  const line = await bureau(`${batch}/lines/new`);
  const lead = line.fields.find((f) => f.name === "lead").choices.find((c) => c.label === "临颍县");
  for (let n = 1; n <= missing; n += 1) {
    await bureau(`${batch}/lines/new`, {
      title: `周反馈测试事项${n}`,
      demand: "按期完成",
      standard: "达到标准",
      lead: lead.value,
      due_days: 20,
      urgency: "plain",
      importance: "normal",
      rhythm: "weekly",
      profile: "bureau",
    });
  }
  await bureau(`${batch}/review`, {});
  await chief(`${batch}/signature`, { verdict: "agreed" });
  await leader(`${batch}/signature`, { verdict: "agreed" });
  await bureau(`${batch}/issue`, {});
  const id = batch.split("/").at(-1);
  const issued = await liaison(`/assignments?session=${id}&limit=100`);
  for (const item of issued.items) await liaison(`/assignments/${item.id}/acceptance`, {});
}
