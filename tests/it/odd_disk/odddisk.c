/* A file system without locks and modes, for tests: preloaded into a process, it refuses both as some network and card file systems do.
 *
 *   cc -shared -fPIC -O1 -Wall -Wextra -o odddisk.so odddisk.c -ldl
 *   LD_PRELOAD=./odddisk.so PROGRAM
 *
 * flock and the record locks of fcntl fail with ENOLCK, as on NFS without a lock daemon; chmod and fchmod fail with EPERM, as on
 * vfat that another user has mounted. Everything else goes on to the real functions.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/file.h>
#include <sys/stat.h>

static int refuse(int error) {
    errno = error;
    return -1;
}

static int is_lock(int command) {
    return command == F_SETLK || command == F_SETLKW || command == F_GETLK || command == F_OFD_SETLK || command == F_OFD_SETLKW;
}

static int pass_on(const char *name, int fd, int command, void *argument) {
    int (*real)(int, int, ...) = (int (*)(int, int, ...))dlsym(RTLD_NEXT, name);
    return real(fd, command, argument);
}

#define FCNTL(name)                                             \
    int name(int fd, int command, ...) {                        \
        va_list arguments;                                      \
        va_start(arguments, command);                           \
        void *argument = va_arg(arguments, void *);             \
        va_end(arguments);                                      \
        if (is_lock(command)) return refuse(ENOLCK);            \
        return pass_on(#name, fd, command, argument);           \
    }

FCNTL(fcntl)
FCNTL(fcntl64)

int flock(int fd, int operation) {
    (void)fd;
    (void)operation;
    return refuse(ENOLCK);
}

int chmod(const char *path, mode_t mode) {
    (void)path;
    (void)mode;
    return refuse(EPERM);
}

int fchmod(int fd, mode_t mode) {
    (void)fd;
    (void)mode;
    return refuse(EPERM);
}
