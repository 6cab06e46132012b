import { story } from "../story.mjs";

export const name = "from draft to closure, in Chinese on a phone";

export default (world) => story(world, "phone", { phone: true });
