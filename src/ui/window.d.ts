interface Window {
  /** What the first script of a lab's page leaves for the second. */
  leaklab: { readonly first: Worker; readonly start: () => Worker };
}
