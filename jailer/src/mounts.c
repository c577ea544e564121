#include "mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fd.h"

static int configure(int context, const struct mount_option *options)
{
	for (; options->key != NULL; options++) {
		unsigned int command = options->value == NULL ? FSCONFIG_SET_FLAG : FSCONFIG_SET_STRING;

		if (fsconfig(context, command, options->key, options->value, 0) < 0)
			return -1;
	}
	return fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
}

int mount_new(const char *type, const struct mount_option *options, unsigned int attributes)
{
	scoped_fd context = fsopen(type, FSOPEN_CLOEXEC);

	if (context < 0 || configure(context, options) < 0)
		return -1;
	return fsmount(context, FSMOUNT_CLOEXEC, attributes);
}

int mount_copy(const char *path, uint64_t attributes)
{
	struct mount_attr wanted = { .attr_set = attributes };
	int copy = open_tree(AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_SYMLINK_NOFOLLOW);

	if (copy >= 0 && mount_setattr(copy, "", AT_EMPTY_PATH, &wanted, sizeof(wanted)) < 0)
		fd_close(&copy);
	return copy;
}

int mount_attach(int mount, const char *path)
{
	return move_mount(mount, "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH);
}

int make_folders_to(const char *path)
{
	char part[PATH_MAX];

	for (const char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		snprintf(part, sizeof(part), "%.*s", (int)(slash - path), path);
		if (mkdir(part, 0755) < 0 && errno != EEXIST)
			return -1;
	}
	return 0;
}

int make_folder(const char *path)
{
	if (make_folders_to(path) < 0)
		return -1;
	return mkdir(path, 0755) < 0 && errno != EEXIST ? -1 : 0;
}
