import type { pageClock } from "../../design/design.ts";
import { send } from "../kiosk/requests.ts";
import { AWAY, type Refused } from "../office/use-sending.ts";

/** Long enough for a megabyte from a phone at the far end of the hall. */
const UPLOAD_WITHIN_MS = 60_000 as Parameters<typeof pageClock.after>[0];
/** A sick note can be read at this size; a phone's photo is three times as wide. */
const LONGEST_SIDE_PX = 1600;
const JPEG_QUALITY = 0.8;

const UNREADABLE: Refused = { words: { zh: "无法读取此文件", en: "This file cannot be read" }, field: "evidence" };

/** Puts a paper into the vault: its digest, or why the hall does not take it. */
export async function keepPaper(file: File): Promise<{ readonly digest: string } | { readonly refused: Refused }> {
  const base64 = await base64Of(await smaller(file)).catch(() => null);
  if (base64 === null) return { refused: UNREADABLE };
  const path = "/api/attendance/evidence";
  const reply = await send<{ digest: string }>(path, { body: { base64 }, withinMs: UPLOAD_WITHIN_MS });
  if (reply.kind === "ok") return { digest: reply.value.digest };
  return { refused: { words: reply.kind === "refused" ? reply.words : AWAY.words, field: "evidence" } };
}

/** A photo scaled down, which also drops where it was taken; anything else as it is. */
async function smaller(file: File): Promise<Blob> {
  if (!file.type.startsWith("image/")) return file;
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return file; // The hall looks at the bytes itself, and says what it does not take.
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => {
    canvas.toBlob((blob) => resolve(blob ?? file), "image/jpeg", JPEG_QUALITY);
  });
}

function base64Of(blob: Blob): Promise<string> {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.addEventListener("load", () => {
      const url = typeof reader.result === "string" ? reader.result : "";
      resolve(url.slice(url.indexOf(",") + 1));
    });
    reader.addEventListener("error", () => reject(reader.error ?? new DOMException("unreadable")));
    reader.readAsDataURL(blob);
  });
}
