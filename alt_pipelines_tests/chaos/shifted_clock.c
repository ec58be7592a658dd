/* A wall clock shifted by the seconds in the file SHIFTED_CLOCK (a native long), for LD_PRELOAD. Other clocks stay.
   libfaketime is not used: with an unshifted monotonic clock, its clock_nanosleep fails, so that every sleep raises. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile long *shift;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define SECONDS (shift ? *shift : 0)

__attribute__((constructor)) static void map_shift(void) {
    const char *path = getenv("SHIFTED_CLOCK");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *found = mmap(0, sizeof(long), PROT_READ, MAP_SHARED, file, 0);
    if (found != MAP_FAILED) shift = found;
    close(file);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    static __typeof__(&clock_gettime) real;
    if (!real) real = REAL(clock_gettime);
    int failed = real(clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += SECONDS;
    return failed;
}

int gettimeofday(struct timeval *now, void *zone) {
    struct timespec found;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &found)) return -1;
    now->tv_sec = found.tv_sec;
    now->tv_usec = found.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *target) {
    struct timespec found;
    if (clock_gettime(CLOCK_REALTIME, &found)) return -1;
    if (target) *target = found.tv_sec;
    return found.tv_sec;
}

/* Deadlines of the wall clock are compared with the machine's clock; those of the monotonic clock are small. */
static struct timespec unshifted(const struct timespec *deadline) {
    struct timespec found = *deadline;
    if (found.tv_sec > 1000000000) found.tv_sec -= SECONDS;
    return found;
}

int sem_timedwait(sem_t *semaphore, const struct timespec *deadline) {
    struct timespec end = unshifted(deadline);
    return REAL(sem_timedwait)(semaphore, &end);
}

int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *deadline) {
    struct timespec end = unshifted(deadline);
    static __typeof__(&pthread_cond_timedwait) real; /* x86-64 also has an older version, which dlsym may return */
    if (!real) real = (__typeof__(real))dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
    if (!real) real = REAL(pthread_cond_timedwait);
    return real(condition, mutex, &end);
}

int pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline) {
    struct timespec end = unshifted(deadline);
    return REAL(pthread_mutex_timedlock)(mutex, &end);
}
