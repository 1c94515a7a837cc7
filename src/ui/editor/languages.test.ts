import { expect, test } from "vitest";
import { languageOf } from "./languages.ts";

test.each([
  ["/w/config/database.js", "javascript"],
  ["/w/package.json", "json"],
  ["/w/.secretlintrc", "json"],
  ["/w/.github/workflows/ci.yml", "yaml"],
  ["/w/README.md", "markdown"],
  ["/w/.env", "dotenv"],
  ["/w/.env.bak", "dotenv"],
  ["/w/.githooks/pre-commit", "shell"],
  ["/w/.git/config", "ini"],
  ["/w/LICENSE", "plaintext"],
])("%s is %s", (path, language) => expect(languageOf(path)).toBe(language));
