import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { DemoProcess, freePortPair, newDirectory, removeDirectory } from "../../integration/demo/demo-process.ts";
import { launch } from "./hall-browser.ts";

/** A demonstration and a browser for all tests of a file; usable from the first test on. */
export interface DemoInBrowser {
  readonly data: string;
  demo: DemoProcess;
  browser: Browser;
  hallUrl: string;
  panelUrl: string;
}

/** To be called at the top of a test file. The demonstration is a quiet one: nobody presses but the test. */
export function demoInBrowser(counters: number): DemoInBrowser {
  const data = newDirectory();
  const house = { data, hallUrl: "", panelUrl: "" } as DemoInBrowser;
  beforeAll(async () => {
    const port = await freePortPair();
    house.demo = DemoProcess.start({ counters, port, mqttPort: await freePortPair(), data });
    await house.demo.ready();
    house.hallUrl = `http://127.0.0.1:${port}`;
    house.panelUrl = `http://127.0.0.1:${port + 1}`;
    house.browser = await launch();
  });
  afterAll(async () => {
    await house.browser?.close();
    await house.demo?.dispose();
    removeDirectory(data);
  });
  return house;
}
