// Every page of those who handle assignments and of those who read along, looked at by axe.

import { walkAll } from "../axe.mjs";

export const name = "axe finds nothing on the pages of units and of inspectors";

export default async function axeUnits(world) {
  await walkAll(world, ["head", "liaison", "department", "inspector"], ["head", "liaison"]);
}
