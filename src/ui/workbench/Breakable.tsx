/** A name or place whose lines end where its parts meet: after a slash, before a capital; not in the middle of a word. */
const PARTS = /(?<=[/_]|:(?!\d+$))|(?<=[a-z])(?=[A-Z])/;

export function Breakable({ text }: { readonly text: string }) {
  return <>{text.split(PARTS).flatMap((part, i) => (i === 0 ? [part] : [<wbr key={i} />, part]))}</>;
}
