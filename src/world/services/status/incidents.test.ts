/** Incidents of the status page: what everybody reads, who writes, and what is refused. */
import { describe, expect, test } from "vitest";
import { World } from "../../world.ts";

const PAGE = "https://status.lantern-tides.test";
const INCIDENTS = "/v1/pages/lantern-tides/incidents";

interface Said {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function ask(
  world: World,
  who: string | null,
  method: string,
  path: string,
  incident?: object,
): Promise<Said> {
  const init = incident ? { body: JSON.stringify({ incident }) } : {};
  const request = new Request(`${PAGE}${path}`, { method, ...init });
  const response = await world.network.fetch(request, { address: "203.0.113.31", session: who });
  return { status: response.status, body: (await response.json()) as Said["body"] };
}

const leak = {
  name: "A key leaked",
  status: "investigating",
  body: "We look into it.",
  impact_override: "major",
};

describe("incidents", () => {
  test("are written by people of the company and read by everybody", async () => {
    const world = World.empty(1, { detect: () => [] });
    const quiet = await ask(world, null, "GET", "/api/v2/status.json");
    expect(quiet.body["status"]).toEqual({ indicator: "none", description: "All Systems Operational" });
    const made = await ask(world, "mina", "POST", INCIDENTS, leak);
    expect(made).toMatchObject({ status: 201, body: { id: "1", status: "investigating", impact: "major" } });
    const loud = await ask(world, null, "GET", "/api/v2/summary.json");
    expect(loud.body).toMatchObject({
      status: { indicator: "major" },
      incidents: [{ name: "A key leaked" }],
    });
    await world.advance(600_000);
    const end = { status: "resolved", body: "The key opens nothing any more." };
    expect(await ask(world, "learner", "PATCH", `${INCIDENTS}/1`, end)).toMatchObject({
      status: 200,
      body: { status: "resolved", incident_updates: [{ status: "resolved" }, { status: "investigating" }] },
    });
    const after = await ask(world, null, "GET", "/api/v2/incidents/unresolved.json");
    expect(after.body["incidents"]).toEqual([]);
    const all = await ask(world, null, "GET", "/api/v2/incidents.json");
    expect(all.body["incidents"]).toMatchObject([{ resolved_at: expect.stringMatching(/Z$/) }]);
    expect(world.audit.all().map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      "mina incident.create",
      "learner incident.update",
    ]);
  });

  const REFUSED: readonly (readonly [
    who: string | null,
    method: string,
    path: string,
    incident: object | undefined,
    status: number,
  ])[] = [
    [null, "POST", INCIDENTS, leak, 401],
    ["aya", "POST", INCIDENTS, leak, 401],
    ["magpie", "POST", INCIDENTS, leak, 401],
    ["mina", "POST", INCIDENTS, { ...leak, name: " " }, 422],
    ["mina", "POST", INCIDENTS, { ...leak, status: "over" }, 422],
    ["mina", "POST", INCIDENTS, { ...leak, impact_override: "constructor" }, 422],
    ["mina", "POST", INCIDENTS, undefined, 422],
    ["mina", "PATCH", `${INCIDENTS}/9`, leak, 404],
    ["mina", "DELETE", INCIDENTS, undefined, 405],
    ["mina", "POST", "/api/v2/incidents.json", leak, 405],
    [null, "GET", "/api/v2/components.json", undefined, 404],
    [null, "GET", "/api/v2/__proto__", undefined, 404],
  ];
  test.each(REFUSED)("%s %s %s %o: %i", async (who, method, path, incident, status) => {
    const world = World.empty(1, { detect: () => [] });
    expect((await ask(world, who, method, path, incident)).status).toBe(status);
    expect(world.events).toEqual([]);
  });
});
