import { startHallBroker } from "../integration/broker/hall-broker.ts";
import { brokerContract } from "./broker-contract.ts";

// The controller's own broker, on real sockets of the loopback. Mosquitto keeps the same contract: test/system.

brokerContract(startHallBroker);
