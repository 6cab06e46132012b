import { story } from "../story.mjs";

export const name = "from draft to closure, in Chinese";

export default (world) => story(world, "zh", {});
