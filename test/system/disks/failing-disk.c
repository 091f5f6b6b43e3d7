/*
 * A disk that fails on command: preloaded into a process, it answers writes, syncs and openings of files under
 * $FAILING_DISK_DIR with the error whose name stands in the file $FAILING_DISK_MODE. An empty file: all is well.
 *
 *   eio-write   writes fail with EIO          eio-fsync   syncs fail with EIO
 *   erofs       whatever would write fails    enospc      writes fail with ENOSPC
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int mode_is(const char *wanted) {
  char mode[32] = "";
  const char *path = getenv("FAILING_DISK_MODE");
  if (path == NULL) return 0;
  int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t length = syscall(SYS_read, file, mode, sizeof mode - 1);
  syscall(SYS_close, file);
  if (length < 0) return 0;
  mode[length] = '\0';
  return strcmp(mode, wanted) == 0;
}

static int is_ours_path(const char *path) {
  const char *directory = getenv("FAILING_DISK_DIR");
  return directory != NULL && strncmp(path, directory, strlen(directory)) == 0;
}

static int is_ours(int file) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = '\0';
  return is_ours_path(path);
}

/* 0, or the error with which a write to `file` fails. */
static int write_fault(int file) {
  if (!is_ours(file)) return 0;
  if (mode_is("eio-write")) return EIO;
  if (mode_is("erofs")) return EROFS;
  if (mode_is("enospc")) return ENOSPC;
  return 0;
}

static int sync_fault(int file) { return is_ours(file) && mode_is("eio-fsync") ? EIO : 0; }

#define FAIL_IF(fault) \
  do { int error = (fault); if (error != 0) { errno = error; return -1; } } while (0)

ssize_t write(int file, const void *bytes, size_t count) {
  FAIL_IF(write_fault(file));
  return NEXT(write)(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
  FAIL_IF(write_fault(file));
  return NEXT(pwrite)(file, bytes, count, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
  FAIL_IF(write_fault(file));
  return NEXT(pwrite64)(file, bytes, count, at);
}

int ftruncate(int file, off_t length) {
  FAIL_IF(write_fault(file));
  return NEXT(ftruncate)(file, length);
}

int ftruncate64(int file, off64_t length) {
  FAIL_IF(write_fault(file));
  return NEXT(ftruncate64)(file, length);
}

int fsync(int file) {
  FAIL_IF(sync_fault(file));
  return NEXT(fsync)(file);
}

int fdatasync(int file) {
  FAIL_IF(sync_fault(file));
  return NEXT(fdatasync)(file);
}

static int open_fault(const char *path, int flags) {
  int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
  return writes && is_ours_path(path) && mode_is("erofs") ? EROFS : 0;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    va_list rest; \
    va_start(rest, flags); \
    mode_t bits = va_arg(rest, mode_t); \
    va_end(rest); \
    FAIL_IF(open_fault(path, flags)); \
    return NEXT(name)(path, flags, bits); \
  }

OPEN(open)
OPEN(open64)
