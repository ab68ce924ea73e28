/* The likeness of a message to every wording (bot/matching/lists.py, likeness.py). */
#include "kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#ifndef SOURCE
#define SOURCE "unknown"
#endif

/* Which files this was made from: their SHA-256. */
const char *kernel_source(void) { return SOURCE; }

#define BLOCK 16
#define LANES 32
#define AHEAD 8 /* lists whose first slots are on their way while others are added up */

/* What each wording's words and its characters add up to, times their scales; `said` and `spelt` become zeros. */
CLONED static void combine(int64_t size, float *restrict said, float *restrict spelt, const float *restrict of_said,
                           const float *restrict of_spelt, float *restrict shares) {
    for (int64_t one = 0; one < size; one++) {
        shares[one] = said[one] * of_said[one] + spelt[one] * of_spelt[one];
        said[one] = spelt[one] = 0;
    }
}

/* Adds `values` times `weights` up along each number's list of slots. `held`: room, one a slot, zeros before and after.
 * `wide`: a slot has 32 bits, not 16. `shares`: (size), one a wording: its words' slot and its characters', and `further` ones. */
CLONED void kernel_shares(const void *slots, int64_t wide, const int32_t *starts, const float *weights, const float *scale,
                   int64_t size, const int64_t *further, int64_t more, const int64_t *numbers, const float *values,
                   int64_t count, float *held, float *shares) {
    const uint16_t *narrow = slots;
    const uint32_t *broad = slots;
    for (int64_t n = 0; n < count; n++) SOON(starts + numbers[n]);
    for (int64_t n = 0; n < count; n++) {
        const int64_t number = numbers[n];
        const float value = values[n] * weights[number];
        const int64_t end = starts[number + 1];
        if (n + AHEAD < count) {
            const int64_t next = starts[numbers[n + AHEAD]];
            SOON(weights + numbers[n + AHEAD]);
            SOON(wide ? (const void *)(broad + next) : (const void *)(narrow + next));
        }
        if (wide)
            for (int64_t at = starts[number]; at < end; at++) held[broad[at]] += value;
        else
            for (int64_t at = starts[number]; at < end; at++) held[narrow[at]] += value;
    }
    combine(size, held, held + size, scale, scale + size, shares);
    float *const last = held + 2 * size;
    for (int64_t first = 0; first < more; first += BLOCK) { /* few blocks have one that was added to */
        const int64_t end = first + BLOCK < more ? first + BLOCK : more;
        int32_t any = 0;
        for (int64_t one = first; one < end; one++) any |= last[one] != 0;
        if (!any) continue;
        for (int64_t one = first; one < end; one++) {
            shares[further[one]] += last[one] * scale[2 * size + one];
            last[one] = 0;
        }
    }
}

/* How many of some values are larger than one. */
static inline __attribute__((always_inline)) int64_t larger(const float *values, int64_t count, float than) {
    int32_t found = 0;
    for (int32_t at = 0; at < (int32_t)count; at++) found += values[at] > than;
    return found;
}

/* The least and the largest of some values: of those that are larger than `than`. */
static inline __attribute__((always_inline)) void limits(const float *values, int64_t count, float than, float *low,
                                                         float *high) {
    float least[LANES], most[LANES];
    for (int64_t lane = 0; lane < LANES; lane++) {
        least[lane] = INFINITY;
        most[lane] = -INFINITY;
    }
    for (int64_t first = 0; first < count; first += LANES) {
        const float *some = first + LANES <= count ? values + first : NULL;
        for (int64_t lane = 0; some == NULL && first + lane < count; lane++) {
            const float value = values[first + lane];
            if (value > than && value < least[lane]) least[lane] = value;
            if (value > most[lane]) most[lane] = value;
        }
        for (int64_t lane = 0; some != NULL && lane < LANES; lane++) {
            const float raised = some[lane] > than ? some[lane] : INFINITY;
            least[lane] = raised < least[lane] ? raised : least[lane];
            most[lane] = some[lane] > most[lane] ? some[lane] : most[lane];
        }
    }
    *low = least[0];
    *high = most[0];
    for (int64_t lane = 1; lane < LANES; lane++) {
        *low = least[lane] < *low ? least[lane] : *low;
        *high = most[lane] > *high ? most[lane] : *high;
    }
}

/* The `rank`-th largest of some values. 1 <= rank <= count. Told by halving the stretch where it lies: a sort or a heap
 * guesses wrong at every step. */
CLONED float kernel_ranked(const float *values, int64_t count, int64_t rank) {
    float low, high;
    limits(values, count, -INFINITY, &low, &high);
    if (larger(values, count, low) < rank) return low;
    for (;;) { /* more than `rank` are larger than `low`, or as many; fewer are larger than `high` */
        const float middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) return high;
        const int64_t above = larger(values, count, middle);
        if (above < rank) high = middle;
        else low = middle;
        if (above == rank) break;
    }
    limits(values, count, low, &low, &high);
    return low;
}

#define FEW 12 /* wordings whose rows are on their way while another is looked at */

/* The place of the lowest bit that is set. */
static inline int64_t lowest(uint32_t bits) {
#if defined(__GNUC__)
    return __builtin_ctz(bits);
#else
    int64_t place = 0;
    for (; !(bits & 1); bits >>= 1) place++;
    return place;
#endif
}

/* Which of BLOCK values are larger than one: a bit each. */
static inline uint32_t above(const float *values, float than) {
#if defined(__SSE2__)
    const __m128 limit = _mm_set1_ps(than);
    const __m128i a = _mm_castps_si128(_mm_cmpgt_ps(_mm_loadu_ps(values), limit));
    const __m128i b = _mm_castps_si128(_mm_cmpgt_ps(_mm_loadu_ps(values + 4), limit));
    const __m128i c = _mm_castps_si128(_mm_cmpgt_ps(_mm_loadu_ps(values + 8), limit));
    const __m128i d = _mm_castps_si128(_mm_cmpgt_ps(_mm_loadu_ps(values + 12), limit));
    return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(_mm_packs_epi32(a, b), _mm_packs_epi32(c, d)));
#else
    uint32_t found = 0;
    for (uint32_t at = 0; at < BLOCK; at++) found |= (uint32_t)(values[at] > than) << at;
    return found;
#endif
}

/* Where those are that are at least as near as about so many; their numbers, in order, in `close`. -1: no room. */
CLONED static int64_t leading(const float *near, int64_t size, int64_t about, int64_t step, float rounded, int64_t *close) {
    int64_t found = 0;
    if (size <= about) {
        for (; found < size; found++) close[found] = found;
        return found;
    }
    const int64_t some = (size + step - 1) / step;
    int64_t rank = about / step > 1 ? about / step : 1;
    if (rank > some) rank = some;
    float *room = malloc((size_t)some * sizeof *room);
    if (room == NULL) return -1;
    for (int64_t at = 0; at < some; at++) room[at] = near[at * step];
    const float least = kernel_ranked(room, some, rank) - rounded;
    free(room);
    int64_t first = 0;
    for (; first + BLOCK <= size; first += BLOCK) /* few blocks have one that is near */
        for (uint32_t left = above(near + first, least); left; left &= left - 1) close[found++] = first + lowest(left);
    for (; first < size; first++)
        if (near[first] > least) close[found++] = first;
    return found;
}

/* What a feature adds to a wording: nothing, where that lacks it. No branch: it would guess wrong. */
static inline float added(const uint64_t *row, int32_t place, uint32_t once) {
    const uint32_t bits = once & -(uint32_t)(row[place >> 6] >> (place & 63) & 1);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Completes the likeness to the nearest by the features that many wordings have, and tells which these are: their
 * numbers, in order, in `close` (room for `size`); returns how many, or -1 where there is no room. `about`: so many,
 * told by every `step`-th. `rows`: of each wording a bit for each of `width` features that it has, in whole words of
 * 64 bits; as many for those that stand there more than once; and one more: the first of these in `twice`, 32 bits, and
 * how many. `twice`: pairs: the feature, and how many sixteenths it counts beyond the first sixteen. `scale`: of words,
 * of characters, (size, 2). `places`, `values`, `written`: the message's; a value is what one sixteenth adds. */
CLONED int64_t kernel_completed(float *near, int64_t size, int64_t about, int64_t step, float rounded, const uint64_t *rows,
                         int64_t width, const int32_t *twice, const float *scale, const int32_t *places,
                         const float *values, const uint8_t *written, int64_t count, int64_t *close) {
    const int64_t found = leading(near, size, about, step, rounded, close), words = (width + 63) / 64, wide = 2 * words + 1;
    if (found <= 0 || count == 0) return found;
    /* of each of the message's features what it adds once, as bits; of each feature what it adds again, by words and by
     * characters; which of them the message has */
    uint32_t *once = malloc((size_t)count * sizeof *once);
    float *adds = calloc((size_t)(2 * width), sizeof *adds);
    uint64_t *held = calloc((size_t)words, sizeof *held);
    if (once == NULL || adds == NULL || held == NULL) {
        free(once);
        free(adds);
        free(held);
        return -1;
    }
    int64_t said = 0; /* features of words come first */
    for (int64_t n = 0; n < count; n++) {
        const float value = 16 * values[n];
        memcpy(once + n, &value, sizeof value);
        adds[2 * places[n] + (written[n] != 0)] = values[n];
        held[places[n] >> 6] |= (uint64_t)1 << (places[n] & 63);
        said += !written[n];
    }
    for (int64_t at = 0; at < found; at++) {
        const int64_t one = close[at];
        if (at + FEW < found) {
            SOON(rows + close[at + FEW] * wide);
            SOON(scale + 2 * close[at + FEW]);
        }
        const uint64_t *row = rows + one * wide;
        float sums[2] = {0, 0}; /* by words, by characters */
        for (int64_t n = 0; n < said; n++) sums[0] += added(row, places[n], once[n]);
        for (int64_t n = said; n < count; n++) sums[1] += added(row, places[n], once[n]);
        uint64_t again = 0;
        for (int64_t word = 0; word < words; word++) again |= row[words + word] & held[word];
        const int32_t *more = twice + 2 * (int64_t)(row[2 * words] & 0xffffffff);
        for (int64_t left = again ? (int64_t)(row[2 * words] >> 32) : 0; left > 0; left--, more += 2) {
            sums[0] += (float)more[1] * adds[2 * more[0]];
            sums[1] += (float)more[1] * adds[2 * more[0] + 1];
        }
        near[one] += sums[0] * scale[2 * one] + sums[1] * scale[2 * one + 1];
    }
    free(once);
    free(adds);
    free(held);
    return found;
}
