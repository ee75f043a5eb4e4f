/* A fake V4L2 camera for tests: preloaded into a process, it answers for /dev/video0 and plays a file as if live.
 *
 * Build and run (no root, no device node and no kernel support needed):
 *
 *   cc -shared -fPIC -O1 -Wall -Wextra -o fakecam.so fakecam.c -ldl -lpthread
 *   ffmpeg -i clip.mp4 -vf scale=640:480 -pix_fmt yuyv422 -f rawvideo clip.yuyv      # raw frames, or
 *   ffmpeg -i clip.mp4 -vf scale=640:480 -pix_fmt yuvj422p -q:v 4 -f mjpeg clip.mjpeg  # JPEG after JPEG
 *   FAKECAM_FRAMES=clip.yuyv FAKECAM_SIZE=640x480 FAKECAM_FPS=30 LD_PRELOAD=./fakecam.so PROGRAM
 *
 * Environment (all but FAKECAM_FRAMES may be left out):
 *
 *   FAKECAM_FRAMES         the clip: raw YUYV frames, or concatenated JPEGs when FAKECAM_FORMAT=mjpeg
 *   FAKECAM_FRAMES_MJPEG   the clip as concatenated JPEGs, wanted besides FAKECAM_FRAMES when FAKECAM_FORMAT=both
 *   FAKECAM_FORMAT         yuyv (default) | mjpeg | both | grey: what the device offers; grey pictures are 8-bit GREY
 *   FAKECAM_SIZE           size of the frames in the file, default 640x480
 *   FAKECAM_SIZES          sizes the device offers, "640x480,1280x720"; default FAKECAM_SIZE. Raw frames are scaled to
 *                          the size that was set; JPEGs go out as they are
 *   FAKECAM_FPS            frames a second that really come, default 30 (fractions allowed)
 *   FAKECAM_REPORTED_FPS   whole frames a second that the device claims, default FAKECAM_FPS rounded
 *   FAKECAM_LEAD_S         seconds for which the first frame is repeated before the clip starts, default 0
 *   FAKECAM_END            loop (default) | hold (repeat the last frame) | stop (the device vanishes for good)
 *   FAKECAM_NAME           name of the camera, default "Fake camera"
 *   FAKECAM_FIRST          another node listed before the camera, which is /dev/video1 then:
 *                          infrared (GREY) | depth (Z16) | silent (YUYV, and never a frame, as a virtual camera that
 *                          nobody writes to) | output (no capture at all, as the same with exclusive_caps)
 *   FAKECAM_STEPWISE       1: sizes are a range, from 160x120 to 1920x1080 in steps of 16x8, instead of a list
 *   FAKECAM_RATE           refused: S_PARM fails with EINVAL, the rate cannot be asked for
 *   FAKECAM_CONTROL        a file with one word, read again about every 20 ms:
 *       ok         works (also when the file is missing or empty)
 *       unplugged  /dev/video0 is not listed, open fails with ENODEV, handles opened before are dead for good (ENODEV)
 *       stall      no frames come: poll is never ready, DQBUF blocks (or EAGAIN with O_NONBLOCK)
 *       corrupt    frames are damaged: a JPEG in turn loses its first bytes or is cut in half (the rest is zeros); a raw
 *                  frame is cut in half with V4L2_BUF_FLAG_ERROR
 *       busy       S_FMT, S_PARM, REQBUFS and STREAMON fail with EBUSY, as when another program streams
 *       hang       open does not return until the word changes
 *       third      as corrupt, but three frames of ten, in no order
 *       half       every other frame is lost, as a camera does in dim light
 *       jump       timestamps jump to and fro by up to three seconds
 *       other      a camera that is opened now has only the last of FAKECAM_SIZES and the last of its formats
 *                          Two numbers after the word, "ok 120 349", play the frames from the first to the second one,
 *                          once, from the moment they change, and repeat the last one after that: whoever writes the file
 *                          directs the scene.
 *
 * Time: frame n of the clip is due at the first STREAMON of the process plus n / FAKECAM_FPS, by CLOCK_MONOTONIC, which
 * is also its buffer's timestamp; so the rate does not drift and the scene goes on while the camera is away. A frame that
 * is due takes the next queued buffer (there are at most 4); a frame that finds none is lost, as with a real camera.
 * Buffers, sequence numbers and EBUSY/EINVAL/EAGAIN follow videobuf2. Control words touch no handle of another process.
 *
 * What is interposed, and why: open/open64/close make handles (a handle's file descriptor is a memfd, so the real mmap
 * maps its buffers); syscall, because Rust's v4l crate calls libc::syscall(SYS_ioctl, ...), and ioctl for others; poll;
 * opendir/readdir/readdir64/closedir, so that a listing of /dev shows video0 and no real camera; the name is read from
 * /sys/class/video4linux/video0/name, which open answers with a memfd as well. stat is left alone: nothing asks.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define DEVICE_PATH "/dev/video"
#define NAME_PATH_FORMAT "/sys/class/video4linux/video%d/name"
#define MAX_NODES 2
#define MAX_BUFFERS 4
#define MAX_HANDLES 16
#define MAX_SIZES 16
#define MAX_DIRS 16
#define WAIT_STEP_MS 5
#define CONTROL_PERIOD_S 0.02

enum control { OK, UNPLUGGED, STALL, CORRUPT, BUSY, HANG, THIRD, HALF, JUMP, OTHER };
enum at_end { END_LOOP, END_HOLD, END_STOP };
enum buffer_state { IDLE, QUEUED, DONE };

struct size { uint32_t w, h; };

/* Frames of one encoding: a mapped file and where each frame lies in it. */
struct clip {
    const uint8_t *data;
    size_t count;
    size_t *offset, *length;
    size_t longest;
};

struct buffer {
    enum buffer_state state;
    uint32_t bytes_used, sequence, flags;
    double at_s;
};

/* A device node: the camera, or what is listed before it. */
struct node {
    const char *name;
    uint32_t encodings[2];
    int encoding_count;
    uint32_t current_encoding;
    struct size current_size;
    bool captures, sends;
};

/* One open of a node. */
struct handle {
    struct node *node;
    bool used, dead, nonblocking, streaming;
    int fd;
    uint32_t buffer_count;
    size_t buffer_len;
    struct buffer buffers[MAX_BUFFERS];
    uint32_t queue[MAX_BUFFERS], queued;   /* empty buffers, oldest first */
    uint32_t done[MAX_BUFFERS], done_count; /* filled buffers, oldest first */
};

/* What the environment says. */
static struct size file_size = {640, 480}, sizes[MAX_SIZES];
static int size_count;
static double true_fps = 30, lead_s;
static uint32_t reported_fps = 30;
static enum at_end at_end = END_LOOP;
static bool stepwise, refuses_rate;
static const char *control_path;
static struct clip raw_clip, jpeg_clip;

/* The device. All below is guarded by `lock`. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct handle handles[MAX_HANDLES];
static struct node nodes[MAX_NODES]; /* by their numbers; the camera is the last one */
static int node_count;
static struct node *camera;
static enum control control = OK;
static double control_read_s = -1;
static bool started, gone_for_good;
static double start_s;
/* The part of the clip that is played since frame `scene_since`; none while `scene_to` is 0. */
static size_t scene_from, scene_to;
static uint64_t scene_since;
static uint64_t next_frame; /* frames that have come due so far, since start_s */
static DIR *dev_dirs[MAX_DIRS];
static int dev_dir_sent[MAX_DIRS];

static int (*real_open)(const char *, int, ...);
static int (*real_open64)(const char *, int, ...);
static int (*real_close)(int);
static int (*real_ioctl)(int, unsigned long, ...);
static long (*real_syscall)(long, ...);
static int (*real_poll)(struct pollfd *, nfds_t, int);
static DIR *(*real_opendir)(const char *);
static struct dirent *(*real_readdir)(DIR *);
static struct dirent64 *(*real_readdir64)(DIR *);
static int (*real_closedir)(DIR *);

/* ---- set-up -------------------------------------------------------------------------------------------------- */

static void complain(const char *what, const char *detail) { fprintf(stderr, "fakecam: %s: %s\n", what, detail); }

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool map_file(const char *path, const uint8_t **data, size_t *len) {
    int fd = real_open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0 || st.st_size == 0) {
        complain("cannot read the clip", path);
        if (fd >= 0) real_close(fd);
        return false;
    }
    void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    real_close(fd);
    if (p == MAP_FAILED) return false;
    *data = p;
    *len = (size_t)st.st_size;
    return true;
}

static void add_frame(struct clip *clip, size_t offset, size_t length) {
    clip->offset = realloc(clip->offset, (clip->count + 1) * sizeof *clip->offset);
    clip->length = realloc(clip->length, (clip->count + 1) * sizeof *clip->length);
    if (!clip->offset || !clip->length) abort();
    clip->offset[clip->count] = offset;
    clip->length[clip->count++] = length;
    if (length > clip->longest) clip->longest = length;
}

static void load_raw(const char *path) {
    size_t len, frame = (size_t)file_size.w * file_size.h * 2;
    if (!map_file(path, &raw_clip.data, &len)) return;
    for (size_t at = 0; at + frame <= len; at += frame) add_frame(&raw_clip, at, frame);
    if (raw_clip.count == 0) complain("the clip is shorter than one frame of FAKECAM_SIZE", path);
}

/* A frame ends where an end-of-image marker is followed by a start-of-image marker or by the end of the file. */
static void load_jpegs(const char *path) {
    size_t len, from = 0;
    if (!map_file(path, &jpeg_clip.data, &len)) return;
    const uint8_t *d = jpeg_clip.data;
    for (size_t i = 2; i <= len; i++) {
        bool end = d[i - 2] == 0xFF && d[i - 1] == 0xD9;
        bool last = i == len || (i + 1 < len && d[i] == 0xFF && d[i + 1] == 0xD8);
        if (!end || !last) continue;
        add_frame(&jpeg_clip, from, i - from);
        from = i;
    }
    if (jpeg_clip.count == 0) complain("no JPEG frame in the clip", path);
}

static void parse_sizes(void) {
    const char *text = getenv("FAKECAM_SIZES");
    struct size s;
    int used;
    while (text && size_count < MAX_SIZES && sscanf(text, "%ux%u%n", &s.w, &s.h, &used) == 2) {
        sizes[size_count++] = s;
        text += used;
        if (*text == ',') text++;
    }
    if (size_count == 0) sizes[size_count++] = file_size;
}

static const char *env_or(const char *name, const char *otherwise) {
    const char *value = getenv(name);
    return value && *value ? value : otherwise;
}

static void find_real_functions(void) {
    real_open = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    real_open64 = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64");
    real_close = (int (*)(int))dlsym(RTLD_NEXT, "close");
    real_ioctl = (int (*)(int, unsigned long, ...))dlsym(RTLD_NEXT, "ioctl");
    real_syscall = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    real_poll = (int (*)(struct pollfd *, nfds_t, int))dlsym(RTLD_NEXT, "poll");
    real_opendir = (DIR * (*)(const char *)) dlsym(RTLD_NEXT, "opendir");
    real_readdir = (struct dirent * (*)(DIR *)) dlsym(RTLD_NEXT, "readdir");
    real_readdir64 = (struct dirent64 * (*)(DIR *)) dlsym(RTLD_NEXT, "readdir64");
    real_closedir = (int (*)(DIR *))dlsym(RTLD_NEXT, "closedir");
}

static void add_format(struct node *node, uint32_t encoding) { node->encodings[node->encoding_count++] = encoding; }

/* The node before the camera, if there is one. */
static void set_up_first(const char *kind) {
    if (!*kind) return;
    struct node *node = &nodes[node_count++];
    *node = (struct node){.name = "Fake camera", .captures = true};
    if (!strcmp(kind, "infrared")) add_format(node, V4L2_PIX_FMT_GREY);
    if (!strcmp(kind, "depth")) add_format(node, V4L2_PIX_FMT_Z16);
    if (!strcmp(kind, "silent")) add_format(node, V4L2_PIX_FMT_YUYV);
    node->captures = strcmp(kind, "output") != 0;
    node->current_encoding = node->encodings[0];
    node->current_size = sizes[0];
}

__attribute__((constructor)) static void set_up(void) {
    find_real_functions();
    sscanf(env_or("FAKECAM_SIZE", "640x480"), "%ux%u", &file_size.w, &file_size.h);
    parse_sizes();
    true_fps = atof(env_or("FAKECAM_FPS", "30"));
    if (true_fps <= 0) true_fps = 30;
    reported_fps = (uint32_t)atoi(env_or("FAKECAM_REPORTED_FPS", "0"));
    if (reported_fps == 0) reported_fps = (uint32_t)(true_fps + 0.5);
    if (reported_fps == 0) reported_fps = 1;
    lead_s = atof(env_or("FAKECAM_LEAD_S", "0"));
    stepwise = !strcmp(env_or("FAKECAM_STEPWISE", ""), "1");
    refuses_rate = !strcmp(env_or("FAKECAM_RATE", ""), "refused");
    set_up_first(env_or("FAKECAM_FIRST", ""));
    camera = &nodes[node_count++];
    *camera = (struct node){.name = env_or("FAKECAM_NAME", "Fake camera"), .captures = true, .sends = true};
    control_path = getenv("FAKECAM_CONTROL");

    const char *end = env_or("FAKECAM_END", "loop");
    at_end = !strcmp(end, "stop") ? END_STOP : !strcmp(end, "hold") ? END_HOLD : END_LOOP;

    const char *format = env_or("FAKECAM_FORMAT", "yuyv"), *frames = getenv("FAKECAM_FRAMES");
    bool both = !strcmp(format, "both"), jpeg = both || !strcmp(format, "mjpeg");
    bool grey = !strcmp(format, "grey");
    if (both || !jpeg) add_format(camera, grey ? V4L2_PIX_FMT_GREY : V4L2_PIX_FMT_YUYV);
    if (jpeg) add_format(camera, V4L2_PIX_FMT_MJPEG);
    if (frames && (both || !jpeg)) load_raw(frames);
    if (jpeg) {
        const char *path = both ? getenv("FAKECAM_FRAMES_MJPEG") : frames;
        if (path) load_jpegs(path);
    }
    camera->current_encoding = camera->encodings[0];
    camera->current_size = sizes[0];
}

/* ---- control file and time ----------------------------------------------------------------------------------- */

static enum control parse_control(const char *word) {
    static const char *const words[] = {"ok",   "unplugged", "stall", "corrupt", "busy",
                                        "hang", "third",     "half",  "jump",    "other"};
    for (int i = 0; i < (int)(sizeof words / sizeof *words); i++)
        if (!strcmp(word, words[i])) return (enum control)i;
    return OK;
}

static void kill_handles(void) {
    for (int i = 0; i < MAX_HANDLES; i++) handles[i].dead = handles[i].used && handles[i].node == camera;
}

/* Reads the control file again when it is time to. */
static void refresh_control(void) {
    double t = now_s();
    if (control_path && t - control_read_s >= CONTROL_PERIOD_S) {
        char text[64] = "", word[32] = "ok";
        size_t from = 0, to = 0;
        int fd = real_open(control_path, O_RDONLY | O_CLOEXEC);
        if (fd >= 0) {
            ssize_t n = read(fd, text, sizeof text - 1);
            if (n > 0) sscanf(text, "%31s %zu %zu", word, &from, &to);
            real_close(fd);
        }
        control = parse_control(word);
        if (to > 0 && (from != scene_from || to != scene_to)) {
            scene_from = from;
            scene_to = to;
            scene_since = next_frame;
        }
        control_read_s = t;
    }
    if (control == UNPLUGGED || gone_for_good) kill_handles();
}

static bool present(void) { return control != UNPLUGGED && !gone_for_good; }

static const struct clip *current_clip(void) {
    return camera->current_encoding == V4L2_PIX_FMT_MJPEG ? &jpeg_clip : &raw_clip;
}

/* ---- frames -------------------------------------------------------------------------------------------------- */

/* Bytes of one buffer; drivers reserve as much for a JPEG as for a raw frame. */
static size_t buffer_len(const struct node *node) {
    size_t raw = (size_t)node->current_size.w * node->current_size.h * 2;
    bool longer = node->current_encoding == V4L2_PIX_FMT_MJPEG && jpeg_clip.longest > raw;
    return longer ? jpeg_clip.longest : raw;
}

/* Nearest-neighbour scaling by whole YUYV pixel pairs, so colours stay right. */
static void scale_raw(const uint8_t *from, uint8_t *to) {
    struct size current_size = camera->current_size;
    uint32_t pairs_from = file_size.w / 2, pairs_to = current_size.w / 2;
    for (uint32_t y = 0; y < current_size.h; y++) {
        const uint8_t *row = from + (size_t)(y * file_size.h / current_size.h) * file_size.w * 2;
        for (uint32_t x = 0; x < pairs_to; x++, to += 4) memcpy(to, row + (size_t)(x * pairs_from / pairs_to) * 4, 4);
    }
}

/* Which frame of the clip is the n-th since the start; false when the clip has ended and the device goes away. */
static bool clip_index(uint64_t n, size_t count, size_t *index) {
    if (scene_to > 0) {
        uint64_t i = scene_from + (n > scene_since ? n - scene_since : 0);
        *index = i > scene_to ? scene_to : i;
        if (*index >= count) *index = count - 1;
        return true;
    }
    uint64_t lead = (uint64_t)(lead_s * true_fps);
    uint64_t i = n < lead ? 0 : n - lead;
    if (i >= count && at_end == END_STOP) return false;
    *index = i < count ? i : at_end == END_LOOP ? i % count : count - 1;
    return true;
}

/* Writes a frame into buffer `b` of the handle, damaged when the control word says so. */
static void fill_buffer(struct handle *h, uint32_t b, size_t index, uint64_t n) {
    const struct clip *clip = current_clip();
    const uint8_t *frame = clip->data + clip->offset[index];
    size_t len = clip->length[index];
    uint8_t *picture = calloc(1, h->buffer_len);
    if (!picture) abort();
    uint32_t flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
    /* A fixed order that looks like none. */
    uint64_t drawn = n * 2654435761u % 1000;
    bool damaged = control == CORRUPT || (control == THIRD && drawn < 300);
    if (camera->current_encoding == V4L2_PIX_FMT_MJPEG) {
        if (len > h->buffer_len) len = h->buffer_len;
        if (damaged && n % 2 == 0) len /= 2;
        memcpy(picture, frame, len);
        if (damaged && n % 2 == 1) memset(picture, 0, 16);
    } else {
        scale_raw(frame, picture);
        len = h->buffer_len;
        if (damaged) {
            len /= 2;
            memset(picture + len, 0, h->buffer_len - len);
            flags |= V4L2_BUF_FLAG_ERROR;
        }
    }
    if (pwrite(h->fd, picture, h->buffer_len, (off_t)(b * h->buffer_len)) < 0) complain("pwrite", strerror(errno));
    free(picture);
    double jump_s = control == JUMP && n % 3 == 0 ? (double)drawn / 1000 * 6 - 3 : 0;
    h->buffers[b] = (struct buffer){DONE, (uint32_t)len, (uint32_t)n, flags, start_s + (double)n / true_fps + jump_s};
}

static struct handle *streaming_handle(void) {
    for (int i = 0; i < MAX_HANDLES; i++)
        if (handles[i].used && handles[i].node->sends && !handles[i].dead && handles[i].streaming) return &handles[i];
    return NULL;
}

/* Plays the camera up to now: every frame that is due fills the next queued buffer, or is lost. Called before anything
 * that queues or takes a buffer, so the outcome is as if the frames had come at their own times. */
static void advance(void) {
    refresh_control();
    const struct clip *clip = current_clip();
    if (!started || clip->count == 0) return;
    double t = now_s();
    for (; start_s + (double)next_frame / true_fps <= t; next_frame++) {
        size_t index;
        if (!clip_index(next_frame, clip->count, &index)) {
            gone_for_good = true;
            kill_handles();
            return;
        }
        struct handle *h = streaming_handle();
        if (!h || h->queued == 0 || control == STALL) continue;
        if (control == HALF && next_frame % 2 == 1) continue;
        uint32_t b = h->queue[0];
        memmove(h->queue, h->queue + 1, --h->queued * sizeof h->queue[0]);
        fill_buffer(h, b, index, next_frame);
        h->done[h->done_count++] = b;
    }
}

/* Lets time pass with the lock released. */
static void wait_step(void) {
    pthread_mutex_unlock(&lock);
    usleep(WAIT_STEP_MS * 1000);
    pthread_mutex_lock(&lock);
}

/* ---- ioctls -------------------------------------------------------------------------------------------------- */

static int fail(int error) {
    errno = error;
    return -1;
}

static bool is_capture(uint32_t type) { return type == V4L2_BUF_TYPE_VIDEO_CAPTURE; }

static int query_cap(const struct node *node, struct v4l2_capability *c) {
    memset(c, 0, sizeof *c);
    snprintf((char *)c->driver, sizeof c->driver, "fakecam");
    snprintf((char *)c->card, sizeof c->card, "%s", node->name);
    snprintf((char *)c->bus_info, sizeof c->bus_info, "fake:0");
    c->version = 0x060000;
    c->device_caps = (node->captures ? V4L2_CAP_VIDEO_CAPTURE : V4L2_CAP_VIDEO_OUTPUT) | V4L2_CAP_STREAMING;
    c->capabilities = c->device_caps | V4L2_CAP_DEVICE_CAPS;
    return 0;
}

/* What is offered now: all formats and sizes, or only the last of each. */
static int first_offered(int count) { return control == OTHER ? count - 1 : 0; }

static bool is_offered(const struct node *node, uint32_t encoding) {
    for (int i = first_offered(node->encoding_count); i < node->encoding_count; i++)
        if (node->encodings[i] == encoding) return true;
    return false;
}

static int enum_fmt(const struct node *node, struct v4l2_fmtdesc *d) {
    int index = first_offered(node->encoding_count) + (int)d->index;
    if (!is_capture(d->type) || !node->captures || index >= node->encoding_count) return fail(EINVAL);
    d->pixelformat = node->encodings[index];
    bool jpeg = d->pixelformat == V4L2_PIX_FMT_MJPEG;
    d->flags = jpeg ? V4L2_FMT_FLAG_COMPRESSED : 0;
    snprintf((char *)d->description, sizeof d->description, "%s", jpeg ? "Motion-JPEG" : "Raw");
    return 0;
}

static int enum_framesizes(const struct node *node, struct v4l2_frmsizeenum *s) {
    int index = first_offered(size_count) + (int)s->index;
    if (!is_offered(node, s->pixel_format) || index >= size_count) return fail(EINVAL);
    if (stepwise && s->index > 0) return fail(EINVAL);
    if (stepwise) {
        s->type = V4L2_FRMSIZE_TYPE_STEPWISE;
        s->stepwise = (struct v4l2_frmsize_stepwise){160, 1920, 16, 120, 1080, 8};
        return 0;
    }
    s->type = V4L2_FRMSIZE_TYPE_DISCRETE;
    s->discrete.width = sizes[index].w;
    s->discrete.height = sizes[index].h;
    return 0;
}

static int enum_frameintervals(const struct node *node, struct v4l2_frmivalenum *v) {
    uint32_t listed = refuses_rate ? 2 : 1;
    if (!is_offered(node, v->pixel_format) || v->index >= listed) return fail(EINVAL);
    v->type = V4L2_FRMIVAL_TYPE_DISCRETE;
    v->discrete.numerator = 1;
    /* A rate that is refused is listed first. */
    v->discrete.denominator = v->index + 1 < listed ? 2 * reported_fps : reported_fps;
    return 0;
}

static bool has_buffers(const struct node *node) {
    for (int i = 0; i < MAX_HANDLES; i++)
        if (handles[i].used && handles[i].node == node && !handles[i].dead && handles[i].buffer_count > 0) return true;
    return false;
}

static uint32_t step(uint32_t wanted, uint32_t least, uint32_t most, uint32_t by) {
    uint32_t within = wanted < least ? least : wanted > most ? most : wanted;
    return least + (within - least) / by * by;
}

/* The size of the range that is nearest below what is wanted. */
static struct size stepped(uint32_t w, uint32_t h) { return (struct size){step(w, 160, 1920, 16), step(h, 120, 1080, 8)}; }

/* G_FMT, TRY_FMT and S_FMT: an unknown format becomes the first one, an unknown size the first size, as drivers do. */
static int format(struct node *node, unsigned long request, struct v4l2_format *f) {
    if (!is_capture(f->type) || !node->captures) return fail(EINVAL);
    uint32_t encoding = node->current_encoding;
    struct size size = node->current_size;
    if (request != VIDIOC_G_FMT) {
        int first = first_offered(size_count);
        encoding = f->fmt.pix.pixelformat;
        if (!is_offered(node, encoding)) encoding = node->encodings[first_offered(node->encoding_count)];
        size = sizes[first];
        for (int i = first; i < size_count; i++)
            if (sizes[i].w == f->fmt.pix.width && sizes[i].h == f->fmt.pix.height) size = sizes[i];
        if (stepwise) size = stepped(f->fmt.pix.width, f->fmt.pix.height);
    }
    if (request == VIDIOC_S_FMT) {
        if (control == BUSY || has_buffers(node)) return fail(EBUSY);
        node->current_encoding = encoding;
        node->current_size = size;
    }
    bool jpeg = encoding == V4L2_PIX_FMT_MJPEG;
    memset(&f->fmt, 0, sizeof f->fmt);
    f->fmt.pix.width = size.w;
    f->fmt.pix.height = size.h;
    f->fmt.pix.pixelformat = encoding;
    f->fmt.pix.field = V4L2_FIELD_NONE;
    f->fmt.pix.bytesperline = jpeg ? 0 : size.w * 2;
    f->fmt.pix.sizeimage = size.w * size.h * 2;
    f->fmt.pix.colorspace = jpeg ? V4L2_COLORSPACE_JPEG : V4L2_COLORSPACE_SRGB;
    return 0;
}

static int parm(unsigned long request, struct v4l2_streamparm *p) {
    if (!is_capture(p->type)) return fail(EINVAL);
    if (request == VIDIOC_S_PARM && control == BUSY) return fail(EBUSY);
    if (request == VIDIOC_S_PARM && refuses_rate) return fail(EINVAL);
    memset(&p->parm, 0, sizeof p->parm);
    p->parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
    p->parm.capture.timeperframe.numerator = 1;
    p->parm.capture.timeperframe.denominator = reported_fps;
    return 0;
}

static void stop_streaming(struct handle *h) {
    h->streaming = false;
    h->queued = h->done_count = 0;
    for (int i = 0; i < MAX_BUFFERS; i++) h->buffers[i].state = IDLE;
}

static int reqbufs(struct handle *h, struct v4l2_requestbuffers *r) {
    if (!is_capture(r->type) || r->memory != V4L2_MEMORY_MMAP) return fail(EINVAL);
    if (r->count == 0) {
        stop_streaming(h);
        h->buffer_count = 0;
        return 0;
    }
    if (control == BUSY || has_buffers(h->node)) return fail(EBUSY);
    if (r->count > MAX_BUFFERS) r->count = MAX_BUFFERS;
    h->buffer_count = r->count;
    /* Whole pages, so that each buffer can be mapped at its offset. */
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    h->buffer_len = (buffer_len(h->node) + page - 1) / page * page;
    if (ftruncate(h->fd, (off_t)(h->buffer_len * h->buffer_count)) != 0) return fail(ENOMEM);
    stop_streaming(h);
    return 0;
}

static int querybuf(const struct handle *h, struct v4l2_buffer *b) {
    if (b->index >= h->buffer_count) return fail(EINVAL);
    b->length = (uint32_t)buffer_len(h->node);
    b->m.offset = (uint32_t)(b->index * h->buffer_len);
    b->flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
    return 0;
}

static int qbuf(struct handle *h, const struct v4l2_buffer *b) {
    if (b->index >= h->buffer_count || h->buffers[b->index].state != IDLE) return fail(EINVAL);
    h->buffers[b->index].state = QUEUED;
    h->queue[h->queued++] = b->index;
    return 0;
}

static int dqbuf(struct handle *h, struct v4l2_buffer *b) {
    if (!h->streaming) return fail(EINVAL);
    while (h->done_count == 0) {
        if (h->nonblocking) return fail(EAGAIN);
        wait_step();
        advance();
        if (h->dead) return fail(ENODEV);
    }
    uint32_t index = h->done[0];
    memmove(h->done, h->done + 1, --h->done_count * sizeof h->done[0]);
    struct buffer *done = &h->buffers[index];
    done->state = IDLE;
    b->index = index;
    b->bytesused = done->bytes_used;
    b->sequence = done->sequence;
    b->flags = done->flags;
    b->field = V4L2_FIELD_NONE;
    b->timestamp.tv_sec = (time_t)done->at_s;
    b->timestamp.tv_usec = (suseconds_t)((done->at_s - (double)b->timestamp.tv_sec) * 1e6);
    return querybuf(h, b) == 0 ? (b->flags = done->flags, 0) : -1;
}

static int streamon(struct handle *h) {
    if (control == BUSY) return fail(EBUSY);
    if (h->buffer_count == 0) return fail(EINVAL);
    h->streaming = true;
    if (!started && h->node->sends) {
        started = true;
        start_s = now_s();
    }
    return 0;
}

static int device_ioctl(struct handle *h, unsigned long request, void *arg) {
    advance();
    if (h->dead) return fail(ENODEV);
    switch (request) {
    case VIDIOC_QUERYCAP: return query_cap(h->node, arg);
    case VIDIOC_ENUM_FMT: return enum_fmt(h->node, arg);
    case VIDIOC_ENUM_FRAMESIZES: return enum_framesizes(h->node, arg);
    case VIDIOC_ENUM_FRAMEINTERVALS: return enum_frameintervals(h->node, arg);
    case VIDIOC_G_FMT:
    case VIDIOC_TRY_FMT:
    case VIDIOC_S_FMT: return format(h->node, request, arg);
    case VIDIOC_G_PARM:
    case VIDIOC_S_PARM: return parm(request, arg);
    case VIDIOC_REQBUFS: return reqbufs(h, arg);
    case VIDIOC_QUERYBUF: return querybuf(h, arg);
    case VIDIOC_QBUF: return qbuf(h, arg);
    case VIDIOC_DQBUF: return dqbuf(h, arg);
    case VIDIOC_STREAMON: return streamon(h);
    case VIDIOC_STREAMOFF: stop_streaming(h); return 0;
    default: return fail(ENOTTY);
    }
}

/* ---- handles ------------------------------------------------------------------------------------------------- */

static struct handle *find_handle(int fd) {
    for (int i = 0; i < MAX_HANDLES; i++)
        if (handles[i].used && handles[i].fd == fd) return &handles[i];
    return NULL;
}

/* Grey pictures are never sent: nobody here can read them. */
static bool no_clip(void) { return current_clip()->count == 0 && camera->encodings[0] != V4L2_PIX_FMT_GREY; }

static int open_device(struct node *node, int flags) {
    pthread_mutex_lock(&lock);
    refresh_control();
    while (control == HANG) {
        wait_step();
        refresh_control();
    }
    int fd = -1, slot = 0;
    while (slot < MAX_HANDLES && handles[slot].used) slot++;
    if (node == camera && (!present() || no_clip())) {
        errno = ENODEV;
    } else if (slot == MAX_HANDLES) {
        errno = EMFILE;
    } else if ((fd = memfd_create("fakecam", MFD_CLOEXEC)) >= 0) {
        handles[slot] = (struct handle){.node = node, .used = true, .fd = fd, .nonblocking = (flags & O_NONBLOCK) != 0};
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

/* The sysfs file with the camera's name. */
static int open_name(const struct node *node) {
    pthread_mutex_lock(&lock);
    refresh_control();
    bool there = node != camera || present();
    pthread_mutex_unlock(&lock);
    if (!there) return fail(ENOENT);
    int fd = memfd_create("fakecam-name", MFD_CLOEXEC);
    if (fd < 0) return -1;
    dprintf(fd, "%s\n", node->name);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

/* Answers an open of ours; -2 means that it is not ours. */
static int open_ours(const char *path, int flags) {
    int number = -1, used = 0;
    if (!path) return -2;
    if (sscanf(path, DEVICE_PATH "%d%n", &number, &used) == 1 && !path[used] && number >= 0 && number < node_count)
        return open_device(&nodes[number], flags);
    used = 0;
    if (sscanf(path, NAME_PATH_FORMAT "%n", &number, &used) == 1 && used && !path[used] && number >= 0 && number < node_count)
        return open_name(&nodes[number]);
    return -2;
}

/* ---- interposed functions ------------------------------------------------------------------------------------ */

#define OPEN_BODY(real)                                     \
    va_list args;                                           \
    va_start(args, flags);                                  \
    mode_t mode = (mode_t)va_arg(args, int);                \
    va_end(args);                                           \
    if (!real) find_real_functions();                       \
    int ours = open_ours(path, flags);                      \
    return ours != -2 ? ours : real(path, flags, mode)

int open(const char *path, int flags, ...) { OPEN_BODY(real_open); }
int open64(const char *path, int flags, ...) { OPEN_BODY(real_open64); }

int close(int fd) {
    if (!real_close) find_real_functions();
    pthread_mutex_lock(&lock);
    struct handle *h = find_handle(fd);
    if (h) h->used = false;
    pthread_mutex_unlock(&lock);
    return real_close(fd);
}

/* An ioctl on one of our handles; false when the descriptor is not ours. */
static bool ioctl_ours(int fd, unsigned long request, void *arg, int *result) {
    pthread_mutex_lock(&lock);
    struct handle *h = find_handle(fd);
    if (h) *result = device_ioctl(h, (uint32_t)request, arg);
    pthread_mutex_unlock(&lock);
    return h != NULL;
}

int ioctl(int fd, unsigned long request, ...) {
    va_list args;
    va_start(args, request);
    void *arg = va_arg(args, void *);
    va_end(args);
    if (!real_ioctl) find_real_functions();
    int result;
    return ioctl_ours(fd, request, arg, &result) ? result : real_ioctl(fd, request, arg);
}

long syscall(long number, ...) {
    va_list args;
    long a[6];
    va_start(args, number);
    for (int i = 0; i < 6; i++) a[i] = va_arg(args, long);
    va_end(args);
    if (!real_syscall) find_real_functions();
    int result;
    if (number == SYS_ioctl && ioctl_ours((int)a[0], (unsigned long)a[1], (void *)a[2], &result)) return result;
    return real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* Events of a handle right now: a frame to take, an error when it is dead or not streaming, or nothing. */
static short ready_events(const struct handle *h) {
    if (h->dead) return POLLERR | POLLHUP;
    if (!h->streaming) return POLLERR;
    return h->done_count > 0 ? POLLIN | POLLRDNORM : 0;
}

/* Only a poll of our handle alone is answered; nobody polls it together with others. */
int poll(struct pollfd *fds, nfds_t count, int timeout_ms) {
    if (!real_poll) find_real_functions();
    pthread_mutex_lock(&lock);
    struct handle *h = count == 1 ? find_handle(fds->fd) : NULL;
    if (!h) {
        pthread_mutex_unlock(&lock);
        return real_poll(fds, count, timeout_ms);
    }
    double until_s = now_s() + timeout_ms / 1000.0;
    advance();
    while (!(fds->revents = ready_events(h)) && (timeout_ms < 0 || now_s() < until_s)) {
        wait_step();
        advance();
    }
    pthread_mutex_unlock(&lock);
    return fds->revents != 0;
}

DIR *opendir(const char *path) {
    if (!real_opendir) find_real_functions();
    DIR *dir = real_opendir(path);
    if (!dir || (strcmp(path, "/dev") && strcmp(path, "/dev/"))) return dir;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < MAX_DIRS; i++) {
        if (dev_dirs[i]) continue;
        dev_dirs[i] = dir;
        dev_dir_sent[i] = 0;
        break;
    }
    pthread_mutex_unlock(&lock);
    return dir;
}

int closedir(DIR *dir) {
    if (!real_closedir) find_real_functions();
    pthread_mutex_lock(&lock);
    for (int i = 0; i < MAX_DIRS; i++)
        if (dev_dirs[i] == dir) dev_dirs[i] = NULL;
    pthread_mutex_unlock(&lock);
    return real_closedir(dir);
}

/* The number of the next of our nodes that this listing of /dev, which ends here, still owes; -1 for none. */
static int owed_entry(DIR *dir) {
    int owed = -1;
    pthread_mutex_lock(&lock);
    refresh_control();
    for (int i = 0; i < MAX_DIRS; i++) {
        if (dev_dirs[i] != dir || dev_dir_sent[i] >= node_count) continue;
        int next = dev_dir_sent[i]++;
        if (&nodes[next] != camera || present()) owed = next;
    }
    pthread_mutex_unlock(&lock);
    return owed;
}

static bool is_dev(DIR *dir) {
    bool is = false;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < MAX_DIRS; i++) is = is || dev_dirs[i] == dir;
    pthread_mutex_unlock(&lock);
    return is;
}

/* The next entry of a listing: in /dev, real video nodes are left out and ours comes last. */
#define READDIR_BODY(real, entry_type)                                           \
    static __thread struct entry_type ours;                                      \
    if (!real) find_real_functions();                                            \
    struct entry_type *entry = real(dir);                                        \
    if (!is_dev(dir)) return entry;                                              \
    while (entry && !strncmp(entry->d_name, "video", 5)) entry = real(dir);      \
    int owed = entry ? -1 : owed_entry(dir);                                     \
    if (owed < 0) return entry;                                                  \
    memset(&ours, 0, sizeof ours);                                               \
    ours.d_ino = 1 + (ino_t)owed;                                                \
    ours.d_type = DT_CHR;                                                        \
    ours.d_reclen = sizeof ours;                                                 \
    snprintf(ours.d_name, sizeof ours.d_name, "video%d", owed);                  \
    return &ours

struct dirent *readdir(DIR *dir) { READDIR_BODY(real_readdir, dirent); }
struct dirent64 *readdir64(DIR *dir) { READDIR_BODY(real_readdir64, dirent64); }
