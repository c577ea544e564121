#include "spec.h"

#include <errno.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/*
 * One allocation holds the spec, its lists and its strings. A list item takes at most 24 bytes here and at least 8 on
 * the wire, a string one byte more than its text and four more on the wire: four times the payload is always enough.
 */
struct arena {
	char *at;
	size_t left;
};

static void *arena_take(struct arena *arena, size_t size)
{
	size_t padding = -(uintptr_t)arena->at & (alignof(max_align_t) - 1);
	char *taken = arena->at + padding;

	if (padding + size > arena->left)
		return NULL;
	arena->at = taken + size;
	arena->left -= padding + size;
	return taken;
}

static const char *arena_text(struct arena *arena, struct span text)
{
	char *copy;

	/* Strings need no alignment: taking them byte by byte keeps the bound above true. */
	if (text.length + 1 > arena->left)
		return NULL;
	copy = arena->at;
	memcpy(copy, text.at, text.length);
	copy[text.length] = '\0';
	arena->at += text.length + 1;
	arena->left -= text.length + 1;
	return copy;
}

static int refuse(struct jail_error *error, const char *what, const char *found)
{
	errno = EINVAL;
	return fail_with(error, "spec", "%s, found %.120s", what, found);
}

static int malformed(struct jail_error *error, const char *field)
{
	errno = EBADMSG;
	return fail_with(error, "spec", "%s is cut off, too long or not well-formed", field);
}

static int take_text(struct reader *r, struct arena *arena, const char **text)
{
	struct span found;

	if (read_string(r, &found) < 0)
		return -1;
	*text = arena_text(arena, found);
	return *text == NULL ? -1 : 0;
}

/* Absolute, no empty, "." or ".." component, no trailing slash. */
static bool is_normal_path(const char *path)
{
	if (path[0] != '/' || path[1] == '\0')
		return false;
	for (const char *part = path; *part != '\0';) {
		size_t length = strcspn(++part, "/");

		if (length == 0 || (length == 1 && part[0] == '.') || (length == 2 && part[0] == '.' && part[1] == '.'))
			return false;
		part += length;
	}
	return true;
}

static bool is_below(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	return strncmp(path, folder, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

/* The places that the jailer fills itself. */
static bool is_reserved(const char *path)
{
	static const char *const RESERVED[] = { "/proc", "/dev", "/tmp", "/job", "/.jail" };

	for (size_t i = 0; i < sizeof(RESERVED) / sizeof(RESERVED[0]); i++) {
		if (is_below(path, RESERVED[i]))
			return true;
	}
	return false;
}

static int check_target(const char *path, struct jail_error *error)
{
	if (!is_normal_path(path))
		return refuse(error, "a path in the jail must be absolute and normal", path);
	if (is_reserved(path))
		return refuse(error, "/proc, /dev, /tmp, /job and /.jail are the jailer's own", path);
	return 0;
}

static int take_numbers(struct reader *r, struct jail_spec *spec)
{
	return read_u64(r, &spec->optional_layers) < 0 || read_u64(r, &spec->start_time) < 0 ||
			       read_u64(r, &spec->start_memory_bytes) < 0 || read_u64(r, &spec->memory_bytes) < 0 ||
			       read_u32(r, &spec->process_limit) < 0 || read_u64(r, &spec->disk_bytes) < 0 ||
			       read_u64(r, &spec->inodes) < 0 || read_u32(r, &spec->open_files) < 0 ||
			       read_u64(r, &spec->file_size_bytes) < 0
		       ? -1
		       : 0;
}

static int check_numbers(const struct jail_spec *spec, struct jail_error *error)
{
	static const uint64_t MOST = UINT64_C(1) << 50; /* far above any host, far below an overflow */

	if (spec->start_time == 0 || spec->start_memory_bytes == 0 || spec->memory_bytes == 0 ||
	    spec->process_limit == 0 || spec->disk_bytes == 0 || spec->inodes == 0 || spec->open_files == 0 ||
	    spec->file_size_bytes == 0)
		return refuse(error, "every limit must be positive", "0");
	if (spec->start_memory_bytes > MOST || spec->memory_bytes > MOST || spec->inodes > MOST ||
	    spec->process_limit > 1 << 22)
		return refuse(error, "a limit is beyond any host", "one of memory, inodes, processes");
	if (spec->disk_bytes > spec->memory_bytes / 2)
		return refuse(error, "disk_bytes must be at most half of memory_bytes", "more");
	return 0;
}

/* A list of strings with room for one entry before and the NULL behind. */
static char **take_texts(struct reader *r, struct arena *arena)
{
	uint32_t count;
	char **texts;

	if (read_count(r, &count) < 0)
		return NULL;
	texts = arena_take(arena, (count + 2) * sizeof(*texts));
	if (texts == NULL)
		return NULL;
	texts[0] = NULL;
	for (uint32_t i = 0; i < count; i++) {
		const char *text;

		if (take_text(r, arena, &text) < 0)
			return NULL;
		texts[i + 1] = (char *)text; /* execve wants it so; nobody writes there */
	}
	texts[count + 1] = NULL;
	return texts;
}

static int take_program(struct reader *r, struct arena *arena, struct jail_spec *spec, struct jail_error *error)
{
	char **environment;

	if (take_text(r, arena, &spec->interpreter) < 0)
		return malformed(error, "interpreter");
	if (!is_normal_path(spec->interpreter))
		return refuse(error, "the interpreter must be an absolute path", spec->interpreter);
	spec->arguments = take_texts(r, arena);
	if (spec->arguments == NULL)
		return malformed(error, "arguments");
	spec->arguments[0] = (char *)spec->interpreter;
	environment = take_texts(r, arena);
	if (environment == NULL)
		return malformed(error, "environment");
	spec->environment = environment + 1;
	for (char **entry = spec->environment; *entry != NULL; entry++) {
		if (strchr(*entry, '=') == NULL)
			return refuse(error, "an environment entry must be NAME=value", *entry);
	}
	if (take_text(r, arena, &spec->host_name) < 0 || strlen(spec->host_name) > 64)
		return malformed(error, "host_name");
	return 0;
}

static int take_symlinks(struct reader *r, struct arena *arena, struct jail_spec *spec, struct jail_error *error)
{
	if (read_count(r, &spec->symlink_count) < 0)
		return malformed(error, "symlinks");
	spec->symlinks = arena_take(arena, (size_t)spec->symlink_count * sizeof(*spec->symlinks));
	if (spec->symlinks == NULL)
		return malformed(error, "symlinks");
	for (uint32_t i = 0; i < spec->symlink_count; i++) {
		struct spec_symlink *link = &spec->symlinks[i];

		if (take_text(r, arena, &link->path) < 0 || take_text(r, arena, &link->target) < 0)
			return malformed(error, "symlinks");
		if (check_target(link->path, error) < 0)
			return -1;
	}
	return 0;
}

static int take_files(struct reader *r, struct arena *arena, struct jail_spec *spec, struct jail_error *error)
{
	if (read_count(r, &spec->file_count) < 0)
		return malformed(error, "files");
	spec->files = arena_take(arena, (size_t)spec->file_count * sizeof(*spec->files));
	if (spec->files == NULL)
		return malformed(error, "files");
	for (uint32_t i = 0; i < spec->file_count; i++) {
		struct spec_file *file = &spec->files[i];
		struct span content;

		if (take_text(r, arena, &file->path) < 0 || read_bytes(r, &content) < 0)
			return malformed(error, "files");
		file->content = (struct span){ (const uint8_t *)arena_text(arena, content), content.length };
		if (file->content.at == NULL)
			return malformed(error, "files");
		if (check_target(file->path, error) < 0)
			return -1;
	}
	return 0;
}

static int take_trees(struct reader *r, struct arena *arena, struct jail_spec *spec, struct jail_error *error)
{
	if (read_count(r, &spec->tree_count) < 0)
		return malformed(error, "trees");
	spec->trees = arena_take(arena, (size_t)spec->tree_count * sizeof(*spec->trees));
	if (spec->trees == NULL)
		return malformed(error, "trees");
	for (uint32_t i = 0; i < spec->tree_count; i++) {
		struct spec_tree *tree = &spec->trees[i];
		uint8_t kind;

		if (take_text(r, arena, &tree->source) < 0 || take_text(r, arena, &tree->target) < 0 ||
		    read_u8(r, &kind) < 0 || kind > TREE_WRITABLE)
			return malformed(error, "trees");
		tree->kind = (enum tree_kind)kind;
		if (!is_normal_path(tree->source))
			return refuse(error, "a source must be an absolute, normal path that is not /", tree->source);
		if (check_target(tree->target, error) < 0)
			return -1;
	}
	return 0;
}

static int take_spec(struct reader *r, struct arena *arena, struct jail_spec *spec, struct jail_error *error)
{
	void *filter;

	if (take_numbers(r, spec) < 0)
		return malformed(error, "limits");
	if (check_numbers(spec, error) < 0 || take_program(r, arena, spec, error) < 0 ||
	    take_symlinks(r, arena, spec, error) < 0 || take_files(r, arena, spec, error) < 0 ||
	    take_trees(r, arena, spec, error) < 0)
		return -1;
	if (read_bytes(r, &spec->filter) < 0)
		return malformed(error, "filter");
	filter = arena_take(arena, spec->filter.length);
	if (filter == NULL)
		return malformed(error, "filter");
	spec->filter.at = memcpy(filter, spec->filter.at, spec->filter.length);
	if (r->left != 0)
		return malformed(error, "what follows the filter");
	return 0;
}

struct jail_spec *spec_decode(struct reader payload, struct jail_error *error)
{
	size_t capacity = sizeof(struct jail_spec) + 4 * payload.left + 4096;
	char *memory = calloc(1, capacity);
	struct arena arena = { memory, capacity };
	struct jail_spec *spec;

	if (memory == NULL) {
		fail(error, "memory for the spec");
		return NULL;
	}
	spec = arena_take(&arena, sizeof(*spec));
	if (take_spec(&payload, &arena, spec, error) < 0) {
		free(memory);
		return NULL;
	}
	return spec;
}

int job_decode(struct reader payload, const struct jail_spec *spec, struct job_limits *limits, struct jail_error *error)
{
	if (read_u64(&payload, &limits->memory_bytes) < 0 || read_u64(&payload, &limits->wall_time) < 0 ||
	    read_u64(&payload, &limits->cpu_time) < 0 || read_u32(&payload, &limits->cpu_quota) < 0 ||
	    read_u64(&payload, &limits->output_bytes) < 0 || read_u64(&payload, &limits->value_bytes) < 0 ||
	    payload.left != 0)
		return malformed(error, "job limits");
	if (limits->memory_bytes == 0 || limits->wall_time == 0 || limits->cpu_quota == 0 ||
	    limits->output_bytes == 0 || limits->value_bytes == 0)
		return refuse(error, "every limit of a job must be positive", "0");
	if (limits->memory_bytes > spec->memory_bytes || spec->disk_bytes > limits->memory_bytes / 2)
		return refuse(error, "a job may lower memory_bytes only while disk_bytes stays at most half of it",
			      "less or more");
	if (limits->wall_time > INT64_MAX / 2 || limits->cpu_time > INT64_MAX / 2)
		return refuse(error, "a time is beyond any clock", "wall_time or cpu_time");
	return 0;
}
