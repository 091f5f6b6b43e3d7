import { join } from "node:path";

// What the authority keeps in the hall's directory.

export const rootFile = (directory: string): string => join(directory, "authority", "root.pem");
export const serverFile = (directory: string): string => join(directory, "authority", "server.pem");
/** For a broker outside the controller's process: its certificate, and the controller's own as its client. */
export const brokerFile = (directory: string): string => join(directory, "authority", "broker.pem");
export const clientFile = (directory: string): string => join(directory, "authority", "client.pem");
export const revokedFile = (directory: string): string => join(directory, "authority", "revoked.json");
export const issuedFile = (directory: string): string => join(directory, "authority", "issued.json");
export const badgeKeyFile = (directory: string): string => join(directory, "keys", "badge.key");
export const enrolmentDirectory = (directory: string): string => join(directory, "enrolment");
