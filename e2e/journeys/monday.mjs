// Monday, 1 November 2021: the waiting list is signed on a phone and issued.

import assert from "node:assert/strict";
import { act, enter, fits, navigate, quiet, says } from "../lib.mjs";

export const name = "the leader signs Monday's list on a phone and the bureau issues it";

const TITLE = "第14次周交办事项清单";

export default async function monday(world) {
  const liaison = await enter(world, "liaison");
  assert.equal(await toAccept(liaison).count(), 0);

  const leader = await enter(world, "leader", { phone: true });
  await fits(leader);
  await leader.locator('main a[href^="/batches/"]').first().click();
  await leader.waitForURL((url) => url.pathname.startsWith("/batches/"));
  const batch = new URL(leader.url()).pathname;
  await fits(leader);
  await act(leader, "signature", { verdict: "agreed" });
  await fits(leader);
  await navigate(leader, "/");
  assert.equal(await leader.locator(`main a[href="${batch}"]`).count(), 0, "nothing waits any more");

  const officer = await enter(world, "bureau");
  await navigate(officer, "/batches");
  await officer.locator(`main a[href="${batch}"]`).first().click();
  await officer.waitForURL((url) => url.pathname === batch);
  await act(officer, "issue");
  assert.equal(await officer.locator("h1").innerText(), TITLE);
  assert.equal(await officer.locator('main a[href$="/lines/new"]').count(), 0, "it is never edited again");

  await liaison.reload();
  await toAccept(liaison).first().locator("a").click();
  await liaison.waitForURL((url) => url.pathname.startsWith("/assignments/"));
  await act(liaison, "acceptance");
  await says(liaison, "办理中");
  for (const page of [leader, officer, liaison]) quiet(page.context());
}

/** The items of this Monday that the desk lists as waiting to be accepted. */
function toAccept(page) {
  const card = page.locator("main section, main .card").filter({ hasText: "待签收" });
  return card.first().locator("tr").filter({ hasText: /^\s*14-/ });
}
