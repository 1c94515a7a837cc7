/** The services of the company with how they fare, looked at again after each change of the world. */
import { useBench } from "../workbench/bench.ts";
import { jsonOf, useLook } from "../forge/looking.ts";
import {
  healthOf,
  healthUrl,
  minutesSince,
  STATUS,
  type Health,
  type MinuteJson,
  type OutageJson,
  type ServiceJson,
} from "./health.ts";

/** Null until the first answer is there; empty where the company runs no service. */
export function useHealth(): readonly Health[] | null {
  const { session } = useBench();
  const startMs = session.startMs.value;
  const minutes = minutesSince(startMs, session.clockMs.value);
  const [look] = useLook([`${STATUS}/api`]) ?? [];
  const services = jsonOf<readonly ServiceJson[]>(look) ?? [];
  const asked = services.filter((it) => (it.requests_per_second ?? 0) > 0);
  const looks = useLook(
    asked.flatMap(({ service }) => [healthUrl(service, "history", minutes), healthUrl(service, "outages")]),
  );
  if (!look || (asked.length > 0 && looks === null)) return null;
  return services.map((it) => {
    const at = asked.indexOf(it);
    const history = at < 0 ? [] : (jsonOf<readonly MinuteJson[]>(looks?.[2 * at]) ?? []);
    const outages = at < 0 ? [] : (jsonOf<readonly OutageJson[]>(looks?.[2 * at + 1]) ?? []);
    return healthOf(it, history, outages, startMs);
  });
}
