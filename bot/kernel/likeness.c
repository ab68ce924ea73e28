/* The likeness of a message to every wording (bot/matching/lists.py, likeness.py). */
#include "kernel.h"

#include <stdlib.h>

#ifndef SOURCE
#define SOURCE "unknown"
#endif

/* Which files this was made from: their SHA-256. */
const char *kernel_source(void) { return SOURCE; }

#define AHEAD 8 /* lists whose first slots are on their way while others are added up */

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
    for (int64_t one = 0; one < size; one++) {
        shares[one] = held[one] * scale[one] + held[size + one] * scale[size + one];
        held[one] = held[size + one] = 0;
    }
    for (int64_t one = 0; one < more; one++) {
        if (held[2 * size + one] != 0) shares[further[one]] += held[2 * size + one] * scale[2 * size + one];
        held[2 * size + one] = 0;
    }
}

#define BINS 256

/* The `rank`-th largest of some values, one after another from 0; `room`: for as many. 1 <= rank <= count. Told by bins:
 * a sort or a heap guesses wrong at every step. */
CLONED float kernel_ranked(const float *values, int64_t count, int64_t rank, float *room) {
    float least = values[0], most = values[0];
    for (int64_t at = 1; at < count; at++) {
        least = values[at] < least ? values[at] : least;
        most = values[at] > most ? values[at] : most;
    }
    const float width = most > least ? (BINS - 1) / (most - least) : 0;
    int32_t often[BINS] = {0}, bin = BINS - 1;
    for (int64_t at = 0; at < count; at++) often[(int32_t)((values[at] - least) * width)]++;
    while (often[bin] < rank) rank -= often[bin--];
    int64_t found = 0;
    for (int64_t at = 0; at < count; at++) {
        room[found] = values[at];
        found += (int32_t)((values[at] - least) * width) == bin;
    }
    for (int64_t at = 0;; at++) { /* of the few in this bin, the largest first */
        int64_t first = at;
        for (int64_t other = at + 1; other < found; other++) first = room[other] > room[first] ? other : first;
        const float value = room[first];
        if (at + 1 == rank || at + 1 >= found) return value;
        room[first] = room[at];
        room[at] = value;
    }
}

/* The place of the lowest bit that is set. */
static inline int64_t lowest(uint64_t bits) {
#if defined(__GNUC__)
    return __builtin_ctzll(bits);
#else
    int64_t place = 0;
    for (; !(bits & 1); bits >>= 1) place++;
    return place;
#endif
}

#define BLOCK 16
#define FEW 12 /* wordings whose rows are on their way while another is looked at */

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
    float *room = malloc((size_t)(2 * some + 1) * sizeof *room);
    if (room == NULL) return -1;
    for (int64_t at = 0; at < some; at++) room[at] = near[at * step];
    const float least = kernel_ranked(room, some, rank, room + some) - rounded;
    free(room);
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
    return found;
}

/* Completes the likeness to the nearest by the features that many wordings have, and tells which these are: their
 * numbers, in order, in `close` (room for `size`); returns how many, or -1 where there is no room. `about`: so many,
 * told by every `step`-th. `rows`: of each wording a bit for each of `width` features that it has, in whole words of
 * 64 bits, and in one more the first of its own in `twice`, 32 bits, and how many; of these, features that stand there
 * more than once, pairs: the feature, and how many sixteenths it counts beyond the first sixteen. `scale`: of words, of
 * characters, (size, 2). `places`, `values`, `written`: the message's; a value is what one sixteenth adds. */
CLONED int64_t kernel_completed(float *near, int64_t size, int64_t about, int64_t step, float rounded, const uint64_t *rows,
                         int64_t width, const int32_t *twice, const float *scale, const int32_t *places,
                         const float *values, const uint8_t *written, int64_t count, int64_t *close) {
    const int64_t found = leading(near, size, about, step, rounded, close), words = (width + 63) / 64, wide = words + 1;
    if (found <= 0 || count == 0) return found;
    float *adds = calloc((size_t)(3 * width), sizeof *adds); /* of each feature: what it adds once; again, by words, by characters */
    uint64_t *masks = calloc((size_t)(2 * words), sizeof *masks); /* the message's features of words, of characters */
    if (adds == NULL || masks == NULL) {
        free(adds);
        free(masks);
        return -1;
    }
    for (int64_t n = 0; n < count; n++) {
        const int64_t half = written[n] != 0;
        adds[places[n]] = 16 * values[n];
        adds[width + 2 * places[n] + half] = values[n];
        masks[half * words + (places[n] >> 6)] |= (uint64_t)1 << (places[n] & 63);
    }
    for (int64_t at = 0; at < found; at++) {
        const int64_t one = close[at];
        if (at + FEW < found) {
            SOON(rows + close[at + FEW] * wide);
            SOON(scale + 2 * close[at + FEW]);
        }
        const uint64_t *row = rows + one * wide;
        float sums[2] = {0, 0}; /* by words, by characters */
        for (int64_t half = 0; half < 2; half++)
            for (int64_t word = 0; word < words; word++)
                for (uint64_t left = row[word] & masks[half * words + word]; left; left &= left - 1)
                    sums[half] += adds[64 * word + lowest(left)];
        const int32_t *more = twice + 2 * (int64_t)(row[words] & 0xffffffff);
        for (int64_t left = (int64_t)(row[words] >> 32); left > 0; left--, more += 2) {
            sums[0] += (float)more[1] * adds[width + 2 * more[0]];
            sums[1] += (float)more[1] * adds[width + 2 * more[0] + 1];
        }
        near[one] += sums[0] * scale[2 * one] + sums[1] * scale[2 * one + 1];
    }
    free(adds);
    free(masks);
    return found;
}
