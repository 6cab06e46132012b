import { story } from "../story.mjs";

export const name = "from draft to closure, in English";

export default (world) => story(world, "en", { en: true });
