/* How a jail is built, seen from the processes that become it. jail.c has the theory of operation. */
#ifndef REEDACT_JAIL_H
#define REEDACT_JAIL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "cgroup.h"
#include "error.h"
#include "filter.h"
#include "spec.h"

enum {
	JAIL_UID = 1000, /* the one id mapped in a jail, user and group */
	TREES_MAX = 128,
	DEVICE_NODES = 5,
	GUEST_FDS = 5, /* stdin, stdout, stderr, job, value */
};

/* The guest's descriptors, by number; also the channels of the wire. */
enum channel {
	CHANNEL_STDIN = 0,
	CHANNEL_STDOUT = 1,
	CHANNEL_STDERR = 2,
	CHANNEL_JOB = 3,
	CHANNEL_VALUE = 4,
};

/* What the processes of a jail tell the jailer over the set-up socket (SOCK_SEQPACKET), a message each. */
enum setup_kind {
	SETUP_UNSHARED, /* builder: the user namespace waits for its maps */
	SETUP_PIDS,	/* builder: pid 1 and pid 2 exist */
	SETUP_SEALED,	/* guest: every layer is on; brings the report listener and the writable file system */
	SETUP_ERROR,	/* either: a step failed */
};

struct setup_message {
	enum setup_kind kind;
	int errnum;
	pid_t init;
	pid_t guest;
	uint64_t layers;
	uint32_t landlock_abi;
	char step[48];
	char detail[DETAIL_BYTES];
};

/* What a read-only view is made of: a folder of the host, the first length bytes of the path of a tree. */
struct tree_source {
	const char *path;
	size_t length;
	int mount;
};

/* Everything the builder and its children need; filled by the jailer before the fork. */
struct jail_build {
	const struct jail_spec *spec;
	const struct filter *filter;
	struct cgroup *group;
	bool privileged; /* the jailer is root: maps any uid, makes device nodes */
	pid_t jailer;
	int setup; /* our end of the set-up socket */
	int guest_fds[GUEST_FDS];
	int network[2]; /* a socket pair: pid 1 gives the network namespace to the guest */

	/* Opened by the builder before it enters the namespaces; the guest resolves no path of the host. */
	struct tree_source sources[TREES_MAX];
	uint32_t source_count;
	int trees[TREES_MAX];		/* the mount of one to write into; for others the index of its source */
	int devices;			/* a jail's own /dev; made by the guest where the jailer is not root */
	int device_nodes[DEVICE_NODES]; /* the host's, where the jailer is not root */

	/* Made by the guest. */
	int proc;
	int scratch;
	int listener;
	uint64_t layers; /* in force so far */
	uint32_t landlock_abi;
};

/* True where a step that can't have its layer may go on without it, because the policy says so. */
static inline bool jail_may_lack(const struct jail_build *build, uint64_t layer_bit)
{
	return (build->spec->optional_layers & layer_bit) != 0;
}

/* The builder's life; never returns. */
_Noreturn void jail_build_and_exit(struct jail_build *build);

#endif
