import type { Answer } from "./route.ts";

export const NOT_SIGNED_IN: Answer = { refused: "not-signed-in", detail: "Sign in first: 请先登录." };
export const NOT_ALLOWED: Answer = {
  refused: "not-allowed",
  detail: "您的角色无权查看 Your role may not do this.",
};

/** Where a browser goes whose user is not signed in: back here afterwards. */
export const toSignIn = (path: string): Answer => ({
  status: 303,
  text: "",
  type: "text/plain; charset=utf-8",
  headers: { location: `/sign-in?to=${encodeURIComponent(path)}` },
});

/** A page of a role that the person does not have. */
export const toOwnPage = (path: string): Answer => ({
  status: 303,
  text: "",
  type: "text/plain; charset=utf-8",
  headers: { location: `/sign-in?not=${encodeURIComponent(path)}` },
});
