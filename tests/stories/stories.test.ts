/** Stories, rehearsals and the timetable: what others do in forks costs the learner's world nothing. */
import { describe, expect, test } from "vitest";
import { knownAhead } from "../../src/attempt/timetable.ts";
import { headerOf, Stage } from "../../src/cli/attemptRun.ts";
import { verifyLabs } from "../../src/cli/verification.ts";
import { START_MS } from "../../src/world/clock.ts";
import { openDoor, playOpenDoor } from "./openDoor.ts";

test("the lab verifies: every case, every check needed, replays", async () => {
  const [report] = await verifyLabs([openDoor()], 1);
  expect(report?.cases.filter(({ ok }) => !ok)).toEqual([]);
  expect(report?.needless).toEqual([]);
}, 120_000);

describe("what others do in forks", () => {
  test("nothing of the world is another after checks and stories", async () => {
    const { play, run } = await playOpenDoor();
    await run("echo a >> README.md && git commit -qam a && git push -q");
    const before = play.digest();
    for (const story of ["hostile-key.sh", "honest-reader.sh", "audit-tip.sh"]) await play.story(story);
    await play.grade();
    expect(play.digest()).toBe(before);
  });

  test("in a worker, checks, rehearsals and looks between inputs change no digest", async () => {
    const { bundle } = openDoor();
    const lines = (first: string) => [
      "echo a >> README.md; git commit -qam a; git push -q",
      // Neither leaves a trace in the history, and both end with the same words.
      ` ${first} && lab brief`,
      "echo $RANDOM > r; date > now; git add . && git commit -qm r && git push -q",
      "advance 10m",
      ` ${first} && lab brief`,
      "mktemp; git pull -q --rebase",
    ];
    const digestAfter = async (first: string, looks: boolean): Promise<string> => {
      const stage = await Stage.open(bundle, headerOf(bundle, 5));
      try {
        for (const text of lines(first)) {
          expect((await stage.apply({ kind: "line", terminal: 1, text })).stderr).toBe("");
          if (!looks) continue;
          await stage.grade();
          await stage.client.ask({ ask: "view" });
        }
        return await stage.digest();
      } finally {
        await stage.end();
      }
    };
    const quiet = await digestAfter("lab status", false);
    expect(await digestAfter("lab status", true)).toBe(quiet);
    expect(await digestAfter("lab rehearse hostile-key", false)).toBe(quiet);
    expect(await digestAfter("lab rehearse honest-reader", true)).toBe(quiet);
  }, 120_000);

  test("a rehearsal takes no time, and leaves nothing but its line in the history", async () => {
    const { play, run } = await playOpenDoor();
    const { tables, machines } = { tables: play.world.tables.digest(), machines: play.world.machines };
    const forge = machines.get("forge").digest();
    const { exitCode, text } = await run("lab rehearse hostile-key");
    expect([exitCode, play.world.clock.now()]).toEqual([0, START_MS]);
    expect([play.world.tables.digest(), play.world.machines.get("forge").digest()]).toEqual([tables, forge]);
    expect(play.world.machines.has("cuckoo")).toBe(false);
    expect(text).toContain("The attack succeeded.");
  });

  test("no planted value is told", async () => {
    const { play, run } = await playOpenDoor();
    const value = play.world.credentials.get("deployToken")?.value as string;
    const { text } = await run("lab rehearse hostile-key");
    expect(text).toContain("‹deployToken›");
    expect(text).not.toContain(value);
    expect(JSON.stringify(await play.grade())).not.toContain(value);
  });

  test("only stories that the lab opens can be rehearsed", async () => {
    const { run } = await playOpenDoor();
    for (const name of ["audit-tip", "event-teo-writes", "nothing", "__proto__"]) {
      const { exitCode, text } = await run(`lab rehearse ${name}`);
      expect([name, exitCode]).toEqual([name, 1]);
      expect(text).toContain("hostile-key");
    }
  });

  test("a check and its diagnoses share one play", async () => {
    const { play } = await playOpenDoor();
    const grade = await play.grade();
    expect(grade.diagnoses.map(({ id }) => id)).toEqual(["W1", "W3", "W5"]);
    expect(grade.checks[0]?.evidence[0]?.surface).toBe("remote");
  });

  const BROKEN: readonly (readonly [what: string, script: string])[] = [
    ["a runaway", "while true; do :; done"],
    ["a command that there is not", "no-such-command"],
    ["a syntax error", "if true; then"],
  ];
  test.each(BROKEN)("%s confirms nothing", async (_what, script) => {
    const lab = openDoor();
    const stories = { ...lab.bundle.stories, "hostile-key.sh": script };
    const { play } = await playOpenDoor("normal", { ...lab, bundle: { ...lab.bundle, stories } });
    expect((await play.grade()).checks[0]?.verdict).toBe("unconfirmed");
  });
});

describe("the timetable", () => {
  const at = { gentle: 24, normal: 6, fast: 1.8 } as const;
  test.each(Object.entries(at))("%s: known ahead after %d minutes", async (setting, minutes) => {
    const lab = openDoor();
    const { play } = await playOpenDoor(setting as keyof typeof at, lab);
    expect(knownAhead(play.world, lab.bundle.manifest, setting as keyof typeof at)).toEqual([
      { atMs: START_MS + minutes * 60_000, what: "Teo writes a note" },
    ]);
  });

  test("people act at their time, from their machine, as themselves; a sleep of theirs moves no clock", async () => {
    const { play, run } = await playOpenDoor();
    await run("advance 5m");
    expect((await run("git fetch -q && git log origin/main --format=%an -1")).text).toBe("Teo\n");
    const before = play.world.forge.branch("lantern-tides/notes", "main");
    await run("advance 1m");
    expect(play.world.forge.branch("lantern-tides/notes", "main")).not.toBe(before);
    expect(play.world.clock.now()).toBe(START_MS + 6 * 60_000 + 15_000);
    expect(play.world.machines.get("teo").readText("/home/teo/notes/teo.md")).toContain("High water");
  });

  test("something follows from what the learner did, once", async () => {
    const { play, run } = await playOpenDoor();
    expect(play.world.machines.has("magpie")).toBe(false);
    await run("echo a >> README.md && git commit -qam a && git push -q");
    await run("echo b >> README.md && git commit -qam b && git push -q");
    await run("advance 2m");
    const taken = play.world.machines.get("magpie").readText("/home/magpie/taken.txt");
    expect(taken).toContain(play.world.credentials.get("deployToken")?.value);
    await run("advance 10m");
    expect(play.world.events.filter(({ what }) => what === "magpie read the notes")).toHaveLength(1);
  });

  test("the whole truth is told after passing only", async () => {
    const { run } = await playOpenDoor();
    expect((await run("lab timeline")).exitCode).toBe(1);
    await run("gh run list --json databaseId --jq '.[].databaseId' > ids");
    await run(
      "for id in $(cat ids); do gh api -X DELETE repos/lantern-tides/notes/actions/runs/$id/logs; done",
    );
    await run("sleep 6m; git pull -q; git rm -q deploy.env; git commit -qm x; git push -q");
    await run("advance 3m");
    const { text } = await run("lab timeline");
    expect(text).toMatch(/^\+0:06:00 {2}colleague Teo wrote a note$/m);
    expect(text).toMatch(/attacker +magpie read the notes/);
  });
});

describe("the start", () => {
  test("leaves no tool of the narrator behind", async () => {
    const { play, run } = await playOpenDoor();
    for (const name of play.world.machines.names().filter((machine) => machine !== "forge"))
      for (const tool of ["as", "rules", "value", "found"])
        expect([name, tool, play.world.machines.get(name).exists(`/bin/${tool}`)]).toEqual([
          name,
          tool,
          false,
        ]);
    expect((await run("as mina id")).exitCode).toBe(127);
  });

  test("everybody is who they are on the forge", async () => {
    const { play } = await playOpenDoor();
    const { forge } = play.world;
    const notes = forge.find("lantern-tides/notes");
    const roles = ["mina", "learner", "teo", "aya", "cuckoo"].map(
      (login) => notes && forge.role(notes, login),
    );
    expect(roles).toEqual(["admin", "maintain", "write", "read", "read"]);
    expect(play.world.machines.has("cuckoo")).toBe(false);
  });
});
