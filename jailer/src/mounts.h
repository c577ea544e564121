/* Mounts by descriptor: the new mount API (fsopen(2), open_tree(2), move_mount(2); Linux 5.2, mount_setattr 5.12). */
#ifndef REEDACT_MOUNTS_H
#define REEDACT_MOUNTS_H

#include <stdint.h>
#include <sys/mount.h>

#define MOUNT_NO_DEVICES (MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)
#define MOUNT_READ_ONLY (MOUNT_ATTR_RDONLY | MOUNT_NO_DEVICES)

struct mount_option {
	const char *key;
	const char *value; /* NULL: a flag */
};

/* Make a file system that is mounted nowhere yet. options ends with a NULL key. Returns its descriptor or -1. */
int mount_new(const char *type, const struct mount_option *options, unsigned int attributes);

/* Copy the mount that shows path, from path on, without what is mounted below it. Returns its descriptor or -1. */
int mount_copy(const char *path, uint64_t attributes);

/* Attach a detached mount at a path. Returns 0 or -1. */
int mount_attach(int mount, const char *path);

/* Make the folders on the way to path; those that are there stay. Returns 0 or -1. */
int make_folders_to(const char *path);

/* The same, and path itself. */
int make_folder(const char *path);

#endif
