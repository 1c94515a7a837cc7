/** What a panel asks for is answered as a browser would see it, and nothing of it stays. */
import { expect, test } from "vitest";
import { LEARNER } from "../world/person.ts";
import { World } from "../world/world.ts";
import { look } from "./look.ts";

const ID = "lantern-tides/tides";

function worldWithRepository(): World {
  const world = World.empty(1, { detect: () => [], happenings: { pipeline: async () => undefined } });
  world.forge.createRepository(ID);
  world.forge.openToLearner(ID);
  return world;
}

test("looking changes no digest, answers in the order asked, and an unknown host has none", async () => {
  const world = worldWithRepository();
  const before = world.digest();
  const urls = [
    `https://forge.test/api/v3/repos/${ID}`,
    "https://nobody.test/x",
    `https://forge.test/api/v3/repos/${ID}/nothing-of-the-kind`,
  ];
  const looks = await look(world, LEARNER, urls, (_world, run) => run());
  expect(looks.map(({ url, status }) => [url, status])).toEqual([
    [urls[0], 200],
    [urls[1], 0],
    [urls[2], 404],
  ]);
  expect(JSON.parse(looks[0]?.text ?? "")).toMatchObject({ full_name: ID });
  expect(world.digest()).toBe(before);
});
