/** `cloud/exposed {repository, commit?, factor?}`: something in a repository became public; without `commit`, all of it. */
export const EXPOSED = "cloud/exposed";
