/** Every text that people wrote on a repository's pages, with what it said before: the surface "text and edit history". */
import type { Written } from "./edit.ts";
import type { Forge } from "./forge.ts";
import { COMMENTS, ISSUES } from "./issue.ts";
import type { Repository } from "./model.ts";
import { REVIEW_COMMENTS, REVIEWS } from "./pull.ts";
import { RELEASES } from "./release.ts";

export interface WrittenText {
  /** For people: "issue #4", "comment 3300001 on #4, before its edit 2". */
  readonly at: string;
  readonly text: string;
  /** It is no more what the page says at first sight, but one click away. */
  readonly former: boolean;
}

export function textsOf(forge: Forge, repository: Repository): WrittenText[] {
  const { tables } = forge.ports;
  const here = (it: { readonly repository: number }) => it.repository === repository.id;
  return [
    ...tables
      .of(ISSUES)
      .filter(here)
      .flatMap((issue) => {
        const at = `${issue.pull ? "pull request" : "issue"} #${issue.number}`;
        const titles = issue.renames.map(({ from }) => ({
          at: `former title of ${at}`,
          text: from,
          former: true,
        }));
        return [
          { at: `title of ${at}`, text: issue.title, former: false },
          ...titles,
          ...versions(at, issue),
        ];
      }),
    ...tables
      .of(COMMENTS)
      .filter(here)
      .flatMap((it) => versions(`comment ${it.id} on #${it.number}`, it)),
    ...tables
      .of(REVIEWS)
      .filter(here)
      .flatMap((it) => versions(`review ${it.id} of #${it.pull}`, it)),
    ...tables
      .of(REVIEW_COMMENTS)
      .filter(here)
      .flatMap((it) => versions(`line comment ${it.id} on #${it.pull}`, it)),
    ...tables
      .of(RELEASES)
      .filter(here)
      .map(({ tag, name, body }) => ({
        at: `release ${tag}`,
        text: `${name}\n${body}`,
        former: false,
      })),
  ];
}

/** The last edit is the text itself. */
function versions(at: string, it: Written): WrittenText[] {
  const former = it.edits
    .slice(0, -1)
    .flatMap(({ number, text }) =>
      text === null ? [] : [{ at: `${at}, version ${number}`, text, former: true }],
    );
  return [{ at, text: it.body ?? "", former: false }, ...former];
}
