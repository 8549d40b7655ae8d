/* Counts times in buckets whose width is at most a 64th of the time, so that a percentile is right to 1.6 %. */
#ifndef LATENCY_H
#define LATENCY_H
#include <stdint.h>

enum { FINE_BITS = 6, FINE = 1 << FINE_BITS, BUCKETS = (64 - FINE_BITS + 1) * FINE };

struct latency {
    uint64_t counts[BUCKETS];
    uint64_t total;
    uint64_t max_ns;
};

/* Times below 64 ns have a bucket each; above, the highest bit picks 64 buckets and the next six bits one of them. */
static inline int latency_bucket(uint64_t ns)
{
    if (ns < FINE)
        return (int)ns;
    int shift = 63 - __builtin_clzll(ns) - FINE_BITS;
    return (shift + 1) * FINE + (int)((ns >> shift) - FINE);
}

static inline void latency_add(struct latency *latency, uint64_t ns)
{
    latency->counts[latency_bucket(ns)]++;
    latency->total++;
    if (ns > latency->max_ns)
        latency->max_ns = ns;
}

/* The middle of the bucket that holds the given share of all times. */
static inline double latency_ns(const struct latency *latency, double share)
{
    uint64_t wanted = (uint64_t)(share * (double)latency->total), seen = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
        seen += latency->counts[bucket];
        if (seen > wanted) {
            int shift = bucket / FINE - 1;
            if (shift < 0)
                return bucket;
            return (double)((uint64_t)(bucket % FINE + FINE) << shift) + (double)(1ull << shift) / 2;
        }
    }
    return (double)latency->max_ns;
}
#endif
