#include <errno.h>
#include <linux/sched.h>
#include <linux/sockios.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fd.h"
#include "layers.h"
#include "steps.h"

#define BASE_NAMESPACES (CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS)
#define BASE_LAYERS                                                                                                    \
	(LAYER_BIT(LAYER_USER_NAMESPACE) | LAYER_BIT(LAYER_PID_NAMESPACE) | LAYER_BIT(LAYER_MOUNT_NAMESPACE) |         \
	 LAYER_BIT(LAYER_IPC_NAMESPACE) | LAYER_BIT(LAYER_UTS_NAMESPACE))

/*
 * The time namespace (Linux 5.6) gives /proc/self/ns/time an inode of the jail's own: a file lock on a shared one is a
 * channel between jails. Like the pid namespace it takes effect for children only.
 */
int namespaces_unshare(struct jail_build *build, struct jail_error *error)
{
	if (unshare(BASE_NAMESPACES | CLONE_NEWTIME) == 0) {
		build->layers |= BASE_LAYERS | LAYER_BIT(LAYER_TIME_NAMESPACE);
		return 0;
	}
	if (errno == EINVAL && jail_may_lack(build, LAYER_BIT(LAYER_TIME_NAMESPACE)) && unshare(BASE_NAMESPACES) == 0) {
		build->layers |= BASE_LAYERS;
		return 0;
	}
	return fail(error, "namespaces");
}

/*
 * A network namespace takes as long to make as all the others together, so pid 1 makes it while the guest builds its
 * file system.
 */
int namespaces_give_network(struct jail_build *build, struct jail_error *error)
{
	scoped_fd inside = -1;
	scoped_fd network = -1;

	if (unshare(CLONE_NEWNET) < 0)
		return fail(error, "network namespace");
	inside = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	network = ioctl(inside, SIOCGSKNS); /* Linux 4.10; /proc would be in the guest's hands by now */
	if (network < 0 || fd_send(build->network[0], "n", 1, &(struct fds){ { network, -1, -1, -1 } }) < 0)
		return fail(error, "network namespace: give it to the guest");
	return 0;
}

int namespaces_take_network(struct jail_build *build, struct jail_error *error)
{
	struct fds fds;
	char byte;

	fd_close(&build->network[0]); /* the other copy is pid 1's: its end must be seen */
	if (fd_receive(build->network[1], &byte, 1, &fds) != 1 || setns(fds.at[0], CLONE_NEWNET) < 0)
		return fail(error, "network namespace: take it from pid 1");
	fds_close(&fds);
	build->layers |= LAYER_BIT(LAYER_NETWORK_NAMESPACE);
	return 0;
}

/*
 * The root of a cgroup namespace is the group at that moment, so the group is entered first: else the guest would read the
 * host's path in /proc/self/cgroup.
 */
int namespaces_unshare_cgroup(struct jail_build *build, struct jail_error *error)
{
	if (unshare(CLONE_NEWCGROUP) < 0)
		return fail(error, "cgroup namespace");
	build->layers |= LAYER_BIT(LAYER_CGROUP_NAMESPACE) | build->group->host->layers;
	return 0;
}

int namespaces_set_host_name(struct jail_build *build, struct jail_error *error)
{
	const char *name = build->spec->host_name;

	if (sethostname(name, strlen(name)) < 0 || setdomainname("", 0) < 0)
		return fail(error, "host name");
	return 0;
}

/*
 * CLONE_PARENT makes the child the jailer's, so that its wait status comes to the jailer directly, as a fact that no
 * process of the jail can forge. A pid namespace's pid 1 may not use the flag (EINVAL); the builder is none.
 */
pid_t namespaces_clone(struct jail_error *error, const char *what)
{
	struct clone_args arguments = { .flags = CLONE_PARENT };
	long pid = syscall(SYS_clone3, &arguments, sizeof(arguments));

	return pid < 0 ? fail(error, what) : (pid_t)pid;
}
