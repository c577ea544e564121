/* What a client is told, encoded as docs/wire-protocol.md says, and how it is concluded from the kernel's facts. */
#include <errno.h>
#include <linux/audit.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "layers.h"
#include "supervisor.h"

struct verdict memory_verdict(const struct jail *jail, const struct cgroup_usage *usage)
{
	return (struct verdict){
		.cause = CAUSE_LIMIT,
		.limit_kind = LIMIT_MEMORY,
		.limit = jail->limits.memory_bytes,
		.used = usage->memory_peak_bytes,
	};
}

/*
 * A memory kill counts whatever the status says: a parent that saw its child die may have exited 0. Then what we ended
 * the jail for; then what the guest did by itself.
 */
static struct verdict conclude(const struct jail *jail, const struct cgroup_usage *usage)
{
	if (usage->oom_kills > 0)
		return memory_verdict(jail, usage);
	if (jail->verdict.given)
		return jail->verdict;
	return (struct verdict){ .cause = WIFSIGNALED(jail->guest_status) ? CAUSE_SIGNALED : CAUSE_EXITED };
}

static const char *abi_name(uint32_t arch, char text[16])
{
	if (arch == AUDIT_ARCH_X86_64)
		return "x32";
	if (arch == AUDIT_ARCH_I386)
		return "i386";
	if (arch == AUDIT_ARCH_ARM)
		return "arm";
	snprintf(text, 16, "abi-%08x", arch);
	return text;
}

static void write_violation(const struct violation *violation, struct buffer *out)
{
	char text[16];
	char *name = NULL;

	write_u8(out, violation->foreign ? 1 : 0);
	if (violation->foreign) {
		write_string(out, abi_name(violation->arch, text));
	} else {
		name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, violation->number);
		snprintf(text, sizeof(text), "#%d", violation->number);
		write_string(out, name != NULL ? name : text);
		free(name);
	}
	write_u8(out, violation->detail);
	for (int i = 0; i < 6; i++)
		write_u64(out, violation->arguments[i]);
	write_u32(out, violation->count);
}

static void write_verdict(const struct jail *jail, const struct verdict *verdict, struct buffer *out)
{
	bool own = verdict->cause == CAUSE_EXITED || verdict->cause == CAUSE_SIGNALED;
	int status = jail->guest_status;

	write_u8(out, (uint8_t)verdict->cause);
	write_u32(out, own && WIFEXITED(status) ? (uint32_t)WEXITSTATUS(status) : 0);
	write_u32(out, own && WIFSIGNALED(status) ? (uint32_t)WTERMSIG(status) : 0);
	write_u8(out, (uint8_t)verdict->limit_kind);
	write_u64(out, verdict->limit);
	write_u64(out, verdict->used);
}

static void write_usage(const struct jail *jail, const struct cgroup_usage *usage, struct buffer *out)
{
	bool no_memory = (jail->layers & LAYER_BIT(LAYER_CGROUP_MEMORY)) == 0;

	write_u64(out, jail->ended_at - jail->job_at);
	write_u64(out, usage->cpu_time);
	write_u64(out, usage->throttled_time);
	write_u64(out, no_memory ? UINT64_MAX : usage->memory_peak_bytes);
	write_u32(out, usage->processes_peak);
	for (int i = 0; i < 3; i++)
		write_u64(out, jail->output[i].bytes);
	write_u64(out, jail->disk_bytes);
	write_u64(out, usage->fork_hits);
	write_u64(out, jail->disk_full ? 1 : 0);
	write_u64(out, jail->inodes_full ? 1 : 0);
}

void outcome_write(struct jail *jail, struct buffer *out)
{
	struct cgroup_usage usage;
	struct verdict verdict;
	size_t frame = frame_begin(out, FRAME_OUTCOME, jail->execution);

	cgroup_measure(&jail->group, &usage);
	verdict = conclude(jail, &usage);
	write_verdict(jail, &verdict, out);
	write_usage(jail, &usage, out);
	write_u64(out, jail->ready_at - jail->spec_at);
	write_u64(out, jail->ended_at - jail->job_at);
	write_u64(out, jail->dead_at - jail->ended_at);
	write_u64(out, jail->layers);
	write_u32(out, jail->landlock_abi);
	write_u8(out, jail->violations_truncated ? 1 : 0);
	write_u32(out, jail->violation_count);
	for (unsigned int i = 0; i < jail->violation_count; i++)
		write_violation(&jail->violations[i], out);
	frame_end(out, frame);
}

void refusal_write(struct jail *jail, struct buffer *out)
{
	const struct refusal *refusal = &jail->refusal;
	size_t frame = frame_begin(out, FRAME_REFUSED, jail->execution);

	write_u8(out, (uint8_t)refusal->kind);
	write_string(out, refusal->step);
	write_u32(out, (uint32_t)refusal->errnum);
	write_string(out, refusal->detail);
	frame_end(out, frame);
}
