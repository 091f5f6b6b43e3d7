// npm run powercuts -- --cuts 500 --seed 7
import { parseArgs } from "node:util";
import { cutPower } from "./power-cuts.ts";

const { values } = parseArgs({
  options: { cuts: { type: "string", default: "20" }, seed: { type: "string", default: "1" } },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { wrong, ...figures } = await cutPower({ cuts: Number(values.cuts), seed: Number(values.seed), say });
for (const line of wrong) say(line);
say(`power cuts: ${JSON.stringify({ ...figures, lost: wrong.length })}`);
process.exitCode = wrong.length === 0 ? 0 : 1;
