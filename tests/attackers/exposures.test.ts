/** The bus: what becomes public is told, once, with what it is about; what stays private is not. */
import { describe, expect, test } from "vitest";
import { zipSync } from "fflate";
import { fromUtf8 } from "../../src/base/bytes.ts";
import { addArtifact } from "../../src/world/services/forge/actions/artifacts.ts";
import type { Run } from "../../src/world/services/forge/actions/model.ts";
import { removeMember } from "../../src/world/services/forge/organisations.ts";
import { EXPOSURES } from "../../src/world/event.ts";
import { World } from "../../src/world/world.ts";
import { PORTS, REPOSITORY } from "./setting.ts";

function world(visibility: "public" | "private" = "public"): World {
  const made = World.empty(1, PORTS);
  made.forge.createAccount("mina");
  made.forge.createAccount("lantern-tides", { type: "Organization", name: "lantern-tides" });
  made.forge.addMember("lantern-tides", "mina", "admin");
  made.forge.createRepository(REPOSITORY, { visibility, collaborators: { mina: "admin" } });
  made.forge.openToLearner(REPOSITORY);
  return made;
}

async function asMina(made: World, method: string, path: string, body: object): Promise<number> {
  const init = { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const request = new Request(`https://api.forge.test/repos/${REPOSITORY}${path}`, init);
  return (await made.network.fetch(request, { address: "203.0.113.31", session: "mina" })).status;
}

const told = (made: World) =>
  made.events
    .filter(({ kind }) => (EXPOSURES as readonly string[]).includes(kind))
    .map(({ kind, data }) => ({ kind, ...data }));

type Do = (made: World) => Promise<unknown>;
const content = { message: "Add", content: "bm90ZXM=" };
const pushes: Do = (made) => asMina(made, "PUT", "/contents/notes.md", content);
const uploads: Do = async (made) =>
  addArtifact(
    made.forge,
    { id: 7, repository: REPOSITORY, createdAtMs: 0 } as Run,
    "site",
    zipSync({ a: fromUtf8("a") }),
  );

const CASES: readonly (readonly [what: string, does: Do, expected: readonly object[]])[] = [
  ["a push", pushes, [{ kind: "push.public", ref: "refs/heads/main", actor: "mina" }]],
  [
    "an issue",
    (made) => asMina(made, "POST", "/issues", { title: "It rounds" }),
    [{ kind: "text.published", actor: "mina" }],
  ],
  [
    "a comment",
    async (made) => {
      await asMina(made, "POST", "/issues", { title: "It rounds" });
      made.events.length = 0;
      await asMina(made, "POST", "/issues/1/comments", { body: "It does" });
    },
    [{ kind: "text.published", subject: expect.stringMatching(/^comment \d+$/) }],
  ],
  [
    "a release",
    async (made) => {
      await pushes(made);
      made.events.length = 0;
      await asMina(made, "POST", "/releases", { tag_name: "v1", name: "One" });
    },
    [{ kind: "release.published", subject: expect.stringMatching(/^release \d+$/) }],
  ],
  ["an artifact", uploads, [{ kind: "artifact.uploaded", run: 7, name: "site" }]],
  [
    "a change of visibility",
    (made) => asMina(made, "PATCH", "", { visibility: "private" }),
    [{ kind: "visibility.changed", visibility: "private", actor: "mina" }],
  ],
  [
    "somebody who leaves",
    async (made) => removeMember(made.forge, "lantern-tides", "mina"),
    [{ kind: "member.removed", organisation: "lantern-tides", login: "mina" }],
  ],
  [
    "what arrives at an attacker's server",
    (made) =>
      made.network.fetch(new Request("https://collect.magpie.invalid/x"), {
        address: "192.0.2.10",
        session: null,
      }),
    [{ kind: "sink.received", owner: "magpie", number: 1 }],
  ],
];

describe("the bus tells of", () => {
  test.each(CASES)("%s", async (what, does, expected) => {
    const made = world();
    await does(made);
    // The tag that a release makes is pushed too.
    const all = told(made).filter(({ kind }) => what === "a push" || kind !== "push.public");
    expect(all).toMatchObject(expected);
  });

  test("nothing that happens in private", async () => {
    const made = world("private");
    await pushes(made);
    await uploads(made);
    await asMina(made, "POST", "/issues", { title: "It rounds" });
    expect(told(made)).toEqual([]);
  });

  test("what was private, once it is opened", async () => {
    const made = world("private");
    await pushes(made);
    await asMina(made, "PATCH", "", { visibility: "public" });
    expect(told(made)).toMatchObject([{ kind: "visibility.changed", visibility: "public" }]);
  });
});
