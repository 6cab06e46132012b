// Builds the browser assets: node build.mjs <output folder> <debug|release>.
// Writes hashed files, each with .br and .gz beside it, and manifest.tsv (name, file, mime).
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const [out, mode] = process.argv.slice(2);
if (!out || !["debug", "release"].includes(mode)) fail("usage: build.mjs <folder> <debug|release>");

const MIME = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
};

// What Chromium 109 does not understand. A hit fails the build: an unknown function drops the
// whole declaration, which no screenshot of a newer browser shows.
const TOO_NEW =
  /light-dark\(|ok(?:lch|lab)\(|color-mix\(|subgrid|@scope|@starting-style|anchor\(|::details-content|@property|sibling-index\(/;

function fail(message) {
  console.error(message);
  process.exit(1);
}

async function bundles() {
  const common = {
    bundle: true,
    minify: true,
    target: "chrome109",
    write: false,
    outdir: out,
    legalComments: "none",
    entryNames: "[name]-[hash]",
    logLevel: "warning",
  };
  // The charts are built apart and called by their hashed name: code splitting would put a shared
  // chunk of 100 bytes, one more request, before every first page.
  const charts = await build({ ...common, entryPoints: [join(here, "js/charts.js")], format: "esm" });
  const define = { CHARTS: JSON.stringify(`./${basename(charts.outputFiles[0].path)}`) };
  const [app, theme, style] = await Promise.all([
    build({ ...common, entryPoints: [join(here, "js/app.js")], format: "esm", define, external: ["./charts-*.js"] }),
    build({ ...common, entryPoints: [join(here, "js/theme.js")], format: "iife" }),
    build({ ...common, entryPoints: [join(here, "css/app.css")] }),
  ]);
  return [charts, app, theme, style].flatMap((result) =>
    result.outputFiles.map((file) => ({
      file: basename(file.path),
      body: Buffer.from(file.contents),
    })),
  );
}

function icons() {
  const folder = join(here, "node_modules/@tabler/icons/icons/outline");
  const names = readFileSync(join(here, "icons.txt"), "utf8").split("\n").filter(Boolean);
  const symbols = names.map((line) => {
    const [name, drawing] = line.split(" ");
    const paths = readFileSync(join(folder, `${drawing ?? name}.svg`), "utf8")
      .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
      .replace("</svg>", "")
      .replace(/<path stroke="none"[^>]*\/>/, "")
      .replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${paths}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

// What travels in the bundles, with the licences that must travel along.
function licences() {
  const packages = ["htmx.org", "echarts", "zrender", "tslib", "@tabler/icons"];
  return packages
    .flatMap((name) => {
      const folder = join(here, "node_modules", name);
      const texts = readdirSync(folder, { recursive: true })
        .filter((file) => /^(licen[cs]es?|notice|copyright)\b/i.test(file))
        .filter((file) => statSync(join(folder, file)).isFile());
      const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      if (texts.length === 0) fail(`${name} ${version} brings no licence text`);
      return [
        `==== ${name} ${version} (${license}) ====\n`,
        ...texts.map((file) => `${readFileSync(join(folder, file), "utf8").trim()}\n`),
      ];
    })
    .join("\n");
}

function hashed(name, body) {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 8);
  const ending = extname(name);
  return { file: `${basename(name, ending)}-${hash}${ending}`, body: Buffer.from(body) };
}

function brotli(body) {
  return brotliCompressSync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: mode === "release" ? 11 : 5,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  });
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const files = [
  ...(await bundles().catch(() => fail("esbuild refused the sources"))),
  hashed("icons.svg", icons()),
  hashed("licences.txt", licences()),
  hashed("favicon.svg", readFileSync(join(here, "favicon.svg"))),
];
const manifest = files
  .sort((a, b) => (a.file < b.file ? -1 : 1))
  .map(({ file, body }) => {
    const ending = extname(file);
    const hit = ending === ".css" && TOO_NEW.exec(body.toString());
    if (hit) fail(`${file} uses "${hit[0]}", which Chromium 109 does not know`);
    writeFileSync(join(out, file), body);
    writeFileSync(join(out, `${file}.br`), brotli(body));
    writeFileSync(join(out, `${file}.gz`), gzipSync(body, { level: mode === "release" ? 9 : 6 }));
    return `${file.replace(/-[0-9A-Za-z]{8}(\.\w+)$/, "$1")}\t${file}\t${MIME[ending]}\n`;
  });
writeFileSync(join(out, "manifest.tsv"), manifest.join(""));
