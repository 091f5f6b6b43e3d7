import type { Clock, HallId } from "../../../protocol/index.ts";
import { brokerFile } from "./authority-files.ts";
import { Denylist } from "./denylist.ts";
import { openRoot } from "./root-certificate.ts";
import { openClientCertificate, openServerCertificate } from "./server-certificate.ts";
import { type KeyAndCertificate, makeRevocationList } from "./small-ca.ts";

/** What a broker outside the controller needs of the hall's authority. The root's own key is never among it. */
export interface BrokerIdentity {
  /** PEM. */
  readonly authority: string;
  readonly server: KeyAndCertificate;
  /** PEM. */
  readonly revoked: string;
  /** Void certificates that the list cannot name: their serial numbers were not on file when they were issued. */
  readonly unlisted: number;
}

/** Opens it, and makes what is missing or due; the controller's certificate as a client too, in its own directory. */
export async function openBrokerIdentity(
  { directory, hall, clock }: { readonly directory: string; readonly hall: HallId; readonly clock: Clock },
  names: readonly string[],
): Promise<BrokerIdentity> {
  const now = clock.now();
  const root = await openRoot(directory, hall, clock);
  const server = await openServerCertificate(brokerFile(directory), root, names, now);
  await openClientCertificate(directory, root, hall, now);
  const denylist = new Denylist(directory);
  const revoked = await makeRevocationList(root, denylist.serials, now);
  return { authority: root.certificate, server, revoked, unlisted: denylist.unlisted };
}
