import { z } from "zod";
import { TerminalId } from "../base/ids.ts";

/**
 * Terminal -> controller, `POST /api/enrolment`, once in a terminal's life: its certificate request, with the one-time
 * token a technician wrote beside it. The key never leaves the terminal.
 */
export const EnrolmentRequest = z.object({
  terminal: TerminalId,
  /** 128 random bits, lower-case hex; burnt by its first use, void after 24 h. */
  token: z.string().regex(/^[0-9a-f]{32}$/u, "32 lower-case hex digits"),
  /** PKCS#10, PEM. The name in it is ignored: the certificate's name is the token's terminal. */
  csr: z.string().max(4096),
});
export type EnrolmentRequest = z.infer<typeof EnrolmentRequest>;

/** 201 answer: what the terminal keeps, each in a file of its own, 0600. */
export const Enrolment = z.object({
  /** The terminal's certificate, PEM. Its common name is the terminal's id. */
  certificate: z.string().max(8192),
  /** The hall's authority, PEM: the only root the terminal trusts. */
  authority: z.string().max(8192),
  /** Key of the badge digests of this hall, 32 bytes, lower-case hex. Secret. */
  badgeKey: z.string().regex(/^[0-9a-f]{64}$/u),
});
export type Enrolment = z.infer<typeof Enrolment>;

/** `enrolment.json` in a terminal's directory, written by the technician's tool, removed once it is used. */
export const EnrolmentTicket = z.strictObject({
  url: z.url(),
  token: EnrolmentRequest.shape.token,
  /** SHA-256 of the authority's certificate (DER), lower-case hex: the answer must carry this root and no other. */
  authorityFingerprint: z.string().regex(/^[0-9a-f]{64}$/u),
});
export type EnrolmentTicket = z.infer<typeof EnrolmentTicket>;
