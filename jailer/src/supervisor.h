/*
 * The supervisor watches one jail from its first process to its last. Everything that it decides on is a kernel fact: wait
 * status, cgroup events, its own clock and byte counts, seccomp notifications. Nothing the guest writes is looked at,
 * but for the one byte by which a prelude says that it has warmed up, before any guest code has run.
 *
 * States: BUILDING (processes are made, layers go on) → STARTING (the interpreter warms up) → READY (waits for its job) →
 * RUNNING → ENDING (something died or was killed) → the outcome is sent when everything is dead and all output is read.
 */
#ifndef REEDACT_SUPERVISOR_H
#define REEDACT_SUPERVISOR_H

#include "jail.h"
#include "server.h"

enum jail_state {
	JAIL_BUILDING,
	JAIL_STARTING,
	JAIL_READY,
	JAIL_RUNNING,
	JAIL_ENDING,
	JAIL_GONE, /* answered; only a control group may be left to remove */
};

enum outcome_cause {
	CAUSE_EXITED = 0,
	CAUSE_SIGNALED = 1,
	CAUSE_LIMIT = 2,
	CAUSE_VIOLATED = 3,
	CAUSE_CANCELLED = 4,
};

enum limit_kind {
	LIMIT_NONE = 0,
	LIMIT_MEMORY = 1,
	LIMIT_CPU_TIME = 2,
	LIMIT_WALL_TIME = 3,
	LIMIT_OUTPUT = 4,
	LIMIT_VALUE = 5,
};

enum refusal_kind {
	REFUSED_LAYER = 0,
	REFUSED_SPEC = 1,
	REFUSED_RESOURCES = 2,
	REFUSED_INTERPRETER = 3,
	REFUSED_STEP = 4,
};

/* Why we ended a jail; the first reason stays. */
struct verdict {
	bool given;
	enum outcome_cause cause;
	enum limit_kind limit_kind;
	uint64_t limit;
	uint64_t used;
};

struct refusal {
	bool given;
	enum refusal_kind kind;
	int errnum;
	char step[48];
	char detail[DETAIL_BYTES];
};

enum { VIOLATIONS_MAX = 64 };

struct violation {
	bool foreign; /* another ABI, not a denied call */
	uint32_t arch;
	int number;
	uint8_t detail;
	uint64_t arguments[6];
	uint32_t count;
};

/* From us to the guest: the job, or stdin. */
struct inlet {
	struct watch watch;
	enum channel channel;
	struct buffer pending;
	bool last; /* nothing comes after pending */
	struct jail *jail;
};

/* From the guest: stdout, stderr, the value. */
struct outlet {
	struct watch watch;
	enum channel channel;
	uint64_t bytes; /* read since the job came */
	struct jail *jail;
};

struct jail {
	struct jail *next;
	struct connection *owner; /* NULL when the client is gone */
	uint32_t execution;
	enum jail_state state;
	struct jail_spec *spec;
	struct known_filter *filter;
	unsigned int uid_index;
	struct cgroup group;
	pid_t builder, init, guest; /* 0: none, or reaped */
	struct watch setup;
	struct watch oom;
	struct watch reports;
	int scratch;
	struct inlet job, input;
	struct outlet output[3]; /* stdout, stderr, value */
	bool job_came;
	struct job_limits limits;
	struct verdict verdict;
	struct refusal refusal;
	int guest_status;
	uint64_t layers;
	uint32_t landlock_abi;
	uint64_t spec_at, ready_at, job_at, ended_at, dead_at; /* clock_now; 0: not yet */
	uint64_t next_cpu_look;
	uint64_t disk_bytes;
	bool disk_full, inodes_full;
	uint32_t report_count;
	bool violations_truncated;
	unsigned int violation_count;
	struct violation violations[VIOLATIONS_MAX];
};

/* From a connection; each returns 0, or -1 where the frame is out of order: then the connection ends. */
int supervisor_spec(struct connection *connection, uint32_t execution, struct reader payload);
int supervisor_job(struct jail *jail, struct reader payload);
int supervisor_data(struct jail *jail, enum channel channel, struct reader payload);
int supervisor_cancel(struct jail *jail);
void supervisor_abandon(struct jail *jail);
/* The client took some of what waited for it: read on. */
void supervisor_resume(struct jail *jail);

/* From the server */
void supervisor_reap(pid_t pid, int status);
uint64_t supervisor_next_deadline(void);
void supervisor_check_deadlines(void);

/* channels.c */
int channels_open(struct jail *jail, int guest_ends[GUEST_FDS]);
void channels_open_inlet(struct inlet *inlet);
void channels_start_job(struct jail *jail);
void channels_pause(struct jail *jail, bool paused);
void channels_close(struct jail *jail);
bool channels_are_drained(const struct jail *jail);

/* start.c: take one message of the set-up socket; false when there is none */
bool setup_read(struct jail *jail);

/* reports.c */
void reports_ready(struct watch *watch, uint32_t events);

/* supervisor.c, for the parts above */
void jail_end(struct jail *jail, struct verdict verdict);
void jail_refuse(struct jail *jail, enum refusal_kind kind, const struct jail_error *error);
void jail_became_ready(struct jail *jail);
/* Why an interpreter died before it was ready. */
void jail_explain_start(struct jail *jail, struct jail_error *error);
void jail_settle(struct jail *jail);

/* outcome.c */
struct verdict memory_verdict(const struct jail *jail, const struct cgroup_usage *usage);
void outcome_write(struct jail *jail, struct buffer *out);
void refusal_write(struct jail *jail, struct buffer *out);

#endif
