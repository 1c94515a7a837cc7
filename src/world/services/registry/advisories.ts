/** What is known to be wrong with versions of packages. https://docs.npmjs.com/auditing-package-dependencies-for-security-vulnerabilities */
import type { Json } from "../../../base/json.ts";
import { satisfies } from "../../../base/semver.ts";
import type { ServicePorts } from "../../service.ts";
import { json } from "./answer.ts";
import type { RegistryCall } from "./call.ts";
import { ADVISORIES, type Advisory } from "./model.ts";
import { texts } from "./fields.ts";

/** Somebody found out something. */
export function addAdvisory(
  { tables }: Pick<ServicePorts, "tables">,
  advisory: Omit<Advisory, "id" | "url">,
): Advisory {
  const id = 1_100_000 + tables.next("registry/advisory");
  const url = `https://registry.npm.test/advisories/${id}`;
  return tables.of(ADVISORIES).set(String(id), { ...advisory, id, url });
}

/** Versions by package in, advisories by package out. */
export function advise({ ports, body }: RegistryCall): Response {
  const found: Record<string, Json[]> = {};
  for (const it of ports.tables.of(ADVISORIES).all()) {
    const versions = Object.hasOwn(body, it.package) ? (texts(body[it.package]) ?? []) : [];
    if (!versions.some((version) => satisfies(version, it.vulnerable))) continue;
    (found[it.package] ??= []).push(advisoryJson(it));
  }
  return json(200, found);
}

function advisoryJson({ id, url, title, severity, vulnerable }: Advisory): Json {
  return {
    id,
    url,
    title,
    severity,
    vulnerable_versions: vulnerable,
    cwe: [],
    cvss: { score: 0, vectorString: null },
  };
}
