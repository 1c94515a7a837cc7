/** One way in which a structured answer differs from the truth. */
import * as z from "zod/mini";
import type { Json } from "../../base/json.ts";
import { compare, type Problem } from "../answer/compare.ts";
import { own, type Row } from "../answer/document.ts";
import { answerOptions, look } from "../answer/options.ts";
import { textsOf } from "../answer/value.ts";
import type { DiagnosisKind, Recognised } from "../check.ts";
import { masked } from "../masked.ts";

const options = z.strictObject({
  /** The part of the check's answer that it is about; where there is one part only, it need not be said. */
  at: z.optional(z.string()),
  fault: z.enum(["unread", "missing", "extra", "false", "wrong"]),
  /** Of `wrong`: one of these fields. */
  fields: z.optional(z.array(z.string())),
  /** Only rows whose fields have one of these values. */
  where: z.optional(z.record(z.string(), z.array(z.string()))),
  /** At least so many; 1 unless told. */
  least: z._default(z.int().check(z.positive()), 1),
});

export const answered: DiagnosisKind<z.infer<typeof options>> = {
  kind: "answered",
  about:
    "How the file of its check (an `answer`) differs from the truth: `unread`, or rows of the part `at` that are missing, extra, false (at `not`) or wrong in one of `fields`; `where` picks rows by their fields. {key}, {field}, {given}, {count}, {reason}, and every field of the truth's row may stand in the message.",
  options,
  placeholders: [],
  recognise: async (scene, { at, fault, fields, where, least }, check) => {
    const asked = answerOptions.safeParse(check).data;
    if (!asked) return null;
    const { unread, answer, truth } = await look(scene, asked);
    if (fault === "unread") return unread === null ? null : recognised(asked.file, { reason: unread });
    const part = asked.parts.find((it) => at === undefined || it.at === at);
    if (unread !== null || truth === null || !part) return null;
    const found = compare(answer, truth, part).problems.filter(
      (it) =>
        it.fault === fault &&
        (fields === undefined || fields.includes(it.field ?? "")) &&
        isWhere(it.row, where ?? {}),
    );
    const [first] = found;
    if (!first || found.length < (least ?? 1)) return null;
    // What a learner wrote may be a value.
    const values = Object.entries({ ...valuesOf(first), count: String(found.length) });
    return recognised(
      asked.file,
      Object.fromEntries(values.map(([name, text]) => [name, masked(scene.world, text)])),
    );
  },
};

function isWhere(row: Row, where: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.entries(where).every(([name, values]) =>
    textsOf(own(row, name)).some((text) => values.some((value) => value.toLowerCase() === text)),
  );
}

function valuesOf({ row, field, given, key }: Problem): Record<string, string> {
  const fields = Object.entries(row).map(([name, value]) => [name, shown(value)] as const);
  return { ...Object.fromEntries(fields), key, field: field ?? "", given: shown(given) };
}

const LONGEST = 60;

/** As the learner wrote it, cut short. */
function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return "nothing";
  const text = Array.isArray(value) ? value.map((item: Json) => shown(item)).join(", ") : String(value);
  return text.replace(/[\u0000-\u001f]+/g, " ").slice(0, LONGEST);
}

function recognised(file: string, values: Readonly<Record<string, string>>): Recognised {
  return { values, evidence: [{ surface: "worktree", at: file }] };
}
