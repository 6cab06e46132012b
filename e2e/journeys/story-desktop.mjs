import { story } from "../story.mjs";

export const name = "from draft to closure, in Chinese and in English";

export default (world) => Promise.all([story(world, "zh", {}), story(world, "en", { en: true })]);
