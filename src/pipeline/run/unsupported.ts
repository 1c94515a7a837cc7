/** What GitHub runs and LeakLab does not, with its place in the workflow file. */
import {
  entries,
  field,
  items,
  literalText,
  texts,
  type Mapping,
  type Node,
  type Place,
} from "../workflow/node.ts";
import { imageOf, isPostgres } from "./serviceContainers.ts";

export interface Unsupported {
  readonly what: string;
  readonly place: Place;
}

const OF_JOBS = ["container", "snapshot"];
/** Of the keys of steps that run beside each other GitHub's parser (0.3.61) lets this one through. */
const OF_STEPS = ["parallel"];
const OTHER_SYSTEMS = /^(?:windows|macos)-/;

/** The first thing of a job. */
export function unsupportedIn(job: Node): Unsupported | undefined {
  return [
    keyOf(job, OF_JOBS),
    otherService(job),
    ...items(field(job, "steps")).map((step) => keyOf(step, OF_STEPS)),
  ].find((found) => found !== undefined);
}

/** Of service containers there is PostgreSQL. */
function otherService(job: Node): Unsupported | undefined {
  const other = entries(field(job, "services")).find(
    ({ value }) => !isPostgres(literalText(imageOf(value)) ?? ""),
  );
  return other && { what: `services.${other.key}`, place: other.value };
}

function keyOf(block: Node, keys: readonly string[]): Unsupported | undefined {
  const entry = entries(block).find(({ key }) => keys.includes(key));
  return entry && { what: entry.key, place: entry.value };
}

/** A hosted runner with an operating system that LeakLab does not have. */
export function missingSystem(job: Node, labels: readonly string[]): Unsupported | undefined {
  const label = labels.find((it) => OTHER_SYSTEMS.test(it.toLowerCase()));
  return label === undefined ? undefined : { what: `runs-on: ${label}`, place: field(job, "runs-on") ?? job };
}

/** Schedules that are told in local time: they do not come. */
export function unsupportedSchedules(document: Mapping): Unsupported[] {
  return items(field(field(document, "on"), "schedule")).flatMap((item) =>
    isUtc(item) ? [] : [{ what: "schedule timezone", place: field(item, "timezone") ?? item }],
  );
}

export function isUtc(schedule: Node): boolean {
  const [zone] = texts(field(schedule, "timezone"));
  return zone === undefined || /^(?:etc\/)?(?:utc|uct|zulu|universal|gmt)$/i.test(zone);
}
