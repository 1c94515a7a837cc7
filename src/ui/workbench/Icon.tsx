/** Icons as strokes on a 16 px grid; decorative, since words always stand beside them or in the name. */

const PATHS = {
  brief: "M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3",
  check: "M2.5 8.5l3.5 3.5 7.5-8",
  editor: "M3 13l.7-2.8 7.6-7.6 2.1 2.1-7.6 7.6L3 13zM9 13.5h4.5",
  terminal: "M2.5 4.5L6 8l-3.5 3.5M8 12h5.5",
  graph:
    "M4.5 4.5v7M4.5 9.5c5 0 6.5-1 6.5-4M4.5 2.5a1.6 1.6 0 100 3.2 1.6 1.6 0 000-3.2zM4.5 10.6a1.6 1.6 0 100 3.2 1.6 1.6 0 000-3.2zM11 2.4a1.6 1.6 0 100 3.2 1.6 1.6 0 000-3.2z",
  map: "M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.6h11M6.5 3v10",
  clock: "M8 2a6 6 0 100 12A6 6 0 008 2zM8 4.5V8l2.5 2",
  search: "M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3l3.5 3.5",
  undo: "M6 3L2.5 6.2 6 9.5M3 6.2h6.5a3.5 3.5 0 010 7H7",
  hint: "M5.8 11.2h4.4M6.4 13.8h3.2M5.9 11c0-1.8-2.2-2.4-2.2-5a4.3 4.3 0 018.6 0c0 2.6-2.2 3.2-2.2 5",
  gear: "M8 5.6a2.4 2.4 0 100 4.8 2.4 2.4 0 000-4.8zM8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M12.6 3.4l-1.4 1.4M4.8 11.2l-1.4 1.4",
  expand: "M9.5 2.5h4v4M6.5 13.5h-4v-4",
  chevronRight: "M6 3.5L10.5 8 6 12.5",
  chevronDown: "M3.5 6L8 10.5 12.5 6",
  chevronLeft: "M10 3.5L5.5 8l4.5 4.5",
  plus: "M8 3v10M3 8h10",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  folder: "M1.5 12.5v-9h4.5l1.5 2h7v7z",
  file: "M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3",
  copy: "M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1",
  save: "M8 2v8M4.5 6.8L8 10.3l3.5-3.5M2.5 13.5h11",
  load: "M8 10V2M4.5 5.2L8 2l3.5 3.2M2.5 13.5h11",
  saved: "M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8zM5 8.2l2.2 2.2 4-4.4",
  phone: "M4.5 1.5h7v13h-7zM7 12.5h2",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  lock: "M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 015 0v2",
  pull: "M4.5 5.7v4.9M4.5 2.5a1.6 1.6 0 100 3.2 1.6 1.6 0 000-3.2zM4.5 10.6a1.6 1.6 0 100 3.2 1.6 1.6 0 000-3.2zM11.5 10.6a1.6 1.6 0 100 3.2 1.6 1.6 0 000-3.2zM11.5 10.6V6.5a2 2 0 00-2-2H8M9.7 2.7L7.9 4.5l1.8 1.8",
  pipeline: "M1.5 5.5h4v5h-4zM10.5 5.5h4v5h-4zM5.5 8h5",
  people:
    "M6 2.5a2.3 2.3 0 100 4.6 2.3 2.3 0 000-4.6zM1.8 13.5a4.2 4.2 0 018.4 0M10.5 3a2.1 2.1 0 010 4M11.5 9.6a4.2 4.2 0 012.7 3.9",
  mail: "M1.8 3.5h12.4v9H1.8zM2 4l6 4.7L14 4",
  key: "M5 5.5a3 3 0 100 6 3 3 0 000-6zM7.8 8.5h6.4M12 8.5v2.4",
  shield: "M8 1.8l5.2 2v4c0 3.2-2.1 5.3-5.2 6.4C4.9 13.1 2.8 11 2.8 7.8v-4z",
  cloud: "M4.5 12.5a3 3 0 01-.3-6 4 4 0 017.7-.9 3.5 3.5 0 01-.4 6.9z",
  pulse: "M1.5 8.5h3l2-5 3 9 2-4h3",
  warn: "M8 1.8L14.2 8 8 14.2 1.8 8zM8 5v3.6M8 10.2v1",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
