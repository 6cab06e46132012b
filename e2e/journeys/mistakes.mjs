// What goes wrong on a working day, and how the program answers.

import assert from "node:assert/strict";
import { act, browse, enter, fill, navigate, open, quiet, refused, says, submit } from "../lib.mjs";
import { LINE, openBatch, signOff } from "../story.mjs";

export const name = "mistakes are told where they were made, and nothing typed is lost";

export default async function mistakes(world) {
  const officer = await enter(world, "bureau");
  const chief = await enter(world, "chief");
  const batch = await openBatch(officer, "mistakes");
  await forgottenUnit(officer);
  await signOff(officer, chief, batch);
  await act(officer, "issue");
  const item = await officer.locator('main a[href^="/assignments/"]').first().getAttribute("href");

  await staleDecision(world, officer, chief, item);
  await wrongFile(world, item);
  await unknownAddress(officer);
  await wrongPassword(world);
  await lostSession(world);
  await sessionEndsWhileWriting(world, item);
  quiet(officer.context());
  quiet(chief.context());
}

/** Sends the form and gives the status of the answer. */
async function answered(page) {
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  await submit(page);
  return (await answer).status();
}

async function forgottenUnit(officer) {
  const title = "漏填责任单位 <b>&";
  await open(officer, "lines/new");
  await fill(officer, { ...LINE, title, evidence: "批复扫描件" });
  assert.equal(await answered(officer), 422);
  await refused(officer);
  const message = officer.locator("#f-lead-error, #f-each-error").first();
  await message.waitFor();
  for (const [field, value] of Object.entries({ ...LINE, title, evidence: "批复扫描件" })) {
    assert.equal(await officer.locator(`#f-${field}`).inputValue(), value, `${field} is kept`);
  }
  const summary = officer.locator(".error-summary a").first();
  await summary.click();
  await fill(officer, { lead: "临颍县" });
  assert.equal(await answered(officer), 303);
  await officer.waitForURL((url) => url.searchParams.has("done"));
  await says(officer, title);
}

/** Two persons have the same request on their screens. */
async function staleDecision(world, officer, chief, item) {
  const head = await enter(world, "head");
  await head.goto(item);
  await act(head, "extensions", { new_due: "2021-11-20", reason: "汛情", progress: "一半" });
  await officer.goto(item);
  await open(officer, "extensions/decision");
  await chief.goto(item);
  await act(chief, "extensions/decision", { verdict: "confirmed", due: "2021-11-19" });
  await fill(officer, { verdict: "rework", answer: "不符合延期条件" });
  assert.equal(await answered(officer), 409);
  assert.match(await refused(officer), /已经有人办理/);
  assert.equal(await officer.locator("#f-answer").inputValue(), "不符合延期条件");
  // The way back shows what became of it.
  await officer.locator(`main .form-actions a[href="${item}"]`).click();
  await officer.waitForURL((url) => url.pathname === item);
  await says(officer, "2021-11-19");
  assert.equal(await officer.locator('main a[href$="/extensions/decision"]').count(), 0);
  quiet(head.context());
}

async function wrongFile(world, item) {
  const liaison = await enter(world, "liaison");
  await liaison.goto(item);
  await act(liaison, "acceptance");
  await open(liaison, "reports");
  const file = (name, mimeType, words) => ({ name, mimeType, buffer: Buffer.from(words) });
  const wrong = file("批复.pdf", "application/pdf", "<html>");
  const right = file("批复.pdf", "application/pdf", "%PDF-1.7 content");
  await fill(liaison, { done: "见附件", files: wrong });
  assert.equal(await answered(liaison), 422);
  assert.match(await refused(liaison), /扩展名/);
  await liaison.locator("#f-files-error").waitFor();
  assert.equal(await liaison.locator("#f-done").inputValue(), "见附件");

  // Beside another mistake a right file is kept and need not be chosen again.
  await fill(liaison, { files: [right, file("说明.png", "image/png", "no picture")] });
  assert.equal(await answered(liaison), 422);
  await refused(liaison);
  await liaison.locator(".file-kept", { hasText: "批复.pdf" }).waitFor();
  assert.equal(await liaison.locator(".file-kept").count(), 1);
  await submit(liaison);
  await liaison.waitForURL((url) => url.searchParams.has("done"));
  const link = liaison.locator('main a[href*="/files/"]', { hasText: "批复.pdf" }).first();
  const [download] = await Promise.all([liaison.waitForEvent("download"), link.click()]);
  assert.equal(download.suggestedFilename(), "批复.pdf");
  quiet(liaison.context());
}

async function unknownAddress(officer) {
  for (const path of ["/assignments/00000000-0000-7000-8000-000000000000", "/assignments/x", "/nowhere"]) {
    const answer = await officer.goto(path);
    assert.equal(answer.status(), 404, path);
    await says(officer, "没有找到");
    await officer.locator('main a[href="/"]').click();
    await officer.waitForURL((url) => url.pathname === "/");
  }
}

async function wrongPassword(world) {
  const page = await (await browse(world)).newPage();
  await page.goto("/sign-in");
  await fill(page, { name: "inspector", password: "not this one" });
  assert.equal(await answered(page), 422);
  assert.match(await refused(page), /账号或密码不正确/);
  await page.locator("#f-password-error").waitFor();
  assert.equal(await page.locator("#f-name").inputValue(), "inspector");
  assert.equal(await page.locator("#f-password").inputValue(), "");
  await fill(page, { password: world.accounts.inspector.password });
  await submit(page);
  await page.waitForURL((url) => url.pathname === "/");
  // Signing out ends it, also for the page one goes back to.
  await page.locator("summary.topbar-action").click();
  await page.locator('form[action="/sign-out"] button').click();
  await page.waitForURL((url) => url.pathname === "/sign-in");
  await page.goto("/assignments");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  quiet(page.context());
}

/** Neither a forged session nor one that ended shows anything but the sign-in. */
async function lostSession(world) {
  const page = await enter(world, "department", { byHand: true });
  await navigate(page, "/batches");
  await page.context().addCookies([{ name: "duban", value: "AAAA.forged", url: world.base }]);
  await page.goto("/units");
  const { pathname, searchParams } = new URL(page.url());
  assert.equal(pathname, "/sign-in");
  assert.equal(searchParams.get("next"), "/units");
  await fill(page, { name: "department", password: world.accounts.department.password });
  await submit(page);
  await page.waitForURL((url) => url.pathname === "/units");
  quiet(page.context());
}

/** The session is over when the form is sent: all that was written comes back after the sign-in. */
async function sessionEndsWhileWriting(world, item) {
  const page = await enter(world, "liaison", { byHand: true });
  await page.goto(`${item}/reports`);
  const file = { name: "会议纪要.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 x") };
  await fill(page, { done: "写到一半 <b>", files: file });
  await page.context().clearCookies({ name: "duban" });
  await submit(page);
  await page.waitForURL((url) => url.pathname === "/sign-in");
  assert.match(await page.locator(".alert").first().innerText(), /保留 24 小时/);
  await fill(page, { name: "liaison", password: world.accounts.liaison.password });
  await submit(page);
  await page.waitForURL((url) => url.pathname === `${item}/reports`);
  await says(page, "尚未提交");
  assert.equal(await page.locator("#f-done").inputValue(), "写到一半 <b>");
  await page.locator(".file-kept", { hasText: "会议纪要.pdf" }).waitFor();
  await submit(page);
  await page.waitForURL((url) => url.searchParams.has("done"));
  await says(page, "会议纪要.pdf");
  quiet(page.context());
}
