/** Accounts of the machine, from /etc/passwd. @see https://man7.org/linux/man-pages/man5/passwd.5.html */
import { type Context } from "./invocation.ts";

export interface Account {
  readonly name: string;
  readonly uid: number;
}

export async function accounts(context: Context): Promise<Account[]> {
  try {
    const text = await context.fs.readFile("/etc/passwd");
    return text.split("\n").flatMap((line) => {
      const [name, , uid] = line.split(":");
      return name && uid ? [{ name, uid: Number(uid) }] : [];
    });
  } catch {
    return [];
  }
}

/** Whose shell it is. */
export async function ownAccount(context: Context): Promise<Account> {
  const name = context.env.get("USER") ?? "user";
  return (await accounts(context)).find((it) => it.name === name) ?? { name, uid: 1000 };
}
