#include "cgroup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "fd.h"
#include "layers.h"

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

/* The number in a file, or behind a key in it; missing where there is none. */
static uint64_t get(const struct cgroup *group, enum cgroup_tree tree, const char *file, const char *key, uint64_t missing)
{
	char path[FILE_PATH_BYTES];
	char text[1024];
	const char *at = text;

	if (group->host->base[tree][0] == '\0')
		return missing;
	file_path(group, tree, file, path);
	if (fd_read_file(path, text, sizeof(text)) <= 0)
		return missing;
	if (key != NULL) {
		size_t length = strlen(key);

		while (at != NULL && (strncmp(at, key, length) != 0 || at[length] != ' ')) {
			at = strchr(at, '\n');
			at = at == NULL ? NULL : at + 1;
		}
		if (at == NULL)
			return missing;
		at += length + 1;
	}
	return strtoull(at, NULL, 10);
}

/* --- The host's hierarchies --- */

/* Cut a copy of the n-th (from 0) blank-separated field of a line. */
static bool field(const char *line, int n, char *text, size_t size)
{
	size_t length;

	for (; n > 0; n--) {
		line += strcspn(line, " \n");
		if (*line != ' ')
			return false;
		line++;
	}
	length = strcspn(line, " \n");
	if (length == 0 || length >= size)
		return false;
	memcpy(text, line, length);
	text[length] = '\0';
	return true;
}

static bool has_word(const char *list, const char *word, const char *separators)
{
	size_t length = strlen(word);

	while (*list != '\0') {
		size_t found = strcspn(list, separators);

		if (found == length && strncmp(list, word, length) == 0)
			return true;
		list += found;
		list += *list != '\0';
	}
	return false;
}

/*
 * The folder of our own group in one hierarchy: its mount point (proc_pid_mountinfo(5)) and, behind the mount's root, the
 * path that /proc/self/cgroup names. controller "" means the version 2 tree.
 */
static bool own_folder(const char *mounts, const char *groups, const char *controller, char folder[CGROUP_PATH_BYTES])
{
	char root[CGROUP_PATH_BYTES], point[CGROUP_PATH_BYTES], options[CGROUP_PATH_BYTES], type[32];
	const char *own = NULL;

	for (const char *line = groups; line != NULL && *line != '\0'; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
		char names[CGROUP_PATH_BYTES];
		const char *first = strchr(line, ':');
		const char *second = first == NULL ? NULL : strchr(first + 1, ':');

		if (second == NULL || (size_t)(second - first) > sizeof(names))
			continue;
		memcpy(names, first + 1, (size_t)(second - first - 1));
		names[second - first - 1] = '\0';
		if (controller[0] == '\0' ? names[0] == '\0' : has_word(names, controller, ","))
			own = second + 1;
	}
	for (const char *line = mounts; own != NULL && line != NULL && *line != '\0';
	     line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
		const char *tail = strstr(line, " - ");
		size_t own_length = strcspn(own, "\n");
		size_t root_length;

		if (tail == NULL || !field(tail + 3, 0, type, sizeof(type)) || !field(tail + 3, 2, options, sizeof(options)) ||
		    !field(line, 3, root, sizeof(root)) || !field(line, 4, point, sizeof(point)))
			continue;
		if (strcmp(type, controller[0] == '\0' ? "cgroup2" : "cgroup") != 0 ||
		    (controller[0] != '\0' && !has_word(options, controller, ",")))
			continue;
		root_length = strcmp(root, "/") == 0 ? 0 : strlen(root);
		if (own_length < root_length || strncmp(own, root, root_length) != 0)
			continue;
		own += root_length;
		own_length -= root_length;
		if (own_length == 1)
			own_length = 0;
		return snprintf(folder, CGROUP_PATH_BYTES, "%s%.*s", point, (int)own_length, own) < CGROUP_PATH_BYTES - 64;
	}
	return false;
}

static void pause_ms(long milliseconds)
{
	struct timespec time = { .tv_nsec = milliseconds * 1000000 };

	nanosleep(&time, NULL);
}

/* Kill what is in a left-over group and remove it; at most two seconds. */
static void sweep_group(const char *folder)
{
	char path[FILE_PATH_BYTES + 16];
	char pids[4096];

	snprintf(path, sizeof(path), "%s/cgroup.procs", folder);
	for (int tries = 0; tries < 100 && rmdir(folder) < 0 && errno == EBUSY; tries++) {
		if (fd_read_file(path, pids, sizeof(pids)) > 0) {
			for (char *at = pids, *end; (void)strtol(at, &end, 10), end != at; at = end)
				kill((pid_t)strtol(at, NULL, 10), SIGKILL);
		}
		pause_ms(20);
	}
}

static void sweep(const char *base)
{
	DIR *folder = opendir(base);
	struct dirent *entry;

	if (folder == NULL)
		return;
	while ((entry = readdir(folder)) != NULL) {
		char path[FILE_PATH_BYTES];

		if (entry->d_name[0] < '0' || entry->d_name[0] > '9' || strlen(entry->d_name) > 20)
			continue;
		snprintf(path, sizeof(path), "%s/%.20s", base, entry->d_name);
		sweep_group(path);
	}
	closedir(folder);
}

/* Make base for one tree below parent; a group that cannot be made is a missing layer, and says why. */
static bool open_tree_base(struct cgroup_host *host, enum cgroup_tree tree, const char *parent, unsigned int slot)
{
	char *base = host->base[tree];

	if (snprintf(base, CGROUP_PATH_BYTES, "%s/reedact-%u", parent, slot) >= CGROUP_PATH_BYTES) {
		base[0] = '\0';
		return false;
	}
	if (mkdir(base, 0755) < 0 && errno != EEXIST) {
		snprintf(host->missing, sizeof(host->missing), "can't make %.160s: %s", base, strerror(errno));
		base[0] = '\0';
		return false;
	}
	sweep(base);
	return true;
}

/* True where both are there and one: "cpu,cpuacct" is often one hierarchy with several links to it. */
static bool is_same_folder(const char *a, const char *b)
{
	struct stat first, second;

	return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

static void open_version_1(struct cgroup_host *host, const char *mounts, const char *groups, unsigned int slot)
{
	static const struct {
		const char *controller;
		enum layer layer;
	} TREES[] = {
		[CGROUP_MEMORY] = { "memory", LAYER_CGROUP_MEMORY },
		[CGROUP_PIDS] = { "pids", LAYER_CGROUP_PIDS },
		[CGROUP_CPU] = { "cpu", LAYER_CGROUP_CPU },
	};
	char folder[CGROUP_PATH_BYTES];

	for (enum cgroup_tree tree = CGROUP_MEMORY; tree <= CGROUP_CPU; tree++) {
		if (!own_folder(mounts, groups, TREES[tree].controller, folder))
			snprintf(host->missing, sizeof(host->missing), "the %s controller is not mounted", TREES[tree].controller);
		else if (open_tree_base(host, tree, folder, slot))
			host->layers |= LAYER_BIT(TREES[tree].layer);
	}
	if (!own_folder(mounts, groups, "cpuacct", folder) || !open_tree_base(host, CGROUP_STAT, folder, slot))
		host->layers &= ~LAYER_BIT(LAYER_CGROUP_CPU);	/* a cpu limit that cannot be measured is none */
	else if (is_same_folder(host->base[CGROUP_STAT], host->base[CGROUP_CPU]))
		memcpy(host->base[CGROUP_STAT], host->base[CGROUP_CPU], CGROUP_PATH_BYTES);
}

/*
 * No process may sit in a group that has controllers enabled for its children, so an ordinary user's jailer moves into
 * a leaf of its delegated group first. Root works below the root group, where that rule does not hold.
 */
static bool version_2_parent(const char *folder, char parent[CGROUP_PATH_BYTES], struct cgroup_host *host)
{
	char path[FILE_PATH_BYTES];

	snprintf(parent, CGROUP_PATH_BYTES, "%s", folder);
	if (geteuid() == 0) {
		for (char *slash; (slash = strrchr(parent, '/')) != NULL;) {
			snprintf(path, sizeof(path), "%s/cgroup.type", parent);
			if (access(path, F_OK) < 0)	/* the root group has no type */
				break;
			*slash = '\0';
		}
	} else {
		snprintf(path, sizeof(path), "%s/jailer", folder);
		if ((mkdir(path, 0755) < 0 && errno != EEXIST) ||
		    (snprintf(path, sizeof(path), "%s/jailer/cgroup.procs", folder), fd_write_file(path, "0") < 0)) {
			snprintf(host->missing, sizeof(host->missing), "%.160s is not delegated to this user: %s", folder, strerror(errno));
			return false;
		}
	}
	snprintf(path, sizeof(path), "%s/cgroup.subtree_control", parent);
	if (fd_write_file(path, "+memory +pids +cpu") < 0) {
		snprintf(host->missing, sizeof(host->missing), "can't enable memory, pids and cpu in %.140s: %s", parent, strerror(errno));
		return false;
	}
	return true;
}

static void open_version_2(struct cgroup_host *host, const char *folder, unsigned int slot)
{
	char parent[CGROUP_PATH_BYTES];
	char path[FILE_PATH_BYTES];

	if (!version_2_parent(folder, parent, host) || !open_tree_base(host, CGROUP_MEMORY, parent, slot))
		return;
	snprintf(path, sizeof(path), "%s/cgroup.subtree_control", host->base[CGROUP_MEMORY]);
	if (fd_write_file(path, "+memory +pids +cpu") < 0) {
		snprintf(host->missing, sizeof(host->missing), "can't enable memory, pids and cpu in our own group: %s", strerror(errno));
		return;
	}
	for (enum cgroup_tree tree = CGROUP_PIDS; tree < CGROUP_TREES; tree++)
		memcpy(host->base[tree], host->base[CGROUP_MEMORY], CGROUP_PATH_BYTES);
	host->layers = LAYER_BIT(LAYER_CGROUP_MEMORY) | LAYER_BIT(LAYER_CGROUP_PIDS) | LAYER_BIT(LAYER_CGROUP_CPU);
}

int cgroup_host_open(struct cgroup_host *host, unsigned int slot, struct jail_error *error)
{
	static char mounts[1 << 16];
	char groups[4096];
	char folder[CGROUP_PATH_BYTES];

	*host = (struct cgroup_host){ 0 };
	if (fd_read_file("/proc/self/mountinfo", mounts, sizeof(mounts)) < 0 ||
	    fd_read_file("/proc/self/cgroup", groups, sizeof(groups)) < 0)
		return fail(error, "read our own control groups");
	if (own_folder(mounts, groups, "memory", folder)) {
		host->version = 1;
		open_version_1(host, mounts, groups, slot);
	} else if (own_folder(mounts, groups, "", folder)) {
		host->version = 2;
		open_version_2(host, folder, slot);
	} else {
		snprintf(host->missing, sizeof(host->missing), "no control group hierarchy with a memory controller is mounted");
	}
	return 0;
}

void cgroup_host_close(struct cgroup_host *host)
{
	for (enum cgroup_tree tree = CGROUP_MEMORY; tree < CGROUP_TREES; tree++) {
		if (host->base[tree][0] == '\0')
			continue;
		sweep(host->base[tree]);
		rmdir(host->base[tree]);
	}
}

/* --- One jail's groups --- */

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

int cgroup_prepare(struct cgroup *group, const struct cgroup_host *host, uint32_t number, struct jail_error *error)
{
	*group = (struct cgroup){ .host = host, .number = number, .oom_event = -1, .entries = { -1, -1, -1, -1 } };
	if (host->version != 1 || (host->layers & LAYER_BIT(LAYER_CGROUP_MEMORY)) == 0)
		return 0;
	group->oom_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	return group->oom_event < 0 ? fail(error, "cgroup: event for memory kills") : 0;
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

/* Ask for an event at each memory kill (cgroup-v1/memory.rst, "OOM control"). */
static int register_oom_event(const struct cgroup *group)
{
	char path[FILE_PATH_BYTES];
	char text[64];
	scoped_fd control = -1;

	file_path(group, CGROUP_MEMORY, "memory.oom_control", path);
	control = open(path, O_RDONLY | O_CLOEXEC);
	if (control < 0)
		return -1;
	snprintf(text, sizeof(text), "%d %d", group->oom_event, control);
	return put(group, CGROUP_MEMORY, "cgroup.event_control", text);
}

static int limit_memory(const struct cgroup *group, uint64_t bytes)
{
	if ((group->host->layers & LAYER_BIT(LAYER_CGROUP_MEMORY)) == 0)
		return 0;
	if (group->host->version == 2) {
		if (put(group, CGROUP_MEMORY, "memory.swap.max", "0") < 0 && errno != ENOENT)
			return -1;
		if (put(group, CGROUP_MEMORY, "memory.oom.group", "1") < 0)
			return -1;
	} else if (put(group, CGROUP_MEMORY, "memory.swappiness", "0") < 0 || register_oom_event(group) < 0) {
		return -1;
	}
	return set_memory(group, bytes);
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
		group->entries[tree] = open(path, O_WRONLY | O_CLOEXEC);
		if (group->entries[tree] < 0)
			return fail(error, "cgroup: open the entry to the jail's group");
	}
	if (limit_memory(group, memory_bytes) < 0)
		return fail(error, "cgroup: limit memory");
	if ((host->layers & LAYER_BIT(LAYER_CGROUP_PIDS)) != 0 &&
	    put_number(group, CGROUP_PIDS, "pids.max", (int64_t)process_limit + 1) < 0)	/* pid 1 is ours */
		return fail(error, "cgroup: limit processes");
	return 0;
}

int cgroup_enter(struct cgroup *group, struct jail_error *error)
{
	for (enum cgroup_tree tree = CGROUP_MEMORY; tree < CGROUP_TREES; tree++) {
		if (group->entries[tree] >= 0 && write(group->entries[tree], "0", 1) < 0)
			return fail(error, "cgroup: enter the jail's group");
		fd_close(&group->entries[tree]);
	}
	return 0;
}

int cgroup_watch(struct cgroup *group, struct jail_error *error)
{
	char path[FILE_PATH_BYTES];

	if (group->host->version != 2)
		return 0;
	file_path(group, CGROUP_MEMORY, "memory.events", path);
	group->oom_event = open(path, O_RDONLY | O_CLOEXEC);
	return group->oom_event < 0 ? fail(error, "cgroup: open memory.events") : 0;
}

static uint64_t memory_now(const struct cgroup *group)
{
	const char *file = group->host->version == 2 ? "memory.current" : "memory.usage_in_bytes";

	return get(group, CGROUP_MEMORY, file, NULL, 0);
}

static uint64_t memory_peak(const struct cgroup *group)
{
	const char *file = group->host->version == 2 ? "memory.peak" : "memory.max_usage_in_bytes";

	return get(group, CGROUP_MEMORY, file, NULL, 0);
}

static uint64_t oom_kills(const struct cgroup *group)
{
	return get(group, CGROUP_MEMORY, group->host->version == 2 ? "memory.events" : "memory.oom_control", "oom_kill", 0);
}

uint64_t cgroup_cpu_time(const struct cgroup *group)
{
	uint64_t total = group->host->version == 2 ? 1000 * get(group, CGROUP_STAT, "cpu.stat", "usage_usec", 0)
						   : get(group, CGROUP_STAT, "cpuacct.usage", NULL, 0);

	return total > group->cpu_before ? total - group->cpu_before : 0;
}

static uint64_t throttled_time(const struct cgroup *group)
{
	if (group->host->version == 2)
		return 1000 * get(group, CGROUP_CPU, "cpu.stat", "throttled_usec", 0);
	return get(group, CGROUP_CPU, "cpu.stat", "throttled_time", 0);
}

static int set_quota(const struct cgroup *group, uint32_t thousandths)
{
	int64_t quota_us = (int64_t)thousandths * PERIOD_US / 1000;
	char text[48];

	if (quota_us < 1000)
		quota_us = 1000;	/* the kernel takes no less (cgroup-v1/sched-bwc) */
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
	group->fork_hits_before = get(group, CGROUP_PIDS, "pids.events", "max", 0);
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
	uint64_t processes = get(group, CGROUP_PIDS, "pids.peak", NULL, UINT64_MAX);

	/* Version 2 can't reset its peak before Linux 6.12: one that did not move since the job tells only a bound. */
	if (group->host->version == 2 && peak <= group->memory_peak_before)
		peak = memory_now(group);
	usage->memory_peak_bytes = peak > group->memory_level ? peak - group->memory_level : 0;
	usage->processes_peak = processes == UINT64_MAX || processes == 0 ? UINT32_MAX : (uint32_t)(processes - 1);
	usage->cpu_time = cgroup_cpu_time(group);
	usage->throttled_time = throttled_time(group) - group->throttled_before;
	usage->fork_hits = get(group, CGROUP_PIDS, "pids.events", "max", 0) - group->fork_hits_before;
	usage->oom_kills = oom_kills(group) - group->oom_kills_before;
}

bool cgroup_remove(struct cgroup *group)
{
	bool gone = true;

	fd_close(&group->oom_event);
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
