/* Which entry of a topic (bot/matching/choosing.py). */
#include "kernel.h"

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
