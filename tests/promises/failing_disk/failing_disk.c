/* Preloaded library: counts what changes files under one folder, and at the k-th such call fails or kills the process;
 * or records these calls, so that a power cut can be replayed without what was not synced; or lets the folder's disk be
 * full (ENOSPC) or read-only (EROFS) while a file is there that says so.
 *
 * Build: cc -shared -fPIC -O1 -o failing_disk.so failing_disk.c -ldl        (Debian: gcc, libc6-dev)
 * Use:   LD_PRELOAD=failing_disk.so program; the program calls arm() and counted(), or record() and mark(), through ctypes;
 *        or FAILING_DISK_UNDER=folder FAILING_DISK_ASKED=file in the environment; the file holds the error's number.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <unistd.h>

enum { RECORD = -1, OFF = 0, ONCE = 1, FROM_THEN_ON = 2, KILL = 3, ASKED = 4 };

static char folder[PATH_MAX];
static size_t folder_length;
static long wanted, count;
static int mode, error_number;

void arm(const char *under, long k, int how, int error) {
    snprintf(folder, sizeof folder, "%s", under);
    folder_length = strlen(folder);
    wanted = k;
    count = 0;
    error_number = error;
    mode = how;
}

long counted(void) { return count; }

static const char *asked;

__attribute__((constructor)) static void begin(void) {
    const char *under = getenv("FAILING_DISK_UNDER");
    asked = getenv("FAILING_DISK_ASKED");
    if (under && asked) arm(under, 0, ASKED, 0);
}

static int asked_error(void) {
    int error = 0;
    FILE *file = fopen(asked, "r");
    if (!file) return 0;
    if (fscanf(file, "%d", &error) != 1) error = 0;
    fclose(file);
    return error;
}

/* What is recorded: kind, then u32 length of path, u64 offset or size, u32 length of data (host order), path, data. */
static int record_fd = -1;

static void put(char kind, const char *path, off_t at, const void *data, size_t size) {
    ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    unsigned path_length = (unsigned)strlen(path), data_length = (unsigned)size;
    unsigned long long where = (unsigned long long)at;
    char head[17];
    head[0] = kind;
    memcpy(head + 1, &path_length, 4);
    memcpy(head + 5, &where, 8);
    memcpy(head + 13, &data_length, 4);
    if (real(record_fd, head, 17) != 17 || real(record_fd, path, path_length) != (ssize_t)path_length ||
        (size && real(record_fd, data, size) != (ssize_t)size))
        _exit(99);
}

void record(const char *under, int fd) {
    snprintf(folder, sizeof folder, "%s", under);
    folder_length = strlen(folder);
    record_fd = fd;
    mode = RECORD;
}

void mark(void) { put('M', "", 0, "", 0); }

static int under_folder(const char *path) {
    return path && strncmp(path, folder, folder_length) == 0 && path[folder_length] == '/';
}

static int fd_under_folder(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    /* The folder itself is synced as well. */
    return under_folder(path) || strcmp(path, folder) == 0;
}

static void put_fd(char kind, int fd, off_t at, const void *data, size_t size) {
    char link[64], path[PATH_MAX];
    if (mode != RECORD || !fd_under_folder(fd)) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) _exit(98);
    path[length] = 0;
    put(kind, path, at, data, size);
}

static void put_path(char kind, const char *path) {
    if (mode == RECORD && under_folder(path)) put(kind, path, 0, "", 0);
}

static int fails(int concerned, int takes_room) {
    if (mode == OFF || mode == RECORD || !concerned) return 0;
    if (mode == ASKED) {
        int error = asked_error();
        if (!error || (error == ENOSPC && !takes_room)) return 0;
        errno = error;
        return 1;
    }
    count++;
    if (mode == KILL && count == wanted) kill(getpid(), SIGKILL);
    if ((mode == ONCE && count == wanted) || (mode == FROM_THEN_ON && count >= wanted)) {
        errno = error_number;
        return 1;
    }
    return 0;
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    put_fd('W', fd, mode == RECORD ? lseek(fd, 0, SEEK_CUR) : 0, data, size);
    return fails(mode && fd_under_folder(fd), 1) ? -1 : real(fd, data, size);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    REAL(pwrite);
    put_fd('W', fd, at, data, size);
    return fails(mode && fd_under_folder(fd), 1) ? -1 : real(fd, data, size, at);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(pwrite64);
    put_fd('W', fd, at, data, size);
    return fails(mode && fd_under_folder(fd), 1) ? -1 : real(fd, data, size, at);
}
int fsync(int fd) {
    REAL(fsync);
    put_fd('S', fd, 0, "", 0);
    return fails(mode && fd_under_folder(fd), 0) ? -1 : real(fd);
}
int fdatasync(int fd) {
    REAL(fdatasync);
    put_fd('S', fd, 0, "", 0);
    return fails(mode && fd_under_folder(fd), 0) ? -1 : real(fd);
}
int ftruncate(int fd, off_t size) {
    REAL(ftruncate);
    put_fd('T', fd, size, "", 0);
    return fails(mode && fd_under_folder(fd), 0) ? -1 : real(fd, size);
}
int ftruncate64(int fd, off64_t size) {
    REAL(ftruncate64);
    put_fd('T', fd, size, "", 0);
    return fails(mode && fd_under_folder(fd), 0) ? -1 : real(fd, size);
}
int rename(const char *from, const char *to) {
    REAL(rename);
    return fails(mode && under_folder(to), 1) ? -1 : real(from, to);
}
int link(const char *from, const char *to) {
    REAL(link);
    return fails(mode && under_folder(to), 1) ? -1 : real(from, to);
}
int unlink(const char *path) {
    REAL(unlink);
    put_path('U', path);
    return fails(mode && under_folder(path), 0) ? -1 : real(path);
}
int open(const char *path, int flags, ...) {
    REAL(open);
    va_list rest;
    va_start(rest, flags);
    int rights = flags & O_CREAT ? va_arg(rest, int) : 0;
    va_end(rest);
    if ((flags & O_CREAT) && access(path, F_OK) != 0) put_path('C', path);
    return fails(mode && (flags & O_CREAT) && under_folder(path), 1) ? -1 : real(path, flags, rights);
}
int open64(const char *path, int flags, ...) {
    REAL(open64);
    va_list rest;
    va_start(rest, flags);
    int rights = flags & O_CREAT ? va_arg(rest, int) : 0;
    va_end(rest);
    if ((flags & O_CREAT) && access(path, F_OK) != 0) put_path('C', path);
    return fails(mode && (flags & O_CREAT) && under_folder(path), 1) ? -1 : real(path, flags, rights);
}
ssize_t sendfile(int out, int in, off_t *at, size_t size) {
    ssize_t (*real)(int, int, off_t *, size_t) = dlsym(RTLD_NEXT, "sendfile");
    return fails(mode && fd_under_folder(out), 1) ? -1 : real(out, in, at, size);
}
ssize_t sendfile64(int out, int in, off64_t *at, size_t size) {
    ssize_t (*real)(int, int, off64_t *, size_t) = dlsym(RTLD_NEXT, "sendfile64");
    return fails(mode && fd_under_folder(out), 1) ? -1 : real(out, in, at, size);
}
int mkdir(const char *path, mode_t rights) {
    REAL(mkdir);
    return mode == ASKED && access(path, F_OK) != 0 && fails(under_folder(path), 1) ? -1 : real(path, rights);
}
int statvfs(const char *path, struct statvfs *found) {
    REAL(statvfs);
    int done = real(path, found), error = mode == ASKED && (under_folder(path) || !strcmp(path, folder)) ? asked_error() : 0;
    if (error == ENOSPC) found->f_bavail = found->f_bfree = 0;
    if (error == EROFS) found->f_flag |= ST_RDONLY;
    return done;
}
int statvfs64(const char *path, struct statvfs64 *found) {
    REAL(statvfs64);
    int done = real(path, found), error = mode == ASKED && (under_folder(path) || !strcmp(path, folder)) ? asked_error() : 0;
    if (error == ENOSPC) found->f_bavail = found->f_bfree = 0;
    if (error == EROFS) found->f_flag |= ST_RDONLY;
    return done;
}
