#include "supervisor.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fd.h"
#include "known_filters.h"
#include "layers.h"

enum { CPU_LOOK_SHORTEST_NS = 1000000 };

/* --- Ends --- */

static void kill_process(pid_t pid)
{
	/* A child that we have not reaped: its pid can't be anybody else's. */
	if (pid > 0)
		kill(pid, SIGKILL);
}

/* Pid 1 takes the whole namespace with it. Before it exists there is only the builder, and who waits for a start byte. */
static void kill_all(struct jail *jail)
{
	cgroup_lift_quota(&jail->group);
	kill_process(jail->builder);
	loop_close(&jail->setup);
	kill_process(jail->init);
	kill_process(jail->guest);
}

static void note_end(struct jail *jail)
{
	struct statfs disk;

	if (jail->ended_at == 0)
		jail->ended_at = clock_now();
	if (jail->scratch >= 0 && fstatfs(jail->scratch, &disk) == 0) {
		jail->disk_bytes = (uint64_t)(disk.f_blocks - disk.f_bfree) * (uint64_t)disk.f_bsize;
		jail->disk_full = disk.f_bavail == 0;
		jail->inodes_full = disk.f_ffree == 0;
	}
	/* Closed while pid 1 lives: the last to close a file system pays for taking it apart. */
	fd_close(&jail->scratch);
	jail->state = JAIL_ENDING;
}

void jail_end(struct jail *jail, struct verdict verdict)
{
	bool is_over = jail->state >= JAIL_ENDING;
	/* What a guest left in its pipes when it ended counts against its limits like what it wrote before. */
	bool is_late_output = jail->state == JAIL_ENDING && (verdict.limit_kind == LIMIT_OUTPUT || verdict.limit_kind == LIMIT_VALUE);

	if (!jail->verdict.given && (!is_over || is_late_output)) {
		jail->verdict = verdict;
		jail->verdict.given = true;
	}
	if (is_over)
		return;
	note_end(jail);
	kill_all(jail);
	jail_settle(jail);
}

static bool is_shortage(int errnum)
{
	return errnum == ENOMEM || errnum == ENOSPC || errnum == EAGAIN || errnum == EMFILE || errnum == ENFILE || errnum == EUSERS;
}

void jail_refuse(struct jail *jail, enum refusal_kind kind, const struct jail_error *error)
{
	struct refusal *refusal = &jail->refusal;

	if (!refusal->given) {
		refusal->given = true;
		refusal->kind = kind == REFUSED_STEP && is_shortage(error->errnum) ? REFUSED_RESOURCES : kind;
		refusal->errnum = error->errnum;
		snprintf(refusal->step, sizeof(refusal->step), "%s", error->step);
		memcpy(refusal->detail, error->detail, sizeof(refusal->detail));
	}
	jail_end(jail, (struct verdict){ .cause = CAUSE_CANCELLED });
}

/* The group may be busy for a moment after its last process: then the next look tries again. */
static void jail_bury(struct jail *jail)
{
	struct jail **link = &server.jails;

	if (!cgroup_remove(&jail->group))
		return;
	while (*link != jail)
		link = &(*link)->next;
	*link = jail->next;
	server.uid_used[jail->uid_index] = false;
	free(jail);
}

static void jail_answer(struct jail *jail)
{
	struct connection *owner = jail->owner;

	if (owner == NULL)
		return;
	owner->jail = NULL;
	jail->owner = NULL;
	if (jail->refusal.given)
		refusal_write(jail, &owner->out);
	else
		outcome_write(jail, &owner->out);
	connection_flush(owner);
}

/* Everything is dead and read: say so. The jail itself goes at the next look at the deadlines, when no caller has it in hand. */
void jail_settle(struct jail *jail)
{
	if (jail->state != JAIL_ENDING || jail->builder != 0 || jail->init != 0 || jail->guest != 0)
		return;
	if (jail->dead_at == 0)
		jail->dead_at = clock_now();
	if (jail->owner != NULL && !channels_are_drained(jail))
		return;
	jail->state = JAIL_GONE;
	loop_close(&jail->setup);
	loop_close(&jail->reports);
	channels_close(jail);
	if (jail->job_at == 0 && !jail->refusal.given)	/* cancelled before its job */
		jail->job_at = jail->ready_at = jail->ended_at;
	jail_answer(jail);
	loop_close(&jail->oom);
	known_filter_leave(jail->filter);
	free(jail->spec);
	jail->spec = NULL;
}

/* --- Set-up --- */

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

static void watch_memory(struct jail *jail);

static int take_pids(struct jail *jail, const struct setup_message *message, struct jail_error *error)
{
	jail->init = message->init;
	jail->guest = message->guest;
	if (cgroup_watch(&jail->group, error) < 0)
		return -1;
	watch_memory(jail);
	if (give_start_bytes(jail, 2) < 0)
		return fail(error, "start the guest");
	return 0;
}

static void take_sealed(struct jail *jail, const struct setup_message *message, const int fds[2])
{
	jail->layers = message->layers;
	jail->landlock_abi = message->landlock_abi;
	jail->scratch = fds[0];
	if (fds[1] >= 0) {
		jail->reports = (struct watch){ .fd = fds[1], .events = EPOLLIN, .ready = reports_ready };
		if (loop_add(&jail->reports) < 0)
			loop_close(&jail->reports);
	}
	jail->state = JAIL_STARTING;
}

static void take_setup_message(struct jail *jail, struct setup_message *message, const int fds[2])
{
	struct jail_error error = { 0 };

	message->step[sizeof(message->step) - 1] = '\0';
	switch (message->kind) {
	case SETUP_UNSHARED:
		if (write_maps(jail, &error) < 0 || give_start_bytes(jail, 1) < 0)
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
static bool read_setup_message(struct jail *jail)
{
	struct setup_message message;
	int fds[2];
	ssize_t size;

	if (jail->setup.fd < 0)
		return false;
	size = fd_receive(jail->setup.fd, &message, sizeof(message), fds);
	if (size < 0)
		return false;
	if (size != sizeof(message)) {	/* end of file: exec has closed the guest's end */
		loop_close(&jail->setup);
		return false;
	}
	take_setup_message(jail, &message, fds);
	return true;
}

static void setup_ready(struct watch *watch, uint32_t events)
{
	(void)events;
	read_setup_message(watch_owner(watch, struct jail, setup));
}

static void explain_start(struct jail *jail, struct jail_error *error);

static void oom_ready(struct watch *watch, uint32_t events)
{
	struct jail *jail = watch_owner(watch, struct jail, oom);
	struct cgroup_usage usage;
	struct jail_error error = { 0 };
	uint64_t count;

	(void)events;
	if (jail->group.host->version == 1 && read(watch->fd, &count, sizeof(count)) < 0)
		return;
	cgroup_measure(&jail->group, &usage);
	if (usage.oom_kills == 0 && jail->group.host->version != 1)
		return;	/* memory.events counts other things, too */
	/* Version 1 kills one process of the group; the rest of it must not run on. */
	if (jail->job_at != 0) {
		jail_end(jail, memory_verdict(jail, &usage));
	} else {
		explain_start(jail, &error);
		jail_refuse(jail, REFUSED_INTERPRETER, &error);
	}
}

static void watch_memory(struct jail *jail)
{
	uint32_t events = jail->group.host->version == 1 ? EPOLLIN : EPOLLPRI;

	jail->oom = (struct watch){ .fd = jail->group.oom_event, .events = events, .ready = oom_ready };
	jail->group.oom_event = -1;
	if (jail->oom.fd >= 0 && loop_add(&jail->oom) < 0)
		loop_close(&jail->oom);
}

/* --- Start --- */

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
	*jail = (struct jail){ .next = server.jails, .owner = connection, .execution = execution, .uid_index = index,
			       .spec_at = clock_now(), .scratch = -1 };
	jail->setup.fd = jail->oom.fd = jail->reports.fd = jail->job.watch.fd = jail->input.watch.fd = -1;
	jail->group.host = &server.groups;
	jail->group.oom_event = -1;
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
		return fail_with(error, layer_name(layer), "%s", server.privileged || layer <= LAYER_CGROUP_CPU ? server.groups.missing
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
	if (channels_open(jail, build.guest_fds) < 0 || fd_set_nonblocking(sockets[0]) < 0 || loop_add(&jail->setup) < 0) {
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

/* No memory, or as many jails as we have ids for. */
static void refuse_without_jail(struct connection *connection, uint32_t execution)
{
	struct jail none = {
		.execution = execution,
		.refusal = { .given = true, .kind = REFUSED_RESOURCES, .errnum = errno, .step = "make room for a jail" },
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
	else if (cgroup_prepare(&jail->group, &server.groups, server.next_group++, &error) < 0 || start_builder(jail, &error) < 0)
		jail_refuse(jail, REFUSED_STEP, &error);
	return 0;
}

static void look_at_cpu(struct jail *jail, uint64_t now);

static void start_job(struct jail *jail)
{
	struct jail_error error = { 0 };

	jail->report_count = 0;
	if (cgroup_start_job(&jail->group, jail->limits.memory_bytes, jail->limits.cpu_quota, &error) < 0) {
		jail_refuse(jail, REFUSED_STEP, &error);
		return;
	}
	jail->state = JAIL_RUNNING;
	jail->job_at = clock_now();
	if (jail->limits.cpu_time != 0)
		look_at_cpu(jail, jail->job_at);
	channels_start_job(jail);
}

void jail_became_ready(struct jail *jail)
{
	size_t frame;

	jail->state = JAIL_READY;
	jail->ready_at = clock_now();
	if (jail->owner == NULL)
		return;
	frame = frame_begin(&jail->owner->out, FRAME_READY, jail->execution);
	write_u64(&jail->owner->out, jail->ready_at - jail->spec_at);
	frame_end(&jail->owner->out, frame);
	if (jail->job_came)
		start_job(jail);
}

int supervisor_job(struct jail *jail, struct reader payload)
{
	struct jail_error error = { 0 };

	if (jail->job_came)
		return -1;
	if (jail->state == JAIL_ENDING)
		return 0;	/* on the way when the jail was refused: the answer is on its way, too */
	if (job_decode(payload, jail->spec, &jail->limits, &error) < 0) {
		jail_refuse(jail, REFUSED_SPEC, &error);
		return 0;
	}
	jail->job_came = true;
	if (jail->state == JAIL_READY)
		start_job(jail);
	return 0;
}

int supervisor_cancel(struct jail *jail)
{
	jail_end(jail, (struct verdict){ .cause = CAUSE_CANCELLED });
	return 0;
}

void supervisor_abandon(struct jail *jail)
{
	jail->owner = NULL;
	jail_end(jail, (struct verdict){ .cause = CAUSE_CANCELLED });
	jail_settle(jail);
}

void supervisor_resume(struct jail *jail)
{
	channels_pause(jail, jail->owner != NULL && jail->owner->out.length >= WINDOW_BYTES);
}

/* --- Deaths --- */

static void explain_start(struct jail *jail, struct jail_error *error)
{
	struct cgroup_usage usage;
	int status = jail->guest_status;

	cgroup_measure(&jail->group, &usage);
	errno = 0;
	if (usage.oom_kills > 0)
		fail_with(error, "start the interpreter", "start_limits.memory was too little for it");
	else if (WIFSIGNALED(status))
		fail_with(error, "start the interpreter", "it was killed by signal %d before it was ready", WTERMSIG(status));
	else
		fail_with(error, "start the interpreter", "it exited with %d before it was ready", WEXITSTATUS(status));
}

static void guest_died(struct jail *jail)
{
	struct jail_error error = { 0 };

	while (read_setup_message(jail))	/* it may have said why */
		;
	if (jail->state == JAIL_RUNNING) {
		note_end(jail);
		kill_all(jail);
	} else if (jail->state != JAIL_ENDING) {
		explain_start(jail, &error);
		jail_refuse(jail, REFUSED_INTERPRETER, &error);
	}
}

static void builder_died(struct jail *jail, int status)
{
	struct jail_error error = { 0 };

	while (read_setup_message(jail))
		;
	if (jail->state != JAIL_BUILDING || jail->guest != 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
		return;
	errno = 0;
	fail_with(&error, "build the jail", "its builder died with status %d", status);
	jail_refuse(jail, REFUSED_STEP, &error);
}

void supervisor_reap(pid_t pid, int status)
{
	struct jail *jail = server.jails;

	/* A builder's children can die before its message about them is read. */
	for (struct jail *other = server.jails; other != NULL; other = other->next) {
		if (other->state == JAIL_BUILDING && other->builder != pid && other->guest == 0)
			while (read_setup_message(other) && other->guest == 0)
				;
	}
	while (jail != NULL && jail->builder != pid && jail->init != pid && jail->guest != pid)
		jail = jail->next;
	if (jail == NULL)
		return;
	if (jail->guest == pid) {
		jail->guest = 0;
		jail->guest_status = status;
		guest_died(jail);
	} else if (jail->builder == pid) {
		jail->builder = 0;
		builder_died(jail, status);
	} else {
		jail->init = 0;	/* the kernel has killed and reaped the rest of the namespace */
	}
	jail_settle(jail);
}

/* --- Time --- */

static uint64_t deadline_of(const struct jail *jail)
{
	uint64_t wall;

	if (jail->state == JAIL_BUILDING || jail->state == JAIL_STARTING)
		return jail->spec_at + jail->spec->start_time;
	if (jail->state == JAIL_GONE)
		return clock_now() + 10000000;
	if (jail->state != JAIL_RUNNING)
		return UINT64_MAX;
	wall = jail->job_at + jail->limits.wall_time;
	return jail->next_cpu_look != 0 && jail->next_cpu_look < wall ? jail->next_cpu_look : wall;
}

uint64_t supervisor_next_deadline(void)
{
	uint64_t earliest = UINT64_MAX;

	for (const struct jail *jail = server.jails; jail != NULL; jail = jail->next) {
		uint64_t deadline = deadline_of(jail);

		if (deadline < earliest)
			earliest = deadline;
	}
	return earliest;
}

/* No kernel event tells that a group has used so much CPU: look again when it can have, at the earliest. */
static void look_at_cpu(struct jail *jail, uint64_t now)
{
	uint64_t used = cgroup_cpu_time(&jail->group);
	uint64_t cores = (uint64_t)sysconf(_SC_NPROCESSORS_ONLN);
	uint64_t limit = jail->limits.cpu_time;

	if (used >= limit) {
		jail_end(jail, (struct verdict){ .cause = CAUSE_LIMIT, .limit_kind = LIMIT_CPU_TIME, .limit = limit, .used = used });
		return;
	}
	jail->next_cpu_look = now + (limit - used) / (cores == 0 ? 1 : cores);
	if (jail->next_cpu_look < now + CPU_LOOK_SHORTEST_NS)
		jail->next_cpu_look = now + CPU_LOOK_SHORTEST_NS;
}

static void check_running(struct jail *jail, uint64_t now)
{
	uint64_t wall = now - jail->job_at;

	if (wall >= jail->limits.wall_time)
		jail_end(jail, (struct verdict){ .cause = CAUSE_LIMIT, .limit_kind = LIMIT_WALL_TIME, .limit = jail->limits.wall_time, .used = wall });
	else if (jail->next_cpu_look != 0 && now >= jail->next_cpu_look)
		look_at_cpu(jail, now);
}

void supervisor_check_deadlines(void)
{
	uint64_t now = clock_now();
	struct jail *next;

	for (struct jail *jail = server.jails; jail != NULL; jail = next) {
		struct jail_error error = { 0 };

		next = jail->next;
		if (jail->state == JAIL_GONE) {
			jail_bury(jail);
		} else if (jail->state == JAIL_RUNNING) {
			check_running(jail, now);
		} else if (jail->state < JAIL_READY && now >= jail->spec_at + jail->spec->start_time) {
			errno = ETIMEDOUT;
			fail_with(&error, "start the interpreter", "it was not ready within start_limits.time");
			jail_refuse(jail, REFUSED_INTERPRETER, &error);
		}
	}
}
