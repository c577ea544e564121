/* Compiled filters, found again by the bytes of their rules: a policy's filter is compiled once. */
#ifndef REEDACT_KNOWN_FILTERS_H
#define REEDACT_KNOWN_FILTERS_H

#include "server.h"

/* Returns the filter for these rules, compiling it where it is new, or NULL with the reason. Leave it when done. */
struct known_filter *known_filter_take(struct span rules, struct jail_error *error);
/* Takes NULL. */
void known_filter_leave(struct known_filter *known);

#endif
