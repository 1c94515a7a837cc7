/** Every browser test also asserts that no page asked another origin for anything and that no script broke. */
import { expect, test as base, type BrowserContext } from "@playwright/test";

interface Watch {
  readonly foreign: string[];
  readonly errors: string[];
}

function watched(context: BrowserContext, origin: string): Watch {
  const watch: Watch = { foreign: [], errors: [] };
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(?:data|blob):/.test(url)) watch.foreign.push(url);
  });
  context.on("weberror", (error) => watch.errors.push(String(error.error())));
  context.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy|Refused to/.test(message.text())) {
      watch.errors.push(message.text());
    }
  });
  return watch;
}

/** Who has been here before is not offered the tour. */
function wasHereBefore(): void {
  try {
    localStorage.setItem("leaklab/tour", "seen");
  } catch {
    // A page whose storage a test took away.
  }
}

export const test = base.extend<{ watch: Watch; newcomer: boolean }>({
  newcomer: [false, { option: true }],
  watch: [
    async ({ context, baseURL, newcomer }, use) => {
      if (!newcomer) await context.addInitScript(wasHereBefore);
      const watch = watched(context, baseURL ?? "");
      await use(watch);
      expect(watch.foreign, "requests to other origins").toEqual([]);
      expect(watch.errors, "errors of the page").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
