/* The host's control group hierarchies: which there are, where ours goes in each, and what an earlier owner left there. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cgroup.h"
#include "fd.h"
#include "layers.h"

enum { FILE_PATH_BYTES = CGROUP_PATH_BYTES + 64 };

/* Cut a copy of the n-th (from 0) blank-separated field of a line. */
static bool field(const char *line, int n, char *text, size_t size)
{
	size_t length;

	for (; n > 0; n--) {
		line += strcspn(line, " \n");
		if (*line != ' ')
			return false;
		line++;
	}
	length = strcspn(line, " \n");
	if (length == 0 || length >= size)
		return false;
	memcpy(text, line, length);
	text[length] = '\0';
	return true;
}

static bool has_word(const char *list, const char *word, const char *separators)
{
	size_t length = strlen(word);

	while (*list != '\0') {
		size_t found = strcspn(list, separators);

		if (found == length && strncmp(list, word, length) == 0)
			return true;
		list += found;
		list += *list != '\0';
	}
	return false;
}

/*
 * The folder of our own group in one hierarchy: its mount point (proc_pid_mountinfo(5)) and, behind the mount's root, the
 * path that /proc/self/cgroup names. controller "" means the version 2 tree.
 */
static bool own_folder(const char *mounts, const char *groups, const char *controller, char folder[CGROUP_PATH_BYTES])
{
	char root[CGROUP_PATH_BYTES], point[CGROUP_PATH_BYTES], options[CGROUP_PATH_BYTES], type[32];
	const char *own = NULL;

	for (const char *line = groups; line != NULL && *line != '\0';
	     line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
		char names[CGROUP_PATH_BYTES];
		const char *first = strchr(line, ':');
		const char *second = first == NULL ? NULL : strchr(first + 1, ':');

		if (second == NULL || (size_t)(second - first) > sizeof(names))
			continue;
		memcpy(names, first + 1, (size_t)(second - first - 1));
		names[second - first - 1] = '\0';
		if (controller[0] == '\0' ? names[0] == '\0' : has_word(names, controller, ","))
			own = second + 1;
	}
	for (const char *line = mounts; own != NULL && line != NULL && *line != '\0';
	     line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
		const char *tail = strstr(line, " - ");
		size_t own_length = strcspn(own, "\n");
		size_t root_length;

		if (tail == NULL || !field(tail + 3, 0, type, sizeof(type)) ||
		    !field(tail + 3, 2, options, sizeof(options)) || !field(line, 3, root, sizeof(root)) ||
		    !field(line, 4, point, sizeof(point)))
			continue;
		if (strcmp(type, controller[0] == '\0' ? "cgroup2" : "cgroup") != 0 ||
		    (controller[0] != '\0' && !has_word(options, controller, ",")))
			continue;
		root_length = strcmp(root, "/") == 0 ? 0 : strlen(root);
		if (own_length < root_length || strncmp(own, root, root_length) != 0)
			continue;
		own += root_length;
		own_length -= root_length;
		if (own_length == 1)
			own_length = 0;
		return snprintf(folder, CGROUP_PATH_BYTES, "%s%.*s", point, (int)own_length, own) <
		       CGROUP_PATH_BYTES - 64;
	}
	return false;
}

static void pause_ms(long milliseconds)
{
	struct timespec time = { .tv_nsec = milliseconds * 1000000 };

	nanosleep(&time, NULL);
}

/* Kill what is in a left-over group and remove it; at most about two seconds. */
static void sweep_group(const char *folder)
{
	char path[FILE_PATH_BYTES + 16];
	char pids[4096];

	snprintf(path, sizeof(path), "%s/cgroup.procs", folder);
	for (int tries = 0; tries < 400 && rmdir(folder) < 0 && errno == EBUSY; tries++) {
		if (fd_read_file(path, pids, sizeof(pids)) > 0) {
			for (char *at = pids, *end; (void)strtol(at, &end, 10), end != at; at = end)
				kill((pid_t)strtol(at, NULL, 10), SIGKILL);
		}
		pause_ms(5);
	}
}

static void sweep(const char *base)
{
	DIR *folder = opendir(base);
	struct dirent *entry;

	if (folder == NULL)
		return;
	while ((entry = readdir(folder)) != NULL) {
		char path[FILE_PATH_BYTES];

		if (entry->d_name[0] < '0' || entry->d_name[0] > '9' || strlen(entry->d_name) > 20)
			continue;
		snprintf(path, sizeof(path), "%s/%.20s", base, entry->d_name);
		sweep_group(path);
	}
	closedir(folder);
}

/*
 * Hold a group while we live. The slot's lock does the same for jailers that were told the same state folder; this one
 * also keeps us out of the groups of those that were not, which a sweep would kill.
 */
static bool lock_group(struct cgroup_host *host, enum cgroup_tree tree)
{
	host->locks[tree] = open(host->base[tree], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (host->locks[tree] >= 0 && flock(host->locks[tree], LOCK_EX | LOCK_NB) == 0)
		return true;
	host->taken = true;
	fd_close(&host->locks[tree]);
	return false;
}

/* Make base for one tree below parent; a group that cannot be made is a missing layer, and says why. */
static bool open_tree_base(struct cgroup_host *host, enum cgroup_tree tree, const char *parent, unsigned int slot)
{
	char *base = host->base[tree];

	if (snprintf(base, CGROUP_PATH_BYTES, "%s/reedact-%u", parent, slot) >= CGROUP_PATH_BYTES) {
		base[0] = '\0';
		return false;
	}
	if (mkdir(base, 0755) < 0 && errno != EEXIST) {
		snprintf(host->missing, sizeof(host->missing), "can't make %.160s: %s", base, strerror(errno));
		base[0] = '\0';
		return false;
	}
	if (!lock_group(host, tree)) {
		base[0] = '\0';
		return false;
	}
	sweep(base);
	return true;
}

/* True where parent is also that of the cpu controller: "cpu,cpuacct" is often one hierarchy with several links to it. */
static bool is_cpus_folder(const struct cgroup_host *host, const char *parent, unsigned int slot)
{
	char path[FILE_PATH_BYTES];
	struct stat first, second;

	snprintf(path, sizeof(path), "%s/reedact-%u", parent, slot);
	return stat(path, &first) == 0 && stat(host->base[CGROUP_CPU], &second) == 0 && first.st_dev == second.st_dev &&
	       first.st_ino == second.st_ino;
}

static void open_version_1(struct cgroup_host *host, const char *mounts, const char *groups, unsigned int slot)
{
	static const struct {
		const char *controller;
		enum layer layer;
	} TREES[] = {
		[CGROUP_MEMORY] = { "memory", LAYER_CGROUP_MEMORY },
		[CGROUP_PIDS] = { "pids", LAYER_CGROUP_PIDS },
		[CGROUP_CPU] = { "cpu", LAYER_CGROUP_CPU },
	};
	char folder[CGROUP_PATH_BYTES];

	for (enum cgroup_tree tree = CGROUP_MEMORY; tree <= CGROUP_CPU; tree++) {
		if (!own_folder(mounts, groups, TREES[tree].controller, folder))
			snprintf(host->missing, sizeof(host->missing), "the %s controller is not mounted",
				 TREES[tree].controller);
		else if (open_tree_base(host, tree, folder, slot))
			host->layers |= LAYER_BIT(TREES[tree].layer);
	}
	if (!own_folder(mounts, groups, "cpuacct", folder))
		host->layers &= ~LAYER_BIT(LAYER_CGROUP_CPU); /* a cpu limit that cannot be measured is none */
	else if (is_cpus_folder(host, folder, slot))
		memcpy(host->base[CGROUP_STAT], host->base[CGROUP_CPU], CGROUP_PATH_BYTES);
	else if (!open_tree_base(host, CGROUP_STAT, folder, slot))
		host->layers &= ~LAYER_BIT(LAYER_CGROUP_CPU);
}

/*
 * No process may sit in a group that has controllers enabled for its children, so an ordinary user's jailer moves into
 * a leaf of its delegated group first. Root works below the root group, where that rule does not hold.
 */
static bool version_2_parent(const char *folder, char parent[CGROUP_PATH_BYTES], struct cgroup_host *host)
{
	char path[FILE_PATH_BYTES];

	snprintf(parent, CGROUP_PATH_BYTES, "%s", folder);
	if (geteuid() == 0) {
		for (char *slash; (slash = strrchr(parent, '/')) != NULL;) {
			snprintf(path, sizeof(path), "%s/cgroup.type", parent);
			if (access(path, F_OK) < 0) /* the root group has no type */
				break;
			*slash = '\0';
		}
	} else {
		snprintf(path, sizeof(path), "%s/jailer", folder);
		if ((mkdir(path, 0755) < 0 && errno != EEXIST) ||
		    (snprintf(path, sizeof(path), "%s/jailer/cgroup.procs", folder), fd_write_file(path, "0") < 0)) {
			snprintf(host->missing, sizeof(host->missing), "%.160s is not delegated to this user: %s",
				 folder, strerror(errno));
			return false;
		}
	}
	snprintf(path, sizeof(path), "%s/cgroup.subtree_control", parent);
	if (fd_write_file(path, "+memory +pids +cpu") < 0) {
		snprintf(host->missing, sizeof(host->missing), "can't enable memory, pids and cpu in %.140s: %s",
			 parent, strerror(errno));
		return false;
	}
	return true;
}

static void open_version_2(struct cgroup_host *host, const char *folder, unsigned int slot)
{
	char parent[CGROUP_PATH_BYTES];
	char path[FILE_PATH_BYTES];

	if (!version_2_parent(folder, parent, host) || !open_tree_base(host, CGROUP_MEMORY, parent, slot))
		return;
	snprintf(path, sizeof(path), "%s/cgroup.subtree_control", host->base[CGROUP_MEMORY]);
	if (fd_write_file(path, "+memory +pids +cpu") < 0) {
		snprintf(host->missing, sizeof(host->missing), "can't enable memory, pids and cpu in our own group: %s",
			 strerror(errno));
		return;
	}
	for (enum cgroup_tree tree = CGROUP_PIDS; tree < CGROUP_TREES; tree++)
		memcpy(host->base[tree], host->base[CGROUP_MEMORY], CGROUP_PATH_BYTES);
	host->layers = LAYER_BIT(LAYER_CGROUP_MEMORY) | LAYER_BIT(LAYER_CGROUP_PIDS) | LAYER_BIT(LAYER_CGROUP_CPU);
}

static void close_locks(struct cgroup_host *host)
{
	for (enum cgroup_tree tree = CGROUP_MEMORY; tree < CGROUP_TREES; tree++)
		fd_close(&host->locks[tree]);
}

void cgroup_sweep(const char *base)
{
	sweep(base);
	rmdir(base);
}

int cgroup_host_open(struct cgroup_host *host, unsigned int slot, struct jail_error *error)
{
	static char mounts[1 << 16];
	char groups[4096];
	char folder[CGROUP_PATH_BYTES];

	*host = (struct cgroup_host){ .locks = { -1, -1, -1, -1 } };
	if (fd_read_file("/proc/self/mountinfo", mounts, sizeof(mounts)) < 0 ||
	    fd_read_file("/proc/self/cgroup", groups, sizeof(groups)) < 0)
		return fail(error, "read our own control groups");
	if (own_folder(mounts, groups, "memory", folder)) {
		host->version = 1;
		open_version_1(host, mounts, groups, slot);
	} else if (own_folder(mounts, groups, "", folder)) {
		host->version = 2;
		open_version_2(host, folder, slot);
	} else {
		snprintf(host->missing, sizeof(host->missing),
			 "no control group hierarchy with a memory controller is mounted");
	}
	if (host->taken)
		close_locks(host);
	return host->taken ? 1 : 0;
}

void cgroup_host_close(struct cgroup_host *host)
{
	for (enum cgroup_tree tree = CGROUP_MEMORY; tree < CGROUP_TREES; tree++) {
		if (host->base[tree][0] == '\0')
			continue;
		cgroup_sweep(host->base[tree]);
	}
	close_locks(host);
}
