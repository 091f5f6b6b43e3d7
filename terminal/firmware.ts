/** What this terminal says it runs. The package's own version; a test keeps the two equal. */
export const FIRMWARE = "0.1.0";
