/* The emergency gate: which patterns a text meets (bot/urgent/trying.py), and what its words weigh together
 * (bot/urgent/features.py). */
#include "kernel.h"

#include <string.h>

#define STOP 2
#define FILLERS 3
#define PAUSE_COST 2
#define BLOCK 40 /* no pattern reaches further than this many words */

/* All patterns. A word or a place has a number; of each word the patterns that are tried there and the places that it
 * fills, of each place the words that fill it, in order. `words` counts the numbers; one more stands for any other. */
struct patterns {
    const int32_t *tried_at, *tried, *fills_at, *fills, *filled_at, *filled, *code_at, *code;
    int64_t words, places;
};

/* A pattern's code: of which kind it is; how many needs, moves to the right and moves to the left; and these: a need is
 * a place, a move a place and, 8 bits lower, twice the gap before it, and 1 where it may be left out. */
enum { CUE = 1, FIGURE = 2 };

struct text {
    const struct patterns *all;
    const int32_t *words;
    const uint8_t *breaks, *small;
    int64_t count;
};

static int fills(const struct patterns *all, int32_t word, int64_t place) {
    int64_t low = all->filled_at[place], high = all->filled_at[place + 1];
    const int64_t end = high;
    while (low < high) {
        const int64_t middle = (low + high) / 2;
        if (all->filled[middle] < word) low = middle + 1;
        else high = middle;
    }
    return low < end && all->filled[low] == word;
}

/* Where the moves end when followed from the word at `start`, to the right (`way` 1) or left (-1), or -1. A move that is
 * left out leaves its gap (`carried`) to the next. `small`: may small words stand between? */
static int64_t walk(const struct text *text, int small, const int32_t *moves, int64_t count, int64_t start, int64_t way,
                    int64_t carried) {
    if (count == 0) return start;
    int64_t gap = moves[0] >> 1 & 127, few = 0, at = start;
    if (carried > gap) gap = carried;
    const int64_t room = gap, last = way > 0 ? text->count : -1, place = moves[0] >> 8;
    while ((at += way) != last) {
        const uint8_t pause = text->breaks[way > 0 ? at : at + 1];
        if (pause == STOP) break;
        if (pause) gap = gap > PAUSE_COST ? gap - PAUSE_COST : 0;
        if (text->words[at] >= 0 && fills(text->all, text->words[at], place)) {
            const int64_t end = count == 1 ? at : walk(text, small, moves + 1, count - 1, at, way, 0);
            if (end >= 0) return end;
        }
        if (small && text->small[at] && few < FILLERS) few++;
        else if (gap) gap--;
        else break;
    }
    return moves[0] & 1 ? walk(text, small, moves + 1, count - 1, start, way, room) : -1;
}

/* Is the word at `at` one of a set phrase's own? */
static int owned(const struct text *text, const int32_t *moves, int64_t count, int64_t at) {
    for (int64_t n = 0; text->words[at] >= 0 && n < count; n++)
        if (fills(text->all, text->words[at], moves[n] >> 8)) return 1;
    return 0;
}

/* What is met: the pattern, from which word, to which. `met`: room for `most` of them. */
struct found {
    int32_t *met;
    int64_t most, count;
};

static void add(struct found *found, int64_t pattern, int64_t start, int64_t end) {
    if (found->count < found->most) {
        found->met[3 * found->count] = (int32_t)pattern;
        found->met[3 * found->count + 1] = (int32_t)start;
        found->met[3 * found->count + 2] = (int32_t)end;
    }
    found->count++;
}

/* The runs of a set phrase's own words: neither what stands in its gaps nor what begins after a comma in it. */
static void runs(const struct text *text, struct found *found, int64_t pattern, const int32_t *moves, int64_t count,
                 int64_t anchor, int64_t start, int64_t end) {
    int64_t first = -1;
    for (int64_t at = start; at <= end; at++) {
        if (at > start && text->breaks[at]) {
            end = at - 1;
            break;
        }
        if (at == anchor || owned(text, moves, count, at)) first = first < 0 ? at : first;
        else if (first >= 0) {
            add(found, pattern, first, at - 1);
            first = -1;
        }
    }
    if (first >= 0) add(found, pattern, first, end);
}

static void try_at(const struct text *text, const uint64_t *present, int64_t anchor, struct found *found) {
    const struct patterns *all = text->all;
    const int64_t word = text->words[anchor] < 0 ? all->words : text->words[anchor];
    for (int64_t n = all->tried_at[word]; n < all->tried_at[word + 1]; n++) {
        const int32_t *code = all->code + all->code_at[all->tried[n]];
        const int64_t needs = code[1], right = code[2], left = code[3];
        const int32_t *need = code + 4, *moves = need + needs;
        int64_t held = 0;
        while (held < needs && present[need[held] >> 6] >> (need[held] & 63) & 1) held++;
        if (held < needs) continue;
        const int small = !(code[0] & CUE);
        const int64_t end = walk(text, small, moves, right, anchor, 1, 0);
        const int64_t start = end < 0 ? -1 : walk(text, small, moves + right, left, anchor, -1, 0);
        if (start < 0) continue;
        if (code[0] & FIGURE) runs(text, found, all->tried[n], moves, right + left, anchor, start, end);
        else add(found, all->tried[n], start, end);
    }
}

/* Every pattern that a text meets: pattern, first and last word, in `met` (room for `most` of these). Returns how many
 * there are, which may be more. `words`: numbers, -1 for others; `breaks`: before each; `small`: is it a small word?
 * `present`: room for a bit a place. */
int64_t kernel_met(const struct patterns *all, const int32_t *words, const uint8_t *breaks, const uint8_t *small,
                   int64_t count, uint64_t *present, int32_t *met, int64_t most) {
    const struct text text = {all, words, breaks, small, count};
    struct found found = {met, most, 0};
    for (int64_t start = 0; start < count; start += BLOCK) {
        const int64_t first = start > BLOCK ? start - BLOCK : 0, end = start + 2 * BLOCK < count ? start + 2 * BLOCK : count;
        memset(present, 0, (size_t)((all->places + 63) / 64) * sizeof *present);
        for (int64_t at = first; at < end; at++)
            for (int64_t n = words[at] < 0 ? 0 : all->fills_at[words[at]]; words[at] >= 0 && n < all->fills_at[words[at] + 1]; n++)
                present[all->fills[n] >> 6] |= (uint64_t)1 << (all->fills[n] & 63);
        for (int64_t at = start; at < count && at < start + BLOCK; at++) try_at(&text, present, at, &found);
    }
    return found.count;
}

/* What features weigh: their CRC-32 in order, what each adds for the three kinds, and where those begin whose first
 * twelve bits are alike. `table`: that of the CRC-32. */
struct weights {
    const uint32_t *hashes, *table;
    const int16_t *adds;
    const int32_t *begin;
};

static uint32_t crc(const uint32_t *table, uint32_t before, const char *bytes, int64_t count) {
    uint32_t held = ~before;
    for (int64_t n = 0; n < count; n++) held = table[(held ^ (uint8_t)bytes[n]) & 255] ^ held >> 8;
    return ~held;
}

/* The sums of what the different features of some words add for the three kinds, in `sums`; returns how many features
 * there are. `said`: the words, each ended by a line break; `keys`: room for 3 x count + 1 + marks and, behind these,
 * count more; it begins with `marks` hashes of marks. */
int64_t kernel_weighed(const struct weights *weights, const char *said, int64_t length, int64_t count, int64_t marks,
                       int64_t *keys, int64_t *sums) {
    const char *const last = said + length;
    int64_t *single = keys + 3 * count + 1 + marks;
    int64_t many = marks, different = 0;
    for (int64_t n = 0; n < count; n++) {
        const char *end = memchr(said, '\n', (size_t)(last - said));
        single[n] = crc(weights->table, 0, said, end - said);
        keys[many++] = single[n];
        const uint32_t before = crc(weights->table, n > 0 ? (uint32_t)single[n - 1] : crc(weights->table, 0, "^", 1), " ", 1);
        keys[many++] = crc(weights->table, before, said, end - said);
        if (n > 1) keys[many++] = crc(weights->table, crc(weights->table, (uint32_t)single[n - 2], " _ ", 3), said, end - said);
        said = end + 1;
    }
    if (count > 0) keys[many++] = crc(weights->table, (uint32_t)single[count - 1], " $", 2);
    kernel_order(keys, many);
    sums[0] = sums[1] = sums[2] = 0;
    for (int64_t n = 0; n < many; n++) {
        if (n > 0 && keys[n] == keys[n - 1]) continue;
        different++;
        int64_t low = weights->begin[keys[n] >> 20], high = weights->begin[(keys[n] >> 20) + 1];
        while (low < high) {
            const int64_t middle = (low + high) / 2;
            if (weights->hashes[middle] < keys[n]) low = middle + 1;
            else high = middle;
        }
        if (weights->hashes[low] != keys[n]) continue;
        for (int64_t kind = 0; kind < 3; kind++) sums[kind] += weights->adds[3 * low + kind];
    }
    return different;
}
