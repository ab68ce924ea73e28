/* What matching spends its time on, in C: the same sums as in the numpy code beside it (bot/matching), faster.
 *
 * Everything is optional: without a compiler the bot runs on numpy. Nothing here allocates what outlives a call,
 * touches Python, or keeps anything. All arrays are C-contiguous; who calls has checked their kinds and lengths.
 * But for the matrices all sums are in one order and without fused products: the same bits on every x86-64 machine,
 * however many numbers it adds at once.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#ifndef SOURCE
#define SOURCE "unknown"
#endif

/* Also for processors that take eight numbers at once; the loader picks. */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__)
#define CLONED __attribute__((target_clones("avx2", "default")))
#else
#define CLONED
#endif

/* Which kernel.c this was made from: its SHA-256. */
const char *kernel_source(void) { return SOURCE; }

/* ---- the likeness to every wording (bot/matching/lists.py, likeness.py) ---------------------------------------- */

/* Adds `values` times `weights` up along each number's list of slots. `held`: room, one a slot. `wide`: a slot
 * has 32 bits, not 16. `shares`: (size), one a wording: its words' slot and its characters', and `further` ones. */
CLONED void kernel_shares(const void *slots, int64_t wide, const int32_t *starts, const float *weights, const float *scale,
                   int64_t size, const int64_t *further, int64_t more, const int64_t *numbers, const float *values,
                   int64_t count, float *held, float *shares) {
    memset(held, 0, (size_t)(2 * size + more) * sizeof *held);
    for (int64_t n = 0; n < count; n++) {
        const int64_t number = numbers[n];
        const float value = values[n] * weights[number];
        const int64_t end = starts[number + 1];
        if (wide)
            for (int64_t at = starts[number]; at < end; at++) held[((const uint32_t *)slots)[at]] += value;
        else
            for (int64_t at = starts[number]; at < end; at++) held[((const uint16_t *)slots)[at]] += value;
    }
    for (int64_t one = 0; one < size; one++)
        shares[one] = held[one] * scale[one] + held[size + one] * scale[size + one];
    for (int64_t one = 0; one < more; one++) shares[further[one]] += held[2 * size + one] * scale[2 * size + one];
}

/* The `rank`-th largest of every `step`-th value; `heap`: room for `rank` values. 1 <= rank <= how many there are. */
static float ranked(const float *values, int64_t count, int64_t step, int64_t rank, float *heap) {
    int64_t held = 0;
    heap[0] = -INFINITY;
    for (int64_t at = 0; at < count; at += step) {
        const float value = values[at];
        int64_t place;
        if (held < rank) {
            for (place = held++; place > 0 && heap[(place - 1) / 2] > value; place = (place - 1) / 2)
                heap[place] = heap[(place - 1) / 2];
        } else if (value > heap[0]) {
            place = 0;
            for (int64_t child = 1; child < rank; child = 2 * place + 1) {
                if (child + 1 < rank && heap[child + 1] < heap[child]) child++;
                if (heap[child] >= value) break;
                heap[place] = heap[child];
                place = child;
            }
        } else
            continue;
        heap[place] = value;
    }
    return heap[0];
}

#define BLOCK 16

/* Completes the likeness to the nearest by the features that many wordings have, and tells which these are: their
 * numbers, in order, in `close` (room for `size`); returns how many. `about`: so many, told by every `step`-th.
 * `common`: how much each counts in each wording, (size, width); `places`, `shares`, `written`: the message's. */
CLONED int64_t kernel_completed(float *near, int64_t size, int64_t about, int64_t step, float rounded, const uint8_t *common,
                         int64_t width, const float *scale, const int32_t *places, const float *shares,
                         const uint8_t *written, int64_t count, int64_t *close) {
    int64_t found = 0;
    if (size <= about) {
        for (; found < size; found++) close[found] = found;
    } else {
        const int64_t some = (size + step - 1) / step;
        int64_t rank = about / step > 1 ? about / step : 1;
        if (rank > some) rank = some;
        float *heap = malloc((size_t)rank * sizeof *heap);
        if (heap == NULL) return -1;
        const float least = ranked(near, size, step, rank, heap) - rounded;
        free(heap);
        for (int64_t first = 0; first < size; first += BLOCK) { /* few blocks have one that is near */
            const int64_t end = first + BLOCK < size ? first + BLOCK : size;
            int32_t any = 0;
            for (int64_t one = first; one < end; one++) any |= near[one] > least;
            if (!any) continue;
            for (int64_t one = first; one < end; one++) {
                close[found] = one;
                found += near[one] > least;
            }
        }
    }
    for (int64_t at = 0; at < found; at++) {
        const uint8_t *row = common + close[at] * width;
        float said = 0, spelt = 0; /* by words, by characters */
        for (int64_t n = 0; n < count; n++) {
            const float adds = (float)row[places[n]] * shares[n];
            if (written[n]) spelt += adds;
            else said += adds;
        }
        near[close[at]] += said * scale[2 * close[at]] + spelt * scale[2 * close[at] + 1];
    }
    return found;
}

/* ---- the neighbourhood (bot/matching/neighbourhood.py) ------------------------------------------------------------ */

/* The `most` nearest of `close`, in order, in `chosen` (room for `most`); of equally near ones the first. -1: some were
 * left out (`nowhere`), so that those near enough may not be among `close`: look at all. most < count. */
int64_t kernel_nearest(const float *near, const int64_t *close, int64_t count, int64_t most, float steps, float nowhere,
                       int64_t *chosen) {
    float *room = malloc((size_t)(count + most) * sizeof *room);
    if (room == NULL) return -1;
    for (int64_t at = 0; at < count; at++) room[at] = rintf(near[close[at]] * steps);
    const float least = ranked(room, count, 1, most, room + count);
    int64_t equal = most, found = 0;
    if (least > nowhere * steps) {
        for (int64_t at = 0; at < count; at++) equal -= room[at] > least;
        for (int64_t at = 0; at < count && found < most; at++) {
            const int64_t same = room[at] == least && equal > 0;
            equal -= same;
            if (room[at] > least || same) chosen[found++] = close[at];
        }
    }
    free(room);
    return found ? found : -1;
}

/* The likeness of `count` wordings among each other, in `near` (count, count). `packed`, `bounds` (wordings, 3),
 * `scale` (wordings, 2), `weights`: as in bot/matching/held.py; `itself`: each wording's likeness to itself. */
CLONED int64_t kernel_among(const uint32_t *packed, const int32_t *bounds, const float *scale, const float *weights,
                     const float *itself, const int64_t *chosen, int64_t count, float *near) {
    int64_t places = 0;
    for (int64_t one = 0; one < count; one++) places += bounds[3 * chosen[one] + 2] - bounds[3 * chosen[one]];
    int64_t table = 16;
    while (table < 2 * places) table *= 2;
    const int64_t padded = (count + 3) / 4 * 4;
    /* of each different feature: its name, where the rows that have it end; of each place: row, value, feature */
    int32_t *ints = malloc((size_t)(table + 5 * places + 1) * sizeof *ints);
    float *floats = malloc((size_t)(2 * places + padded * (padded + 1)) * sizeof *floats);
    if (ints == NULL || floats == NULL) {
        free(ints);
        free(floats);
        return -1;
    }
    int32_t *slots = ints, *ends = slots + table, *names = ends + places + 1, *which = names + places;
    int32_t *rows = which + places, *sorted = rows + places;
    memset(ints, 0, (size_t)(table + places + 1) * sizeof *ints);
    float *values = floats, *ordered = values + places, *sums = ordered + places, *column = sums + padded * padded;
    int64_t at = 0, features = 0;
    for (int64_t one = 0; one < count; one++) {
        const int32_t *bound = bounds + 3 * chosen[one];
        for (int64_t half = 0; half < 2; half++) {
            const float unit = scale[2 * chosen[one] + half];
            for (int64_t place = bound[half]; place < bound[half + 1]; place++, at++) {
                const uint32_t name = packed[place] >> 8;
                uint64_t slot = (name * 2654435761u) & (uint64_t)(table - 1);
                while (slots[slot] && (uint32_t)names[slots[slot] - 1] != name) slot = (slot + 1) & (uint64_t)(table - 1);
                if (!slots[slot]) {
                    names[features++] = (int32_t)name;
                    slots[slot] = (int32_t)features;
                }
                which[at] = slots[slot] - 1;
                ends[which[at] + 1]++;
                rows[at] = (int32_t)one;
                values[at] = weights[name] * (float)(packed[place] & 255) * unit;
            }
        }
    }
    for (int64_t one = 0; one < features; one++) ends[one + 1] += ends[one];
    for (int64_t one = places - 1; one >= 0; one--) { /* backwards: `ends` become where each feature begins */
        const int32_t place = --ends[which[one] + 1];
        sorted[place] = rows[one];
        ordered[place] = values[one];
    }
    memset(sums, 0, (size_t)(padded * (padded + 1)) * sizeof *sums);
    for (int64_t one = 0; one < features; one++) {
        const int64_t first = ends[one + 1], end = one + 1 < features ? ends[one + 2] : places;
        if (end - first < 2) continue; /* what one of them has alone makes none alike */
        for (int64_t place = first; place < end; place++) column[sorted[place]] = ordered[place];
        for (int64_t place = first; place < end; place++) {
            float *row = sums + sorted[place] * padded;
            const float value = ordered[place];
            for (int64_t other = 0; other < padded; other++) row[other] += value * column[other];
        }
        for (int64_t place = first; place < end; place++) column[sorted[place]] = 0;
    }
    for (int64_t one = 0; one < count; one++) {
        memcpy(near + one * count, sums + one * padded, (size_t)count * sizeof *near);
        near[one * count + one] = itself[chosen[one]];
    }
    free(ints);
    free(floats);
    return 0;
}

/* Solves (K + penalty I) weights = close for the first `count` rows and columns of K, (wide, wide), symmetric and
 * positive semidefinite. */
CLONED int64_t kernel_solved(const float *system, int64_t wide, int64_t count, double penalty, const double *close,
                      double *weights) {
    double *upper = malloc((size_t)(count * count) * sizeof *upper);
    if (upper == NULL) return -1;
    for (int64_t row = 0; row < count; row++) {
        for (int64_t column = row; column < count; column++) upper[row * count + column] = system[row * wide + column];
        upper[row * count + row] += penalty;
        weights[row] = close[row];
    }
    for (int64_t row = 0; row < count; row++) { /* L D L': what a row says is taken from all below it */
        const double *from = upper + row * count;
        const double pivot = 1 / from[row];
        for (int64_t below = row + 1; below < count; below++) {
            const double share = from[below] * pivot;
            if (share == 0) continue;
            double *into = upper + below * count;
            for (int64_t column = below; column < count; column++) into[column] -= share * from[column];
            weights[below] -= share * weights[row];
        }
    }
    for (int64_t row = count - 1; row >= 0; row--) {
        double sum = weights[row];
        for (int64_t column = row + 1; column < count; column++) sum -= upper[row * count + column] * weights[column];
        weights[row] = sum / upper[row * count + row];
    }
    free(upper);
    return 0;
}

/* The largest value from each start to the next one, the last up to `end`. */
CLONED void kernel_closest(const float *near, const int64_t *starts, int64_t count, int64_t end, float *closest) {
    for (int64_t one = 0; one < count; one++) {
        const int64_t stop = one + 1 < count ? starts[one + 1] : end;
        int64_t at = starts[one];
        float most[4] = {near[at], near[at], near[at], near[at]};
        for (; at + 4 <= stop; at += 4)
            for (int64_t lane = 0; lane < 4; lane++) most[lane] = near[at + lane] > most[lane] ? near[at + lane] : most[lane];
        for (; at < stop; at++) most[0] = near[at] > most[0] ? near[at] : most[0];
        for (int64_t lane = 1; lane < 4; lane++) most[0] = most[lane] > most[0] ? most[lane] : most[0];
        closest[one] = most[0];
    }
}

/* ---- which entry of a topic (bot/matching/choosing.py) ---------------------------------------------------------- */

/* How close some entries come: the mean of their closest three wordings, less what their look-alikes are closer.
 * `own`, `against`: the wordings of each, (entries, width) and (entries, other); `size` from where a row has ended. */
void kernel_close(const float *near, int64_t size, const int64_t *own, int64_t width, const int64_t *against,
                  int64_t other, const int64_t *entries, int64_t count, float *close) {
    for (int64_t one = 0; one < count; one++) {
        const int64_t *row = own + entries[one] * width;
        float first = 0, second = 0, third = 0, worst = 0;
        for (int64_t at = 0; at < width && row[at] < size; at++) {
            const float value = near[row[at]];
            if (value > third) {
                third = value > second ? second : value;
                second = value > first ? first : value > second ? value : second;
                first = value > first ? value : first;
            }
        }
        row = against + entries[one] * other;
        for (int64_t at = 0; at < other && row[at] < size; at++) worst = near[row[at]] > worst ? near[row[at]] : worst;
        const float mean = (third + second + first) / 3;
        close[one] = worst > mean ? mean - (worst - mean) : mean;
    }
}

/* ---- the sentence model's matrices (bot/matching/matrices.py) ------------------------------------------------- */

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
