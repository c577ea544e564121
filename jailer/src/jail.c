/*
 * Theory of operation
 *
 * A jail is four processes' work:
 *
 *   jailer    one thread, one loop; forks the builder, makes the control groups, writes the id maps, gives the start bytes,
 *             watches, kills, reaps.
 *   builder   a child of the jailer, still with its rights: opens everything that has a path on the host, unshares the
 *             namespaces, takes the jail's id, clones the next two, reports their pids and is gone.
 *   pid 1     tiny, without rights, not dumpable, outside the guest's Landlock domain; makes the network namespace, then
 *             adopts and reaps orphans and says nothing. Killing it kills the namespace. It never shares memory with the
 *             guest: the guest would own it.
 *   pid 2     the guest: takes the steps of GUEST_STEPS and becomes the interpreter.
 *
 * Pid 1 and 2 are cloned with CLONE_PARENT: the jailer is the parent of both, so their wait status reaches it from the
 * kernel. Both wait for a start byte from the set-up socket after they have asked for the parent-death signal: end of
 * file there means that the jailer is gone, which getppid() can't tell in a new pid namespace (it is 0 before and after).
 *
 * The order is the design:
 *   - everything that needs a path of the host or the jailer's rights comes before unshare (an ordinary user's jailer
 *     has no such rights: its builder opens the paths inside, where it may copy mounts);
 *   - nothing is created before the jail's id is taken, else it has an owner that the namespace can't name;
 *   - the cgroup namespace comes after its groups are entered, else the guest reads the host's path;
 *   - /proc is made while the host's is in sight, attached when the host's tree is gone;
 *   - capabilities go before Landlock and seccomp, which need no_new_privs instead; seccomp is last, because it forbids
 *     every call that the steps before it made;
 *   - the guest's program starts after the last step, so no guest byte runs with a layer missing.
 *
 * Every step that fails ends the jail: SETUP_ERROR names it, and the jailer refuses the execution.
 * Sources: namespaces(7), user_namespaces(7), pid_namespaces(7), cgroups(7), seccomp(2), landlock(7).
 */
#include "jail.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fd.h"
#include "steps.h"

struct jail_step {
	int (*take)(struct jail_build *build, struct jail_error *error);
};

/* The host's paths are opened with the rights of a root jailer; an ordinary user has the rights to copy mounts only inside. */
static const struct jail_step OPEN_STEPS[] = {
	{ trees_open },
	{ rootfs_open_devices },
};

enum { FIRST_KEPT_FD = 3 * GUEST_FDS }; /* above the guest's and the spare ones below */

/*
 * Put the guest's descriptors at 0 to 4. Of the others two stay until exec closes them: the set-up socket and the
 * writable file system, which still has to be reported. This comes before the filter, which need not allow it then.
 */
static int arrange_descriptors(struct jail_build *build, struct jail_error *error)
{
	int spare[GUEST_FDS];
	int setup = fcntl(build->setup, F_DUPFD_CLOEXEC, FIRST_KEPT_FD);
	int scratch = fcntl(build->scratch, F_DUPFD_CLOEXEC, FIRST_KEPT_FD);

	if (setup < 0 || scratch < 0)
		return fail(error, "keep the set-up socket");
	/* First out of the way of 0 to 4, then down. */
	for (int i = 0; i < GUEST_FDS; i++) {
		spare[i] = fcntl(build->guest_fds[i], F_DUPFD_CLOEXEC, GUEST_FDS);
		if (spare[i] < 0)
			return fail(error, "arrange descriptors");
	}
	for (int i = 0; i < GUEST_FDS; i++) {
		if (dup2(spare[i], i) < 0)
			return fail(error, "arrange descriptors");
	}
	build->setup = dup3(setup, GUEST_FDS, O_CLOEXEC);
	build->scratch = dup3(scratch, GUEST_FDS + 1, O_CLOEXEC);
	if (build->setup < 0 || build->scratch < 0 || close_range(GUEST_FDS + 2, ~0U, 0) < 0)
		return fail(error, "close all other descriptors");
	return 0;
}

static int enter_groups(struct jail_build *build, struct jail_error *error)
{
	return cgroup_enter(build->group, error);
}

static const struct jail_step GUEST_STEPS[] = {
	{ enter_groups },
	{ namespaces_unshare_cgroup }, /* after the groups are entered */
	{ namespaces_set_host_name },
	{ credentials_leave_session },
	{ rootfs_mount_proc }, /* while the host's is in sight */
	{ rootfs_enter },
	{ rootfs_fill },
	{ trees_show },
	{ rootfs_lock },	     /* after the last mount */
	{ namespaces_take_network }, /* late: pid 1 makes it meanwhile */
	{ credentials_limit },
	{ credentials_drop },  /* sets no_new_privs */
	{ landlock_restrict }, /* needs no_new_privs */
	{ arrange_descriptors },
	{ seccomp_install }, /* last: the filter forbids all of the above */
};

static void report(struct jail_build *build, struct setup_message *message, const struct fds *fds)
{
	/* If the jailer is gone there is nobody to tell, and the next read from it ends this process. */
	(void)fd_send(build->setup, message, sizeof(*message), fds);
}

static _Noreturn void give_up(struct jail_build *build, const struct jail_error *error)
{
	struct setup_message message = { .kind = SETUP_ERROR, .errnum = error->errnum };

	snprintf(message.step, sizeof(message.step), "%s", error->step);
	memcpy(message.detail, error->detail, sizeof(message.detail));
	report(build, &message, NULL);
	_exit(1);
}

static int take_steps(const struct jail_step *steps, size_t count, struct jail_build *build, struct jail_error *error)
{
	for (size_t i = 0; i < count; i++) {
		if (steps[i].take(build, error) < 0)
			return -1;
	}
	return 0;
}

/* One byte from the jailer; without it the jailer is gone, and so are we. */
static void wait_for_jailer(struct jail_build *build)
{
	char byte;

	if (read(build->setup, &byte, 1) != 1)
		_exit(1);
}

static void die_with_jailer(struct jail_build *build)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
		_exit(1);
	wait_for_jailer(build);
}

/* The jailer blocks signals for its signalfd; a guest starts with none blocked and all at their defaults. */
static void reset_signals(void)
{
	sigset_t none;

	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL); /* SIGKILL and SIGSTOP refuse, and have nothing to reset */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Pid 1. */
static _Noreturn void reap_orphans(struct jail_build *build)
{
	struct jail_error error = { 0 };
	sigset_t child;

	prctl(PR_SET_NAME, "init", 0, 0, 0);
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		_exit(1);
	die_with_jailer(build);
	if (cgroup_enter(build->group, &error) < 0 || namespaces_give_network(build, &error) < 0 ||
	    credentials_drop(build, &error) < 0)
		give_up(build, &error);
	close_range(0, ~0U, 0);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_SETMASK, &child, NULL);
	for (;;) {
		while (waitpid(-1, NULL, WNOHANG | __WALL) > 0)
			;
		sigwaitinfo(&child, NULL);
	}
}

/* The listener and the writable file system leave over the set-up socket; both are the jailer's from then on. */
static void report_sealed(struct jail_build *build)
{
	struct setup_message message = {
		.kind = SETUP_SEALED,
		.layers = build->layers,
		.landlock_abi = build->landlock_abi,
	};
	struct fds fds = { { build->scratch, build->listener, -1, -1 } };

	if (fd_send(build->setup, &message, sizeof(message), &fds) < 0)
		_exit(1);
}

/* Pid 2. */
static _Noreturn void become_guest(struct jail_build *build)
{
	struct jail_error error = { 0 };

	die_with_jailer(build);
	reset_signals();
	if (take_steps(GUEST_STEPS, sizeof(GUEST_STEPS) / sizeof(GUEST_STEPS[0]), build, &error) < 0)
		give_up(build, &error);
	report_sealed(build);
	execve(build->spec->interpreter, build->spec->arguments, build->spec->environment);
	fail_with(&error, "start the interpreter", "%s", build->spec->interpreter);
	give_up(build, &error);
}

/* life never returns. */
static pid_t start_process(struct jail_build *build, void (*life)(struct jail_build *), struct jail_error *error)
{
	pid_t pid = namespaces_clone(error, "make a process of the jail");

	if (pid == 0)
		life(build);
	return pid;
}

static int open_host_paths(struct jail_build *build, struct jail_error *error)
{
	return take_steps(OPEN_STEPS, sizeof(OPEN_STEPS) / sizeof(OPEN_STEPS[0]), build, error);
}

static int build_jail(struct jail_build *build, struct jail_error *error)
{
	struct setup_message unshared = { .kind = SETUP_UNSHARED };
	struct setup_message pids = { .kind = SETUP_PIDS };
	char byte;

	if (build->privileged && open_host_paths(build, error) < 0)
		return -1;
	if (namespaces_unshare(build, error) < 0)
		return -1;
	report(build, &unshared, NULL);
	/* Until it has written the id maps; it has made the groups meanwhile. */
	if (fd_receive(build->setup, &byte, 1, &build->group->entries) != 1)
		_exit(1);
	if (credentials_take_id(build, error) < 0)
		return -1;
	if (!build->privileged && open_host_paths(build, error) < 0)
		return -1;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, build->network) < 0)
		return fail(error, "socket for the network namespace");
	pids.init = start_process(build, reap_orphans, error);
	if (pids.init < 0)
		return -1;
	pids.guest = start_process(build, become_guest, error);
	if (pids.guest < 0)
		return -1;
	report(build, &pids, NULL);
	return 0;
}

/*
 * Of the jailer's descriptors keep what this jail needs. Others' would keep their jails' pipes open, and a guest that
 * reads to the end of its input would wait for us.
 */
static void drop_descriptors(const struct jail_build *build)
{
	int keep[GUEST_FDS + 1];
	unsigned int from = 3;

	memcpy(keep, build->guest_fds, sizeof(build->guest_fds));
	keep[GUEST_FDS] = build->setup;
	for (;;) {
		unsigned int next = ~0U;

		for (size_t i = 0; i < sizeof(keep) / sizeof(keep[0]); i++) {
			if (keep[i] >= (int)from && (unsigned int)keep[i] < next)
				next = (unsigned int)keep[i];
		}
		if (next > from)
			close_range(from, next - 1, 0);
		if (next == ~0U)
			return;
		from = next + 1;
	}
}

void jail_build_and_exit(struct jail_build *build)
{
	struct jail_error error = { 0 };

	/* Same pid namespace here, so that the usual check for a parent that died before the call works. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0 || getppid() != build->jailer)
		_exit(1);
	drop_descriptors(build);
	/* A host that runs out of memory kills a guest before it kills the jailer. Raising one's own needs no right. */
	(void)fd_write_file("/proc/self/oom_score_adj", "800");
	if (build_jail(build, &error) < 0)
		give_up(build, &error);
	_exit(0);
}
