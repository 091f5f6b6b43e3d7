// Where a file stands decides what it may do. Every exception to a rule is one of these.

const PAGES = /^(?:controller\/web\/(?:pages|design)|simulator\/panel\/pages)\//u;
const CLI_FILES = /^(?:hallward\.ts$|[^/]+\/(?:main|cli|[^/]+-cli)\.ts$|[^/]+\/cli\/|simulator\/|\.ci\/)/u;
const PRODUCT = /^(?:hallward\.ts$|(?:protocol|hardware|terminal|controller)\/)/u;

/** The one real clock and the one real source of chance. */
export const isSystem = (path: string): boolean => path.startsWith("hardware/system/");

/** Code that a browser runs: it has no Clock port, and may repaint by its own clock. */
export const isPage = (path: string): boolean => PAGES.test(path);

/** Tests and harnesses that drive real processes, whose time cannot be moved by hand. */
export const drivesProcesses = (path: string): boolean => /^test\/(?:integration|system|kernel)\//u.test(path);

export const isTest = (path: string): boolean => path.startsWith("test/");
export const isTestFile = (path: string): boolean => path.endsWith(".test.ts");
export const speaksToTerminal = (path: string): boolean => CLI_FILES.test(path);
export const isProduct = (path: string): boolean => PRODUCT.test(path);

/** Makes the hall's keys: the one place that may ask node:crypto for key material. */
export const isAuthority = (path: string): boolean => /^controller\/adapters\/authority[/.-]/u.test(path);

/** A tool reads its configuration from the default export. */
export const isToolConfiguration = (path: string): boolean => /^[^/]+\.config\.ts$/u.test(path);

/** Says what packages without types of their own export; how they do is not ours to choose. */
export const isPackageDescription = (path: string): boolean => path.endsWith("-packages.d.ts");
