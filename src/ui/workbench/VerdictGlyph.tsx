export type Shown = "pass" | "fail" | "unconfirmed" | "not-yet" | "extra" | "checking";

/** One shape per verdict, so that it survives greyscale. A changed one is another element: it fades in once. */
export function VerdictGlyph({ shown }: { readonly shown: Shown }) {
  return (
    <svg
      key={shown}
      class="glyph"
      data-shown={shown}
      width="16"
      height="16"
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      {shown === "pass" && (
        <>
          <circle cx="8" cy="8" r="7" fill="currentColor" />
          <path d="M4.6 8.3l2.4 2.4 4.4-5" class="cut" />
        </>
      )}
      {shown === "fail" && <path d="M8 1.2L14.8 8 8 14.8 1.2 8zM8 4.9v3.8M8 10.2v1.2" />}
      {shown === "unconfirmed" && (
        <>
          <circle cx="8" cy="8" r="6.5" stroke-dasharray="2.4 1.9" />
          <path d="M6.3 6.4a1.8 1.8 0 113 1.3c-.8.6-1.3.9-1.3 1.7M8 10.7v.9" />
        </>
      )}
      {shown === "not-yet" && <circle cx="8" cy="8" r="6.2" />}
      {shown === "extra" && <path d="M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8zM8 5.2v5.6M5.2 8h5.6" />}
      {shown === "checking" && (
        <>
          <circle cx="8" cy="8" r="6.2" />
          <path d="M8 1.8a6.2 6.2 0 000 12.4z" fill="currentColor" />
        </>
      )}
    </svg>
  );
}
