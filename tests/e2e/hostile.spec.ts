/** What is printed, pasted or loaded cannot leave its place. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { crc32 } from "../../src/engine/checksum.ts";
import { SECURITY_HEADERS, WORKER_POLICY } from "../../src/cli/siteServer.ts";
import { labNames, ROOT } from "./cases.ts";
import * as lab from "./lab.ts";
import { readStored } from "./stored.ts";
import { expect, test } from "./test.ts";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

const drawn = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join("");

/** A token as a forge would issue it, checksum included. */
function forgeToken(): string {
  const body = drawn(BASE62, 30);
  let rest = crc32(new TextEncoder().encode(body));
  let sum = "";
  for (let i = 0; i < 6; i++, rest = Math.floor(rest / 62)) sum = BASE62.charAt(rest % 62) + sum;
  return ["gh", "p_", body, sum].join("");
}

const cloudKey = (): string => drawn(`${BASE62}+/`, 40);

test.describe("printed", () => {
  test("escape sequences reach neither title nor clipboard nor document", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await lab.openLab(page, 7);
    const title = await page.title();
    await page.evaluate(() => navigator.clipboard.writeText("mine"));
    const hostile = [
      String.raw`\033]0;taken\007`,
      String.raw`\033]2;taken\033\\`,
      String.raw`\033]52;c;dGFrZW4=\007`,
      String.raw`\033]8;;javascript:document.title=1\033\\link\033]8;;\033\\`,
      String.raw`\033P1;1|17/74616b656e\033\\`,
      String.raw`\033_Gtaken\033\\\033^taken\033\\`,
      String.raw`\033[6n\033[c\033[21t\033[?1049h\033[?1000h`,
      String.raw`<img src=x onerror=document.title=1><script>document.title=1</script>`,
    ];
    for (const sequence of hostile) {
      const { output, exitCode } = await lab.run(page, `printf '${sequence}<end>\\n'`);
      expect(exitCode).toBe(0);
      expect(output).toMatch(/<end>$/);
      expect(output).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    }
    // Answers to the terminal's questions would arrive as typed text.
    expect((await lab.run(page, "echo still here")).command).toBe("echo still here");
    expect(await page.title()).toBe(title);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("mine");
    await expect(page.locator("#main img[src=x], #main script, #main a[href^='javascript']")).toHaveCount(0);
  });
});

test.describe("pasted", () => {
  for (const [kind, name, mint] of [
    ["forge token", "TOKEN", forgeToken],
    ["cloud key", "AWS_SECRET_ACCESS_KEY", cloudKey],
  ] as const) {
    test(`a foreign ${kind} is refused before it is stored`, async ({ page, context }) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      const value = mint();
      await lab.openLab(page, 7);
      await page.evaluate((text) => navigator.clipboard.writeText(text), `export ${name}=${value}`);
      await lab.enterTerminal(page);
      await page.keyboard.press("Control+V");
      await page.keyboard.press("Enter");
      await expect.poll(() => lab.spoken(page)).toContain("That looks like a real token");
      await expect.poll(() => lab.spoken(page)).toContain("It was not stored.");
      await page.keyboard.press("Control+C");
      expect((await lab.run(page, `echo "[$${name}]"`)).output).toBe("[]");
      expect((await lab.run(page, "cat ~/.bash_history")).output).not.toContain(value);
      expect(JSON.stringify(await readStored(page))).not.toContain(value);
      expect((await lab.report(page)).text).not.toContain(value);
      expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(value);
    });
  }
});

/** Evaluates in the worker that holds the world, without any help of a test framework in there. */
async function inWorker(page: Page, expression: string): Promise<unknown> {
  const session = await page.context().newCDPSession(page);
  const attached = new Promise<string>((resolve) => {
    session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
      if (targetInfo.type === "worker") resolve(sessionId);
    });
  });
  await session.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const sessionId = await attached;
  const answer = new Promise<string>((resolve) => {
    session.on("Target.receivedMessageFromTarget", (event) => {
      if (event.sessionId === sessionId && JSON.parse(event.message).id === 1) resolve(event.message);
    });
  });
  const params = { expression, returnByValue: true, awaitPromise: true };
  await session.send("Target.sendMessageToTarget", {
    sessionId,
    message: JSON.stringify({ id: 1, method: "Runtime.evaluate", params }),
  });
  return (JSON.parse(await answer) as { result: { result: { value: unknown } } }).result.result.value;
}

test("inside the worker there is no way out", async ({ page }) => {
  await lab.openLab(page, 7);
  const names = [
    "fetch",
    "XMLHttpRequest",
    "WebSocket",
    "WebTransport",
    "EventSource",
    "importScripts",
    "indexedDB",
    "caches",
    "Worker",
    "BroadcastChannel",
  ];
  const types = await inWorker(
    page,
    `JSON.stringify(${JSON.stringify(names)}.map((name) => typeof self[name]))`,
  );
  const found = names.filter((_, i) => JSON.parse(String(types))[i] !== "undefined");
  expect(found, "what is still there").toEqual([]);
  const tries = [
    "eval('1')",
    "(0, eval)('1')",
    "Function('return 1')()",
    "(() => {}).constructor('return 1')()",
    "(async () => {}).constructor('return 1')()",
    "Object.getPrototypeOf(self).fetch && 'reached'",
    "new Function('return 1')()",
  ];
  for (const code of tries) {
    const value = await inWorker(
      page,
      `(() => { try { return String(${code}); } catch { return "refused"; } })()`,
    );
    expect(["refused", "undefined"], code).toContain(value);
  }
  // Loading code still asks the policy.
  const loaded = `import("data:text/javascript,export default 1").then(() => "loaded", () => "refused")`;
  expect(await inWorker(page, loaded)).toBe("refused");
});

test("site, page and worker script carry the policy", async ({ page, request }) => {
  await lab.openLab(page, 7);
  const workers = page.workers().map((worker) => worker.url());
  expect(workers.length).toBeGreaterThan(0);
  for (const url of ["/", lab.address(), "/no-such-page", ...workers]) {
    const headers = (await request.get(url)).headers();
    // A worker may compile WebAssembly beside, and nothing more.
    const policy = workers.includes(url) ? WORKER_POLICY : SECURITY_HEADERS["content-security-policy"];
    expect(headers, url).toMatchObject({ ...SECURITY_HEADERS, "content-security-policy": policy });
  }
  expect(WORKER_POLICY.replace(" 'wasm-unsafe-eval'", "")).toBe(SECURITY_HEADERS["content-security-policy"]);
});

/** Every file of the built site as text. */
function builtFiles(): readonly (readonly [name: string, text: string])[] {
  const folder = join(ROOT, "dist/site");
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, "latin1")] as const;
    });
}

/** Every file below a folder of a lab, as one text; empty where there is no such folder. */
function textBelow(folder: string): string {
  if (!existsSync(folder)) return "";
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

/** Lines of the cases of all labs that stand in nothing that any lab shows or plays. */
function linesOfCases(): readonly string[] {
  const folders = labNames().map((name) => join(ROOT, "labs", name));
  const kinds = ["solutions", "wrong", "adversarial"];
  const open = folders
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => !kinds.includes(name))
        .map((name) => join(folder, name)),
    )
    .map((path) => (statSync(path).isFile() ? readFileSync(path, "utf8") : textBelow(path)))
    .join("\n");
  const cases = folders.flatMap((folder) =>
    kinds.flatMap((kind) => textBelow(join(folder, kind)).split("\n")),
  );
  return [...new Set(cases.map((line) => line.trim()))].filter(
    (line) => line.length > 24 && !open.includes(line),
  );
}

test("no case and no planted value is in a built file", async ({ page }) => {
  await lab.openLab(page, 7);
  const { output } = await lab.run(page, "sed -n 's/^DATABASE_URL=//p' .env.bak");
  const password = /:\/\/[^:]+:([^@]+)@/.exec(output)?.[1] as string;
  expect(password.length).toBeGreaterThan(8);
  const lines = linesOfCases();
  expect(lines.length).toBeGreaterThan(20);
  const needles = [
    password,
    "# expect:",
    ...lines.flatMap((line) => [line, JSON.stringify(line).slice(1, -1)]),
  ];
  for (const [name, text] of builtFiles()) {
    // The guide for authors tells how a case says what it expects, and the search knows the guide.
    const tells = /(?:^|\/)(?:guides\/authors\/index\.html|search\.json)$/.test(name);
    expect(
      needles.filter((needle) => text.includes(needle) && !(tells && needle === "# expect:")),
      name,
    ).toEqual([]);
  }
});
