// Proves with real processes that the hall survives kill -9 of its controller, twenty times, under load: nothing that
// was acknowledged is lost, no number is given twice, no ticket is at two counters, no press acts late, the state is
// the fold of the log, and the hall goes on.
import { controllerKillDrill } from "./controller-kill.ts";

controllerKillDrill({ rounds: Number(process.env["KILL_ROUNDS"] ?? 20), victims: ["controller"] });
