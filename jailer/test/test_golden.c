/*
 * The golden frames, which Java's tests read too: what both sides believe the protocol to be. What the jailer reads is
 * decoded here, what it writes is written here and compared byte by byte.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "filter.h"
#include "layers.h"
#include "spec.h"
#include "supervisor.h"
#include "test.h"

enum { GOLDEN_MAX = 4096 };

struct golden {
	uint8_t bytes[GOLDEN_MAX];
	size_t length;
	struct frame_header header;
	struct reader payload;
};

/* Read a file of hexadecimal digits, with comment lines. */
static void load(const char *name, struct golden *golden)
{
	char path[256], line[512];
	FILE *file;

	memset(golden, 0, sizeof(*golden));
	snprintf(path, sizeof(path), "test/golden/%s.hex", name);
	file = fopen(path, "r");
	CHECK(file != NULL);
	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		for (char *at = line; line[0] != '#' && isxdigit((unsigned char)at[0]) && golden->length < GOLDEN_MAX;
		     at += 2) {
			char digits[3] = { at[0], at[1], '\0' };

			golden->bytes[golden->length++] = (uint8_t)strtoul(digits, NULL, 16);
		}
	}
	if (file != NULL)
		fclose(file);
	CHECK(golden->length >= FRAME_HEADER_BYTES);
	CHECK(frame_header_decode(golden->bytes, &golden->header) == 0);
	CHECK(golden->header.length == golden->length - FRAME_HEADER_BYTES);
	golden->payload = (struct reader){ golden->bytes + FRAME_HEADER_BYTES, golden->header.length };
}

static void types_are_those_of_the_protocol(void)
{
	static const struct {
		const char *name;
		uint8_t type;
		uint32_t execution;
	} FRAMES[] = {
		{ "hello-control", 0x01, 0 }, { "hello-execution", 0x01, 0 }, { "spec", 0x02, 7 },
		{ "job", 0x03, 7 },	      { "job-data", 0x04, 7 },	      { "stdin-data", 0x05, 7 },
		{ "cancel", 0x06, 7 },	      { "probe", 0x07, 0 },	      { "hello-back", 0x81, 0 },
		{ "ready", 0x82, 7 },	      { "credit", 0x83, 7 },	      { "output", 0x84, 7 },
		{ "outcome-limit", 0x85, 7 }, { "outcome-exit", 0x85, 7 },    { "refused", 0x86, 7 },
		{ "facts", 0x87, 0 },
	};

	for (size_t i = 0; i < sizeof(FRAMES) / sizeof(FRAMES[0]); i++) {
		struct golden golden;

		load(FRAMES[i].name, &golden);
		CHECK(golden.header.type == FRAMES[i].type && golden.header.execution == FRAMES[i].execution);
	}
}

static void check_filter(struct span rules)
{
	struct jail_error error = { 0 };
	struct filter *filter = filter_compile(rules, &error);
	unsigned int own = 0;

	CHECK(filter != NULL);
	if (filter == NULL)
		return;
	for (uint32_t i = 0; i < filter->rule_count; i++)
		own += filter->rules[i].action == FILTER_END && filter->rules[i].errnum == 97 &&
		       filter->rules[i].detail == 7;
	CHECK(own == 1);
	filter_free(filter);
}

static void the_spec_is_read(void)
{
	struct golden golden;
	struct jail_error error = { 0 };
	struct jail_spec *spec;

	load("spec", &golden);
	spec = spec_decode(golden.payload, &error);
	CHECK(spec != NULL);
	if (spec == NULL)
		return;
	CHECK(spec->optional_layers == (LAYER_BIT(LAYER_DISTINCT_UID) | LAYER_BIT(LAYER_PRIVATE_DEVICES)));
	CHECK(spec->start_time == UINT64_C(10000000000) && spec->start_memory_bytes == 64 << 20);
	CHECK(spec->memory_bytes == 256 << 20 && spec->process_limit == 64 && spec->disk_bytes == 64 << 20);
	CHECK(spec->inodes == 4096 && spec->open_files == 256 && spec->file_size_bytes == 32 << 20);
	CHECK(strcmp(spec->interpreter, "/usr/bin/python3.11") == 0 &&
	      strcmp(spec->arguments[2], "/runtime/prelude.py") == 0);
	CHECK(strcmp(spec->environment[1], "LANG=C.UTF-8") == 0 && strcmp(spec->host_name, "jail") == 0);
	CHECK(spec->symlink_count == 1 && strcmp(spec->symlinks[0].target, "usr/lib") == 0);
	CHECK(spec->file_count == 1 && spec->files[0].content.length == 20);
	CHECK(spec->tree_count == 3 && spec->trees[0].kind == TREE_FILE && spec->trees[1].kind == TREE_DIRECTORY);
	CHECK(spec->trees[2].kind == TREE_WRITABLE && strcmp(spec->trees[2].source, "/srv/shop/out") == 0);
	check_filter(spec->filter);
	free(spec);
}

static void the_job_is_read(void)
{
	struct golden golden;
	struct jail_error error = { 0 };
	struct jail_spec spec = { .memory_bytes = 256 << 20, .disk_bytes = 64 << 20 };
	struct job_limits limits;

	load("job", &golden);
	CHECK(job_decode(golden.payload, &spec, &limits, &error) == 0);
	CHECK(limits.memory_bytes == 128 << 20 && limits.wall_time == 2000000000 && limits.cpu_time == 1000000000);
	CHECK(limits.cpu_quota == 500 && limits.output_bytes == 1 << 20 && limits.value_bytes == 16 << 20);
}

static void check_written(const char *name, const struct buffer *written)
{
	struct golden golden;

	load(name, &golden);
	CHECK(written->length == golden.length);
	CHECK(written->length == golden.length &&
	      memcmp(written->data + written->start, golden.bytes, golden.length) == 0);
}

/* A jail that has ended, on a host without control groups: what they would say is unknown or 0. */
static struct jail ended_jail(const struct cgroup_host *host)
{
	struct jail jail = {
		.execution = 7,
		.state = JAIL_ENDING,
		.group = { .host = host },
		.layers = ALL_LAYERS & ~(LAYER_BIT(LAYER_CGROUP_MEMORY) | LAYER_BIT(LAYER_CGROUP_PIDS) |
					 LAYER_BIT(LAYER_CGROUP_CPU)),
		.landlock_abi = 7,
		.spec_at = 1000,
		.ready_at = 1000 + 12500000,
		.job_at = 20000000,
	};

	return jail;
}

static void an_outcome_at_a_limit_is_written(void)
{
	const struct cgroup_host host = { 0 };
	struct jail jail = ended_jail(&host);
	struct buffer written = { 0 };

	jail.ended_at = jail.job_at + 2000000700;
	jail.dead_at = jail.ended_at + 800000;
	jail.verdict = (struct verdict){
		.given = true,
		.cause = CAUSE_LIMIT,
		.limit_kind = LIMIT_WALL_TIME,
		.limit = 2000000000,
		.used = 2000000500,
	};
	jail.output[0].bytes = 10;
	jail.output[1].bytes = 20;
	jail.output[2].bytes = 30;
	jail.disk_bytes = 4096;
	jail.disk_full = true;
	jail.violations_truncated = true;
	jail.violation_count = 2;
	jail.violations[0] = (struct violation){
		.arch = 0xc000003e, .number = 41, .detail = 7, .arguments = { 2, 524289 }, .count = 3
	};
	jail.violations[1] = (struct violation){ .foreign = true, .arch = 0x40000003, .count = 1 };
	outcome_write(&jail, &written);
	check_written("outcome-limit", &written);
	buffer_free(&written);
}

static void an_outcome_of_its_own_is_written(void)
{
	const struct cgroup_host host = { 0 };
	struct jail jail = ended_jail(&host);
	struct buffer written = { 0 };

	jail.ended_at = jail.job_at + 1500000;
	jail.dead_at = jail.ended_at + 900000;
	jail.guest_status = 3 << 8;
	jail.output[0].bytes = 2;
	jail.output[2].bytes = 11;
	outcome_write(&jail, &written);
	check_written("outcome-exit", &written);
	buffer_free(&written);
}

static void a_refusal_is_written(void)
{
	struct jail jail = {
		.execution = 7,
		.refusal = { .given = true,
			     .kind = REFUSED_LAYER,
			     .errnum = 38,
			     .step = "landlock",
			     .detail = "not in this kernel" },
	};
	struct buffer written = { 0 };

	refusal_write(&jail, &written);
	check_written("refused", &written);
	buffer_free(&written);
}

int main(void)
{
	types_are_those_of_the_protocol();
	the_spec_is_read();
	the_job_is_read();
	an_outcome_at_a_limit_is_written();
	an_outcome_of_its_own_is_written();
	a_refusal_is_written();
	return test_end("golden");
}
