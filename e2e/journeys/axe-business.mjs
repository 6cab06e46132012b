// Every page of those who assign, handle and read, looked at by axe.

import { walkAll } from "../axe.mjs";
import { act, enter } from "../lib.mjs";
import { LINE, openBatch } from "../story.mjs";

export const name = "axe finds nothing on the pages of the business";

const ACCOUNTS = ["leader", "secretary", "chief", "bureau", "head", "liaison", "department", "inspector"];
const STATES = ["issued", "handed_back", "handling", "prepared", "submitted", "closed"];

export default async function axeBusiness(world) {
  const officer = await enter(world, "bureau");
  await openBatch(officer, "axe");
  await act(officer, "lines/new", { ...LINE, title: "草稿事项", lead: "临颍县" });
  const lists = STATES.map((state) => `/assignments?state=${state}`);
  const acting = ["chief", "bureau", "head", "liaison"].map((account) => [account, lists]);
  await walkAll(world, ACCOUNTS, Object.fromEntries(acting));
}
