/* From a spec to a guest that starts: the jailer's side of what jail.c does. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fd.h"
#include "known_filters.h"
#include "layers.h"
#include "supervisor.h"

static int write_map(pid_t pid, const char *file, uint32_t outside)
{
	char path[64], map[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, file);
	snprintf(map, sizeof(map), "%d %u 1", JAIL_UID, outside);
	return fd_write_file(path, map);
}

/* user_namespaces(7): one id, and never root's. Without privilege the gid map needs setgroups to be given up first. */
static int write_maps(struct jail *jail, struct jail_error *error)
{
	uint32_t uid = server.privileged ? server.first_uid + jail->uid_index : geteuid();
	uint32_t gid = server.privileged ? uid : getegid();
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/setgroups", jail->builder);
	if (!server.privileged && fd_write_file(path, "deny") < 0)
		return fail(error, "give setgroups up");
	if (write_map(jail->builder, "gid_map", gid) < 0 || write_map(jail->builder, "uid_map", uid) < 0)
		return fail(error, "map the jail's ids");
	return 0;
}

static int give_start_bytes(struct jail *jail, int count)
{
	for (int i = 0; i < count; i++) {
		if (send(jail->setup.fd, "s", 1, MSG_NOSIGNAL) != 1)
			return -1;
	}
	return 0;
}

static int give_entries(struct jail *jail, struct jail_error *error)
{
	if (fd_send(jail->setup.fd, "s", 1, &jail->group.entries) != 1)
		return fail(error, "give the control groups to the builder");
	fds_close(&jail->group.entries);
	return 0;
}

static int take_pids(struct jail *jail, const struct setup_message *message, struct jail_error *error)
{
	jail->init = message->init;
	jail->guest = message->guest;
	if (give_start_bytes(jail, 2) < 0)
		return fail(error, "start the guest");
	return 0;
}

static void take_sealed(struct jail *jail, const struct setup_message *message, const struct fds *fds)
{
	jail->layers = message->layers;
	jail->landlock_abi = message->landlock_abi;
	jail->scratch = fds->at[0];
	if (fds->at[1] >= 0) {
		jail->reports = (struct watch){ .fd = fds->at[1], .events = EPOLLIN, .ready = reports_ready };
		if (loop_add(&jail->reports) < 0)
			loop_close(&jail->reports);
	}
	jail->state = JAIL_STARTING;
}

static void take_setup_message(struct jail *jail, struct setup_message *message, const struct fds *fds)
{
	struct jail_error error = { 0 };

	message->step[sizeof(message->step) - 1] = '\0';
	switch (message->kind) {
	case SETUP_UNSHARED:
		if (write_maps(jail, &error) < 0 || give_entries(jail, &error) < 0)
			jail_refuse(jail, REFUSED_STEP, &error);
		return;
	case SETUP_PIDS:
		if (take_pids(jail, message, &error) < 0)
			jail_refuse(jail, REFUSED_STEP, &error);
		return;
	case SETUP_SEALED:
		take_sealed(jail, message, fds);
		return;
	case SETUP_ERROR:
		error.step = message->step;
		error.errnum = message->errnum;
		memcpy(error.detail, message->detail, sizeof(error.detail));
		jail_refuse(jail, REFUSED_STEP, &error);
		return;
	}
}

/* Returns false when there is nothing more to read. */
bool setup_read(struct jail *jail)
{
	struct setup_message message;
	struct fds fds;
	ssize_t size;

	if (jail->setup.fd < 0)
		return false;
	size = fd_receive(jail->setup.fd, &message, sizeof(message), &fds);
	if (size < 0)
		return false;
	if (size != sizeof(message)) { /* end of file: exec has closed the guest's end */
		loop_close(&jail->setup);
		return false;
	}
	take_setup_message(jail, &message, &fds);
	return true;
}

static void setup_ready(struct watch *watch, uint32_t events)
{
	(void)events;
	setup_read(watch_owner(watch, struct jail, setup));
}

static void oom_ready(struct watch *watch, uint32_t events)
{
	struct jail *jail = watch_owner(watch, struct jail, oom);
	struct cgroup_usage usage;
	struct jail_error error = { 0 };
	char seen[512]; /* version 1: the eventfd's count; version 2: the file, which is what ends the event */

	(void)events;
	lseek(watch->fd, 0, SEEK_SET);
	if (read(watch->fd, seen, sizeof(seen)) < 0)
		return;
	cgroup_measure(&jail->group, &usage);
	if (usage.oom_kills == 0 && jail->group.host->version != 1)
		return; /* memory.events counts other things, too */
	/* Version 1 kills one process of the group; the rest of it must not run on. */
	if (jail->job_at != 0) {
		jail_end(jail, memory_verdict(jail, &usage));
	} else {
		jail_explain_start(jail, &error);
		jail_refuse(jail, REFUSED_INTERPRETER, &error);
	}
}

static struct jail *new_jail(struct connection *connection, uint32_t execution)
{
	struct jail *jail = calloc(1, sizeof(*jail));
	unsigned int index = 0;

	if (jail == NULL)
		return NULL;
	while (index < JAILS_MAX && server.uid_used[index])
		index++;
	if (index == JAILS_MAX) {
		free(jail);
		errno = EUSERS;
		return NULL;
	}
	server.uid_used[index] = true;
	*jail = (struct jail){ .next = server.jails,
			       .owner = connection,
			       .execution = execution,
			       .uid_index = index,
			       .spec_at = clock_now(),
			       .scratch = -1 };
	jail->setup.fd = jail->oom.fd = jail->reports.fd = jail->job.watch.fd = jail->input.watch.fd = -1;
	jail->group = (struct cgroup){
		.host = &server.groups, .number = server.next_group++, .oom_event = -1, .entries = NO_FDS
	};
	for (int i = 0; i < 3; i++)
		jail->output[i].watch.fd = -1;
	server.jails = jail;
	connection->jail = jail;
	return jail;
}

static int check_layers(const struct jail_spec *spec, struct jail_error *error)
{
	uint64_t missing = ALL_LAYERS & ~server.layers & ~spec->optional_layers;

	for (enum layer layer = 0; missing != 0 && layer < LAYER_COUNT; layer++) {
		if ((missing & LAYER_BIT(layer)) == 0)
			continue;
		errno = 0;
		return fail_with(error, layer_name(layer), "%s",
				 server.privileged || layer <= LAYER_CGROUP_CPU ? server.groups.missing
										: "the jailer does not run as root");
	}
	if (spec->tree_count > TREES_MAX) {
		errno = EINVAL;
		return fail_with(error, "spec", "at most %d trees, found %u", TREES_MAX, spec->tree_count);
	}
	return 0;
}

static int start_builder(struct jail *jail, struct jail_error *error)
{
	struct jail_build build = {
		.spec = jail->spec,
		.filter = jail->filter->filter,
		.group = &jail->group,
		.privileged = server.privileged,
		.jailer = getpid(),
		.devices = -1,
		.proc = -1,
		.scratch = -1,
		.listener = -1,
	};
	int sockets[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) < 0)
		return fail(error, "set-up socket");
	jail->setup = (struct watch){ .fd = sockets[0], .events = EPOLLIN, .ready = setup_ready };
	build.setup = sockets[1];
	memset(build.guest_fds, -1, sizeof(build.guest_fds));
	if (channels_open(jail, build.guest_fds) < 0 || fd_set_nonblocking(sockets[0]) < 0 ||
	    loop_add(&jail->setup) < 0) {
		fail(error, "open the guest's pipes");
	} else {
		jail->builder = fork();
		if (jail->builder == 0)
			jail_build_and_exit(&build);
		if (jail->builder < 0) {
			jail->builder = 0;
			fail(error, "fork the builder");
		}
	}
	fd_close(&build.setup);
	for (int i = 0; i < GUEST_FDS; i++)
		fd_close(&build.guest_fds[i]);
	return jail->builder > 0 ? 0 : -1;
}

/* After the fork: the builder opens and unshares meanwhile. */
static int make_group(struct jail *jail, struct jail_error *error)
{
	uint32_t events = jail->group.host->version == 1 ? EPOLLIN : EPOLLPRI;

	if (cgroup_create(&jail->group, jail->spec->start_memory_bytes, jail->spec->process_limit, error) < 0)
		return -1;
	jail->oom = (struct watch){ .fd = jail->group.oom_event, .events = events, .ready = oom_ready };
	jail->group.oom_event = -1;
	if (jail->oom.fd >= 0 && loop_add(&jail->oom) < 0)
		return fail(error, "cgroup: watch for memory kills");
	return 0;
}

/* No memory, or as many jails as we have ids for. */
static void refuse_without_jail(struct connection *connection, uint32_t execution)
{
	struct jail none = {
		.execution = execution,
		.refusal = { .given = true,
			     .kind = REFUSED_RESOURCES,
			     .errnum = errno,
			     .step = "make room for a jail" },
	};

	snprintf(none.refusal.detail, sizeof(none.refusal.detail), "at most %d jails at once", JAILS_MAX);
	refusal_write(&none, &connection->out);
}

int supervisor_spec(struct connection *connection, uint32_t execution, struct reader payload)
{
	struct jail_error error = { 0 };
	struct jail *jail;

	if (connection->jail != NULL || server.stopping)
		return -1;
	jail = new_jail(connection, execution);
	if (jail == NULL) {
		refuse_without_jail(connection, execution);
		return 0;
	}
	jail->spec = spec_decode(payload, &error);
	if (jail->spec == NULL) {
		jail_refuse(jail, REFUSED_SPEC, &error);
		return 0;
	}
	if (check_layers(jail->spec, &error) < 0) {
		jail_refuse(jail, error.errnum == 0 ? REFUSED_LAYER : REFUSED_SPEC, &error);
		return 0;
	}
	jail->filter = known_filter_take(jail->spec->filter, &error);
	if (jail->filter == NULL)
		jail_refuse(jail, REFUSED_SPEC, &error);
	else if (start_builder(jail, &error) < 0 || make_group(jail, &error) < 0)
		jail_refuse(jail, REFUSED_STEP, &error);
	return 0;
}
