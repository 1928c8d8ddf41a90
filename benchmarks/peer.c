/* The search of sim/rules in plain C, for benchmarks/against_c.py: steepest ascent over one-issue changes.

   One record is one search: what a party looks up, and the package that it starts from. Options are numbered through all
   issues; `first[d]` is the number of the first option of issue d. At most 62 patterns over several issues, as bits. */

#include <math.h>
#include <stdint.h>

#define MOST_ISSUES 64
#define MOST_PARTIES 16
#define TOLERANCE 1e-9
#define SATISFIED 1e3
#define ABSENT (-1e3)
#define UNACCEPTABLE (-1e4)
#define A_REFUSAL 100.0
#define STEPS 200

typedef struct {
    int64_t issues, options, parties, joint;
} Sizes;

typedef struct {                     /* P parties, N options, D issues, J joint patterns */
    int64_t party;                   /* who searches */
    const double *table;             /* [P, N] what an option adds to a party's surplus */
    const double *most;              /* [P, D] the most that an option of an issue adds */
    const double *dearest;           /* [D] the same for the searcher, of the options that it refuses least */
    const int64_t *banned, *mildest; /* [N], [D] patterns over one issue for which it refuses an option; their least */
    const int64_t *asks, *always;    /* [P, N], [P] rules that need a party's consent */
    const uint8_t *present, *open;   /* [P], [D] */
    const double *floor, *scale;     /* [P] */
    const double *amount;            /* [J] what a match adds to its owner's surplus */
    const int64_t *owner, *forbids;  /* [J] -1: nobody's; 1: the searcher refuses a match */
    const uint8_t *members;          /* [J, P] whose consent a match needs */
    const int64_t *named, *hits;     /* [D], [N] joint patterns that name an issue, and that an option matches */
    const int64_t *holding;          /* [D] what holds now */
    int64_t closed, counting, counting_own;
} Search;

typedef struct {
    int64_t at[MOST_ISSUES], turnable[MOST_ISSUES], need[MOST_PARTIES];
    double surplus[MOST_PARTIES];
    int64_t missed, refused, moved;
} Place;

typedef struct {
    int64_t issue, option;
    double score;
} Change;

static double own_score(double own, int64_t refused) {
    return UNACCEPTABLE + (own < 0.0 ? own : 0.0) - A_REFUSAL * (double)refused;
}

static void follow(const Sizes *z, const Search *s, Place *now) {
    int64_t missed = 0, far = 0;
    for (int64_t d = 0; d < z->issues; d++) {
        int64_t misses = s->named[d] & ~s->hits[now->at[d]];
        far |= missed & misses;
        missed |= misses;
    }
    now->missed = missed;
    for (int64_t d = 0; d < z->issues; d++)
        now->turnable[d] = s->named[d] & s->counting & ~(missed & (far | s->hits[now->at[d]]));
}

static int64_t turn(const Sizes *z, const Search *s, const Place *now, int64_t bits, double *surplus, int64_t *need) {
    int64_t refused = 0;
    for (; bits; bits &= bits - 1) {
        int64_t j = __builtin_ctzll((uint64_t)bits), sign = (now->missed >> j) & 1 ? 1 : -1;
        if (s->owner[j] >= 0) surplus[s->owner[j]] += (double)sign * s->amount[j];
        for (int64_t q = 0; q < z->parties; q++) need[q] += sign * s->members[j * z->parties + q];
        refused += sign * s->forbids[j];
    }
    return refused;
}

static void place(const Sizes *z, const int64_t *first, const Search *s, const int64_t *x, Place *now) {
    now->refused = s->closed;
    now->moved = 0;
    for (int64_t d = 0; d < z->issues; d++) {
        now->at[d] = first[d] + x[d];
        now->refused += s->banned[now->at[d]];
        now->moved += now->at[d] != s->holding[d];
    }
    for (int64_t q = 0; q < z->parties; q++) {
        double sum = -s->floor[q];
        int64_t need = s->always[q];
        for (int64_t d = 0; d < z->issues; d++) {
            sum += s->table[q * z->options + now->at[d]];
            need += s->asks[q * z->options + now->at[d]];
        }
        now->surplus[q] = sum;
        now->need[q] = need;
    }
    follow(z, s, now);
    int64_t matched = s->counting & ~now->missed;
    now->missed = ~0;
    now->refused += turn(z, s, now, matched, now->surplus, now->need);
    follow(z, s, now);
}

static void change(const Sizes *z, const Search *s, Place *now, int64_t d, int64_t n) {
    int64_t old = now->at[d], bits = now->turnable[d] & (s->hits[n] ^ s->hits[old]);
    for (int64_t q = 0; q < z->parties; q++) {
        const double *table = s->table + q * z->options;
        const int64_t *asks = s->asks + q * z->options;
        now->surplus[q] += table[n] - table[old];
        now->need[q] += asks[n] - asks[old];
    }
    now->refused += s->banned[n] - s->banned[old] + turn(z, s, now, bits, now->surplus, now->need);
    now->moved += (n != s->holding[d]) - (old != s->holding[d]);
    now->at[d] = n;
    if (s->hits[n] != s->hits[old]) follow(z, s, now);
}

static double least_of(const Sizes *z, const Search *s, const double *surplus, const int64_t *need) {
    double least = SATISFIED;
    for (int64_t q = 0; q < z->parties; q++)
        if (q != s->party && need[q] > 0) {
            double level = s->present[q] ? s->scale[q] * surplus[q] : ABSENT;
            if (level < least) least = level;
        }
    return least;
}

static double score(const Sizes *z, const Search *s, const Place *now) {
    int64_t refused = now->refused + (now->moved == 0);
    if (refused > 0 || now->surplus[s->party] < -TOLERANCE) return own_score(now->surplus[s->party], refused);
    return least_of(z, s, now->surplus, now->need);
}

/* The searcher's surplus with issue d at option n, and how many patterns it then refuses. */
static double own_view(const Search *s, const Place *now, const double *own, int64_t d, int64_t n, int64_t *refused) {
    int64_t old = now->at[d], bits = now->turnable[d] & s->counting_own & (s->hits[n] ^ s->hits[old]);
    double surplus = now->surplus[s->party] + (own[n] - own[old]);
    *refused = now->refused + s->banned[n] - s->banned[old];
    for (; bits; bits &= bits - 1) {
        int64_t j = __builtin_ctzll((uint64_t)bits), sign = (now->missed >> j) & 1 ? 1 : -1;
        surplus += (double)sign * s->amount[j];
        *refused += sign * s->forbids[j];
    }
    *refused += now->moved + (n != s->holding[d]) - (old != s->holding[d]) == 0;
    return surplus;
}

static Change nearest(const Sizes *z, const int64_t *first, const Search *s, const Place *now, double beat) {
    const double *own = s->table + s->party * z->options;
    Change best = {-1, 0, beat};
    for (int64_t d = 0; d < z->issues; d++) {
        if (!(now->turnable[d] & s->counting_own)) {
            double most = now->surplus[s->party] + (s->dearest[d] - own[now->at[d]]);
            int64_t fewest = now->refused + s->mildest[d] - s->banned[now->at[d]];
            if ((fewest > 0 || most < -TOLERANCE) &&
                own_score(most > -A_REFUSAL ? most : -A_REFUSAL, fewest) <= best.score + TOLERANCE)
                continue;
        }
        if (!s->open[d]) continue;
        for (int64_t n = first[d]; n < first[d + 1]; n++) {
            int64_t refused;
            if (n == now->at[d]) continue;
            double surplus = own_view(s, now, own, d, n, &refused);
            if (refused <= 0 && surplus >= -TOLERANCE) return (Change){d, n, SATISFIED};
            double reached = own_score(surplus, refused);
            if (reached > best.score + TOLERANCE) best = (Change){d, n, reached};
        }
    }
    return best;
}

static int64_t hardest(const Sizes *z, const Search *s, const Place *now) {
    int64_t worst = -1;
    double least = SATISFIED;
    for (int64_t q = 0; q < z->parties; q++)
        if (q != s->party && now->need[q] > 0 && s->scale[q] * now->surplus[q] < least) {
            worst = q;
            least = s->scale[q] * now->surplus[q];
        }
    return worst >= 0 && s->present[worst] ? worst : -1;
}

static double level_after(const Sizes *z, const Search *s, const Place *now, int64_t d, int64_t n) {
    double surplus[MOST_PARTIES];
    int64_t need[MOST_PARTIES], old = now->at[d];
    for (int64_t q = 0; q < z->parties; q++) {
        const double *table = s->table + q * z->options;
        const int64_t *asks = s->asks + q * z->options;
        surplus[q] = now->surplus[q] + (table[n] - table[old]);
        need[q] = now->need[q] + asks[n] - asks[old];
    }
    turn(z, s, now, now->turnable[d] & (s->hits[n] ^ s->hits[old]), surplus, need);
    return least_of(z, s, surplus, need);
}

static Change best_change(const Sizes *z, const int64_t *first, const Search *s, const Place *now, double beat) {
    if (beat < 5.0 * ABSENT) {
        Change near = nearest(z, first, s, now, beat);
        if (near.score < 5.0 * ABSENT) return near;
    }
    const double *own = s->table + s->party * z->options, *theirs = own, *most = s->most;
    int64_t q = hardest(z, s, now);
    if (q >= 0) theirs = s->table + q * z->options, most = s->most + q * z->issues;
    Change best = {-1, 0, beat};
    for (int64_t d = 0; d < z->issues; d++) {
        int64_t old = now->at[d], sure = q >= 0 && now->need[q] > s->asks[q * z->options + old];
        double had = theirs[old];
        if (sure && !now->turnable[d] && s->scale[q] * (now->surplus[q] + (most[d] - had)) <= best.score) continue;
        if (!s->open[d]) continue;
        for (int64_t n = first[d]; n < first[d + 1]; n++) {
            int64_t refused;
            if (n == old) continue;
            if (sure && !(now->turnable[d] & (s->hits[n] ^ s->hits[old])) &&
                s->scale[q] * (now->surplus[q] + (theirs[n] - had)) <= best.score)
                continue;
            double surplus = own_view(s, now, own, d, n, &refused);
            if (refused > 0 || surplus < -TOLERANCE) continue;
            double reached = level_after(z, s, now, d, n);
            if (reached > best.score + TOLERANCE) best = (Change){d, n, reached};
        }
    }
    return best;
}

/* Search from every start [count, D]; writes packages [count, D] and scores [count]. */
void search_all(const Sizes *z, const int64_t *first, int64_t count, const Search *searches, const int64_t *starts,
                int64_t *packages, double *scores) {
    for (int64_t k = 0; k < count; k++) {
        const Search *s = searches + k;
        Place now;
        place(z, first, s, starts + k * z->issues, &now);
        double reached = score(z, s, &now);
        for (int step = 0; step < STEPS; step++) {
            Change best = best_change(z, first, s, &now, reached);
            if (best.issue < 0) break;
            change(z, s, &now, best.issue, best.option);
            reached = best.score;
        }
        for (int64_t d = 0; d < z->issues; d++) packages[k * z->issues + d] = now.at[d] - first[d];
        scores[k] = reached;
    }
}
