#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <linux/securebits.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "layers.h"
#include "steps.h"

/*
 * Become the one mapped id. Until then files of ours would have an owner that the namespace can't name (EOVERFLOW), and
 * the jailer's supplementary groups are still in force. A process keeps its capabilities here, since it does not leave
 * uid 0. setresuid clears the parent-death signal: that is set after it, by who needs it.
 */
int credentials_take_id(struct jail_build *build, struct jail_error *error)
{
	if (syscall(SYS_setresgid, JAIL_UID, JAIL_UID, JAIL_UID) < 0)
		return fail(error, "take the jail's group id");
	/* An unprivileged jailer had to give setgroups up to be allowed a gid map (user_namespaces(7)). */
	if (build->privileged && setgroups(0, NULL) < 0)
		return fail(error, "drop supplementary groups");
	if (syscall(SYS_setresuid, JAIL_UID, JAIL_UID, JAIL_UID) < 0)
		return fail(error, "take the jail's user id");
	if (build->privileged)
		build->layers |= LAYER_BIT(LAYER_DISTINCT_UID);
	return 0;
}

/* No terminal to type into (TIOCSTI, CVE-2017-5226 in bubblewrap), no keys of the jailer's session. */
int credentials_leave_session(struct jail_build *build, struct jail_error *error)
{
	(void)build;
	if (setsid() < 0)
		return fail(error, "new session");
	/* Kernels without keyrings have nothing to leave; with them, a full quota would fail here. */
	if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL, 0, 0, 0) < 0 && errno != ENOSYS)
		return fail(error, "new session keyring");
	return 0;
}

/* Limits only go down: a jailer that is itself limited gives its guests no more than it has. */
static int lower(int resource, rlim_t most)
{
	struct rlimit limit;

	if (getrlimit((__rlimit_resource_t)resource, &limit) < 0)
		return -1;
	if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > most)
		limit.rlim_max = most;
	limit.rlim_cur = limit.rlim_max;
	return setrlimit((__rlimit_resource_t)resource, &limit);
}

/* No RLIMIT_AS: it counts reservations, which V8 makes by the gigabyte, and not memory. */
int credentials_limit(struct jail_build *build, struct jail_error *error)
{
	const struct {
		int resource;
		rlim_t most;
	} LIMITS[] = {
		{ RLIMIT_CORE, 1 }, /* no file and no core_pattern program either: filter.c tells */
		{ RLIMIT_NOFILE, build->spec->open_files },
		{ RLIMIT_FSIZE, build->spec->file_size_bytes },
		{ RLIMIT_STACK, 8 << 20 },
		{ RLIMIT_MEMLOCK, 0 },
		{ RLIMIT_MSGQUEUE, 0 },
		{ RLIMIT_SIGPENDING, 256 },
		{ RLIMIT_NICE, 0 },
		{ RLIMIT_RTPRIO, 0 },
	};

	for (size_t i = 0; i < sizeof(LIMITS) / sizeof(LIMITS[0]); i++) {
		if (lower(LIMITS[i].resource, LIMITS[i].most) < 0)
			return fail(error, "rlimits");
	}
	/* So that a file grown to RLIMIT_FSIZE is EFBIG, which programs handle, and not a death. */
	signal(SIGXFSZ, SIG_IGN);
	build->layers |= LAYER_BIT(LAYER_RLIMITS);
	return 0;
}

static int drop_sets(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = { { 0 } };

	return (int)syscall(SYS_capset, &header, none);
}

/*
 * Securebits and the bounding set need CAP_SETPCAP, so the sets go last. From here on the guest's mounts are locked:
 * without capabilities nobody can clear their flags.
 */
int credentials_drop(struct jail_build *build, struct jail_error *error)
{
	const unsigned long secure = SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
				     SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED |
				     SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED;

	if (prctl(PR_SET_SECUREBITS, secure, 0, 0, 0) < 0)
		return fail(error, "lock securebits");
	for (unsigned long capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++)
		;
	if (errno != EINVAL) /* the first number that is no capability */
		return fail(error, "drop the bounding set");
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
		return fail(error, "clear ambient capabilities");
	if (drop_sets() < 0)
		return fail(error, "drop capabilities");
	build->layers |= LAYER_BIT(LAYER_CAPABILITIES);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return fail(error, "no_new_privs");
	build->layers |= LAYER_BIT(LAYER_NO_NEW_PRIVILEGES);
	return 0;
}
