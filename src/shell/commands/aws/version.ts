/** The version whose behaviour and words are followed. */
export const VERSION = "2.27.50";
export const VERSION_LINE = `aws-cli/${VERSION} Python/3.13.4 Linux/6.1.0 exe/x86_64.debian.12`;
