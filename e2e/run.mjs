// Runs the browser journeys against a freshly started demo city.
//
// Each `journeys/*.mjs` exports `name` and a default `async ({ browser, base, accounts, duban })`;
// `accounts` maps an account to its `{ account, password, token }`, `duban(words)` runs a command on
// the city's data. A journey fails by throwing.
// Words on the command line select journeys by file name. Environment: DUBAN_BIN is the program
// (else the dev build), DUBAN_CHROMIUM the browser.

import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const START_SECONDS_MAX = 120;
const JOURNEY_SECONDS_MAX = 120;
const CHROMIUM = process.env.DUBAN_CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const files = await journeyFiles(process.argv.slice(2));
if (files.length === 0) {
  console.log("there are no journeys\n0 passed, 0 failed");
  process.exit(0);
}
process.exitCode = await main();

async function main() {
  const data = await mkdtemp(join(tmpdir(), "duban-e2e-"));
  const server = await startServer(data);
  let failed = 1;
  try {
    const accounts = await waitUntilReady(server, data);
    const duban = (words) => execFileSync(program(), [...words, "--data", data], { encoding: "utf8" });
    failed = await runAll({ base: server.base, accounts, duban });
  } catch (error) {
    console.error(error.message);
  } finally {
    await stop(server.child);
    await rm(data, { recursive: true, force: true });
  }
  return failed === 0 ? 0 : 1;
}

async function journeyFiles(words) {
  const names = await readdir(join(HERE, "journeys")).catch(() => []);
  const chosen = (name) => words.length === 0 || words.some((word) => name.includes(word));
  return names.filter((name) => name.endsWith(".mjs") && chosen(name)).sort();
}

async function startServer(data) {
  const port = await freePort();
  const log = [];
  const arguments_ = ["demo", "--port", String(port), "--data", data, "--fresh"];
  const child = spawn(program(), arguments_, { stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      log.push(chunk);
      if (log.length > 200) log.shift();
    });
  }
  child.on("error", (error) => log.push(`${error.message}\n`));
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      kill();
      process.exit(130);
    });
  }
  return { child, base: `http://127.0.0.1:${port}`, said: () => log.join("") };
}

function program() {
  if (process.env.DUBAN_BIN) return process.env.DUBAN_BIN;
  const arguments_ = ["metadata", "--no-deps", "--format-version", "1"];
  const about = execFileSync("cargo", arguments_, { cwd: HERE, maxBuffer: 1 << 26 });
  return join(JSON.parse(about).target_directory, "debug", "duban");
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function waitUntilReady({ child, base, said }, data) {
  const until = Date.now() + START_SECONDS_MAX * 1000;
  while (Date.now() < until) {
    await sleep(100);
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      throw new Error(`the program ended before it answered:\n${said()}`);
    }
    const answer = await fetch(`${base}/healthz`).catch(() => undefined);
    if (answer?.ok) return readAccounts(join(data, "accounts.txt"));
  }
  throw new Error(`no answer within ${START_SECONDS_MAX} seconds:\n${said()}`);
}

async function readAccounts(path) {
  const accounts = {};
  for (const line of (await readFile(path, "utf8")).split("\n")) {
    const [account, password, token] = line.trim().split(/\s+/);
    if (account && !account.startsWith("#")) accounts[account] = { account, password, token };
  }
  return accounts;
}

async function runAll(given) {
  const { chromium } = await import("playwright-core");
  const shots = await mkdtemp(join(tmpdir(), "duban-shots-"));
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  let failed = 0;
  try {
    for (const file of files) {
      if (!(await runOne(file, { browser, ...given }, shots))) failed += 1;
    }
  } finally {
    await browser.close();
  }
  if (failed === 0) await rm(shots, { recursive: true, force: true });
  console.log(`${files.length - failed} passed, ${failed} failed`);
  return failed;
}

async function runOne(file, world, shots) {
  const start = Date.now();
  let name = file;
  try {
    const journey = await import(pathToFileURL(join(HERE, "journeys", file)));
    name = journey.name ?? file;
    await withinTime(journey.default(world));
    console.log(`pass  ${name} (${seconds(start)})`);
    return true;
  } catch (error) {
    console.log(`FAIL  ${name} (${seconds(start)})`);
    console.log(String(error?.stack ?? error).replace(/^/gm, "      "));
    await shoot(world.browser, join(shots, file.replace(/\.mjs$/, "")));
    return false;
  } finally {
    await Promise.all(world.browser.contexts().map((context) => context.close()));
  }
}

async function withinTime(work) {
  const timer = new AbortController();
  const late = sleep(JOURNEY_SECONDS_MAX * 1000, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`not done within ${JOURNEY_SECONDS_MAX} seconds`);
  });
  late.catch(() => {});
  try {
    await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}

async function shoot(browser, path) {
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [index, page] of pages.entries()) {
    const file = `${path}-${index + 1}.png`;
    const taken = page.screenshot({ path: file, fullPage: true, timeout: 10_000 });
    await taken.then(() => console.log(`      see ${file}`)).catch(() => {});
  }
}

function seconds(start) {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}

/** Ask the server to end, and insist after ten seconds. */
async function stop(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const insist = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(insist);
}
