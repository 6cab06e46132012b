import { story } from "../story.mjs";

export const name = "from draft to closure, in English on a phone, and without JavaScript on a phone and in English";

export default (world) =>
  Promise.all([
    story(world, "en-phone", { en: true, phone: true }),
    story(world, "plain-phone", { script: false, phone: true }),
    story(world, "en-plain", { en: true, script: false }),
  ]);
