/** Virtual time for people: since the lab began. */
import { START_MS } from "../world/clock.ts";

/** "5:15", "1:05:15"; what came before is "-2:00". */
export function clockFace(atMs: number): string {
  const seconds = Math.abs(Math.floor((atMs - START_MS) / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const text =
    hours > 0 ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  return atMs < START_MS ? `-${text}` : text;
}

/** "T+5:15"; what came before is "T-2:00". */
export function labTime(atMs: number): string {
  const face = clockFace(atMs);
  return face.startsWith("-") ? `T${face}` : `T+${face}`;
}
