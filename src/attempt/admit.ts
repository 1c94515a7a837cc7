/** May an input be stored? Asked before anything is written, of everything a learner types, pastes or saves. */
import { foreignCredentials } from "../engine/foreign.ts";
import { MAX_TEXT, MAX_TERMINAL, type Input } from "./input.ts";

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
  if (!isLine(input) && !(await isInput(input)))
    return { admitted: false, code: "malformed", message: "That is no input of an attempt." };
  const found = await foreignCredentials(text, known);
  if (found.length === 0) return { admitted: true };
  const kinds = [...new Set(found.map((finding) => finding.messageId))].join(", ");
  const message = `That looks like a real token (${kinds}). It was not stored. If it is real, revoke it where it was issued; \`lab canary\` makes a harmless one to test with.`;
  return { admitted: false, code: "real-credential", message };
}

/** What is typed nearly always; nobody waits for the schema of the others to see a first command answer. */
function isLine(input: Input): boolean {
  if (input.kind !== "line" || Object.keys(input).toSorted().join() !== "kind,terminal,text") return false;
  const { terminal, text } = input;
  return (
    Number.isSafeInteger(terminal) && terminal >= 1 && terminal <= MAX_TERMINAL && typeof text === "string"
  );
}

async function isInput(input: Input): Promise<boolean> {
  const { inputSchema } = await import("./schema.ts");
  return inputSchema.safeParse(input).success;
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
