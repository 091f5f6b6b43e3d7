// `npm run docs`: writes what is generated from the code into docs/. A unit test fails when a file there is stale.
import { writeFileSync } from "node:fs";
import { asyncApiText } from "../protocol/asyncapi.ts";

writeFileSync(new URL("../docs/asyncapi.json", import.meta.url), asyncApiText());
