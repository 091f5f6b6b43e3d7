import { writeSync } from "node:fs";
import { digestOf } from "../../../controller/engine/chain.ts";
import { orderFor } from "../../unit/controller/engine/engine-rig.ts";
import { startHall } from "./store-directory.ts";

// A controller's engine that commits as fast as it can, until it is killed. On stdout: the seq of every event that was
// answered as committed, one a line.

const CALLERS = 6;
const { engine } = startHall(process.argv[2] ?? "");

function call(caller: number): void {
  const name = `${process.pid}-${caller}-${engine.head.seq}`;
  const key = { key: name, digest: digestOf(name) };
  engine.submit(
    orderFor(),
    (outcome) => {
      if (outcome.type === "committed") writeSync(1, `${outcome.position}\n`);
      call(caller);
    },
    { key },
  );
}

for (let caller = 0; caller < CALLERS; caller += 1) call(caller);
