/** What is looked at, and in which views: a visit loads a page once and goes through the states of it. */
import type { Page } from "@playwright/test";

export type Scheme = "light" | "dark";
export type View = readonly [width: 1440 | 1024 | 390, scheme: Scheme];

const inBoth = (width: View[0]): readonly View[] => [
  [width, "light"],
  [width, "dark"],
];

/** Where there is a terminal. */
export const WORKBENCH: readonly View[] = [...inBoth(1440), ...inBoth(1024)];
export const WIDE = inBoth(1440);
/** Git graph and leak map are tabs where they have no column of their own. */
export const NARROW = inBoth(1024);
/** Where a lab is read and not played. */
export const READING = inBoth(390);
export const EVERYWHERE: readonly View[] = [...WORKBENCH, ...READING];

/** What stands on the page at one moment. Its name begins the names of its pictures. */
export interface State {
  readonly name: string;
  readonly views: readonly View[];
  /** How one comes to it from the state before, at the width of its first view. */
  readonly reach?: (page: Page) => Promise<void>;
  /** The picture is as high as the page or, inside a lab, as what this selects. */
  readonly whole?: true | string;
  /** The picture is of this part alone: what is around it stands in other pictures. */
  readonly only?: string;
}

/** One load of a page, and the states that it goes through. */
export interface Visit {
  readonly name: string;
  readonly address: string;
  readonly states: readonly State[];
  /** What is done before the page is opened. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** The visitor is not known: the tour is offered. */
  readonly newcomer?: boolean;
  readonly withoutScripts?: boolean;
}

export const viewName = ({ name }: State, [width, scheme]: View): string => `${name}-${width}-${scheme}`;
