/*
 * The system call filter: rules as docs/wire-protocol.md has them ("Filter"), compiled to classic BPF.
 *
 * Why not libseccomp's own compiler: its rule databases know no "otherwise" for a call and no masked "not equal". The
 * second is what ioctl(TIOCSTI) needs, because the kernel looks at the low 32 bits of the request only, and a plain
 * comparison of 64 bits is passed by setting a high one. libseccomp gives us the names and numbers of the calls.
 */
#ifndef REEDACT_FILTER_H
#define REEDACT_FILTER_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "wire.h"

enum filter_action {
	FILTER_ALLOW = 0,
	FILTER_REFUSE = 1, /* errno, unreported */
	FILTER_REPORT = 2, /* errno, reported */
	FILTER_END = 3,	   /* reported, ends the run */
};

enum {
	FILTER_CONDITIONS_MAX = 6,
	FILTER_RULES_MAX = 2048,
	FILTER_PROGRAM_MAX = 4096, /* BPF_MAXINSNS of the kernel */
};

struct filter_condition {
	uint8_t argument;
	bool equal;
	uint64_t mask;
	uint64_t value;
};

struct filter_rule {
	int number; /* of the call, here */
	enum filter_action action;
	uint32_t errnum;
	uint8_t detail; /* bit n: argument n is worth reporting */
	uint8_t condition_count;
	struct filter_condition conditions[FILTER_CONDITIONS_MAX];
};

struct filter {
	struct filter_rule *rules; /* the first that holds decides */
	uint32_t rule_count;
	struct sock_filter *program;
	uint16_t program_length;
};

/* Returns a filter that filter_free ends, or NULL with the reason. */
struct filter *filter_compile(struct span rules, struct jail_error *error);
void filter_free(struct filter *filter);

/* The rule that decided about a call, NULL where none did (ENOSYS). What the BPF program does, in C. */
const struct filter_rule *filter_match(const struct filter *filter, const struct seccomp_data *call);

/* True for a call made through another ABI than the filter's own: another architecture, or x32. */
bool filter_is_foreign(const struct seccomp_data *call);

#endif
