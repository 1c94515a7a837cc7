/** XML as the cloud's services write it. */

/** Text, an element's children in order, or a list: its members have the name that the list gives. Undefined is left out. */
export type Xml = string | number | boolean | undefined | { readonly [name: string]: Xml | readonly Xml[] };

/** A whole document. A list below NAME is written as `<NAME><member>…</member></NAME>`. */
export function xml(root: string, namespace: string, content: Xml): string {
  return `<${root} xmlns="${namespace}">${inner(content)}</${root}>\n`;
}

function inner(content: Xml | readonly Xml[]): string {
  if (content === undefined) return "";
  if (Array.isArray(content)) return content.map((one: Xml) => `<member>${inner(one)}</member>`).join("");
  if (typeof content !== "object") return escaped(String(content));
  return Object.entries(content)
    .map(([name, value]) => (value === undefined ? "" : `<${name}>${inner(value)}</${name}>`))
    .join("");
}

/** Characters that XML 1.0 does not have are replaced. https://www.w3.org/TR/xml/#charsets */
export function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "\uFFFD")
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/\r/g, "&#xD;");
}
