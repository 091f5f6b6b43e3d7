import { brokerContract } from "../../contract/broker-contract.ts";
import { startHallMosquitto } from "./hall-mosquitto.ts";

// A real Mosquitto with the files that the command writes keeps the contract of the controller's own broker.

brokerContract(startHallMosquitto);
