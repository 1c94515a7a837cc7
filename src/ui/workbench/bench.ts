/** What the workbench shows and where: everything about the page that is not the attempt. */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Diagnosis, Evidence } from "../../worker/protocol.ts";
import type { LabPage } from "../../worker/protocol.ts";
import { refusalText } from "../attempt/refusals.ts";
import type { Session } from "../attempt/session.ts";
import { createCloudPlace, type CloudPlace } from "../cloud/cloud-place.ts";
import { createDocuments, type Documents } from "../editor/documents.ts";
import type { createCodeEditor } from "../editor/monaco.ts";
import { createBenchProgress, type BenchProgress } from "../progress/bench-progress.ts";
import { createPeoplePlace, type PeoplePlace } from "../people/people-place.ts";
import { createStorePlace, type StorePlace } from "../store/store-place.ts";
import type { Text } from "../text/text.ts";
import type { IconName } from "./Icon.tsx";
import { createFeedback, type Feedback } from "./feedback.ts";
import { createTour, type Tour } from "../tour/tour.ts";
import { sizesOf, type PanelSizes } from "./panel-sizes.ts";
import { createLook, type Look } from "./theme.ts";

/** Widths of the design, section 2, by the pixels at which each begins. */
export const WIDTHS = { reading: 0, one: 720, middle: 960, compact: 1280, wide: 1440 } as const;
export type Width = keyof typeof WIDTHS;

export const TOOLS = ["editor", "forge", "pipeline", "cloud", "store", "people", "status"] as const;
/** What can stand in the upper middle, whatever the width. */
export type Tool = (typeof TOOLS)[number];
export type PanelId = "brief" | "checks" | "terminal" | "graph" | "map" | "clock" | Tool;
export type UpperTab = Tool | "graph" | "map";
export type ReadingTab = "brief" | "checks" | "map" | "timeline";

export type DialogName = "reset" | "commands" | "settings" | "hints" | "keys";

export interface Toast {
  readonly id: number;
  readonly tone: "pass" | "notyet" | "plain";
  /** Of a plain one. */
  readonly icon?: IconName;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** The tools that a lab has, in the order of their tabs. In an incident the cloud comes first. */
export function toolsOf({ services, layout }: Pick<LabPage, "services" | "layout">): readonly Tool[] {
  const needs: Readonly<Record<Tool, readonly string[] | null>> = {
    editor: null,
    forge: ["forge"],
    pipeline: ["pipeline"],
    cloud: ["cloud"],
    store: ["store"],
    people: ["mail", "chat"],
    // Only the running world tells: see toolsHere.
    status: [],
  };
  const has = TOOLS.filter((tool) => needs[tool]?.some((it) => services.includes(it)) ?? true);
  return layout === "incident" && has.includes("cloud")
    ? ["cloud", ...has.filter((tool) => tool !== "cloud")]
    : has;
}

/** The same, with the health of services where the company runs any. */
export function toolsHere({ page, runs }: Pick<Bench, "page" | "runs">): readonly Tool[] {
  return runs.value ? [...toolsOf(page), "status"] : toolsOf(page);
}

/** Evidence with the number that tag, commit, line and row share. The same place has the same number. */
export interface Numbered {
  readonly number: number;
  readonly evidence: Evidence;
}

export interface ShownDiagnosis {
  readonly diagnosis: Diagnosis;
  readonly evidence: readonly Numbered[];
  /** How many check runs in a row found it. */
  readonly times: number;
}

/** A terminal that is tied to the session. */
export interface TerminalBinding {
  showText(on: boolean): void;
  focus(): void;
  end(): void;
}

/** The heavy parts, which the page loads on its own: a build of the static page must not see them. */
export interface Parts {
  terminal(): Promise<{ bindTerminal(bench: Bench, terminal: number, host: HTMLElement): TerminalBinding }>;
  editor(): Promise<{ readonly createCodeEditor: typeof createCodeEditor }>;
}

/** Where one is on the forge: signals, so that evidence and links can lead there. */
export interface ForgePlace {
  readonly repository: Signal<string>;
  readonly section: Signal<string>;
  readonly pull: Signal<number | null>;
  readonly run: Signal<number | null>;
  readonly job: Signal<number | null>;
  /** A job by its name, where evidence leads to it. */
  readonly jobName: Signal<string | null>;
  readonly message: Signal<number | null>;
}

export interface Bench {
  readonly page: LabPage;
  /** Words of the interface in the language of the page. */
  readonly t: Text;
  readonly parts: Parts;
  readonly session: Session;
  readonly progress: BenchProgress;
  readonly documents: Documents;
  readonly look: Look;
  readonly width: Signal<Width>;
  readonly short: Signal<boolean>;
  readonly upper: Signal<UpperTab>;
  readonly left: Signal<"brief" | "checks">;
  readonly reading: Signal<ReadingTab>;
  /** On widths of one column: whether the left column is out. */
  readonly drawer: Signal<boolean>;
  readonly full: Signal<PanelId | null>;
  readonly active: Signal<PanelId | null>;
  /** Where focus was before the active panel. */
  readonly cameFrom: Signal<PanelId | null>;
  readonly story: Signal<"brief" | "debrief">;
  /** The terminal that is shown, by its number. */
  readonly terminal: Signal<number>;
  readonly textView: Signal<boolean>;
  /** What the forge and pipeline panels show. */
  readonly place: ForgePlace;
  readonly cloud: CloudPlace;
  readonly store: StorePlace;
  readonly people: PeoplePlace;
  /** Whether the company runs a service whose health can be shown. */
  readonly runs: Signal<boolean>;
  readonly tour: Tour;
  readonly sizes: Signal<PanelSizes>;
  readonly dialog: Signal<DialogName | null>;
  readonly toasts: Signal<readonly Toast[]>;
  /** The evidence that "Show" pointed at; panels select it. */
  readonly shown: Signal<Numbered | null>;
  readonly shownIn: Signal<PanelId | null>;
  readonly diagnoses: ReadonlySignal<readonly ShownDiagnosis[]>;
  readonly feedback: Feedback;
  /** Said to screen readers, politely. */
  readonly said: Signal<string>;
  readonly refused: Signal<string>;
  /** How focus gets into the heavy parts; `wanted` is kept until the editor has loaded. */
  readonly focus: {
    terminal: (() => void) | null;
    editor: (() => void) | null;
    wanted: boolean;
    /** A terminal that gets the focus once it has loaded. */
    wantedTerminal: number | null;
  };
}

function shownDiagnoses(session: Session): readonly ShownDiagnosis[] {
  const runs = session.checkRuns.value;
  const grade = runs.at(-1)?.grade;
  const numbers = new Map<string, number>();
  const numberOf = ({ surface, at }: Evidence) => {
    const place = `${surface} ${at}`;
    numbers.set(place, numbers.get(place) ?? numbers.size + 1);
    return numbers.get(place) as number;
  };
  const row = ({ check }: Diagnosis) => grade?.checks.findIndex(({ id }) => id === check) ?? 0;
  // The first two to learn from, in the order of the checks that they stand under.
  const shown = (grade?.diagnoses ?? []).slice(0, 2).sort((a, b) => row(a) - row(b));
  return shown.map((diagnosis) => {
    const has = (run: (typeof runs)[number]) => run.grade.diagnoses.some(({ id }) => id === diagnosis.id);
    const without = runs.findLastIndex((run) => !has(run));
    const evidence = diagnosis.evidence.map((item) => ({ number: numberOf(item), evidence: item }));
    return { diagnosis, evidence, times: runs.length - 1 - without };
  });
}

function firstTool(page: LabPage): Tool {
  return page.layout === "pipeline" ? "pipeline" : (toolsOf(page)[0] ?? "editor");
}

export function createBench(page: LabPage, session: Session, t: Text, parts: Parts): Bench {
  return {
    page,
    t,
    parts,
    session,
    progress: createBenchProgress(),
    documents: createDocuments(session),
    look: createLook(),
    width: signal<Width>("wide"),
    short: signal(false),
    upper: signal<UpperTab>(firstTool(page)),
    left: signal<"brief" | "checks">("brief"),
    reading: signal<ReadingTab>("brief"),
    drawer: signal(false),
    full: signal<PanelId | null>(null),
    active: signal<PanelId | null>(null),
    cameFrom: signal<PanelId | null>(null),
    story: signal<"brief" | "debrief">("brief"),
    terminal: signal(1),
    textView: signal(false),
    place: {
      repository: signal(page.repositories[0] ?? ""),
      section: signal("pulls"),
      pull: signal<number | null>(null),
      run: signal<number | null>(null),
      job: signal<number | null>(null),
      jobName: signal<string | null>(null),
      message: signal<number | null>(null),
    },
    cloud: createCloudPlace(),
    store: createStorePlace(),
    people: createPeoplePlace(),
    runs: signal(false),
    tour: createTour(() => localStorage),
    sizes: signal(sizesOf(page.layout)),
    dialog: signal<DialogName | null>(null),
    toasts: signal<readonly Toast[]>([]),
    shown: signal<Numbered | null>(null),
    shownIn: signal<PanelId | null>(null),
    diagnoses: computed(() => shownDiagnoses(session)),
    feedback: createFeedback(),
    said: signal(""),
    refused: signal(""),
    focus: { terminal: null, editor: null, wanted: false, wantedTerminal: null },
  };
}

export const BenchContext = createContext<Bench | null>(null);

export function useBench(): Bench {
  return useContext(BenchContext) as Bench;
}

/** At most two toasts stand at a time. */
export function toast(bench: Bench, news: Omit<Toast, "id">): void {
  const id = (bench.toasts.value.at(-1)?.id ?? 0) + 1;
  const text = refusalText(bench.t, news.text);
  bench.toasts.value = [...bench.toasts.value.slice(-1), { ...news, text, id }];
}
