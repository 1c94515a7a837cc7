/** Which paths of the status page's host are about incidents; the others are about the services that run. */
export function isAboutIncidents(pathname: string): boolean {
  return pathname.startsWith("/api/v2/") || pathname.startsWith("/v1/");
}
