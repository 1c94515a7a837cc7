/** `select`: a menu, and one turn of its body per answer. @see https://www.gnu.org/software/bash/manual/bash.html#index-select */
import type { BuiltinState } from "./state.ts";

interface SelectContext {
  readonly state: BuiltinState & { collecting?: number };
  readonly session?: {
    show(stdout: string, stderr: string): Promise<void>;
    readLine(args: readonly string[]): Promise<string>;
  };
}

/** Yields the value of the loop variable for each answer; ends with the input. */
export async function* choices(
  context: SelectContext,
  words: readonly string[],
  print: (stdout: string, stderr: string) => void,
): AsyncGenerator<string> {
  const { state } = context;
  const menu = words
    .map((word, i) => `${String(i + 1).padStart(String(words.length).length)}) ${word}\n`)
    .join("");
  if (words.length === 0) return;
  for (let asked = menu; ;) {
    const reply = await answer(context, asked, print);
    if (reply === null) {
      print("\n", "");
      return;
    }
    asked = reply === "" ? menu : "";
    if (reply === "") continue;
    state.env.set("REPLY", reply);
    yield /^\d+$/.test(reply.trim()) ? (words[Number(reply) - 1] ?? "") : "";
  }
}

async function answer(
  context: SelectContext,
  menu: string,
  print: (stdout: string, stderr: string) => void,
): Promise<string | null> {
  const { state, session } = context;
  const prompt = state.env.get("PS3") ?? "#? ";
  if (session && state.groupStdin === undefined && !state.collecting) {
    if (menu) await session.show("", menu);
    const line = await session.readLine(["-p", prompt]);
    return line === "" ? null : line.replace(/\n$/, "");
  }
  print("", menu + prompt);
  const input = state.groupStdin ?? "";
  if (input === "") return null;
  const end = input.indexOf("\n");
  state.groupStdin = end < 0 ? "" : input.slice(end + 1);
  return end < 0 ? input : input.slice(0, end);
}
