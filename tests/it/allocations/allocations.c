/* Counts what a process has not given back, for tests: preloaded, it writes the number of blocks that are still allocated at the
 * process's end into the file that ALLOCATIONS_TO names. For glibc. Programs that ours starts have other names and write nothing.
 *
 *   cc -shared -fPIC -O1 -Wall -Wextra -o allocations.so allocations.c
 *   LD_PRELOAD=./allocations.so ALLOCATIONS_TO=blocks formcheck ...
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static atomic_long blocks;

static void *taken(void *block) {
    if (block) atomic_fetch_add(&blocks, 1);
    return block;
}

void *malloc(size_t size) { return taken(__libc_malloc(size)); }
void *calloc(size_t count, size_t size) { return taken(__libc_calloc(count, size)); }
void *memalign(size_t alignment, size_t size) { return taken(__libc_memalign(alignment, size)); }
void *aligned_alloc(size_t alignment, size_t size) { return taken(__libc_memalign(alignment, size)); }

int posix_memalign(void **block, size_t alignment, size_t size) {
    void *found = taken(__libc_memalign(alignment, size));
    if (!found) return ENOMEM;
    *block = found;
    return 0;
}

void *realloc(void *block, size_t size) {
    if (!block) return malloc(size);
    void *moved = __libc_realloc(block, size);
    if (!moved && size == 0) atomic_fetch_sub(&blocks, 1);
    return moved;
}

void free(void *block) {
    if (block) atomic_fetch_sub(&blocks, 1);
    __libc_free(block);
}

__attribute__((destructor)) static void tell(void) {
    const char *to = getenv("ALLOCATIONS_TO");
    if (!to || strcmp(program_invocation_short_name, "formcheck") != 0) return;
    long left = atomic_load(&blocks);
    FILE *file = fopen(to, "w");
    if (!file) return;
    fprintf(file, "%ld\n", left);
    fclose(file);
}
