/** Which words of a script need the long way of their expansion. */
import type { BuiltinState } from "./state.ts";

/** A part of a word, as just-bash's parser leaves it. */
interface Part {
  readonly type: string;
  readonly parts?: readonly Part[];
  readonly parameter?: string;
  readonly operation?: unknown;
}

/**
 * Whether an expansion in a word can make several words of it by itself (`"$@"`, `"${list[@]}"`, what an operator or a
 * name reference brings). just-bash asks this of every word, in some thirty steps that each wait for the last; `$name`
 * and plain text need none of them.
 */
export function makesWords(
  state: BuiltinState & { readonly namerefs?: ReadonlySet<string> },
  parts: readonly Part[],
): boolean {
  const named = (state.namerefs?.size ?? 0) > 0;
  const may = ({ type, operation, parameter = "" }: Part): boolean =>
    type === "ParameterExpansion" && (named || !!operation || !/^(?:\w+|[?#$!-])$/.test(parameter));
  return parts.some((part) => may(part) || (part.type === "DoubleQuoted" && !!part.parts?.some(may)));
}
