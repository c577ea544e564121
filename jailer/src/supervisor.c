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

enum {
	CPU_LOOK_SHORTEST_NS = 1000000,
	GROUP_LOOK_NS = 1000000, /* until a control group that was busy is tried again */
};

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
	bool is_late_output =
		jail->state == JAIL_ENDING && (verdict.limit_kind == LIMIT_OUTPUT || verdict.limit_kind == LIMIT_VALUE);

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
	return errnum == ENOMEM || errnum == ENOSPC || errnum == EAGAIN || errnum == EMFILE || errnum == ENFILE ||
	       errnum == EUSERS;
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
	if (jail->job_at == 0 && !jail->refusal.given) /* cancelled before its job */
		jail->job_at = jail->ready_at = jail->ended_at;
	jail_answer(jail);
	loop_close(&jail->oom);
	known_filter_leave(jail->filter);
	free(jail->spec);
	jail->spec = NULL;
}

/* --- The job --- */

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
		return 0; /* on the way when the jail was refused: the answer is on its way, too */
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

void jail_explain_start(struct jail *jail, struct jail_error *error)
{
	struct cgroup_usage usage;
	int status = jail->guest_status;

	cgroup_measure(&jail->group, &usage);
	errno = 0;
	if (usage.oom_kills > 0)
		fail_with(error, "start the interpreter", "start_limits.memory was too little for it");
	else if (WIFSIGNALED(status))
		fail_with(error, "start the interpreter", "it was killed by signal %d before it was ready",
			  WTERMSIG(status));
	else
		fail_with(error, "start the interpreter", "it exited with %d before it was ready", WEXITSTATUS(status));
}

static void guest_died(struct jail *jail)
{
	struct jail_error error = { 0 };

	while (setup_read(jail)) /* it may have said why */
		;
	if (jail->state == JAIL_RUNNING) {
		note_end(jail);
		kill_all(jail);
	} else if (jail->state != JAIL_ENDING) {
		jail_explain_start(jail, &error);
		jail_refuse(jail, REFUSED_INTERPRETER, &error);
	}
}

static void builder_died(struct jail *jail, int status)
{
	struct jail_error error = { 0 };

	while (setup_read(jail))
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
			while (setup_read(other) && other->guest == 0)
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
		jail->init = 0; /* the kernel has killed and reaped the rest of the namespace */
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
		return clock_now() + GROUP_LOOK_NS;
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
		jail_end(jail,
			 (struct verdict){
				 .cause = CAUSE_LIMIT, .limit_kind = LIMIT_CPU_TIME, .limit = limit, .used = used });
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
		jail_end(jail, (struct verdict){ .cause = CAUSE_LIMIT,
						 .limit_kind = LIMIT_WALL_TIME,
						 .limit = jail->limits.wall_time,
						 .used = wall });
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
