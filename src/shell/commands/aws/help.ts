/** `aws help`, `aws iam help`, `aws iam create-user help`: what LeakLab has of it. */
import { dashed, type Operation, type Service } from "./model/shape.ts";
import { SERVICES } from "./model/services.ts";

export async function helpText(service: Service | null, operation?: Operation): Promise<string> {
  if (service === null) return rootHelp();
  if (!operation)
    return section(`${service.name}`, [
      [
        "AVAILABLE COMMANDS",
        service.operations
          .map((it) => `o ${dashed(it.name)}`)
          .sort()
          .join("\n"),
      ],
    ]);
  const required = operation.required.split(" ").filter((name) => name !== "");
  const options = Object.keys(operation.input).map((name) =>
    required.includes(name) ? `--${dashed(name)} <value>` : `[--${dashed(name)} <value>]`,
  );
  return section(dashed(operation.name), [
    ["SYNOPSIS", [`  ${dashed(operation.name)}`, ...options].join("\n")],
  ]);
}

function rootHelp(): string {
  return section("aws", [
    ["SYNOPSIS", "aws [options] <command> <subcommand> [parameters]"],
    [
      "OPTIONS",
      "--endpoint-url <value>\n--no-paginate\n--no-sign-request\n--output json|text|table|yaml\n--profile <value>\n--query <value>\n--region <value>\n--version",
    ],
    [
      "AVAILABLE SERVICES",
      [...SERVICES.keys(), "configure", "s3"]
        .sort()
        .map((it) => `o ${it}`)
        .join("\n"),
    ],
  ]);
}

function section(name: string, parts: readonly (readonly [title: string, text: string])[]): string {
  const blocks = [["NAME", `${name} -`] as const, ...parts];
  return blocks.map(([title, text]) => `${title}\n${text.replace(/^/gm, "       ")}\n\n`).join("");
}
