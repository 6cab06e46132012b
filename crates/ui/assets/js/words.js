// The few words that only scripts say, in the page's language.
const WORDS = {
  zh: {
    cancel: "取消",
    confirm: "确定",
    failed: "上传失败，请重试。",
    kept: (time) => `草稿已保存 ${time}`,
    unkept: "草稿没有保存，请检查网络。",
    left: (n) => `还可输入 ${n} 字`,
    moved: (n) => `已移到第 ${n} 位`,
    up: "上移",
    down: "下移",
    drag: "拖动排序",
    uploading: (n) => `正在上传 ${n}%`,
    chosen: (n) => `已选 ${n} 个`,
  },
  en: {
    cancel: "Cancel",
    confirm: "OK",
    failed: "The upload failed. Please try again.",
    kept: (time) => `Draft kept at ${time}`,
    unkept: "The draft was not kept; check the network.",
    left: (n) => `${n} characters left`,
    moved: (n) => `Moved to position ${n}`,
    up: "Move up",
    down: "Move down",
    drag: "Drag to reorder",
    uploading: (n) => `Uploading ${n}%`,
    chosen: (n) => `${n} chosen`,
  },
};

export const words = WORDS[document.documentElement.lang.startsWith("en") ? "en" : "zh"];

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

// Tells screen readers what changed; the region is made once.
export function say(text) {
  let region = document.getElementById("spoken");
  if (!region) {
    region = element("div", "sr-only");
    region.id = "spoken";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = text;
}
