/** The case scripts of the lab, and what its manifest says of them. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { LAB } from "./lab.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = join(ROOT, "labs", LAB);

interface Manifest {
  readonly services: readonly string[];
  readonly checks: readonly { readonly id: string; readonly title: string; readonly required: boolean }[];
  readonly diagnoses: readonly { readonly id: string; readonly message: string }[];
}

export const manifestOf = (name: string): Manifest =>
  parse(readFileSync(join(ROOT, "labs", name, "lab.yaml"), "utf8")) as Manifest;

export const manifest = manifestOf(LAB);

/** All labs of the project. */
export const labNames = (): readonly string[] => readdirSync(join(ROOT, "labs")).sort();

/** Paths of a lab's case scripts of one kind. */
export const scripts = (name: string, folder: "wrong" | "solutions"): readonly string[] =>
  readdirSync(join(ROOT, "labs", name, folder))
    .sort()
    .map((file) => join(ROOT, "labs", name, folder, file));

/** What a script expects: `passed`, or the ids of diagnoses. */
export const expectedOf = (script: string): readonly string[] =>
  /^# expect: (.*)$/m.exec(readFileSync(script, "utf8"))?.[1]?.split(" ") ?? [];

export interface Case {
  readonly name: string;
  /** Ids of the diagnoses that it deserves, the first being its own; for a solution what remains besides `passed`. */
  readonly expects: readonly string[];
  readonly lines: readonly string[];
}

export function cases(folder: "wrong" | "solutions"): readonly Case[] {
  return readdirSync(join(FOLDER, folder))
    .sort()
    .map((file) => {
      const all = readFileSync(join(FOLDER, folder, file), "utf8")
        .trimEnd()
        .split("\n");
      const expects = /^# expect: (.*)$/.exec(all[0] ?? "")?.[1]?.split(" ") ?? [];
      return { name: file.replace(/\.sh$/, ""), expects, lines: all.filter((line) => !line.startsWith("#")) };
    });
}

/** The sentence of a diagnosis as the page shows it: what the lab fills in may be anything. */
export function sentence(id: string, of = manifest): RegExp {
  const message = of.diagnoses.find((diagnosis) => diagnosis.id === id)?.message;
  if (message === undefined) throw new Error(`the lab has no diagnosis ${id}`);
  const plain = message.replaceAll("`", "").replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${plain.replace(/\{\w+\}/g, ".+?")}$`);
}

export const requiredTitles = (of = manifest): readonly string[] =>
  of.checks.filter(({ required }) => required).map(({ title }) => title);
