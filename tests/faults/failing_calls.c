/* Loaded before libc (LD_PRELOAD): counts the calls of a process on some files, and lets one of them fail.

   FAULTS_FILES   parts of names, joined by ":"; calls on files whose name has one of them count
   FAULTS_LOG     a file in which each call that counts is a line
   FAULTS_AT      the number of the call that fails, from 1
   FAULTS_HOW     eio, enospc, eintr: it does nothing; short: half is written and said; torn: half is written, and fails
   FAULTS_STAYS   every write from then on fails like it, as on a full disk
   FAULTS_CLOCK   as many seconds the clock of the day is ahead */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define MOST 1024
#define REAL(name) ((__typeof__(&name))real(#name))
enum { GO, FAIL, SHORT, TORN };

static char counted[MOST];
static long calls;
static int log_file = -2;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static int is_counted(const char *path) {
  const char *files = getenv("FAULTS_FILES");
  if (files == NULL || path == NULL) return 0;
  while (*files) {
    size_t n = strcspn(files, ":");
    if (n && memmem(path, strlen(path), files, n)) return 1;
    files += n + (files[n] == ':');
  }
  return 0;
}

static int is_counted_file(int fd) { return fd >= 0 && fd < MOST && counted[fd]; }

static void tell(const char *call, const char *end) {
  char line[64];
  if (log_file == -2) {
    const char *name = getenv("FAULTS_LOG");
    log_file = name ? REAL(open)(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
  }
  if (log_file < 0) return;
  int n = snprintf(line, sizeof line, "%s%s\n", call, end);
  if (REAL(write)(log_file, line, (size_t)n) < 0) log_file = -1;
}

/* What becomes of a call: the one that is to fail fails; after it, writes do where the fault stays. */
static int fate(const char *call, int writes) {
  const char *at = getenv("FAULTS_AT"), *how = getenv("FAULTS_HOW");
  long fails = at ? atol(at) : 0;
  int stays = writes && fails && getenv("FAULTS_STAYS") != NULL;
  calls++;
  if (!(calls == fails || (stays && calls > fails))) { tell(call, ""); return GO; }
  tell(call, " failed");
  if (how && writes && strcmp(how, "short") == 0) return SHORT;
  if (how && writes && strcmp(how, "torn") == 0) { errno = EIO; return TORN; }
  errno = how && strcmp(how, "enospc") == 0 ? ENOSPC : how && strcmp(how, "eintr") == 0 ? EINTR : EIO;
  return FAIL;
}

static int opened(int fd, const char *path) {
  if (fd >= 0 && fd < MOST) counted[fd] = (char)is_counted(path);
  return fd;
}

#define OPEN(name)                                             \
  int name(const char *path, int flags, ...) {                 \
    va_list more;                                              \
    va_start(more, flags);                                     \
    mode_t mode = va_arg(more, mode_t);                        \
    va_end(more);                                              \
    if (is_counted(path) && fate(#name, 0)) return -1;         \
    return opened(REAL(name)(path, flags, mode), path);        \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  if (fd >= 0 && fd < MOST) counted[fd] = 0;
  return REAL(close)(fd);
}

static ssize_t half(int how, ssize_t (*put)(int, const void *, size_t, off_t), int fd, const void *data, size_t n,
                    off_t at) {
  ssize_t done = put(fd, data, n / 2 ? n / 2 : n, at);
  if (how == SHORT) return done;
  errno = EIO;
  return -1;
}

static ssize_t put_next(int fd, const void *data, size_t n, off_t at) { (void)at; return REAL(write)(fd, data, n); }
static ssize_t put_at(int fd, const void *data, size_t n, off_t at) { return REAL(pwrite64)(fd, data, n, at); }

ssize_t write(int fd, const void *data, size_t n) {
  int how = is_counted_file(fd) ? fate("write", 1) : GO;
  return how == GO ? REAL(write)(fd, data, n) : how == FAIL ? -1 : half(how, put_next, fd, data, n, 0);
}

#define PWRITE(name)                                                                                             \
  ssize_t name(int fd, const void *data, size_t n, off_t at) {                                                   \
    int how = is_counted_file(fd) ? fate(#name, 1) : GO;                                                         \
    return how == GO ? REAL(name)(fd, data, n, at) : how == FAIL ? -1 : half(how, put_at, fd, data, n, at);      \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

#define ON_FILE(type, name, none, takes, gives)                                \
  type name takes {                                                            \
    if (is_counted_file(fd) && fate(#name, 0)) return none;                    \
    return REAL(name) gives;                                                   \
  }
ON_FILE(ssize_t, read, -1, (int fd, void *data, size_t n), (fd, data, n))
ON_FILE(ssize_t, pread, -1, (int fd, void *data, size_t n, off_t at), (fd, data, n, at))
ON_FILE(ssize_t, pread64, -1, (int fd, void *data, size_t n, off64_t at), (fd, data, n, at))
ON_FILE(int, fsync, -1, (int fd), (fd))
ON_FILE(int, fdatasync, -1, (int fd), (fd))
ON_FILE(int, ftruncate, -1, (int fd, off_t n), (fd, n))
ON_FILE(int, ftruncate64, -1, (int fd, off64_t n), (fd, n))
ON_FILE(int, fchown, -1, (int fd, uid_t user, gid_t group), (fd, user, group))
ON_FILE(int, fchmod, -1, (int fd, mode_t mode), (fd, mode))
ON_FILE(void *, mmap, MAP_FAILED, (void *at, size_t n, int prot, int flags, int fd, off_t from),
        (at, n, prot, flags, fd, from))
ON_FILE(void *, mmap64, MAP_FAILED, (void *at, size_t n, int prot, int flags, int fd, off64_t from),
        (at, n, prot, flags, fd, from))

#define ON_NAME(name, takes, gives, path)                      \
  int name takes {                                             \
    if (is_counted(path) && fate(#name, 0)) return -1;         \
    return REAL(name) gives;                                   \
  }
ON_NAME(unlink, (const char *path), (path), path)
ON_NAME(rename, (const char *path, const char *as), (path, as), path)
ON_NAME(link, (const char *path, const char *as), (path, as), path)
ON_NAME(access, (const char *path, int mode), (path, mode), path)

#define FCNTL(name)                                                                        \
  int name(int fd, int what, ...) {                                                        \
    va_list more;                                                                          \
    va_start(more, what);                                                                  \
    void *with = va_arg(more, void *);                                                     \
    va_end(more);                                                                          \
    if (what == F_SETLK && is_counted_file(fd) && fate(#name, 0)) return -1;               \
    return REAL(name)(fd, what, with);                                                     \
  }
FCNTL(fcntl)
FCNTL(fcntl64)

int clock_gettime(clockid_t which, struct timespec *now) {
  static int (*ours)(clockid_t, struct timespec *);
  if (ours == NULL) ours = REAL(clock_gettime);
  int done = ours(which, now);
  const char *ahead = getenv("FAULTS_CLOCK");
  if (done == 0 && which == CLOCK_REALTIME && ahead) now->tv_sec += atol(ahead);
  return done;
}
