import type { Profile } from "./profile.ts";

/** A missing sign-out is held against somebody only where signing out is required (AMB-17, AMB-14). */
export const missingOutOf = ({ missingOut, signout }: Profile): "early" | "absence" | "none" =>
  missingOut ?? (signout.required ? "early" : "none");
