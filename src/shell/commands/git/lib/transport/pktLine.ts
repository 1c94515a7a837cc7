/** Packet lines: https://git-scm.com/docs/gitprotocol-common#_pkt_line_format */
import { concat, fromUtf8, toUtf8 } from "../../../../../base/bytes.ts";

export const FLUSH = fromUtf8("0000");

export function pktLine(content: string | Uint8Array): Uint8Array {
  const bytes = typeof content === "string" ? fromUtf8(content) : content;
  return concat([fromUtf8((bytes.length + 4).toString(16).padStart(4, "0")), bytes]);
}

/** The packets in `bytes`; null stands for a flush (or another special packet). Stops at what is no packet. */
export function* packets(bytes: Uint8Array): Generator<Uint8Array | null> {
  for (let at = 0; at + 4 <= bytes.length;) {
    const head = toUtf8(bytes.subarray(at, at + 4));
    if (!/^[0-9a-f]{4}$/i.test(head)) return;
    const length = Number.parseInt(head, 16);
    if (length < 4) {
      yield null;
      at += 4;
    } else {
      yield bytes.subarray(at + 4, at + length);
      at += length;
    }
  }
}

/** https://git-scm.com/docs/gitprotocol-pack: band 1 is data, 2 progress for people, 3 a fatal error. */
export interface Bands {
  readonly data: Uint8Array;
  readonly progress: string;
  readonly error: string;
}

export function demultiplex(bytes: Uint8Array): Bands {
  const data: Uint8Array[] = [];
  const progress: Uint8Array[] = [];
  const error: Uint8Array[] = [];
  for (const packet of packets(bytes)) {
    if (packet === null) continue;
    const band = packet[0] === 1 ? data : packet[0] === 2 ? progress : packet[0] === 3 ? error : null;
    band?.push(packet.subarray(1));
  }
  return { data: concat(data), progress: toUtf8(concat(progress)), error: toUtf8(concat(error)) };
}

/** Git lets each line overwrite a progress line that may stand there; without a colour terminal, with spaces. */
const OVERWRITE = " ".repeat(8);

/** What git shows of a server's messages: each line after `remote: `. */
export function remoteLines(text: string): string {
  if (text === "") return "";
  const lines = text.replace(/\n$/, "").split("\n");
  return lines.map((line) => `remote: ${line}${line === "" ? "" : OVERWRITE}\n`).join("");
}
