import { story } from "../story.mjs";

export const name = "from draft to closure, on a phone and without JavaScript";

export default (world) =>
  Promise.all([story(world, "phone", { phone: true }), story(world, "plain", { script: false })]);
