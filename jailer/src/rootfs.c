/*
 * The file system of a jail: a private tmpfs as root, one small file system for everything that can be written, devices and
 * /proc of its own. What it shows of the host is in trees.c.
 *
 * The builder opens every source with the jailer's rights (an interpreter may lie below a home that only its owner can
 * enter); the guest, in its own namespaces, attaches them only after it has left the host's tree, so it never resolves
 * a path of the host.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "fd.h"
#include "layers.h"
#include "mounts.h"
#include "steps.h"

enum { OWN_INODES = 8 }; /* of the writable file system: its root and seven folders */

static const struct {
	const char *name;
	const char *path; /* on the host, for a jailer that may not make nodes */
	unsigned int minor;
} DEVICES[] = {
	/* Linux allocated devices (Documentation/admin-guide/devices.txt), all of major 1. */
	{ "null", "/dev/null", 3 },	{ "zero", "/dev/zero", 5 },	  { "full", "/dev/full", 7 },
	{ "random", "/dev/random", 8 }, { "urandom", "/dev/urandom", 9 },
};
_Static_assert(sizeof(DEVICES) / sizeof(DEVICES[0]) == DEVICE_NODES, "a descriptor a node in struct jail_build");

/* --- In the builder --- */

static int make_node(int devices, const char *name, unsigned int minor)
{
	if (mknodat(devices, name, S_IFCHR | 0666, makedev(1, minor)) < 0)
		return -1;
	return 0;
}

/* What programs expect beside the nodes; the same where nodes are bound. */
static int make_device_links(int devices)
{
	static const char *const LINKS[][2] = {
		{ "/proc/self/fd", "fd" },
		{ "/proc/self/fd/0", "stdin" },
		{ "/proc/self/fd/1", "stdout" },
		{ "/proc/self/fd/2", "stderr" },
	};

	for (size_t i = 0; i < sizeof(LINKS) / sizeof(LINKS[0]); i++) {
		if (symlinkat(LINKS[i][0], devices, LINKS[i][1]) < 0)
			return -1;
	}
	return mkdirat(devices, "shm", 0755);
}

static int new_devices(void)
{
	static const struct mount_option OPTIONS[] = {
		{ "size", "16k" }, { "nr_inodes", "32" }, { "mode", "0755" }, { NULL, NULL }
	};

	return mount_new("tmpfs", OPTIONS, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC);
}

/* Without root: the host's own nodes, to be bound one by one. */
static int copy_devices(struct jail_build *build, struct jail_error *error)
{
	for (int i = 0; i < DEVICE_NODES; i++) {
		build->device_nodes[i] = mount_copy(DEVICES[i].path, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC);
		if (build->device_nodes[i] < 0)
			return fail_with(error, "root: open a device node", "%s", DEVICES[i].path);
	}
	return 0;
}

/*
 * Device nodes of the jail's own: a lock on a bound /dev/null would be seen by every jail and the host. They need a
 * mount without nodev that is made outside the user namespace, else they can't be opened (EACCES).
 */
int rootfs_open_devices(struct jail_build *build, struct jail_error *error)
{
	struct mount_attr read_only = { .attr_set = MOUNT_ATTR_RDONLY };

	if (!build->privileged)
		return copy_devices(build, error);
	build->devices = new_devices();
	if (build->devices < 0)
		return fail(error, "root: make /dev");
	umask(0);
	for (int i = 0; i < DEVICE_NODES; i++) {
		if (make_node(build->devices, DEVICES[i].name, DEVICES[i].minor) < 0)
			return fail(error, "root: make a device node");
	}
	if (make_device_links(build->devices) < 0 ||
	    mount_setattr(build->devices, "", AT_EMPTY_PATH, &read_only, sizeof(read_only)) < 0)
		return fail(error, "root: fill /dev");
	build->layers |= LAYER_BIT(LAYER_PRIVATE_DEVICES);
	return 0;
}

/* --- In the guest --- */

/*
 * A /proc that shows processes of this pid namespace only, and of them only one's own (proc(5), Linux 5.8). It is made while
 * the host's is still in sight: the kernel compares them, and says EPERM where the host's has something mounted over it.
 */
int rootfs_mount_proc(struct jail_build *build, struct jail_error *error)
{
	static const struct mount_option OPTIONS[] = { { "subset", "pid" },
						       { "hidepid", "invisible" },
						       { NULL, NULL } };

	build->proc = mount_new("proc", OPTIONS, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
	if (build->proc < 0)
		return fail_with(error, "root: make /proc",
				 "where the host masks /proc, as containers do, start the container with "
				 "systempaths=unconfined");
	return 0;
}

static int new_root(void)
{
	static const struct mount_option OPTIONS[] = {
		{ "size", "1m" }, { "nr_inodes", "1024" }, { "mode", "0755" }, { NULL, NULL }
	};

	return mount_new("tmpfs", OPTIONS, MOUNT_NO_DEVICES);
}

/*
 * One file system for all that a guest can write, so that disk_limit is one number and statfs(2) at the end says how
 * full it was. Its pages count as the jail's memory; the spec keeps it below half of that, so that a full disk is
 * ENOSPC and never a memory kill.
 */
static int new_scratch(const struct jail_spec *spec)
{
	char size[24], inodes[24];
	const struct mount_option options[] = {
		{ "size", size }, { "nr_inodes", inodes }, { "mode", "0711" }, { NULL, NULL }
	};

	snprintf(size, sizeof(size), "%" PRIu64, spec->disk_bytes);
	snprintf(inodes, sizeof(inodes), "%" PRIu64, spec->inodes + OWN_INODES + 2 * spec->tree_count);
	return mount_new("tmpfs", options, MOUNT_NO_DEVICES);
}

/*
 * Make a private tmpfs the root (pivot_root(2)). What is needed only while the jail is built lies below /.jail, the host's
 * tree too, until rootfs_lock lets all of it go at once: at each umount the kernel waits for an RCU grace period.
 */
int rootfs_enter(struct jail_build *build, struct jail_error *error)
{
	scoped_fd root = -1;

	/* systemd mounts "/" shared: unless made private, our mounts would show up on the host. */
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		return fail(error, "root: make the host's mounts private");
	root = new_root();
	build->scratch = new_scratch(build->spec);
	if (root < 0 || build->scratch < 0)
		return fail(error, "root: make its file systems");
	if (mount_attach(root, "/") < 0 || fchdir(root) < 0 || mkdir(".jail", 0700) < 0 ||
	    mount_attach(build->scratch, ".jail") < 0 || mkdir(".jail/host", 0700) < 0)
		return fail(error, "root: attach the new root");
	if (syscall(SYS_pivot_root, ".", ".jail/host") < 0 || chdir("/") < 0)
		return fail(error, "root: pivot");
	umask(022);
	build->layers |= LAYER_BIT(LAYER_PRIVATE_ROOT);
	return 0;
}

static int write_file(const char *path, struct span content)
{
	scoped_fd file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);

	if (file < 0)
		return -1;
	return content.length == 0 || write(file, content.at, content.length) == (ssize_t)content.length ? 0 : -1;
}

static int make_links_and_files(const struct jail_spec *spec, struct jail_error *error)
{
	for (uint32_t i = 0; i < spec->symlink_count; i++) {
		const struct spec_symlink *link = &spec->symlinks[i];

		if (make_folders_to(link->path) < 0 || (symlink(link->target, link->path) < 0 && errno != EEXIST))
			return fail_with(error, "root: make a symlink", "%s", link->path);
	}
	for (uint32_t i = 0; i < spec->file_count; i++) {
		if (make_folders_to(spec->files[i].path) < 0 ||
		    write_file(spec->files[i].path, spec->files[i].content) < 0)
			return fail_with(error, "root: make a file", "%s", spec->files[i].path);
	}
	return 0;
}

static int bind_devices(struct jail_build *build)
{
	struct mount_attr read_only = { .attr_set = MOUNT_ATTR_RDONLY };

	for (int i = 0; i < DEVICE_NODES; i++) {
		char path[64];
		scoped_fd node = -1;

		snprintf(path, sizeof(path), "/dev/%s", DEVICES[i].name);
		node = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
		if (node < 0 || mount_attach(build->device_nodes[i], path) < 0)
			return -1;
	}
	return mount_setattr(AT_FDCWD, "/dev", 0, &read_only, sizeof(read_only));
}

static int show_devices(struct jail_build *build, struct jail_error *error)
{
	if (!build->privileged) {
		build->devices = new_devices();
		if (build->devices < 0 || make_device_links(build->devices) < 0)
			return fail(error, "root: make /dev");
	}
	if (mkdir("/dev", 0755) < 0 || mount_attach(build->devices, "/dev") < 0)
		return fail(error, "root: attach /dev");
	if (!build->privileged && bind_devices(build) < 0)
		return fail(error, "root: bind a device node");
	return 0;
}

static int show_scratch(struct jail_error *error)
{
	static const struct {
		const char *folder;
		const char *path; /* NULL: needed while trees are shown, and by overlays as their second lower */
		mode_t mode;
	} PLACES[] = {
		{ "/.jail/tmp", "/tmp", 01777 }, { "/.jail/job", "/job", 0700 }, { "/.jail/shm", "/dev/shm", 01777 },
		{ "/.jail/lower", NULL, 0700 },	 { "/.jail/empty", NULL, 0555 }, { "/.jail/view", NULL, 0700 },
	};
	for (size_t i = 0; i < sizeof(PLACES) / sizeof(PLACES[0]); i++) {
		scoped_fd part = -1;

		if (mkdir(PLACES[i].folder, PLACES[i].mode) < 0 || chmod(PLACES[i].folder, PLACES[i].mode) < 0)
			return fail(error, "root: make a writable folder");
		if (PLACES[i].path == NULL)
			continue;
		part = mount_copy(PLACES[i].folder, MOUNT_NO_DEVICES);
		if (part < 0 || (mkdir(PLACES[i].path, 0755) < 0 && errno != EEXIST) ||
		    mount_attach(part, PLACES[i].path) < 0)
			return fail_with(error, "root: attach a writable folder", "%s", PLACES[i].path);
	}
	return 0;
}

int rootfs_fill(struct jail_build *build, struct jail_error *error)
{
	if (mkdir("/proc", 0755) < 0 || mount_attach(build->proc, "/proc") < 0)
		return fail(error, "root: attach /proc");
	if (make_links_and_files(build->spec, error) < 0 || show_devices(build, error) < 0 || show_scratch(error) < 0)
		return -1;
	return 0;
}

/* Every other mount was made with its flags; this one had to be written to until now. */
int rootfs_lock(struct jail_build *build, struct jail_error *error)
{
	struct mount_attr read_only = { .attr_set = MOUNT_ATTR_RDONLY };

	(void)build;
	/* The host's tree goes. The writable folders live on where they are bound; the whole is not to be seen. */
	if (umount2("/.jail", MNT_DETACH) < 0 || rmdir("/.jail") < 0)
		return fail(error, "root: let the host's tree go");
	if (mount_setattr(AT_FDCWD, "/", 0, &read_only, sizeof(read_only)) < 0)
		return fail(error, "root: make read-only");
	if (chdir("/job") < 0)
		return fail(error, "root: enter /job");
	return 0;
}
