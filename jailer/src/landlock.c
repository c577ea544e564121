#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fd.h"
#include "layers.h"
#include "steps.h"

/*
 * Rights that Debian 12's headers (Linux 6.1) don't name yet. The numbers are the kernel's interface:
 * include/uapi/linux/landlock.h, landlock(7).
 */
#define FS_REFER (1ULL << 13)	       /* ABI 2 */
#define FS_TRUNCATE (1ULL << 14)       /* ABI 3 */
#define FS_IOCTL_DEV (1ULL << 15)      /* ABI 5 */
#define NET_BIND_AND_CONNECT_TCP 3ULL  /* ABI 4 */
#define SCOPE_SOCKETS_AND_SIGNALS 3ULL /* ABI 6 */

#define FS_FIRST_ABI ((1ULL << 13) - 1)
#define FS_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FS_FILE_RIGHTS                                                                                                 \
	(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE |     \
	 FS_IOCTL_DEV)

struct ruleset_attributes {
	uint64_t handled_fs;
	uint64_t handled_net; /* since ABI 4 */
	uint64_t scoped;      /* since ABI 6 */
};

/* What a ruleset of this ABI handles; returns the size of the structure that the ABI knows. */
static size_t handled(long abi, struct ruleset_attributes *attributes)
{
	*attributes = (struct ruleset_attributes){ .handled_fs = FS_FIRST_ABI };
	if (abi >= 2)
		attributes->handled_fs |= FS_REFER;
	if (abi >= 3)
		attributes->handled_fs |= FS_TRUNCATE;
	if (abi >= 5)
		attributes->handled_fs |= FS_IOCTL_DEV;
	if (abi >= 4)
		attributes->handled_net = NET_BIND_AND_CONNECT_TCP;
	if (abi >= 6)
		attributes->scoped = SCOPE_SOCKETS_AND_SIGNALS;
	return abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
}

static int allow(int ruleset, const char *path, uint64_t rights, uint64_t known)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = rights & known };
	scoped_fd place = open(path, O_PATH | O_CLOEXEC);

	if (place < 0)
		return -1;
	rule.parent_fd = place;
	return (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

static int allow_trees(int ruleset, const struct jail_spec *spec, uint64_t known)
{
	for (uint32_t i = 0; i < spec->tree_count; i++) {
		uint64_t rights = FS_READ | LANDLOCK_ACCESS_FS_EXECUTE;

		if (spec->trees[i].kind == TREE_FILE)
			rights &= FS_FILE_RIGHTS;
		else if (spec->trees[i].kind == TREE_WRITABLE)
			rights = known & ~FS_IOCTL_DEV;
		if (allow(ruleset, spec->trees[i].target, rights, known) < 0)
			return -1;
	}
	return 0;
}

static int allow_all(int ruleset, const struct jail_build *build, uint64_t known)
{
	const uint64_t change = LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE;
	const struct {
		const char *path;
		uint64_t rights;
	} PLACES[] = {
		{ "/", LANDLOCK_ACCESS_FS_READ_DIR },
		{ "/etc", FS_READ },
		{ "/dev", FS_READ | change | FS_IOCTL_DEV },
		{ "/dev/shm", known & ~FS_IOCTL_DEV },
		{ "/proc", FS_READ | change },
		{ "/tmp", known & ~FS_IOCTL_DEV },
		{ "/job", known & ~FS_IOCTL_DEV },
	};

	for (size_t i = 0; i < sizeof(PLACES) / sizeof(PLACES[0]); i++) {
		if (allow(ruleset, PLACES[i].path, PLACES[i].rights, known) < 0)
			return -1;
	}
	return allow_trees(ruleset, build->spec, known);
}

/*
 * The same paths as the mounts show, once more and by another mechanism: if a mount trick ever brought the host's tree
 * back, nothing in it would be below one of these. The files are opened inside the new root, so that the rules name the
 * jail's own inodes.
 */
int landlock_restrict(struct jail_build *build, struct jail_error *error)
{
	struct ruleset_attributes attributes;
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	scoped_fd ruleset = -1;
	size_t size;

	if (abi < 1)
		return jail_may_lack(build, LAYER_BIT(LAYER_LANDLOCK)) ? 0 : fail(error, "landlock");
	size = handled(abi, &attributes);
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, size, 0);
	if (ruleset < 0)
		return fail(error, "landlock: make the ruleset");
	if (allow_all(ruleset, build, attributes.handled_fs) < 0)
		return fail(error, "landlock: allow what the jail shows");
	if (syscall(SYS_landlock_restrict_self, ruleset, 0) < 0)
		return fail(error, "landlock: restrict");
	build->landlock_abi = (uint32_t)abi;
	build->layers |= LAYER_BIT(LAYER_LANDLOCK);
	return 0;
}
