/** The sentences of report/refusal.ts, marked for translation; a test holds that they are the same. */
import type { RefusalCode } from "../../report/refusal.ts";
import { said } from "../text/said.ts";

export const REFUSAL_WORDS: Readonly<Record<RefusalCode, string>> = {
  unreadable: said("The file could not be read. Check its permissions, then try again."),
  "too-large": said(
    "The file is larger than {limit} MB, more than any attempt. Ask for the file as the workbench saved it.",
  ),
  empty: said("The file is empty. Ask for it again."),
  damaged: said("Line {line} is damaged or was edited. Ask for the file as the workbench saved it."),
  "too-long": said("The attempt has more than {limit} inputs. Grade it alone with leaklab grade."),
  "unknown-lab": said("There is no lab {lab} here. Grade it where that lab is installed."),
  "lab-not-loaded": said(
    "The data of the lab {lab} could not be loaded. Connect to the network once, then try again.",
  ),
  "other-core": said(
    "It was made by another version of LeakLab, core {theirs}; this is core {ours}. Grade it with the version that made it.",
  ),
  "other-lab": said(
    "It was made with another version of the lab {lab}. Grade it with the LeakLab that had that version.",
  ),
  diverged: said(
    "After input {seq} the replay differs from what was recorded. The file was changed; ask for the one that was saved.",
  ),
  "too-slow": said(
    "Its replay did not end within {seconds} seconds, and was stopped. Grade it alone with leaklab grade.",
  ),
  crashed: said("The replay broke off. Grade it alone with leaklab grade."),
  "too-many": said("Only the first {limit} files were read. Make a report of each part."),
  archive: said("The archive could not be opened. Unpack it, and choose the folder."),
};
