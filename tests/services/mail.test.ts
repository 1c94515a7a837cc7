/** Mail: sending, reading, what support of the forge answers, and what the forge itself tells. */
import { describe, expect, test } from "vitest";
import { fromBrowser } from "../../src/world/network.ts";
import { LEARNER, personOf, type Person } from "../../src/world/person.ts";
import { TICKETS } from "../../src/world/services/forge/support.ts";
import { deliver, mailbox } from "../../src/world/services/mail/mail.ts";
import { readLetter } from "../../src/world/services/mail/support.ts";
import { World } from "../../src/world/world.ts";
import { emptyWorld, MINUTE, sh } from "./bench.ts";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

function setting() {
  const world = emptyWorld();
  world.forge.createRepository("lantern-tides/tides", { collaborators: { learner: "admin" } });
  return world;
}

test("a message is listed, shown, and then read", async () => {
  const world = setting();
  expect(await sh(world, "mail")).toMatchObject({ stdout: "", stderr: "No mail for learner\n", exitCode: 1 });
  const reach = world.network.from(fromBrowser(personOf("teo") as Person));
  const body = JSON.stringify({
    to: [LEARNER.email],
    cc: [],
    subject: "Freeze?",
    body: "When do you rewrite?",
  });
  expect(
    (await reach(new Request("https://mail.lantern-tides.test/messages", { method: "POST", body }))).status,
  ).toBe(201);
  expect(world.events.at(-1)).toMatchObject({ kind: "mail.received", who: "colleague" });
  expect((await sh(world, "mail")).stdout).toBe(
    '"/var/mail/learner": 1 message 1 new\n>N  1 Teo                  Tue Mar  3 09:00 Freeze?\n',
  );
  expect((await sh(world, "mail -p 1")).stdout).toBe(
    [
      "Message  1:",
      "Date: Tue, 3 Mar 2026 09:00:00 +0000",
      "From: Teo <teo@lantern-tides.test>",
      "To: learner@lantern-tides.test",
      "Subject: Freeze?",
      "",
      "When do you rewrite?",
      "",
    ].join("\n"),
  );
  expect((await sh(world, "mail")).stdout).not.toContain("new");
  expect(await sh(world, "mail -p 7")).toMatchObject({ stderr: "7: Invalid message number\n", exitCode: 1 });
});

test("a person types a message, and ends it with a full stop", async () => {
  const world = setting();
  await sh(world, "mail -c mina teo", { answers: ["Freeze", "No pushes", "from now on", "."] });
  for (const login of ["teo", "mina"])
    expect(mailbox(world, `${login}@lantern-tides.test`, "inbox")).toMatchObject([
      {
        subject: "Freeze",
        body: "No pushes\nfrom now on\n",
        from: "New Contributor <learner@lantern-tides.test>",
      },
    ]);
});

test("mail needs an address, and somebody who is signed in", async () => {
  const world = setting();
  expect((await sh(world, "echo x | mail -s y 'a b@'")).stderr).toContain("is no address");
  const nobody = { address: "192.0.2.10", session: null };
  expect((await sh(world, "echo x | mail -s y teo", { origin: nobody })).stderr).toContain("sign in first");
});

describe("a letter to support", () => {
  const cases: readonly (readonly [text: string, repository: string, pulls: number[], commits: string[]])[] =
    [
      [
        "lantern-tides/tides, #7 and pull/12, first changed 0123abc",
        "lantern-tides/tides",
        [7, 12],
        ["0123abc"],
      ],
      [`https://forge.test/lantern-tides/tides.git PR 3 ${COMMIT}`, "lantern-tides/tides", [3], [COMMIT]],
      ["Please purge and/or remove lantern-tides/tides.", "lantern-tides/tides", [], []],
      [
        "Repository: lantern-tides/tides\nPull requests: 7\nCommit: 1234567 deadbeef",
        "lantern-tides/tides",
        [7],
        ["deadbeef"],
      ],
      ["hello", "", [], []],
    ];
  test.each(cases)("%s", (body, repository, pulls, commits) => {
    expect(readLetter(setting().forge, { subject: "Purge", body })).toEqual({ repository, pulls, commits });
  });

  test("is answered with what is missing", async () => {
    const world = setting();
    await sh(world, "echo 'Please purge lantern-tides/tides' | mail -s Purge support@forge.test");
    await world.advance(3 * MINUTE);
    const [answer] = mailbox(world, LEARNER.email, "inbox");
    expect(answer).toMatchObject({ subject: "Re: Purge", from: "Forge Support <support@forge.test>" });
    expect(answer?.body).toContain("first changed commit");
    await world.advance(30 * MINUTE);
    expect(mailbox(world, LEARNER.email, "inbox")).toHaveLength(1);
  });

  test("from somebody without a right to the repository is declined", async () => {
    const world = setting();
    const origin = fromBrowser(personOf("sam") as Person);
    await sh(world, `echo 'lantern-tides/tides ${COMMIT}' | mail -s Purge support@forge.test`, { origin });
    await world.advance(3 * MINUTE);
    expect(mailbox(world, "sam@sam.example", "inbox")[0]?.body).toContain(
      "an administrator of the repository",
    );
  });
});

describe("a complete letter to support", () => {
  test("is purged twenty minutes later, and confirmed", async () => {
    const world = setting();
    await sh(
      world,
      `echo 'lantern-tides/tides, pull request #7, ${COMMIT}' | mail -s Purge support@forge.test`,
    );
    await world.advance(3 * MINUTE);
    const [first] = mailbox(world, LEARNER.email, "inbox");
    expect(first?.body).toContain("dereference or delete the references of pull request #7");
    expect(world.tables.of(TICKETS).all()).toMatchObject([
      { repository: "lantern-tides/tides", pulls: [7], commits: [COMMIT], from: "learner", state: "open" },
    ]);
    await world.advance(16 * MINUTE);
    expect(mailbox(world, LEARNER.email, "inbox")).toHaveLength(1);
    await world.advance(2 * MINUTE);
    const [second] = mailbox(world, LEARNER.email, "inbox");
    expect(second?.body).toContain("lantern-tides/tides: We removed the references");
    expect(world.tables.of(TICKETS).all()).toMatchObject([{ state: "done" }]);
  });

  test("colleagues hear of each delivered message once", async () => {
    const heard: unknown[] = [];
    const happenings = { mail: async (_world: World, { kind }: { kind: string }) => void heard.push(kind) };
    const world = World.empty(1, { detect: () => [], happenings });
    deliver(world.ports("test"), { from: "a@b.test", to: ["support@forge.test"], subject: "s", body: "x" });
    await world.advance(30 * MINUTE);
    // The letter, and the answer of support.
    expect(heard).toEqual(["mail/delivered", "mail/delivered"]);
  });
});

test("what the forge tells people comes by mail", () => {
  const world = setting();
  world.forge.ports.post?.({ to: LEARNER.email, subject: "[x] y", body: "z" });
  expect(mailbox(world, LEARNER.email, "inbox")).toMatchObject([
    { from: "Forge <notifications@forge.test>", subject: "[x] y" },
  ]);
});
