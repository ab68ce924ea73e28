/* A whole message at once, with engine A: from its words to the topics and entries that it may mean, in the steps of
 * bot/matching (features, space, likeness, neighbourhood, coverage, choosing). `bot/kernel/reading.py` calls it. */
#include "kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The FAQ as matching sees it. The names are those of bot/kernel/reading.py, which fills it in. */
struct faq {
    /* features: of each word its stem, and where its runs begin; of each stem where its pairs begin, by second stem */
    const int32_t *stem_of, *spelt_at, *spelt, *pair_at, *pair_with;
    const double *often;   /* what counts as how often something stands there, in sixteenths, up to `most_often` */
    const double *weights; /* of the features, and last of an unknown one */
    int64_t stems, width, most_often;
    /* likeness */
    const int32_t *common; /* of each feature its place among the common ones, or -1 */
    const float *common_weights;
    const uint8_t *common_written;
    const void *slots;
    const int32_t *starts;
    const float *list_weights, *list_scale;
    const int64_t *further;
    int64_t wide, size, more;
    const uint64_t *rows;
    const int32_t *twice;
    int64_t row_width, about, step;
    const uint32_t *packed;
    const int32_t *bounds;
    const float *scale, *held_weights, *itself;
    double rounded;
    /* neighbourhood */
    const int64_t *class_of, *class_starts;
    int64_t classes, first_repelled, nearest;
    double steps, nowhere, penalty, repelled, far, fine;
    /* coverage: of each stem a bit for each class that has it */
    const uint8_t *covers;
    const double *stem_weights;
    int64_t cover_width;
    /* choosing: the wordings of each entry, the entries of each class, the general one of it or -1 */
    const int64_t *own, *against, *entries_at, *general;
    int64_t own_width, against_width;
    double ahead;
};

#define RANKED 8
/* What a message is read as. */
struct found {
    double best, margin, strange;
    int64_t count; /* of `order` and `entries`: the classes that come first, and the entry of each */
    int64_t order[RANKED], entries[RANKED];
    double scores[RANKED]; /* of these classes */
    int64_t common; /* common features of the message */
};

/* Room that is used again: `most` numbers of 64 bits each; `held` for the lists, `close` for all wordings. */
struct room {
    int64_t most;
    int64_t *numbers, *keys;
    float *values, *held;
    int64_t *close;
    int32_t *marks; /* one a feature: zeros, as `held` */
};

/* In order, in place. A message has some hundred features. */
void kernel_order(int64_t *keys, int64_t count) {
    static const int64_t gaps[] = {8929, 3905, 1750, 701, 301, 132, 57, 23, 10, 4, 1};
    for (size_t round = 0; round < sizeof gaps / sizeof *gaps; round++) {
        const int64_t gap = gaps[round];
        for (int64_t at = gap; at < count; at++) {
            const int64_t key = keys[at];
            int64_t place = at;
            for (; place >= gap && keys[place - gap] > key; place -= gap) keys[place] = keys[place - gap];
            keys[place] = key;
        }
    }
}

/* Each different key once, in order, with how often it stands there; returns how many. `often` may be NULL. */
static int64_t tally(int64_t *keys, int64_t count, int64_t *often) {
    int64_t found = 0;
    kernel_order(keys, count);
    for (int64_t at = 0, next; at < count; at = next) {
        for (next = at + 1; next < count && keys[next] == keys[at];) next++;
        keys[found] = keys[at];
        if (often != NULL) often[found] = next - at;
        found++;
    }
    return found;
}

/* The number of a pair of stems, -1 where the FAQ lacks it. */
static int64_t pair(const struct faq *faq, int64_t left, int64_t right) {
    if (left < 0 || right < 0) return -1;
    int64_t low = faq->pair_at[left], high = faq->pair_at[left + 1];
    while (low < high) {
        const int64_t middle = (low + high) / 2;
        if (faq->pair_with[middle] < right) low = middle + 1;
        else high = middle;
    }
    return low < faq->pair_at[left + 1] && faq->pair_with[low] == right ? faq->stems + low : -1;
}

/* Half a message, of words or of characters: its features' values as a unit vector; returns how many are known, which
 * stand first. `numbers`: -1 and less where the FAQ lacks a feature: it only makes the rest count less. */
static int64_t weighed(const struct faq *faq, int64_t *numbers, const int64_t *often, int64_t count, float *values) {
    double sum = 0;
    double *each = (double *)calloc((size_t)(count + 1), sizeof *each);
    if (each == NULL) return -1;
    for (int64_t n = 0; n < count; n++) {
        const double weight = faq->weights[numbers[n] < 0 ? faq->width : numbers[n]];
        const double many = often[n] < faq->most_often ? faq->often[often[n]] : rint(16 * (1 + log((double)often[n])));
        each[n] = weight * many;
        sum += each[n] * each[n];
    }
    const double norm = sum > 0 ? sqrt(sum) : 1;
    int64_t known = 0;
    for (int64_t n = 0; n < count; n++) {
        if (numbers[n] < 0) continue;
        numbers[known] = numbers[n];
        values[known++] = (float)(each[n] / norm);
    }
    free(each);
    return known;
}

/* The features of a message: their numbers and values; returns how many, -1 where there is no room. `strange`: of words
 * that the FAQ lacks (-1 in `words`) the stems in turn, then `runs` all their runs; -2 and less for what it lacks too,
 * each with a number of its own. `stems`: the stem of each word, then. */
static int64_t features(const struct faq *faq, struct room *room, const int32_t *words, int64_t count,
                        const int32_t *strange, const int32_t *runs, int64_t run_count, int64_t *stems) {
    int64_t *keys = room->keys, *numbers = room->numbers, *often = keys + room->most, found, said = 0;
    for (int64_t n = 0; n < count; n++) stems[n] = words[n] < 0 ? *strange++ : faq->stem_of[words[n]];
    for (int64_t n = 0; n < count; n++)
        if (stems[n] >= 0) SOON(faq->pair_at + stems[n]);
    memcpy(numbers, stems, (size_t)count * sizeof *stems);
    said = tally(numbers, count, often);
    for (int64_t n = 0; n + 1 < count; n++) keys[n] = stems[n] * ((int64_t)1 << 32) + (stems[n + 1] + ((int64_t)1 << 31));
    found = tally(keys, count > 0 ? count - 1 : 0, often + said);
    for (int64_t n = 0; n < found; n++) {
        const int64_t left = (keys[n] - (keys[n] & 0xffffffff)) / ((int64_t)1 << 32);
        numbers[said + n] = pair(faq, left, (keys[n] & 0xffffffff) - ((int64_t)1 << 31));
    }
    const int64_t of_words = weighed(faq, numbers, often, said + found, room->values);
    if (of_words < 0) return -1;
    int64_t *spelt = numbers + of_words, total = run_count;
    for (int64_t n = 0; n < count; n++)
        if (words[n] >= 0) total += faq->spelt_at[words[n] + 1] - faq->spelt_at[words[n]];
    if (of_words + total > room->most) return -1;
    for (int64_t n = 0; n < run_count; n++) spelt[n] = runs[n];
    int64_t at = run_count;
    for (int64_t n = 0; n < count; n++)
        if (words[n] >= 0)
            for (int64_t run = faq->spelt_at[words[n]]; run < faq->spelt_at[words[n] + 1]; run++) spelt[at++] = faq->spelt[run];
    const int64_t different = tally(spelt, total, often);
    const int64_t of_characters = weighed(faq, spelt, often, different, room->values + of_words);
    return of_characters < 0 ? -1 : of_words + of_characters;
}

/* The score of each class by the nearest wordings; -1 where they cannot be told this way, or there is no room. */
static int64_t scored(const struct faq *faq, const float *near, const int64_t *close, int64_t count, int32_t *marks,
                      double *scores) {
    const int64_t most = faq->nearest, classes = faq->classes;
    if (count <= most) return -1;
    float *alike = malloc((size_t)(most * most + classes) * sizeof *alike);
    double *numbers = calloc((size_t)(3 * most + classes), sizeof *numbers);
    int64_t *chosen = malloc((size_t)most * sizeof *chosen);
    int64_t done = -1;
    if (alike == NULL || numbers == NULL || chosen == NULL) goto end;
    double *told = numbers, *weights = told + most, *all = weights + most, *pushed = all + most;
    float *closest = alike + most * most;
    if (kernel_nearest(near, close, count, most, (float)faq->steps, (float)faq->nowhere, chosen) != most) goto end;
    if (kernel_among(faq->packed, faq->bounds, faq->scale, faq->held_weights, faq->itself, chosen, most, marks, alike))
        goto end;
    int64_t own = 0;
    while (own < most && chosen[own] < faq->first_repelled) own++;
    for (int64_t n = 0; n < most; n++) told[n] = near[chosen[n]];
    if (kernel_solved(alike, most, most, faq->penalty, told, all, own, weights)) goto end;
    memset(scores, 0, (size_t)classes * sizeof *scores);
    for (int64_t n = 0; n < own; n++) scores[faq->class_of[chosen[n]]] += weights[n];
    if (own < most) { /* a look-alike takes from the class that names it, and from no other */
        for (int64_t n = 0; n < most; n++) pushed[faq->class_of[chosen[n]]] += n < own ? all[n] : faq->repelled * all[n];
        for (int64_t n = own; n < most; n++) {
            const int64_t named = faq->class_of[chosen[n]];
            if (pushed[named] < scores[named]) scores[named] = pushed[named];
        }
    }
    kernel_closest(near, faq->class_starts, classes, faq->first_repelled, closest);
    for (int64_t one = 0; one < classes; one++) {
        const float nearest = closest[one] > 0 ? (float)faq->far * closest[one] : 0;
        scores[one] = rint((scores[one] + nearest) * faq->fine) / faq->fine;
    }
    done = 0;
end:
    free(alike);
    free(numbers);
    free(chosen);
    return done;
}

/* The classes with the best scores, in order; of equally good ones the first. */
static void ranked(const struct faq *faq, const double *scores, struct found *found) {
    int64_t count = 0;
    for (int64_t one = 0; one < faq->classes; one++) {
        if (count == RANKED && !(scores[one] > scores[found->order[RANKED - 1]])) continue;
        int64_t place = count < RANKED ? count++ : RANKED - 1;
        for (; place > 0 && scores[found->order[place - 1]] < scores[one]; place--) found->order[place] = found->order[place - 1];
        found->order[place] = one;
    }
    found->count = count;
    for (int64_t n = 0; n < count; n++) found->scores[n] = scores[found->order[n]];
    found->best = scores[found->order[0]];
    found->margin = found->best - (count > 1 ? scores[found->order[1]] : 0);
}

/* The share, by weight, of the different stems that no wording of a class has. `stems` are put in order. */
static double strangeness(const struct faq *faq, int64_t *stems, int64_t count, int64_t class) {
    double all = 0, strange = 0;
    count = tally(stems, count, NULL);
    for (int64_t n = 0; n < count; n++) {
        const int64_t stem = stems[n];
        const double weight = faq->stem_weights[stem < 0 ? faq->stems : stem];
        const int64_t known = stem >= 0 && (faq->covers[stem * faq->cover_width + class / 8] >> class % 8 & 1);
        all += weight;
        strange += known ? 0 : weight;
    }
    return all > 0 ? strange / all : 1;
}

/* The entry of a class: the closest, but the general one unless another clearly leads. -1 where there is no room. */
static int64_t chosen(const struct faq *faq, const float *near, int64_t class) {
    const int64_t first = faq->entries_at[class], count = faq->entries_at[class + 1] - first, general = faq->general[class];
    if (count == 1) return first;
    int64_t *entries = malloc((size_t)count * sizeof *entries), best = 0;
    float *close = malloc((size_t)count * sizeof *close);
    if (entries != NULL && close != NULL) {
        for (int64_t n = 0; n < count; n++) entries[n] = first + n;
        kernel_close(near, faq->size, faq->own, faq->own_width, faq->against, faq->against_width, entries, count, close);
        for (int64_t n = 1; n < count; n++)
            if (close[n] > close[best]) best = n;
        best = general < 0 || (double)close[general - first] < (double)close[best] - faq->ahead ? first + best : general;
    } else
        best = -1;
    free(entries);
    free(close);
    return best;
}

/* Reads a message. `near`: (size), its likeness to every wording, then; `scores`: (classes). Where `sketched` is given,
 * (size), it gets the likeness before common features were counted, and `places` and `values`, (row_width), these
 * features. 0 where all went well, 1 where only `sketched` could be told, -1 where there was no room. */
int64_t kernel_read(const struct faq *faq, struct room *room, const int32_t *words, int64_t count, const int32_t *strange,
                    const int32_t *runs, int64_t run_count, float *near, double *scores, float *sketched,
                    int32_t *places, float *values, struct found *found) {
    if (3 * count > room->most) return -1;
    int64_t *stems = room->keys + 2 * room->most;
    const int64_t many = features(faq, room, words, count, strange, runs, run_count, stems);
    if (many < 0) return -1;
    int64_t rare = 0, common = 0;
    for (int64_t n = 0; n < many; n++) SOON(faq->common + room->numbers[n]);
    for (int64_t n = 0; n < many; n++) {
        const int32_t place = faq->common[room->numbers[n]];
        if (place < 0) {
            room->numbers[rare] = room->numbers[n];
            room->values[rare++] = room->values[n];
        } else {
            places[common] = place;
            values[common++] = room->values[n];
        }
    }
    found->common = common;
    kernel_shares(faq->slots, faq->wide, faq->starts, faq->list_weights, faq->list_scale, faq->size, faq->further, faq->more,
                  room->numbers, room->values, rare, room->held, near);
    if (sketched != NULL) memcpy(sketched, near, (size_t)faq->size * sizeof *near);
    float *told = room->values; /* nobody asks for those any more */
    uint8_t *written = (uint8_t *)room->keys;
    for (int64_t n = 0; n < common; n++) {
        told[n] = values[n] * faq->common_weights[places[n]];
        written[n] = faq->common_written[places[n]];
    }
    const int64_t close = kernel_completed(near, faq->size, faq->about, faq->step, (float)faq->rounded, faq->rows, faq->row_width,
                                           faq->twice, faq->scale, places, told, written, common, room->close);
    if (close < 0) return -1;
    if (scored(faq, near, room->close, close, room->marks, scores)) return 1;
    ranked(faq, scores, found);
    found->strange = strangeness(faq, stems, count, found->order[0]);
    for (int64_t n = 0; n < found->count; n++) {
        found->entries[n] = chosen(faq, near, found->order[n]);
        if (found->entries[n] < 0) return -1;
    }
    return 0;
}
