/** Each of them one file in the terminal's directory, 0600. */
export const IDENTITY_FILES = {
  key: "key.pem",
  certificate: "certificate.pem",
  authority: "authority.pem",
  badgeKey: "badge.key",
} as const;
