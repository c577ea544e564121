/* As little of a test framework as will do: a check that fails says where, and the last line counts. */
#ifndef REEDACT_TEST_H
#define REEDACT_TEST_H

#include <stdio.h>

static int passed, failed;

#define CHECK(condition)                                                                                               \
	do {                                                                                                           \
		if (condition) {                                                                                       \
			passed++;                                                                                      \
		} else {                                                                                               \
			failed++;                                                                                      \
			printf("%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);                          \
		}                                                                                                      \
	} while (0)

/* Prints the count; returns main's status. */
static inline int test_end(const char *name)
{
	printf("%s: %d passed, %d failed\n", name, passed, failed);
	return failed == 0 ? 0 : 1;
}

/* A small seeded generator (xorshift64, Marsaglia 2003): the same numbers in each run. */
static inline unsigned long long test_random(unsigned long long *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

#endif
