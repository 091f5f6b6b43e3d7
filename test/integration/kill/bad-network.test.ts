// Proves with real processes that a network with bad days costs time and nothing else: stalls, trickling bytes, resets
// and half-open lines between 30 terminals and their broker, while controller and terminals are killed and stopped.
import { controllerKillDrill } from "./controller-kill.ts";

controllerKillDrill({
  rounds: Number(process.env["KILL_ROUNDS"] ?? 9),
  victims: ["controller", "frozen", "terminals"],
  badNetwork: true,
});
