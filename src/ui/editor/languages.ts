/** Which language a file is in, and the two that Monaco's definitions lack. */
import type { languages } from "monaco-editor";

interface Language {
  readonly id: string;
  readonly monarch: languages.IMonarchLanguage;
  readonly configuration: languages.LanguageConfiguration;
}

export const DOTENV: Language = {
  id: "dotenv",
  monarch: {
    tokenizer: {
      root: [
        [/^\s*#.*$/, "comment"],
        [/^(\s*)(export)(\s+)/, ["", "keyword", ""]],
        [/[A-Za-z_]\w*(?=\s*=)/, "type"],
        [/=/, "delimiter"],
        [/"[^"]*"|'[^']*'/, "string"],
        [/\$\{?\w+\}?/, "variable"],
      ],
    },
  },
  configuration: { comments: { lineComment: "#" } },
};

export const JSON_LANGUAGE: Language = {
  id: "json",
  monarch: {
    tokenizer: {
      root: [
        [/"(?:[^"\\]|\\.)*"(?=\s*:)/, "type"],
        [/"(?:[^"\\]|\\.)*"/, "string"],
        [/-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/, "number"],
        [/\b(?:true|false|null)\b/, "keyword"],
        [/[{}[\],:]/, "delimiter"],
        [/\/\/.*$/, "comment"],
      ],
    },
  },
  configuration: {
    brackets: [
      ["{", "}"],
      ["[", "]"],
    ],
  },
};

const BY_ENDING: readonly (readonly [RegExp, string])[] = [
  [/\.(c|m)?[jt]sx?$/, "javascript"],
  [/\.jsonc?$|rc$/, "json"],
  [/\.ya?ml$/, "yaml"],
  [/\.(md|markdown)$/, "markdown"],
  [/\.(sh|bash)$|\.githooks\/|\/hooks\/|\.bash\w*$/, "shell"],
  [/(^|\/)\.env[^/]*$|\.env$/, "dotenv"],
  [/\.(ini|conf|cfg|toml)$|gitconfig$|\.git\/config$|\.editorconfig$/, "ini"],
];

export function languageOf(path: string): string {
  return BY_ENDING.find(([ending]) => ending.test(path))?.[1] ?? "plaintext";
}

const WORKFLOW = /\/\.github\/workflows\/[^/]+\.ya?ml$/;

export function isWorkflow(path: string): boolean {
  return WORKFLOW.test(path);
}
