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

export const test = base.extend<{ watch: Watch }>({
  watch: [
    async ({ context, baseURL }, use) => {
      const watch = watched(context, baseURL ?? "");
      await use(watch);
      expect(watch.foreign, "requests to other origins").toEqual([]);
      expect(watch.errors, "errors of the page").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
