/*
 * Control groups, version 1 and 2 (cgroups(7)). A jailer owns one group a hierarchy, reedact-<slot>, below the group that
 * it was started in; a jail has one below that, named by a number.
 *
 * On version 1 each controller is a hierarchy of its own, and CPU use is read from cpuacct. On version 2 all are one.
 *
 * Moving a process of another's, or a whole process, takes a lock that waits for an RCU grace period of the host: 7 ms were
 * measured on an idle one. A thread that moves itself ("0" into version 1's tasks) needs no such lock, so pid 1 and pid 2
 * enter their groups by themselves, with descriptors that the jailer opened (its rights are what counts since Linux
 * 5.16).
 */
#ifndef REEDACT_CGROUP_H
#define REEDACT_CGROUP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "error.h"
#include "fd.h"

enum { CGROUP_PATH_BYTES = 512 };

enum cgroup_tree {
	CGROUP_MEMORY,
	CGROUP_PIDS,
	CGROUP_CPU,
	CGROUP_STAT, /* where CPU use is read */
	CGROUP_TREES,
};

struct cgroup_host {
	int version; /* of the memory controller's hierarchy; 0: none */
	char base
		[CGROUP_TREES]
		[CGROUP_PATH_BYTES]; /* our group a tree, "" where the tree is missing; the same one twice is one group */
	int locks[CGROUP_TREES];     /* of our groups, while we live; -1: none */
	bool taken;		     /* another jailer holds one of them */
	uint64_t layers;	     /* which of the cgroup layers this host has */
	char missing[DETAIL_BYTES]; /* why not all of them */
};

struct cgroup {
	const struct cgroup_host *host;
	uint32_t number;
	int oom_event;	       /* v1: an eventfd, readable at a memory kill; v2: memory.events, POLLPRI */
	struct fds entries;    /* to enter by, a tree each; closed when they are sent, or used */
	uint64_t memory_level; /* when the job came */
	uint64_t memory_peak_before;
	uint64_t cpu_before; /* nanoseconds */
	uint64_t throttled_before;
	uint64_t fork_hits_before;
	uint64_t oom_kills_before;
};

struct cgroup_usage {
	uint64_t cpu_time;	    /* nanoseconds, from the job on, all processes that ever were */
	uint64_t throttled_time;    /* nanoseconds */
	uint64_t memory_peak_bytes; /* from the job on */
	uint32_t processes_peak;    /* without pid 1; UINT32_MAX: the kernel does not say */
	uint64_t fork_hits;
	uint64_t oom_kills;
};

/*
 * Find the hierarchies, make our groups and remove what an earlier owner of the slot left in them (killing it).
 * Missing controllers are not an error here: host->layers tells. Returns 0, -1, or 1 where another jailer has the slot's
 * groups: one that was told another state folder.
 */
int cgroup_host_open(struct cgroup_host *host, unsigned int slot, struct jail_error *error);
void cgroup_host_close(struct cgroup_host *host);
/* Kill and remove what is below one of an earlier owner's groups, and the group. Does nothing where it is gone. */
void cgroup_sweep(const char *base);

/* Make the groups with the limits of the start, and watch for memory kills. */
int cgroup_create(struct cgroup *group, uint64_t memory_bytes, uint32_t process_limit, struct jail_error *error);
/* In pid 1 and pid 2: move there. */
int cgroup_enter(struct cgroup *group, struct jail_error *error);

/* The job is here: limits from the level of now, quota on, counters from here. */
int cgroup_start_job(struct cgroup *group, uint64_t memory_bytes, uint32_t cpu_thousandths, struct jail_error *error);
/* Work at exit is charged to the quota too: lift it before a kill, or the kill takes as long as the quota says. */
void cgroup_lift_quota(const struct cgroup *group);
void cgroup_measure(const struct cgroup *group, struct cgroup_usage *usage);
uint64_t cgroup_cpu_time(const struct cgroup *group);
/* Returns true when nothing of the group is left. */
bool cgroup_remove(struct cgroup *group);

#endif
