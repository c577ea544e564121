/*
 * Denied calls, reported by seccomp user notification (seccomp_unotify(2)). The errno is looked up by number and scalar
 * arguments only: what a pointer points to can change after we looked. After VIOLATIONS_MAX reports the listener is
 * closed: the kernel then answers ENOSYS by itself, so that a flood of denied calls costs the host nothing.
 */
#include <errno.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>

#include "supervisor.h"

static bool is_same(const struct violation *a, const struct violation *b)
{
	return a->foreign == b->foreign && a->arch == b->arch && a->number == b->number &&
	       memcmp(a->arguments, b->arguments, sizeof(a->arguments)) == 0;
}

static void record(struct jail *jail, const struct seccomp_data *call, const struct filter_rule *rule)
{
	struct violation found = {
		.foreign = rule == NULL,
		.arch = call->arch,
		.number = call->nr,
		.detail = rule == NULL ? 0 : rule->detail,
		.count = 1,
	};

	for (int i = 0; i < 6; i++)
		found.arguments[i] = (found.detail >> i & 1) != 0 ? call->args[i] : 0;
	jail->report_count++;
	for (unsigned int i = 0; i < jail->violation_count; i++) {
		if (is_same(&jail->violations[i], &found)) {
			jail->violations[i].count++;
			return;
		}
	}
	jail->violations[jail->violation_count++] = found; /* at most one a report, and VIOLATIONS_MAX reports */
}

/* The kernel copies structures of its own size, which may be larger one day than those we were compiled with. */
enum { KERNEL_STRUCTURE_BYTES = 512 };

union report {
	struct seccomp_notif notice;
	char space[KERNEL_STRUCTURE_BYTES];
};

union response {
	struct seccomp_notif_resp answer;
	char space[KERNEL_STRUCTURE_BYTES];
};

static void answer(int listener, uint64_t id, int errnum)
{
	union response response = { .space = { 0 } };

	response.answer.id = id;
	response.answer.error = -errnum;
	/* ENOENT: the caller was killed meanwhile. Nothing is owed then. */
	(void)ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

void reports_ready(struct watch *watch, uint32_t events)
{
	struct jail *jail = watch_owner(watch, struct jail, reports);
	union report report = { .space = { 0 } }; /* the kernel refuses anything but zeroes (EINVAL) */
	const struct seccomp_data *call = &report.notice.data;
	const struct filter_rule *rule = NULL;

	if ((events & EPOLLIN) == 0) { /* every process under the filter is gone; asking would say ENOENT for ever */
		loop_close(watch);
		return;
	}
	if (ioctl(watch->fd, SECCOMP_IOCTL_NOTIF_RECV, &report) < 0)
		return; /* whose call it was is dead, or we were interrupted */
	if (!filter_is_foreign(call))
		rule = filter_match(jail->filter->filter, call);
	if (jail->state == JAIL_RUNNING)
		record(jail, call, rule);
	if (rule == NULL || rule->action == FILTER_END)
		jail_end(jail, (struct verdict){ .cause = CAUSE_VIOLATED });
	answer(watch->fd, report.notice.id, rule == NULL ? ENOSYS : (int)rule->errnum);
	if (jail->report_count >= VIOLATIONS_MAX) {
		jail->violations_truncated = true;
		loop_close(watch);
	}
}
