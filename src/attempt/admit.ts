/** May an input be stored? Asked before anything is written, of everything a learner types, pastes or saves. */
import { foreignCredentials } from "../engine/foreign.ts";
import type { Input } from "./input.ts";
import { inputSchema, MAX_TEXT } from "./schema.ts";

export type Admission =
  | { readonly admitted: true }
  | {
      readonly admitted: false;
      readonly code: "real-credential" | "too-large" | "malformed";
      readonly message: string;
    };

export async function admit(input: Input, known: readonly string[]): Promise<Admission> {
  const text = textOf(input);
  if (text.length > MAX_TEXT) {
    return {
      admitted: false,
      code: "too-large",
      message: `That is ${text.length} characters; one input holds at most ${MAX_TEXT}. Split it.`,
    };
  }
  const parsed = inputSchema.safeParse(input);
  if (!parsed.success)
    return { admitted: false, code: "malformed", message: "That is no input of an attempt." };
  const found = await foreignCredentials(text, known);
  if (found.length === 0) return { admitted: true };
  const kinds = [...new Set(found.map((finding) => finding.messageId))].join(", ");
  const message = `That looks like a real token (${kinds}). It was not stored. If it is real, revoke it where it was issued; \`lab canary\` makes a harmless one to test with.`;
  return { admitted: false, code: "real-credential", message };
}

function textOf(input: Input): string {
  switch (input.kind) {
    case "line":
      return input.text;
    case "reply":
      return input.text ?? "";
    case "edit":
      return `${input.path}\n${input.content}`;
    case "request":
      return `${input.url}\n${input.body}`;
    case "observation":
      return `${input.name}\n${input.value}`;
    default:
      return "";
  }
}
