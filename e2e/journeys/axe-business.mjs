// Every page of the bureau and of the leaders, looked at by axe.

import { walkAll } from "../axe.mjs";
import { act, enter } from "../lib.mjs";
import { LINE, openBatch } from "../story.mjs";

export const name = "axe finds nothing on the pages of the bureau and of leaders";

export default async function axeBusiness(world) {
  const officer = await enter(world, "bureau");
  await openBatch(officer, "axe");
  await act(officer, "lines/new", { ...LINE, title: "草稿事项", lead: "临颍县" });
  await walkAll(world, ["chief", "bureau", "leader", "secretary"], ["chief", "bureau"]);
}
