import { matchesGlob } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";
import { listSources, REPOSITORY } from "./repository.ts";

// No test is forgotten: every *.test.ts file is included by exactly one of the vitest projects.

const Project = z.object({ test: z.object({ include: z.array(z.string()) }) });
const Workspace = z.object({ test: z.object({ projects: z.array(Project) }) });

async function readConfiguration<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const loaded: unknown = await import(pathToFileURL(`${REPOSITORY}/${path}`).href);
  return z.object({ default: schema }).parse(loaded).default;
}

test("every test file belongs to exactly one project", async () => {
  const { projects } = (await readConfiguration("vitest.config.ts", Workspace)).test;
  const system = await readConfiguration("vitest.system.config.ts", Project);
  const kernel = await readConfiguration("vitest.kernel.config.ts", Project);
  const includes = [...projects, system, kernel].map((project) => project.test.include);
  const homesOf = (path: string): number =>
    includes.filter((globs) => globs.some((glob) => matchesGlob(path, glob))).length;
  const tests = listSources(REPOSITORY).filter((path) => path.endsWith(".test.ts"));
  expect(tests).toContain("test/architecture/test-projects.test.ts");
  expect(tests.filter((path) => homesOf(path) !== 1)).toEqual([]);
});
