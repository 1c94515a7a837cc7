import { expect, test } from "vitest";
import { isVerbose, marked, told } from "./curlVerbose.ts";

const URL = "https://a.test/b?c=d";

test.each([
  [["-v", URL], true],
  [["-sSv", URL], true],
  [["--verbose", URL], true],
  [["-ov", URL], false],
  [["-s", URL], false],
])("%j is verbose: %s", (args, verbose) => expect(isVerbose(args)).toBe(verbose));

test.each([
  [
    ["-v", URL],
    [URL, "-w", "\u0001%{http_code} %{content_type}\u0001"],
  ],
  [
    ["-sv", "-w", "%{http_code}", URL],
    ["-s", "-w", "%{http_code}\u0001%{http_code} %{content_type}\u0001", URL],
  ],
])("%j asks for the status as well", (args, asked) => expect(marked(args)).toEqual(asked));

test("tells on standard error what went and what came", () => {
  const args = ["-v", "-H", "X-One: two", "-d", "{}", URL];
  const ran = told(args, { stdout: "body\u0001401 text/plain\u0001", stderr: "", exitCode: 0 });
  expect(ran.stdout).toBe("body");
  expect(ran.stderr).toBe(
    "> POST /b?c=d HTTP/1.1\n> Host: a.test\n> Accept: */*\n> X-One: two\n>\n< HTTP/1.1 401\n< content-type: text/plain\n<\n",
  );
});

test("where nobody answered, only what was sent", () => {
  const ran = told(["-v", URL], { stdout: "", stderr: "curl: (6) …\n", exitCode: 6 });
  expect(ran.stderr).toMatch(/^> GET .*curl: \(6\)/s);
});
