/** PLACEHOLDER with the surface that attempt/complete.ts uses; the author of completion replaces it. */
export interface Completion {
  readonly start: number;
  readonly candidates: readonly string[];
}
export interface CompletionRequest {
  readonly text: string;
  readonly cursor: number;
  readonly cwd: string;
  readonly home: string;
  readonly disk: unknown;
  readonly commands: readonly string[];
  readonly variables: readonly string[];
  readonly functions: readonly string[];
  readonly aliases: readonly string[];
}
export function complete(request: CompletionRequest): Completion {
  return { start: request.cursor, candidates: [] };
}
