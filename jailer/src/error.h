/* What went wrong in a step: filled by the leaf, printed or sent by main.c and supervisor.c only. */
#ifndef REEDACT_ERROR_H
#define REEDACT_ERROR_H

enum { DETAIL_BYTES = 240 };

struct jail_error {
	const char *step; /* what was being done; a string constant */
	int errnum;	  /* errno then, 0 if the kernel was not asked */
	char detail[DETAIL_BYTES];
};

/* Record the step with the current errno; always returns -1. A detail that was set before stays. */
int fail(struct jail_error *error, const char *step);

/* The same with a detail, cut to DETAIL_BYTES. */
int fail_with(struct jail_error *error, const char *step, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
