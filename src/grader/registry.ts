/** All kinds of checks and diagnoses. A new one is a file and a line here. */
import { absent } from "./checks/absent.ts";
import { answer } from "./checks/answer.ts";
import { credential } from "./checks/credential.ts";
import { historyKept } from "./checks/historyKept.ts";
import { idle } from "./checks/idle.ts";
import { order } from "./checks/order.ts";
import { pushed } from "./checks/pushed.ts";
import { story } from "./checks/story.ts";
import { uptime } from "./checks/uptime.ts";
import { uses } from "./checks/uses.ts";
import { workKept } from "./checks/workKept.ts";
import { answered } from "./diagnoses/answered.ts";
import { amendedOnly, buriedCopy, otherRef, tipCopy } from "./diagnoses/branch.ts";
import { copyThere } from "./diagnoses/copies.ts";
import { oldHistory, rewrittenWrong, wrongOrder } from "./diagnoses/history.ts";
import { requestsFailed } from "./diagnoses/service.ts";
import { told } from "./diagnoses/told.ts";
import { branchGone, historyLost, notMended, notPushed, publishedCopy, workLost } from "./diagnoses/work.ts";

export const CHECK_KINDS = [
  "absent",
  "work-kept",
  "pushed",
  "story",
  "credential",
  "order",
  "uses",
  "history-kept",
  "uptime",
  "idle",
  "answer",
] as const;
export type CheckName = (typeof CHECK_KINDS)[number];

export const DIAGNOSIS_KINDS = [
  "copy-there",
  "buried-copy",
  "amended-only",
  "tip-copy",
  "other-ref",
  "branch-gone",
  "history-lost",
  "work-lost",
  "published-copy",
  "not-pushed",
  "not-mended",
  "told",
  "old-history",
  "rewritten-wrong",
  "wrong-order",
  "requests-failed",
  "answered",
] as const;
export type DiagnosisName = (typeof DIAGNOSIS_KINDS)[number];

export const checkKinds = {
  absent,
  "work-kept": workKept,
  pushed,
  story,
  credential,
  order,
  uses,
  "history-kept": historyKept,
  uptime,
  idle,
  answer,
} as const satisfies Record<CheckName, object>;

export const diagnosisKinds = {
  "copy-there": copyThere,
  "buried-copy": buriedCopy,
  "amended-only": amendedOnly,
  "tip-copy": tipCopy,
  "other-ref": otherRef,
  "branch-gone": branchGone,
  "history-lost": historyLost,
  "work-lost": workLost,
  "published-copy": publishedCopy,
  "not-pushed": notPushed,
  "not-mended": notMended,
  told,
  "old-history": oldHistory,
  "rewritten-wrong": rewrittenWrong,
  "wrong-order": wrongOrder,
  "requests-failed": requestsFailed,
  answered,
} as const satisfies Record<DiagnosisName, object>;
