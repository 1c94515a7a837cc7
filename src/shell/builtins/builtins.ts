/** What the patched interpreter imports. */
export { basedWord } from "./arithmetic.ts";
export { guardContext } from "./guard.ts";
export { jobBuiltins } from "./jobs.ts";
export { Prepared } from "../../base/prepared.ts";
export { bytesOfCharacters, isContinuation } from "./readCharacters.ts";
export { plainResult, staysHere, withoutRedirects } from "./redirects.ts";
export { choices } from "./select.ts";
export { testResult } from "./test.ts";
export { onError, trap, withExitTrap } from "./trap.ts";
export { maskedFs, umask } from "./umask.ts";
export { makesWords } from "./words.ts";
export { unpackTable } from "./unicodeTable.ts";
