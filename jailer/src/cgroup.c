/* One jail's control groups. cgroup_host.c finds where they go. */
#include "cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fd.h"
#include "layers.h"

_Static_assert((int)CGROUP_TREES == (int)FDS_MAX, "an entry a tree goes with one message");

enum { PERIOD_US = 100000, FILE_PATH_BYTES = CGROUP_PATH_BYTES + 64 };

/* --- Files of one group --- */

static void file_path(const struct cgroup *group, enum cgroup_tree tree, const char *file, char path[FILE_PATH_BYTES])
{
	snprintf(path, FILE_PATH_BYTES, "%s/%" PRIu32 "/%s", group->host->base[tree], group->number, file);
}

static int put(const struct cgroup *group, enum cgroup_tree tree, const char *file, const char *text)
{
	char path[FILE_PATH_BYTES];

	file_path(group, tree, file, path);
	return fd_write_file(path, text);
}

static int put_number(const struct cgroup *group, enum cgroup_tree tree, const char *file, int64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, number);
	return put(group, tree, file, text);
}

/* The number in a file, or behind a key in it; 0 where there is none. */
static uint64_t get(const struct cgroup *group, enum cgroup_tree tree, const char *file, const char *key)
{
	char path[FILE_PATH_BYTES];
	char text[1024];
	const char *at = text;

	if (group->host->base[tree][0] == '\0')
		return 0;
	file_path(group, tree, file, path);
	if (fd_read_file(path, text, sizeof(text)) <= 0)
		return 0;
	if (key != NULL) {
		size_t length = strlen(key);

		while (at != NULL && (strncmp(at, key, length) != 0 || at[length] != ' ')) {
			at = strchr(at, '\n');
			at = at == NULL ? NULL : at + 1;
		}
		if (at == NULL)
			return 0;
		at += length + 1;
	}
	return strtoull(at, NULL, 10);
}

/* Trees that are not one with an earlier tree. */
static bool is_own_tree(const struct cgroup_host *host, enum cgroup_tree tree)
{
	if (host->base[tree][0] == '\0')
		return false;
	for (enum cgroup_tree other = CGROUP_MEMORY; other < tree; other++) {
		if (strcmp(host->base[other], host->base[tree]) == 0)
			return false;
	}
	return true;
}

static int set_memory(const struct cgroup *group, uint64_t bytes)
{
	if (group->host->version == 2)
		return put_number(group, CGROUP_MEMORY, "memory.max", (int64_t)bytes);
	/* memsw may never be below limit: whichever way we move, one of the two outer writes does it. */
	(void)put_number(group, CGROUP_MEMORY, "memory.memsw.limit_in_bytes", (int64_t)bytes);
	if (put_number(group, CGROUP_MEMORY, "memory.limit_in_bytes", (int64_t)bytes) < 0)
		return -1;
	/* A host without swap accounting has no such file; swappiness 0 is what is left there. */
	if (put_number(group, CGROUP_MEMORY, "memory.memsw.limit_in_bytes", (int64_t)bytes) < 0 && errno != ENOENT)
		return -1;
	return 0;
}

/* Ask for an event at each memory kill (cgroup-v1/memory.rst, "OOM control"; cgroup-v2.rst, "memory.events"). */
static int watch_memory(struct cgroup *group)
{
	char path[FILE_PATH_BYTES];
	char text[64];
	scoped_fd control = -1;

	file_path(group, CGROUP_MEMORY, group->host->version == 2 ? "memory.events" : "memory.oom_control", path);
	control = open(path, O_RDONLY | O_CLOEXEC);
	if (control < 0)
		return -1;
	if (group->host->version == 2) {
		group->oom_event = control;
		control = -1;
		return 0;
	}
	group->oom_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (group->oom_event < 0)
		return -1;
	snprintf(text, sizeof(text), "%d %d", group->oom_event, control);
	return put(group, CGROUP_MEMORY, "cgroup.event_control", text);
}

static int limit_memory(struct cgroup *group, uint64_t bytes)
{
	if ((group->host->layers & LAYER_BIT(LAYER_CGROUP_MEMORY)) == 0)
		return 0;
	if (group->host->version == 2) {
		if (put(group, CGROUP_MEMORY, "memory.swap.max", "0") < 0 && errno != ENOENT)
			return -1;
		if (put(group, CGROUP_MEMORY, "memory.oom.group", "1") < 0)
			return -1;
	} else if (put(group, CGROUP_MEMORY, "memory.swappiness", "0") < 0) {
		return -1;
	}
	return watch_memory(group) < 0 ? -1 : set_memory(group, bytes);
}

int cgroup_create(struct cgroup *group, uint64_t memory_bytes, uint32_t process_limit, struct jail_error *error)
{
	const struct cgroup_host *host = group->host;
	char path[FILE_PATH_BYTES];

	for (enum cgroup_tree tree = CGROUP_MEMORY; tree < CGROUP_TREES; tree++) {
		if (!is_own_tree(host, tree))
			continue;
		snprintf(path, sizeof(path), "%s/%" PRIu32, host->base[tree], group->number);
		if (mkdir(path, 0755) < 0)
			return fail(error, "cgroup: make the jail's group");
		file_path(group, tree, host->version == 1 ? "tasks" : "cgroup.procs", path);
		group->entries.at[tree] = open(path, O_WRONLY | O_CLOEXEC);
		if (group->entries.at[tree] < 0)
			return fail(error, "cgroup: open the entry to the jail's group");
	}
	if (limit_memory(group, memory_bytes) < 0)
		return fail(error, "cgroup: limit memory");
	if ((host->layers & LAYER_BIT(LAYER_CGROUP_PIDS)) != 0 &&
	    put_number(group, CGROUP_PIDS, "pids.max", (int64_t)process_limit + 1) < 0) /* pid 1 is ours */
		return fail(error, "cgroup: limit processes");
	return 0;
}

int cgroup_enter(struct cgroup *group, struct jail_error *error)
{
	for (int i = 0; i < FDS_MAX; i++) {
		if (group->entries.at[i] >= 0 && write(group->entries.at[i], "0", 1) < 0)
			return fail(error, "cgroup: enter the jail's group");
	}
	fds_close(&group->entries);
	return 0;
}

static uint64_t memory_now(const struct cgroup *group)
{
	const char *file = group->host->version == 2 ? "memory.current" : "memory.usage_in_bytes";

	return get(group, CGROUP_MEMORY, file, NULL);
}

static uint64_t memory_peak(const struct cgroup *group)
{
	const char *file = group->host->version == 2 ? "memory.peak" : "memory.max_usage_in_bytes";

	return get(group, CGROUP_MEMORY, file, NULL);
}

static uint64_t oom_kills(const struct cgroup *group)
{
	return get(group, CGROUP_MEMORY, group->host->version == 2 ? "memory.events" : "memory.oom_control",
		   "oom_kill");
}

uint64_t cgroup_cpu_time(const struct cgroup *group)
{
	uint64_t total = group->host->version == 2 ? 1000 * get(group, CGROUP_STAT, "cpu.stat", "usage_usec")
						   : get(group, CGROUP_STAT, "cpuacct.usage", NULL);

	return total > group->cpu_before ? total - group->cpu_before : 0;
}

static uint64_t throttled_time(const struct cgroup *group)
{
	if (group->host->version == 2)
		return 1000 * get(group, CGROUP_CPU, "cpu.stat", "throttled_usec");
	return get(group, CGROUP_CPU, "cpu.stat", "throttled_time");
}

static int set_quota(const struct cgroup *group, uint32_t thousandths)
{
	int64_t quota_us = (int64_t)thousandths * PERIOD_US / 1000;
	char text[48];

	if (quota_us < 1000)
		quota_us = 1000; /* the kernel takes no less (cgroup-v1/sched-bwc) */
	if (group->host->version == 1)
		return put_number(group, CGROUP_CPU, "cpu.cfs_quota_us", quota_us);
	snprintf(text, sizeof(text), "%" PRId64 " %d", quota_us, PERIOD_US);
	return put(group, CGROUP_CPU, "cpu.max", text);
}

int cgroup_start_job(struct cgroup *group, uint64_t memory_bytes, uint32_t cpu_thousandths, struct jail_error *error)
{
	uint64_t layers = group->host->layers;

	if ((layers & LAYER_BIT(LAYER_CGROUP_MEMORY)) != 0) {
		group->memory_level = memory_now(group);
		if (set_memory(group, group->memory_level + memory_bytes) < 0)
			return fail(error, "cgroup: limit memory for the job");
		if (group->host->version == 1 && put(group, CGROUP_MEMORY, "memory.max_usage_in_bytes", "0") < 0)
			return fail(error, "cgroup: reset the memory peak");
		group->memory_peak_before = memory_peak(group);
		group->oom_kills_before = oom_kills(group);
	}
	if ((layers & LAYER_BIT(LAYER_CGROUP_CPU)) != 0 && set_quota(group, cpu_thousandths) < 0)
		return fail(error, "cgroup: set the cpu quota");
	group->cpu_before = 0;
	group->cpu_before = cgroup_cpu_time(group);
	group->throttled_before = throttled_time(group);
	group->fork_hits_before = get(group, CGROUP_PIDS, "pids.events", "max");
	return 0;
}

void cgroup_lift_quota(const struct cgroup *group)
{
	if ((group->host->layers & LAYER_BIT(LAYER_CGROUP_CPU)) == 0)
		return;
	/* A failure costs time, not safety: the kill comes anyhow. */
	if (group->host->version == 1)
		(void)put(group, CGROUP_CPU, "cpu.cfs_quota_us", "-1");
	else
		(void)put(group, CGROUP_CPU, "cpu.max", "max");
}

void cgroup_measure(const struct cgroup *group, struct cgroup_usage *usage)
{
	uint64_t peak = memory_peak(group);
	uint64_t processes = get(group, CGROUP_PIDS, "pids.peak", NULL);

	/* Version 2 can't reset its peak before Linux 6.12: one that did not move since the job tells only a bound. */
	if (group->host->version == 2 && peak <= group->memory_peak_before)
		peak = memory_now(group);
	usage->memory_peak_bytes = peak > group->memory_level ? peak - group->memory_level : 0;
	usage->processes_peak = processes == 0 ? UINT32_MAX : (uint32_t)(processes - 1);
	usage->cpu_time = cgroup_cpu_time(group);
	usage->throttled_time = throttled_time(group) - group->throttled_before;
	usage->fork_hits = get(group, CGROUP_PIDS, "pids.events", "max") - group->fork_hits_before;
	usage->oom_kills = oom_kills(group) - group->oom_kills_before;
}

bool cgroup_remove(struct cgroup *group)
{
	bool gone = true;

	fd_close(&group->oom_event);
	fds_close(&group->entries);
	for (enum cgroup_tree tree = CGROUP_MEMORY; tree < CGROUP_TREES; tree++) {
		char path[FILE_PATH_BYTES];

		if (!is_own_tree(group->host, tree))
			continue;
		snprintf(path, sizeof(path), "%s/%" PRIu32, group->host->base[tree], group->number);
		if (rmdir(path) < 0 && errno != ENOENT)
			gone = false;
	}
	return gone;
}
