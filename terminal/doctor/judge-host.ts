import type { CertificateFact, Facts, ToldFacts } from "./facts.ts";
import { bad, type Finding, note, well } from "./finding.ts";

const MEGABYTE = 1_000_000;
/** A journal of seven days fits in it many times over. */
export const DISK_FREE_MIN_BYTES = 100 * MEGABYTE;
const DAY_MS = 24 * 3_600_000;
/** Time for a technician to come with a new ticket, as the terminal itself warns. */
export const CERTIFICATE_WARN_DAYS = 30;
/** No machine of ours is older than this: 2026-01-01 UTC. A clock before it has lost its time. */
export const CLOCK_EARLIEST_MS = 1_767_225_600_000;

export function judgeClock({ clock: { nowMs, synchronised } }: Facts): Finding {
  const now = isoOf(nowMs);
  if (!(nowMs >= CLOCK_EARLIEST_MS)) {
    return bad(
      "CLOCK_WRONG",
      { zh: `时钟错误：${now}`, en: `the clock has lost its time: ${now}` },
      {
        zh: "接通网络对时：timedatectl set-ntp true；或更换时钟电池",
        en: "let it set itself: timedatectl set-ntp true; or replace the clock's battery",
      },
    );
  }
  if (synchronised === false) {
    return note(
      "CLOCK_UNSYNCHRONISED",
      `时钟未对时：${now}（考勤以大厅时间为准）`,
      `the clock is not synchronised: ${now} (attendance goes by hall time)`,
    );
  }
  return well("CLOCK_OK", `时钟 ${now}`, `clock ${now}`);
}

export function judgeDisk({ directory: { path, access, space } }: ToldFacts): Finding {
  if (access === "denied") {
    return bad(
      "DISK_UNWRITABLE",
      { zh: `不能写入 ${path}`, en: `${path} cannot be written` },
      { zh: `修改属主：sudo chown -R $USER ${path}`, en: `make it yours: sudo chown -R $USER ${path}` },
    );
  }
  const free = space === null ? null : Math.trunc(space.free / MEGABYTE);
  if (space !== null && space.free < DISK_FREE_MIN_BYTES) {
    return bad(
      "DISK_LOW",
      { zh: `磁盘将满：${path} 只剩 ${free} MB`, en: `the disk is nearly full: ${free} MB left for ${path}` },
      { zh: "清理磁盘：sudo journalctl --vacuum-size=50M", en: "make room: sudo journalctl --vacuum-size=50M" },
    );
  }
  const left = free === null ? { zh: "", en: "" } : { zh: `，可用 ${free} MB`, en: `, ${free} MB free` };
  return well("DISK_OK", `数据目录 ${path}${left.zh}`, `data directory ${path}${left.en}`);
}

export function judgeController({ controller: { host, port, reach } }: ToldFacts): readonly Finding[] {
  const where = `${host}:${port}`;
  switch (reach) {
    case null:
      return [];
    case "ok":
      return [well("CONTROLLER_OK", `控制器可达 ${where}`, `the controller answers at ${where}`)];
    case "unknown-name":
      return [
        bad(
          "CONTROLLER_UNKNOWN_NAME",
          { zh: `找不到控制器的名字 ${host}`, en: `nobody knows the controller's name ${host}` },
          {
            zh: "检查 controller.host 与域名解析（/etc/hosts）",
            en: "check controller.host and the name service (/etc/hosts)",
          },
        ),
      ];
    case "refused":
    case "no-answer":
      return [
        bad(
          "CONTROLLER_UNREACHABLE",
          {
            zh: `控制器不可达 ${where}${reach === "refused" ? "（拒绝连接）" : "（无应答）"}`,
            en: `the controller cannot be reached at ${where} (${reach === "refused" ? "refused" : "no answer"})`,
          },
          {
            zh: "检查网线、交换机、防火墙，以及控制器是否运行",
            en: "check cable, switch and firewall, and whether the controller runs",
          },
        ),
      ];
  }
}

/** A file can name any instant, also one that no calendar has. */
function isoOf(ms: number): string {
  const at = new Date(ms);
  return Number.isNaN(at.getTime()) ? "?" : at.toISOString();
}

const date = (ms: number): string => isoOf(ms).slice(0, 10);

const ENROL_ANEW = {
  zh: "在控制器上运行 hallward enrol，把新票据放进数据目录",
  en: "run hallward enrol on the controller and put the new ticket into the data directory",
};

export function judgeCertificate(certificate: CertificateFact, nowMs: number): Finding {
  if (certificate.state !== "read") {
    if (certificate.state === "absent") {
      return note("CERTIFICATE_NONE", "尚未入网：没有证书", "not enrolled yet: no certificate");
    }
    const text = { zh: "证书文件损坏", en: "the certificate cannot be read" };
    return bad("CERTIFICATE_UNREADABLE", text, ENROL_ANEW);
  }
  const { fromMs, toMs } = certificate;
  if (nowMs < fromMs) {
    return bad(
      "CERTIFICATE_NOT_YET",
      { zh: `证书自 ${date(fromMs)} 起有效`, en: `the certificate holds from ${date(fromMs)} only` },
      { zh: "先校准时钟：timedatectl set-ntp true", en: "set the clock right: timedatectl set-ntp true" },
    );
  }
  if (nowMs >= toMs) {
    const text = { zh: `证书已于 ${date(toMs)} 过期`, en: `the certificate ended on ${date(toMs)}` };
    return bad("CERTIFICATE_EXPIRED", text, ENROL_ANEW);
  }
  const days = Math.trunc((toMs - nowMs) / DAY_MS);
  if (days < CERTIFICATE_WARN_DAYS) {
    const text = { zh: `证书还有 ${days} 天到期`, en: `the certificate ends in ${days} days` };
    return bad("CERTIFICATE_ENDS_SOON", text, ENROL_ANEW);
  }
  return well("CERTIFICATE_OK", `证书有效至 ${date(toMs)}`, `the certificate holds until ${date(toMs)}`);
}
