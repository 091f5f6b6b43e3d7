import { defineConfig } from "vitest/config";

// Runs virtual machines, and needs the Debian packages that .ci/run installs. See test/kernel/README.md.
export default defineConfig({
  test: {
    name: "kernel",
    globals: false,
    include: ["test/kernel/**/*.test.ts"],
    // The devices' machine and the firmware's keep one processor each.
    maxWorkers: 2,
    testTimeout: 1_200_000,
  },
});
