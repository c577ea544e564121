/*
 * What a jail shows of the host: directories and files, read-only through overlays, and folders to write into.
 *
 * An overlay of one directory and an empty one (overlayfs wants two lowers) has a superblock and so inodes of its own:
 * locks, leases and inotify watches on the same file in two jails don't meet. A bind mount would show the host's inode.
 * An overlay lies over a whole top folder of the host, and each tree below it is bound out of it: one is much quicker to
 * make than a dozen, and it merges no listing, since the folders below its own root lie in one lower only. Nothing of it
 * is seen but those trees: it goes with /.jail, and ".." does not lead out of a bind.
 *
 * Overlays don't cross mounts below their source: what is mounted there is not shown.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fd.h"
#include "layers.h"
#include "mounts.h"
#include "steps.h"

enum { PLACE_BYTES = 64 }; /* for paths of our own below /.jail */

/* --- In the builder --- */

static int look(const char *path, size_t length, struct statx *found)
{
	char part[PATH_MAX];

	snprintf(part, sizeof(part), "%.*s", (int)length, path);
	return statx(AT_FDCWD, part, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, STATX_MODE | STATX_MNT_ID, found);
}

/*
 * Whether a guest, which is nobody on the host, can walk from the folder path[0..top) down to path, all in one mount: a
 * home that only its owner can enter has to be passed with the builder's rights.
 */
static bool is_open_from(const char *path, size_t top)
{
	struct statx first, found;

	if (look(path, top, &first) < 0 || (first.stx_mode & S_IXOTH) == 0)
		return false;
	for (size_t length = top; path[length] == '/';) {
		length += 1 + strcspn(path + length + 1, "/");
		if (look(path, length, &found) < 0 || found.stx_mnt_id != first.stx_mnt_id)
			return false;
		if (path[length] == '/' && (found.stx_mode & S_IXOTH) == 0)
			return false;
	}
	return true;
}

/*
 * How much of a tree's path its overlay lies over: its top folder, else itself, else the folder of a file. A tree that is
 * shown elsewhere than where it lies on the host has an overlay of its own: mountinfo shows the way to a bind's root.
 */
static size_t source_length(const struct spec_tree *tree)
{
	size_t top = 1 + strcspn(tree->source + 1, "/");

	if (strcmp(tree->source, tree->target) == 0 && tree->source[top] == '/' && is_open_from(tree->source, top))
		return top;
	if (tree->kind == TREE_DIRECTORY)
		return strlen(tree->source);
	return (size_t)(strrchr(tree->source, '/') - tree->source);
}

static int open_source(struct jail_build *build, const char *path, size_t length)
{
	struct tree_source *source = build->sources;
	char folder[PATH_MAX];

	while (source < build->sources + build->source_count &&
	       (source->length != length || memcmp(source->path, path, length) != 0))
		source++;
	if (source == build->sources + build->source_count) {
		snprintf(folder, sizeof(folder), "%.*s", length == 0 ? 1 : (int)length, path);
		*source = (struct tree_source){ .path = path,
						.length = length,
						.mount = mount_copy(folder, MOUNT_READ_ONLY) };
		if (source->mount < 0)
			return -1;
		build->source_count++;
	}
	return (int)(source - build->sources);
}

int trees_open(struct jail_build *build, struct jail_error *error)
{
	for (uint32_t i = 0; i < build->spec->tree_count; i++) {
		const struct spec_tree *tree = &build->spec->trees[i];

		if (tree->kind == TREE_WRITABLE)
			build->trees[i] = mount_copy(tree->source, MOUNT_NO_DEVICES);
		else
			build->trees[i] = open_source(build, tree->source, source_length(tree));
		if (build->trees[i] < 0)
			return fail_with(error, "root: open a source", "%s", tree->source);
	}
	return 0;
}

/* --- In the guest --- */

/* A read-only overlay over what is attached at lower. */
static int new_overlay(const char *lower)
{
	char lowers[2 * PLACE_BYTES];
	const struct mount_option options[] = {
		{ "lowerdir", lowers },
		{ "userxattr", NULL },
		{ "source", "jail" },
		{ NULL, NULL },
	};

	snprintf(lowers, sizeof(lowers), "%s:/.jail/empty", lower);
	return mount_new("overlay", options, MOUNT_READ_ONLY);
}

/* An overlay of what is at lower, or where the policy does without private inodes and there are none, a bind of it. */
static int new_view(struct jail_build *build, const char *lower)
{
	int overlay = new_overlay(lower);

	if (overlay >= 0 || !jail_may_lack(build, LAYER_BIT(LAYER_PRIVATE_INODES)))
		return overlay;
	build->layers &= ~LAYER_BIT(LAYER_PRIVATE_INODES);
	return mount_copy(lower, MOUNT_READ_ONLY);
}

static void view_path(char path[PLACE_BYTES], uint32_t source)
{
	snprintf(path, PLACE_BYTES, "/.jail/view/%u", source);
}

static int attach_view(struct jail_build *build, uint32_t source)
{
	char lower[PLACE_BYTES], place[PLACE_BYTES];
	scoped_fd view = -1;

	snprintf(lower, sizeof(lower), "/.jail/lower/%u", source);
	view_path(place, source);
	if (mkdir(lower, 0700) < 0 || mount_attach(build->sources[source].mount, lower) < 0)
		return -1;
	view = new_view(build, lower);
	return view < 0 || mkdir(place, 0700) < 0 ? -1 : mount_attach(view, place);
}

/* A place for a mount: a folder or a file. */
static int make_place(const struct spec_tree *tree)
{
	scoped_fd file = -1;

	if (tree->kind != TREE_FILE)
		return make_folder(tree->target);
	if (make_folders_to(tree->target) < 0)
		return -1;
	file = open(tree->target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
	return file < 0 ? -1 : 0;
}

static int show_tree(struct jail_build *build, uint32_t index)
{
	const struct spec_tree *tree = &build->spec->trees[index];
	char view[PLACE_BYTES], path[PATH_MAX];
	scoped_fd part = -1;

	if (make_place(tree) < 0)
		return -1;
	if (tree->kind == TREE_WRITABLE)
		return mount_attach(build->trees[index], tree->target);
	view_path(view, (uint32_t)build->trees[index]);
	snprintf(path, sizeof(path), "%s%s", view, tree->source + build->sources[build->trees[index]].length);
	part = mount_copy(path, MOUNT_READ_ONLY);
	return part < 0 ? -1 : mount_attach(part, tree->target);
}

/*
 * What is attached below /.jail on the way stays there until rootfs_lock; what is bound out of an overlay keeps it.
 */
int trees_show(struct jail_build *build, struct jail_error *error)
{
	build->layers |= LAYER_BIT(LAYER_PRIVATE_INODES); /* new_view takes it back where it can't be had */
	for (uint32_t i = 0; i < build->source_count; i++) {
		const struct tree_source *source = &build->sources[i];

		if (attach_view(build, i) < 0)
			return fail_with(error, "root: make a view of a folder", "%.*s", (int)source->length,
					 source->path);
	}
	for (uint32_t i = 0; i < build->spec->tree_count; i++) {
		if (show_tree(build, i) < 0)
			return fail_with(error, "root: show a tree", "%s", build->spec->trees[i].source);
	}
	return 0;
}
