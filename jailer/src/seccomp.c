#include <errno.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "layers.h"
#include "steps.h"

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5) /* Linux 5.19 */
#endif

static int install(const struct sock_fprog *program, unsigned long flags)
{
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, program);
}

/*
 * The last step: the filter forbids all the others. WAIT_KILLABLE_RECV keeps a signal from interrupting a call that the
 * jailer has already received: without it a guest with a fast timer makes a report a round and never gets its answer.
 * A chain of filters has one listener; below another jail's the kernel says EBUSY, and there are no reports.
 */
int seccomp_install(struct jail_build *build, struct jail_error *error)
{
	struct sock_fprog program = { .len = build->filter->program_length, .filter = build->filter->program };
	unsigned long with_reports = SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;

	build->listener = install(&program, with_reports);
	if (build->listener >= 0) {
		build->layers |= LAYER_BIT(LAYER_SECCOMP) | LAYER_BIT(LAYER_SYSCALL_REPORTS);
		return 0;
	}
	if ((errno != EBUSY && errno != EINVAL) || !jail_may_lack(build, LAYER_BIT(LAYER_SYSCALL_REPORTS)))
		return fail(error, "seccomp");
	/* Without a listener a call to be reported gets ENOSYS: denied all the same. */
	if (install(&program, 0) < 0)
		return fail(error, "seccomp");
	build->layers |= LAYER_BIT(LAYER_SECCOMP);
	return 0;
}
