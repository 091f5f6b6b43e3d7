/** Of this build. Equal to package.json's, which a test sees to. */
export const VERSION = "0.1.0";
