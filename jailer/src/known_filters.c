#include "known_filters.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void forget(struct known_filter *known)
{
	filter_free(known->filter);
	free((void *)known->bytes.at);
	*known = (struct known_filter){ 0 };
}

/* A free place, or that of the filter without users that was not used for the longest time. */
static struct known_filter *find_place(void)
{
	struct known_filter *oldest = NULL;

	for (size_t i = 0; i < KNOWN_FILTERS; i++) {
		struct known_filter *known = &server.filters[i];

		if (known->users == 0 && (oldest == NULL || known->used_at < oldest->used_at))
			oldest = known;
	}
	return oldest;
}

static struct known_filter *learn(struct span rules, struct jail_error *error)
{
	struct known_filter *place = find_place();
	uint8_t *bytes;

	if (place == NULL) {
		errno = EUSERS;
		fail_with(error, "filter", "%d different filters are in use at once", KNOWN_FILTERS);
		return NULL;
	}
	forget(place);
	bytes = malloc(rules.length + 1);
	if (bytes == NULL) {
		fail(error, "filter");
		return NULL;
	}
	place->filter = filter_compile(rules, error);
	if (place->filter == NULL) {
		free(bytes);
		return NULL;
	}
	place->bytes = (struct span){ memcpy(bytes, rules.at, rules.length), rules.length };
	return place;
}

struct known_filter *known_filter_take(struct span rules, struct jail_error *error)
{
	struct known_filter *found = NULL;

	for (size_t i = 0; i < KNOWN_FILTERS && found == NULL; i++) {
		struct known_filter *known = &server.filters[i];

		if (known->filter != NULL && known->bytes.length == rules.length &&
		    memcmp(known->bytes.at, rules.at, rules.length) == 0)
			found = known;
	}
	if (found == NULL)
		found = learn(rules, error);
	if (found != NULL) {
		found->users++;
		found->used_at = clock_now();
	}
	return found;
}

void known_filter_leave(struct known_filter *known)
{
	if (known != NULL)
		known->users--;
}
