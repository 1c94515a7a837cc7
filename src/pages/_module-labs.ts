/** Every lab of every module in teachable order, those that can be played and those to come. */
import type { CompiledLab } from "../lab/compile.ts";
import type { Text } from "../ui/text/text.ts";
import { CAPSTONES, MODULES, type Module } from "./_modules.ts";
import { stepOf } from "./_steps.ts";

export interface ModuleLab {
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  /** Absent while the lab is still to come. */
  readonly lab?: CompiledLab;
}

export interface ModuleWithLabs extends Omit<Module, "labs"> {
  readonly labs: readonly ModuleLab[];
}

/** Titles and sentences in the language of `t`. A lab that no list names comes at the end of its module. */
export function modulesOf(labs: readonly CompiledLab[], t: Text): ModuleWithLabs[] {
  const known = new Set(MODULES.map(({ id }) => id));
  const others = labs.map(({ module }) => module).filter((id) => !known.has(id));
  const further = [...new Set(others)].map((id) => ({ id, title: id, about: "", labs: [] }));
  return [...MODULES, ...further].map(({ id, title, about, labs: named }) => {
    const unnamed = labs.filter((lab) => lab.module === id && !named.includes(lab.id)).map((lab) => lab.id);
    return {
      id,
      title: t(title),
      about: about && t(about),
      labs: [...named, ...unnamed].map((name) => entry(name, labs, t)),
    };
  });
}

export function capstonesOf(labs: readonly CompiledLab[], t: Text): ModuleLab[] {
  return CAPSTONES.map((id) => entry(id, labs, t));
}

function entry(id: string, labs: readonly CompiledLab[], t: Text): ModuleLab {
  const lab = labs.find((it) => it.id === id);
  if (lab) return { id, title: lab.title, minutes: lab.minutes, lab };
  const { title, minutes } = stepOf(id);
  return { id, title: t(title), minutes };
}
