/* The sentence model's matrices (bot/matching/matrices.py), which stay int8: their products with what a message says.
 *
 * Their sums differ in the last bits from one kind of processor to another, as those of BLAS do.
 */
#include <stdint.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* How many numbers this processor multiplies at once with the functions below: 16, 8, or 0 where it has neither. */
int64_t kernel_lanes(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f")) return 16;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 8;
#endif
    return 0;
}

#if defined(__x86_64__)
#define PANEL 32 /* columns that stand together: all their rows, one after another */
#define INLINE static inline __attribute__((always_inline))
#define WIDE __attribute__((target("avx512f,fma")))
#define HALF __attribute__((target("avx2,fma")))
#define MANY 12 /* rows at once with 16 lanes: 24 sums in 32 registers */
#define FEW 6   /* with 8 lanes: 12 sums in 16 */

/* `rows` rows, turned so that each step's numbers stand together, times a panel: (rows, PANEL) of `product`. */
INLINE WIDE void wide(const float *turned, int64_t inner, const int8_t *panel, const float *scale, float *product,
                      int64_t outputs, const int rows) {
    __m512 left[MANY], right[MANY];
#pragma GCC unroll 12
    for (int row = 0; row < rows; row++) left[row] = right[row] = _mm512_setzero_ps();
    for (int64_t step = 0; step < inner; step++, turned += rows, panel += PANEL) {
        const __m512 first = _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)panel)));
        const __m512 second = _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)(panel + 16))));
#pragma GCC unroll 12
        for (int row = 0; row < rows; row++) {
            const __m512 value = _mm512_set1_ps(turned[row]);
            left[row] = _mm512_fmadd_ps(value, first, left[row]);
            right[row] = _mm512_fmadd_ps(value, second, right[row]);
        }
    }
    const __m512 first = _mm512_loadu_ps(scale), second = _mm512_loadu_ps(scale + 16);
#pragma GCC unroll 12
    for (int row = 0; row < rows; row++) {
        _mm512_storeu_ps(product + row * outputs, _mm512_mul_ps(left[row], first));
        _mm512_storeu_ps(product + row * outputs + 16, _mm512_mul_ps(right[row], second));
    }
}

/* The same for half a panel. */
INLINE HALF void half(const float *turned, int64_t inner, const int8_t *panel, const float *scale, float *product,
                      int64_t outputs, const int rows) {
    __m256 left[FEW], right[FEW];
#pragma GCC unroll 6
    for (int row = 0; row < rows; row++) left[row] = right[row] = _mm256_setzero_ps();
    for (int64_t step = 0; step < inner; step++, turned += rows, panel += PANEL) {
        const __m256 first = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)panel)));
        const __m256 second = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)(panel + 8))));
#pragma GCC unroll 6
        for (int row = 0; row < rows; row++) {
            const __m256 value = _mm256_set1_ps(turned[row]);
            left[row] = _mm256_fmadd_ps(value, first, left[row]);
            right[row] = _mm256_fmadd_ps(value, second, right[row]);
        }
    }
    const __m256 first = _mm256_loadu_ps(scale), second = _mm256_loadu_ps(scale + 8);
#pragma GCC unroll 6
    for (int row = 0; row < rows; row++) {
        _mm256_storeu_ps(product + row * outputs, _mm256_mul_ps(left[row], first));
        _mm256_storeu_ps(product + row * outputs + 8, _mm256_mul_ps(right[row], second));
    }
}

/* So many of the rows that are left are taken at once: of a few too many, half. */
static int64_t taken(int64_t left, int64_t most) { return left <= most ? left : left >= 2 * most ? most : (left + 1) / 2; }

static void turn(const float *rows, int64_t count, int64_t inner, int64_t most, float *turned) {
    for (int64_t first = 0, some; first < count; first += some, turned += some * inner) {
        some = taken(count - first, most);
        for (int64_t step = 0; step < inner; step++)
            for (int64_t row = 0; row < some; row++) turned[step * some + row] = rows[(first + row) * inner + step];
    }
}

#define CASE(kind, rows) case rows: kind(from, inner, panel, scale + at, into, outputs, rows); break;
#define SIX(kind) CASE(kind, 1) CASE(kind, 2) CASE(kind, 3) CASE(kind, 4) CASE(kind, 5) CASE(kind, 6)

static WIDE void times_wide(const float *turned, int64_t count, int64_t inner, const int8_t *numbers, const float *scale,
                            int64_t outputs, float *product) {
    for (int64_t at = 0; at < outputs; at += PANEL) {
        const int8_t *panel = numbers + at * inner;
        for (int64_t first = 0, some; first < count; first += some) {
            const float *from = turned + first * inner;
            float *into = product + first * outputs + at;
            some = taken(count - first, MANY);
            switch (some) {
                SIX(wide) CASE(wide, 7) CASE(wide, 8) CASE(wide, 9) CASE(wide, 10) CASE(wide, 11) CASE(wide, 12)
            }
        }
    }
}

static HALF void times_half(const float *turned, int64_t count, int64_t inner, const int8_t *numbers, const float *scale,
                            int64_t outputs, float *product) {
    for (int64_t at = 0; at < outputs; at += PANEL / 2) {
        const int8_t *panel = numbers + at / PANEL * PANEL * inner + at % PANEL;
        for (int64_t first = 0, some; first < count; first += some) {
            const float *from = turned + first * inner;
            float *into = product + first * outputs + at;
            some = taken(count - first, FEW);
            switch (some) { SIX(half) }
        }
    }
}

/* `rows` (count, inner) @ the matrix -> `product` (count, outputs). `numbers`: int8, (outputs / PANEL, inner, PANEL);
 * `scale`: of each output; `turned`: room for count x inner. `lanes`: what `kernel_lanes` said, or 8 where it said 16. */
void kernel_times(const float *rows, int64_t count, int64_t inner, const int8_t *numbers, const float *scale,
                  int64_t outputs, int64_t lanes, float *turned, float *product) {
    turn(rows, count, inner, lanes == 16 ? MANY : FEW, turned);
    (lanes == 16 ? times_wide : times_half)(turned, count, inner, numbers, scale, outputs, product);
}
#else
void kernel_times(const float *rows, int64_t count, int64_t inner, const int8_t *numbers, const float *scale,
                  int64_t outputs, int64_t lanes, float *turned, float *product) {
    (void)rows, (void)count, (void)inner, (void)numbers, (void)scale, (void)outputs, (void)lanes, (void)turned;
    (void)product; /* never called: kernel_lanes says 0 */
}
#endif
