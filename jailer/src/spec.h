/* The jail spec: decoded and validated whole before the first step of a jail is taken. */
#ifndef REEDACT_SPEC_H
#define REEDACT_SPEC_H

#include <stdint.h>

#include "error.h"
#include "wire.h"

enum tree_kind {
	TREE_DIRECTORY = 0,
	TREE_FILE = 1,
	TREE_WRITABLE = 2,
};

struct spec_symlink {
	const char *path;
	const char *target;
};

struct spec_file {
	const char *path;
	struct span content;
};

struct spec_tree {
	const char *source; /* on the host */
	const char *target; /* in the jail */
	enum tree_kind kind;
};

struct jail_spec {
	uint64_t optional_layers;
	uint64_t start_time; /* nanoseconds */
	uint64_t start_memory_bytes;
	uint64_t memory_bytes;
	uint32_t process_limit; /* without pid 1 */
	uint64_t disk_bytes;
	uint64_t inodes;
	uint32_t open_files;
	uint64_t file_size_bytes;
	const char *interpreter;
	char **arguments;   /* argv, NULL-ended; argv[0] is the interpreter */
	char **environment; /* NULL-ended */
	const char *host_name;
	struct spec_symlink *symlinks;
	struct spec_file *files;
	struct spec_tree *trees;
	uint32_t symlink_count;
	uint32_t file_count;
	uint32_t tree_count;
	struct span filter; /* decoded by filter.c */
};

/* What a JOB brings. */
struct job_limits {
	uint64_t memory_bytes;
	uint64_t wall_time; /* nanoseconds */
	uint64_t cpu_time;  /* nanoseconds, 0: none */
	uint32_t cpu_quota; /* thousandths of a core */
	uint64_t output_bytes;
	uint64_t value_bytes;
};

/* Returns a spec in one allocation of its own (free() ends it), or NULL with the reason in error. Copies the payload. */
struct jail_spec *spec_decode(struct reader payload, struct jail_error *error);

/* Returns 0, or -1 with the reason. spec bounds what a job may ask for. */
int job_decode(struct reader payload, const struct jail_spec *spec, struct job_limits *limits,
	       struct jail_error *error);

#endif
