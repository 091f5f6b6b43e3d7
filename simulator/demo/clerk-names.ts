/** Fictional clerks of the demonstration hall. */
export const CLERK_NAMES: readonly string[] = [
  "王敏",
  "李强",
  "张丽",
  "刘洋",
  "陈静",
  "杨帆",
  "赵磊",
  "黄婷",
  "周杰",
  "吴倩",
  "徐浩",
  "孙悦",
  "马超",
  "朱琳",
  "胡斌",
  "郭雪",
];
