/** The guest has a loopback of its own. */
export const HTTP_PORT = 8080;
export const MQTT_PORT = 8883;
