/** Where the console is. https://docs.aws.amazon.com/awsconsolehelpdocs/ */
export const CONSOLE_HOST = "console.amazonaws.test";
/** As CloudTrail names whoever acts through it. */
export const CONSOLE_AGENT = "console.amazonaws.com";
