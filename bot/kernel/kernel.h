/* What matching and the gate spend their time on, in C: the same as the Python code beside it, faster.
 *
 * Everything is optional: without a compiler the bot runs on Python and numpy. Nothing here allocates what outlives a
 * call, touches Python, or keeps anything. All arrays are C-contiguous; who calls has checked their kinds and lengths.
 * But for the sentence model's matrices all sums are in one order and without fused products: the same bits on every
 * x86-64 machine, however many numbers it adds at once.
 */
#ifndef KERNEL_H
#define KERNEL_H
#include <stddef.h>
#include <stdint.h>

/* Also for processors that take eight numbers at once; the loader picks. */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__)
#define CLONED __attribute__((target_clones("avx2", "default")))
#else
#define CLONED
#endif
#if defined(__GNUC__)
#define SOON(address) __builtin_prefetch(address)
#else
#define SOON(address) ((void)(address))
#endif

/* likeness.c */
void kernel_shares(const void *slots, int64_t wide, const int32_t *starts, const float *weights, const float *scale,
                   int64_t size, const int64_t *further, int64_t more, const int64_t *numbers, const float *values,
                   int64_t count, float *held, float *shares);
int64_t kernel_completed(float *near, int64_t size, int64_t about, int64_t step, float rounded, const uint64_t *rows,
                         int64_t width, const int32_t *twice, const float *scale, const int32_t *places,
                         const float *values, const uint8_t *written, int64_t count, int64_t *close);
float kernel_ranked(const float *values, int64_t count, int64_t rank);

/* neighbourhood.c */
int64_t kernel_nearest(const float *near, const int64_t *close, int64_t count, int64_t most, float steps, float nowhere,
                       int64_t *chosen);
int64_t kernel_among(const uint32_t *packed, const int32_t *bounds, const float *scale, const float *weights,
                     const float *itself, const int64_t *chosen, int64_t count, int32_t *marks, float *near);
int64_t kernel_solved(const float *system, int64_t wide, int64_t count, double penalty, const double *close,
                      double *weights, int64_t some, double *weights_of_some);
void kernel_closest(const float *near, const int64_t *starts, int64_t count, int64_t end, float *closest);

/* reading.c */
void kernel_order(int64_t *keys, int64_t count);

/* choosing.c */
void kernel_close(const float *near, int64_t size, const int64_t *own, int64_t width, const int64_t *against,
                  int64_t other, const int64_t *entries, int64_t count, float *close);
#endif
