import { story } from "../story.mjs";

export const name = "from draft to closure, without JavaScript";

export default (world) => story(world, "plain", { script: false });
