import type { PeerCertificate } from "node:tls";
import { accepted, type HallId, type Result, refused, TerminalId } from "../../../protocol/index.ts";
import { terminalUri } from "../authority/certificate-names.ts";

/** Who is at the other end of a socket: the certificate says so, never the client. */
export interface Identity {
  readonly terminalId: TerminalId;
  /** SHA-256 of the certificate (DER), lower-case hex. */
  readonly fingerprint: string;
}

/** The chain and the dates are checked by TLS already; this reads the name, which must be of this hall's terminals. */
export function identityOf(peer: PeerCertificate | null, hall: HallId): Result<Identity, "no-identity"> {
  const name: unknown = peer?.subject?.CN;
  const terminalId = TerminalId.safeParse(name);
  if (peer === null || !terminalId.success) return refused("no-identity");
  const named = peer.subjectaltname === `URI:${terminalUri(hall, terminalId.data)}`;
  if (!named || !peer.fingerprint256) return refused("no-identity");
  return accepted({ terminalId: terminalId.data, fingerprint: peer.fingerprint256.replaceAll(":", "").toLowerCase() });
}
