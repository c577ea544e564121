/*
 * The host: which slot is ours, and what it has.
 *
 * Several jailers on one host each hold a slot by an exclusive lock. The slot's number gives the range of user ids and
 * the name of the control groups, so that no two live jails share either; whoever takes a free slot sweeps what its
 * last owner may have left, and touches nothing else.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "fd.h"
#include "layers.h"
#include "server.h"

enum {
	SLOTS = 1000,
	/*
	 * Ids that nothing else hands out: above what systemd gives to containers (524288 to 1878982656) and below
	 * 2^31. A slot has one for each of its jails.
	 */
	FIRST_UID = 1900000000,
};

static int lock_slot(const char *folder, unsigned int slot)
{
	char path[4096];
	int lock;

	snprintf(path, sizeof(path), "%s/slot-%u.lock", folder, slot);
	lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) < 0)
		fd_close(&lock);
	return lock;
}

/*
 * The lock's file names the groups of whoever holds it. An owner that was killed could not remove them, and ours may lie
 * elsewhere: a group is made below the one that its jailer was started in.
 */
static void sweep_last_owner(void)
{
	char text[CGROUP_TREES * CGROUP_PATH_BYTES];
	ssize_t length = pread(server.lock, text, sizeof(text) - 1, 0);
	char *rest = text;

	text[length < 0 ? 0 : length] = '\0';
	for (char *base; (base = strsep(&rest, "\n")) != NULL;) {
		if (base[0] == '/')
			cgroup_sweep(base);
	}
}

static int note_groups(struct jail_error *error)
{
	char text[CGROUP_TREES * CGROUP_PATH_BYTES + CGROUP_TREES];
	int length = 0;

	for (enum cgroup_tree tree = CGROUP_MEMORY; tree < CGROUP_TREES; tree++)
		length += snprintf(text + length, sizeof(text) - (size_t)length, "%s\n", server.groups.base[tree]);
	if (ftruncate(server.lock, 0) < 0 || pwrite(server.lock, text, (size_t)length, 0) != length)
		return fail(error, "note our control groups");
	return 0;
}

/* Returns 0, -1, or 1 where somebody else has the groups of the slot. */
static int open_groups(struct jail_error *error)
{
	int opened = cgroup_host_open(&server.groups, server.slot, error);

	if (opened != 0)
		return opened;
	server.layers = ALL_LAYERS &
			~(LAYER_BIT(LAYER_CGROUP_MEMORY) | LAYER_BIT(LAYER_CGROUP_PIDS) | LAYER_BIT(LAYER_CGROUP_CPU));
	server.layers |= server.groups.layers;
	if (!server.privileged)
		server.layers &= ~(LAYER_BIT(LAYER_DISTINCT_UID) | LAYER_BIT(LAYER_PRIVATE_DEVICES));
	return note_groups(error);
}

int host_take_slot(const char *state_folder, struct jail_error *error)
{
	int opened;

	server.privileged = geteuid() == 0;
	if (mkdir(state_folder, 0700) < 0 && errno != EEXIST)
		return fail_with(error, "make the state folder", "%.200s", state_folder);
	for (unsigned int slot = 0; slot < SLOTS; slot++) {
		server.lock = lock_slot(state_folder, slot);
		if (server.lock < 0 && errno != EWOULDBLOCK)
			return fail_with(error, "lock a slot", "%.200s", state_folder);
		if (server.lock < 0)
			continue;
		server.slot = slot;
		server.first_uid = FIRST_UID + slot * JAILS_MAX;
		sweep_last_owner();
		opened = open_groups(error);
		if (opened <= 0)
			return opened;
		fd_close(&server.lock);
	}
	errno = EUSERS;
	return fail_with(error, "lock a slot", "%d jailers run on this host already", SLOTS);
}

void host_leave_slot(void)
{
	cgroup_host_close(&server.groups);
	fd_close(&server.lock);
}

/* --- Facts --- */

struct fact {
	const char *name;
	char value[DETAIL_BYTES];
};

static void put_number_or_none(struct fact *fact, const char *name, long number)
{
	fact->name = name;
	if (number < 0)
		snprintf(fact->value, sizeof(fact->value), "none");
	else
		snprintf(fact->value, sizeof(fact->value), "%ld", number);
}

static void put_file(struct fact *fact, const char *name, const char *path)
{
	fact->name = name;
	if (fd_read_file(path, fact->value, sizeof(fact->value)) < 0)
		snprintf(fact->value, sizeof(fact->value), "none");
	fact->value[strcspn(fact->value, "\n")] = '\0';
}

static bool has_reports(void)
{
	uint32_t action = SECCOMP_RET_USER_NOTIF;

	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

void host_write_facts(struct buffer *out)
{
	struct fact facts[10] = { 0 };
	struct utsname kernel;
	size_t count = 0;

	uname(&kernel);
	facts[count].name = "kernel";
	snprintf(facts[count++].value, DETAIL_BYTES, "%.100s %.50s", kernel.release, kernel.machine);
	put_number_or_none(&facts[count++], "uid", (long)geteuid());
	put_number_or_none(&facts[count++], "slot", (long)server.slot);
	put_number_or_none(&facts[count++], "landlock-abi",
			   syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION));
	put_number_or_none(&facts[count++], "cgroup-version", server.groups.version == 0 ? -1 : server.groups.version);
	facts[count].name = "cgroup-missing";
	memcpy(facts[count++].value, server.groups.missing, DETAIL_BYTES);
	facts[count].name = "seccomp-reports";
	snprintf(facts[count++].value, DETAIL_BYTES, "%s", has_reports() ? "yes" : "no");
	put_file(&facts[count++], "max-user-namespaces", "/proc/sys/user/max_user_namespaces");
	put_file(&facts[count++], "apparmor-restricts-user-namespaces",
		 "/proc/sys/kernel/apparmor_restrict_unprivileged_userns");
	facts[count].name = "layers";
	snprintf(facts[count++].value, DETAIL_BYTES, "%" PRIu64, server.layers);
	write_u32(out, (uint32_t)count);
	for (size_t i = 0; i < count; i++) {
		write_string(out, facts[i].name);
		write_string(out, facts[i].value);
	}
}
