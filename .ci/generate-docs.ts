// `npm run docs`: writes what is generated from the code into docs/. A unit test fails when a file there is stale.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createMetrics } from "../controller/adapters/metrics.ts";
import { metricsPage } from "../controller/adapters/metrics/metrics-page.ts";
import { readCarriedOut, readProfiles } from "../controller/adapters/policies/policy-files.ts";
import { policyTable } from "../controller/policy-command/policy-table.ts";
import { asyncApiText } from "../protocol/asyncapi.ts";
import { logLinesOf, logPage } from "../test/support/log-lines.ts";
import { quietSources } from "../test/support/metric-sources.ts";

const write = (name: string, text: string): void => writeFileSync(new URL(`../docs/${name}`, import.meta.url), text);

write("asyncapi.json", asyncApiText());
write("metrics.md", metricsPage(createMetrics(quietSources()).catalogue()));
write("logs.md", logPage(logLinesOf(fileURLToPath(new URL("..", import.meta.url)))));
write("policies.md", policyTable(readProfiles(), readCarriedOut()));
