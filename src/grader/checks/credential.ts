import * as z from "zod/mini";
import { CREDENTIAL_STATUSES } from "../../world/credential.ts";
import type { CheckKind } from "../check.ts";
import { fail, pass } from "../check.ts";

const options = z.strictObject({
  credential: z.string(),
  /** Whether its issuer honours it. */
  works: z.optional(z.boolean()),
  status: z.optional(z.array(z.enum(CREDENTIAL_STATUSES)).check(z.minLength(1))),
});

export const credential: CheckKind<z.infer<typeof options>> = {
  kind: "credential",
  about: "A credential works or does not (`works`), and its status is one of `status`.",
  options,
  judge: async ({ world }, { credential: id, works, status }) => {
    const record = world.credentials.get(id);
    if (!record) return fail([{ surface: "credential", at: id }]);
    const now = world.credentials.works(record);
    const asked = (works === undefined || now === works) && (!status || status.includes(record.status));
    if (asked) return pass();
    return fail([{ surface: "credential", at: `${id}: ${record.status}` }]);
  },
};
