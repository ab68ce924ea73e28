/* What the nearest wordings say (bot/matching/neighbourhood.py, held.py). */
#include "kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The `most` nearest of `close`, in order, in `chosen` (room for `most`); of equally near ones the first. -1: some were
 * left out (`nowhere`), so that those near enough may not be among `close`: look at all. most < count. */
CLONED int64_t kernel_nearest(const float *near, const int64_t *close, int64_t count, int64_t most, float steps, float nowhere,
                       int64_t *chosen) {
    float *room = calloc((size_t)count, sizeof *room);
    if (room == NULL) return -1;
    for (int64_t at = 0; at < count; at++) room[at] = rintf(near[close[at]] * steps);
    const float least = kernel_ranked(room, count, most);
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

#define LINE 16 /* numbers of 32 bits that memory brings at once */
#define LANES 8
#define FEW 12 /* rows that have a feature; where more have it, whole rows are added */
#define WIDE 16

/* Adds a column times a value to a row. Always all of it: to stop early guesses wrong. */
static inline __attribute__((always_inline)) void row_times(float *restrict row, const float *restrict column, float value,
                                                            int64_t padded) {
    for (int64_t first = 0; first < padded; first += LANES)
        for (int64_t lane = first; lane < first + LANES; lane++) row[lane] += value * column[lane];
}

/* The likeness of `count` wordings among each other, in `near` (count, count); -1 where there is no room. `packed`,
 * `bounds` (wordings, 3), `scale` (wordings, 2), `weights`: as in bot/matching/held.py; `itself`: each wording's
 * likeness to itself. `marks`: room, one a feature, zeros before and after. */
CLONED int64_t kernel_among(const uint32_t *packed, const int32_t *bounds, const float *scale, const float *weights,
                     const float *itself, const int64_t *chosen, int64_t count, int32_t *marks, float *near) {
    int64_t places = 0;
    for (int64_t one = 0; one < count; one++) SOON(bounds + 3 * chosen[one]);
    for (int64_t one = 0; one < count; one++) {
        const int32_t *bound = bounds + 3 * chosen[one];
        places += bound[2] - bound[0];
        for (int64_t place = bound[0]; place < bound[2]; place += LINE) SOON(packed + place);
        SOON(scale + 2 * chosen[one]);
        SOON(itself + chosen[one]);
    }
    const int64_t padded = (count + LANES - 1) / LANES * LANES;
    /* of each different feature: its name, how many rows have it and, later, where these end; of each place its feature;
     * the rows that have a feature, feature by feature, and its values there; the features by how many rows have them */
    int32_t *ints = malloc((size_t)(5 * places) * sizeof *ints);
    float *floats = malloc((size_t)(places + padded * (padded + 1)) * sizeof *floats);
    if (ints == NULL || floats == NULL) {
        free(ints);
        free(floats);
        return -1;
    }
    int32_t *names = ints, *often = names + places, *which = often + places, *rows = which + places, *several = rows + places;
    float *values = floats, *sums = values + places, *column = sums + padded * padded;
    memset(often, 0, (size_t)places * sizeof *often);
    memset(sums, 0, (size_t)(padded * (padded + 1)) * sizeof *sums);
    int64_t at = 0;
    int32_t features = 0;
    for (int64_t one = 0; one < count; one++) {
        const int32_t *bound = bounds + 3 * chosen[one];
        for (int64_t place = bound[0]; place < bound[2]; place++) SOON(marks + (packed[place] >> 8));
        for (int64_t place = bound[0]; place < bound[2]; place++, at++) { /* no branch: it would guess wrong */
            const int32_t name = (int32_t)(packed[place] >> 8), mark = marks[name], known = -(mark != 0);
            const int32_t one_of = (known & (mark - 1)) | (~known & features);
            marks[name] = one_of + 1;
            names[one_of] = name;
            often[one_of]++;
            which[at] = one_of;
            features += known + 1;
        }
    }
    int32_t start = 0, ends[FEW + 3] = {0}; /* by how many rows have them, one after another: no branch guesses wrong */
    for (int32_t one = 0; one < features; one++) {
        SOON(weights + names[one]);
        marks[names[one]] = 0;
        ends[(often[one] <= FEW ? often[one] : FEW + 1) + 1]++;
    }
    for (int32_t kind = 1; kind < FEW + 3; kind++) ends[kind] += ends[kind - 1];
    for (int32_t one = 0; one < features; one++) {
        const int32_t many = often[one];
        several[ends[many <= FEW ? many : FEW + 1]++] = one;
        often[one] = start;
        start += many;
    }
    at = 0;
    for (int64_t one = 0; one < count; one++) {
        const int32_t *bound = bounds + 3 * chosen[one];
        for (int64_t half = 0; half < 2; half++) {
            const float unit = scale[2 * chosen[one] + half];
            for (int64_t place = bound[half]; place < bound[half + 1]; place++, at++) {
                const int32_t into = often[which[at]]++;
                rows[into] = (int32_t)one;
                values[into] = weights[packed[place] >> 8] * (float)(packed[place] & 255) * unit;
            }
        }
    }
    for (int32_t many = 2; many <= FEW; many++) /* what one of them has alone makes none alike */
        for (int32_t one = ends[many - 1]; one < ends[many]; one++) {
            const int32_t end = often[several[one]];
            for (int32_t place = end - many; place < end; place++) /* rows are in order: right of the diagonal */
                for (int32_t other = place + 1; other < end; other++)
                    sums[rows[place] * padded + rows[other]] += values[place] * values[other];
        }
    for (int32_t one = ends[FEW]; one < ends[FEW + 1]; one++) {
        const int32_t which_one = several[one], end = often[which_one];
        const int32_t first = which_one > 0 ? often[which_one - 1] : 0;
        for (int32_t place = first; place < end; place++) column[rows[place]] = values[place];
        for (int32_t place = first; place < end; place++) row_times(sums + rows[place] * padded, column, values[place], padded);
        for (int32_t place = first; place < end; place++) column[rows[place]] = 0;
    }
    for (int64_t one = 0; one < count; one++) {
        near[one * count + one] = itself[chosen[one]];
        for (int64_t other = one + 1; other < count; other++)
            near[one * count + other] = near[other * count + one] = sums[one * padded + other];
    }
    free(ints);
    free(floats);
    return 0;
}

#define PIVOTS 4

/* What the rows from `first` on, PIVOTS of them or as many as there are, say is taken from all below. */
CLONED static void eliminate(double *upper, double *said, int64_t first, int64_t count, int64_t padded) {
    double pivots[PIVOTS];
    const int64_t last = first + PIVOTS < count ? first + PIVOTS : count;
    for (int64_t row = first; row < last; row++) {
        double *into = upper + row * padded;
        for (int64_t above = first; above < row; above++) {
            const double *from = upper + above * padded, share = from[row] * pivots[above - first];
            for (int64_t column = row / 4 * 4; column < padded; column++) into[column] -= share * from[column];
            said[row] -= share * said[above];
        }
        pivots[row - first] = 1 / into[row];
    }
    if (last - first < PIVOTS) return; /* nothing stands below */
    const double *one = upper + first * padded, *two = one + padded, *three = two + padded, *four = three + padded;
    for (int64_t below = last; below < count; below++) {
        double *into = upper + below * padded;
        const double a = one[below] * pivots[0], b = two[below] * pivots[1], c = three[below] * pivots[2], d = four[below] * pivots[3];
        for (int64_t column = below / 4 * 4; column < padded; column += 4) /* left of the diagonal nobody reads */
            for (int64_t lane = column; lane < column + 4; lane++)
                into[lane] = into[lane] - a * one[lane] - b * two[lane] - c * three[lane] - d * four[lane];
        said[below] = said[below] - a * said[first] - b * said[first + 1] - c * said[first + 2] - d * said[first + 3];
    }
}

static void substitute(const double *upper, const double *said, int64_t count, int64_t padded, double *weights) {
    for (int64_t row = count - 1; row >= 0; row--) {
        double sum = said[row];
        for (int64_t column = row + 1; column < count; column++) sum -= upper[row * padded + column] * weights[column];
        weights[row] = sum / upper[row * padded + row];
    }
}

/* Solves (K + penalty I) weights = close for the first `count` rows and columns of K, (wide, wide), symmetric and
 * positive semidefinite, and, in `weights_of_some`, for the first `some` of these alone; -1 where there is no room. */
int64_t kernel_solved(const float *system, int64_t wide, int64_t count, double penalty, const double *close,
                      double *weights, int64_t some, double *weights_of_some) {
    const int64_t padded = (count + 3) / 4 * 4;
    double *upper = calloc((size_t)((count + 1) * padded), sizeof *upper);
    if (upper == NULL) return -1;
    double *said = upper + count * padded;
    for (int64_t row = 0; row < count; row++) {
        for (int64_t column = row; column < count; column++) upper[row * padded + column] = system[row * wide + column];
        upper[row * padded + row] += penalty;
        said[row] = close[row];
    }
    for (int64_t first = 0; first < count; first += PIVOTS) eliminate(upper, said, first, count, padded);
    substitute(upper, said, count, padded, weights);
    if (some > 0) substitute(upper, said, some, padded, weights_of_some); /* what comes later changed nothing above it */
    free(upper);
    return 0;
}

/* The largest value from each start to the next one, the last up to `end`. */
CLONED void kernel_closest(const float *near, const int64_t *starts, int64_t count, int64_t end, float *closest) {
    for (int64_t one = 0; one < count; one++) {
        const int64_t first = starts[one], stop = one + 1 < count ? starts[one + 1] : end;
        float most[WIDE];
        for (int64_t lane = 0; lane < WIDE; lane++) most[lane] = near[first];
        if (stop - first >= WIDE) {
            for (int64_t at = first; at < stop; at += WIDE) {
                const float *some = near + (at + WIDE <= stop ? at : stop - WIDE); /* the last ones may be seen twice */
                for (int64_t lane = 0; lane < WIDE; lane++) most[lane] = some[lane] > most[lane] ? some[lane] : most[lane];
            }
            for (int64_t half = WIDE / 2; half >= 1; half /= 2)
                for (int64_t lane = 0; lane < half; lane++)
                    most[lane] = most[lane + half] > most[lane] ? most[lane + half] : most[lane];
        } else
            for (int64_t at = first; at < stop; at++) most[0] = near[at] > most[0] ? near[at] : most[0];
        closest[one] = most[0];
    }
}
