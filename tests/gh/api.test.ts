/** `gh api`. https://cli.github.com/manual/gh_api */
import { describe, expect, test } from "vitest";
import { type Fakes, failure, ghSetting } from "./setting.ts";

const page = (number: number, last: number) =>
  Response.json([{ n: number }], {
    headers:
      number < last
        ? { Link: `<https://forge.test/api/v3/items?per_page=100&page=${number + 1}>; rel="next"` }
        : {},
  });

const FAKES: Fakes = {
  "GET items?per_page=100": () => page(1, 3),
  "GET items?per_page=100&page=2": () => page(2, 3),
  "GET items?per_page=100&page=3": () => page(3, 3),
  "GET one": { a: "x", n: 1 },
  "GET hostile": () =>
    new Response('{"t":"\\u001b[31mred\\u0007\\\\u001b"}', {
      headers: { "Content-Type": "application/json" },
    }),
  "GET bytes": () => new Response(new Uint8Array([0, 255, 10])),
  "GET away": () =>
    new Response(null, { status: 302, headers: { Location: "https://forge.test/api/v3/one" } }),
  "POST echo": ({ body }) => ({ body }),
  "PUT echo": ({ body }) => ({ body }),
  "GET bad": () =>
    failure(422, "Validation Failed", [
      { resource: "Release", field: "tag_name", code: "already_exists" },
      { message: "second" },
    ]),
  "DELETE nothing": () => new Response(null, { status: 204 }),
};

const CASES: readonly (readonly [
  line: string,
  stdout: string | RegExp,
  stderr?: string,
  exitCode?: number,
])[] = [
  ["gh api one", '{"a":"x","n":1}'],
  ["gh api /one", '{"a":"x","n":1}'],
  ["gh api https://forge.test/api/v3/one", '{"a":"x","n":1}'],
  ["gh api one --jq .a", "x\n"],
  ["gh api one -q '{n}'", '{"n":1}\n'],
  ["gh api one -t '{{.a}}-{{.n}}'", "x-1"],
  ["gh api one --silent", ""],
  ["gh api one -i", /^HTTP\/1\.1 200.*\r\n(?:[\w-]+: .*\r\n)+\r\n\{"a"/],
  ["gh api items --paginate", '[{"n":1}][{"n":2}][{"n":3}]'],
  ["gh api items --paginate -q '.[].n'", "1\n2\n3\n"],
  ["gh api items --paginate --slurp", '[[{"n":1}],[{"n":2}],[{"n":3}]]'],
  ["gh api away -q .a", "x\n"],
  ["gh api hostile", '{"t":"^[[31mred^G\\\\u001b"}'],
  ["gh api bytes | base64", "AP8K\n"],
  ["gh api -X DELETE nothing", ""],
  [
    "gh api bad",
    /^\{"message"/,
    "gh: Validation Failed (HTTP 422)\nRelease.tag_name already exists\nsecond\n",
    1,
  ],
  ["gh api graphql -f query=x", "", "gh api graphql: not simulated in LeakLab\n", 1],
  ["gh api one --slurp", "", "`--paginate` required when passing `--slurp`", 1],
  [
    "gh api one --hostname other.test",
    "",
    "error connecting to other.test\ncheck your internet connection or https://githubstatus.com\n",
    1,
  ],
  ["gh api echo --input nofile", "", "open nofile: no such file or directory\n", 1],
  [
    "gh api repos/{owner}/{repo}",
    "",
    "failed to run git: fatal: not a git repository (or any of the parent directories): .git\n",
    1,
  ],
];

test.each(CASES.map((it) => [it[0], it] as const))(
  "%s",
  async (line, [, stdout, stderr = "", exitCode = 0]) => {
    const result = await ghSetting({ fakes: FAKES }).run(line);
    if (typeof stdout === "string") expect(result.stdout).toBe(stdout);
    else expect(result.stdout).toMatch(stdout);
    expect(result.stderr.startsWith(stderr)).toBe(true);
    if (stderr === "") expect(result.stderr).toBe("");
    expect(result.exitCode).toBe(exitCode);
  },
);

/** Flags → the JSON that is sent. */
const FIELDS: readonly (readonly [flags: string, body: unknown])[] = [
  ["-f a=1", { a: "1" }],
  ["-F a=1 -F b=true -F c=null -F d=x -F e=-2 -F f=1.5", { a: 1, b: true, c: null, d: "x", e: -2, f: "1.5" }],
  ["-f a[b]=1 -f a[c][d]=2", { a: { b: "1", c: { d: "2" } } }],
  ["-f a[]=1 -f a[]=2", { a: ["1", "2"] }],
  ["-F a[]", { a: [] }],
  ["-f a[][n]=1 -f a[][m]=2 -f a[][n]=3", { a: [{ n: "1", m: "2" }, { n: "3" }] }],
  [`-f 'a=x "y" $(z) \`w\` = é'`, { a: 'x "y" $(z) `w` = é' }],
  ["-f a=$'line\\nline'", { a: "line\nline" }],
  ["-F a=@file", { a: "content\n" }],
  ["-f a=@file", { a: "@file" }],
];

test.each(FIELDS)("gh api echo %s", async (flags, body) => {
  const { run, sent } = ghSetting({ fakes: FAKES });
  await run("echo content > file");
  expect((await run(`gh api echo ${flags}`)).exitCode).toBe(0);
  expect(sent.at(-1)).toMatchObject({ method: "POST", body });
});

test("a field named like a prototype is a field", async () => {
  const { run, sent } = ghSetting({ fakes: FAKES });
  await run("gh api echo -f __proto__[x]=1 -f constructor=2");
  expect(new TextDecoder().decode(sent.at(-1)?.bytes)).toBe('{"__proto__":{"x":"1"},"constructor":"2"}');
  expect(({} as { x?: string }).x).toBeUndefined();
});

describe("bodies", () => {
  test.each(["gh api -X PUT echo --input -", "gh api -X PUT echo --input file"])("%s", async (line) => {
    const { run, sent } = ghSetting({ fakes: FAKES });
    await run("echo '{\"a\": 1}' > file");
    await run(`echo '{"a": 1}' | ${line}`);
    expect(sent.at(-1)).toMatchObject({ method: "PUT", body: { a: 1 } });
    expect(sent.at(-1)?.headers.get("Content-Type")).toMatch(/json/);
  });

  test("fields of a GET are its query", async () => {
    const { run, sent } = ghSetting({ fakes: { "GET one": {} } });
    await run("gh api -X GET one -f q='a b' -f l[]=1");
    expect(sent.at(-1)?.path).toBe("one?q=a+b&l%5B%5D=1");
  });
});

test("placeholders stand for the folder's repository and branch", async () => {
  const { run, sent } = ghSetting({ fakes: { "GET repos/a/one/branches/feat%2Fx": {} } });
  await run("git init -q -b feat/x d && cd d && git remote add origin https://forge.test/a/one.git");
  expect((await run("gh api repos/{owner}/{repo}/branches/{branch}")).exitCode).toBe(0);
  expect(sent.at(-1)?.path).toBe("repos/a/one/branches/feat%2Fx");
});
