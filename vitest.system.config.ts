import { defineConfig } from "vitest/config";

// Needs the Debian packages that .ci/run installs. One file at a time: they share the machine's devices.
export default defineConfig({
  test: {
    name: "system",
    globals: false,
    include: ["test/system/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    passWithNoTests: true,
  },
});
