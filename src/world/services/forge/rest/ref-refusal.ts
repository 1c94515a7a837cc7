/** Why a ref did not move, as the API says it. */
import type { Json } from "../../../../base/json.ts";
import type { By } from "../git/by.ts";
import type { Refusal } from "../git/refUpdate.ts";
import { refusalMessage } from "../rules/report.ts";
import { failure } from "./answer.ts";
import type { Call } from "./route.ts";

/** `status` is what the operation answers to rules: 409 for contents, 422 for refs, 405 for merges. */
export function refusedResponse(refusal: Refusal, status: number): Response {
  if (refusal.kind === "rules") return failure(status, refusalMessage(refusal.verdict));
  if (refusal.kind === "workflow") return failure(403, refusal.message);
  const placeholders: Json = refusal.secrets.map(({ placeholder, kind }) => ({
    placeholder_id: placeholder,
    token_type: kind,
  }));
  return failure(status, "Secret detected in content", {
    metadata: { secret_scanning: { bypass_placeholders: placeholders } },
  });
}

/** Who calls; only for operations that need somebody. */
export function byOf({ identity, address, requestId }: Call): By | null {
  return identity && { identity, address, requestId };
}
