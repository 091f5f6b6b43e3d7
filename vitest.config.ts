import { defineConfig } from "vitest/config";

// `npm test` runs all three. What needs Debian packages stands in test/system and has a configuration of its own.
export default defineConfig({
  test: {
    globals: false,
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/{unit,architecture,contract}/**/*.test.ts"],
          maxWorkers: "100%", // They only reckon.
          // For what hangs. A slow machine under load is no failure.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "simulation",
          include: ["test/simulation/**/*.test.ts"],
          maxWorkers: "100%",
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          // After the others, and with vitest's own number of workers: they live in real time.
          sequence: { groupOrder: 1 },
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
