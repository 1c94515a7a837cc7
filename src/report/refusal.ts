/** Why a file could not be graded. Each sentence says what is wrong and what to do about it. */

export const REFUSALS = {
  unreadable: "The file could not be read. Check its permissions, then try again.",
  "too-large":
    "The file is larger than {limit} MB, more than any attempt. Ask for the file as the workbench saved it.",
  empty: "The file is empty. Ask for it again.",
  damaged: "Line {line} is damaged or was edited. Ask for the file as the workbench saved it.",
  "too-long": "The attempt has more than {limit} inputs. Grade it alone with leaklab grade.",
  "unknown-lab": "There is no lab {lab} here. Grade it where that lab is installed.",
  "lab-not-loaded":
    "The data of the lab {lab} could not be loaded. Connect to the network once, then try again.",
  "other-core":
    "It was made by another version of LeakLab, core {theirs}; this is core {ours}. Grade it with the version that made it.",
  "other-lab":
    "It was made with another version of the lab {lab}. Grade it with the LeakLab that had that version.",
  diverged:
    "After input {seq} the replay differs from what was recorded. The file was changed; ask for the one that was saved.",
  "too-slow":
    "Its replay did not end within {seconds} seconds, and was stopped. Grade it alone with leaklab grade.",
  crashed: "The replay broke off. Grade it alone with leaklab grade.",
  "too-many": "Only the first {limit} files were read. Make a report of each part.",
  archive: "The archive could not be opened. Unpack it, and choose the folder.",
} as const;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  readonly path: string;
  readonly code: RefusalCode;
  readonly values: Readonly<Record<string, string | number>>;
}

export function refusal(path: string, code: RefusalCode, values: Refusal["values"] = {}): Refusal {
  return { path, code, values };
}

export function refusalSentence({ code, values }: Refusal): string {
  return REFUSALS[code].replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}
