/* The jail spec: decoded whole, validated whole, and any cut or changed byte is refused or harmless. */
#include "spec.h"

#include <stdlib.h>
#include <string.h>

#include "test.h"

struct wish {
	uint64_t disk_bytes;
	uint32_t process_limit;
	const char *interpreter;
	const char *variable;
	const char *target;
};

static const struct wish GOOD = { 64 << 20, 64, "/usr/bin/python3", "HOME=/job", "/usr/lib/python3" };

static void encode(struct buffer *b, const struct wish *wish)
{
	write_u64(b, 0);
	write_u64(b, 1000000000);
	write_u64(b, 64 << 20);
	write_u64(b, 256 << 20);
	write_u32(b, wish->process_limit);
	write_u64(b, wish->disk_bytes);
	write_u64(b, 4096);
	write_u32(b, 256);
	write_u64(b, 64 << 20);
	write_string(b, wish->interpreter);
	write_u32(b, 1);
	write_string(b, "-I");
	write_u32(b, 1);
	write_string(b, wish->variable);
	write_string(b, "jail");
	write_u32(b, 1);
	write_string(b, "/lib");
	write_string(b, "usr/lib");
	write_u32(b, 1);
	write_string(b, "/etc/hosts");
	write_string(b, "127.0.0.1 localhost\n");
	write_u32(b, 1);
	write_string(b, "/usr/lib/python3");
	write_string(b, wish->target);
	write_u8(b, TREE_DIRECTORY);
	write_string(b, "");
}

static struct jail_spec *decode(const struct wish *wish, struct jail_error *error)
{
	struct buffer b = { 0 };
	struct jail_spec *spec;

	encode(&b, wish);
	spec = spec_decode((struct reader){ b.data, b.length }, error);
	buffer_free(&b);
	return spec;
}

static void decodes_every_field(void)
{
	struct jail_error error = { 0 };
	struct jail_spec *spec = decode(&GOOD, &error);

	CHECK(spec != NULL);
	if (spec == NULL)
		return;
	CHECK(spec->memory_bytes == 256 << 20 && spec->disk_bytes == 64 << 20 && spec->process_limit == 64);
	CHECK(strcmp(spec->arguments[0], "/usr/bin/python3") == 0 && strcmp(spec->arguments[1], "-I") == 0);
	CHECK(spec->arguments[2] == NULL && strcmp(spec->environment[0], "HOME=/job") == 0 &&
	      spec->environment[1] == NULL);
	CHECK(spec->symlink_count == 1 && strcmp(spec->symlinks[0].target, "usr/lib") == 0);
	CHECK(spec->file_count == 1 && spec->files[0].content.length == 20);
	CHECK(spec->tree_count == 1 && spec->trees[0].kind == TREE_DIRECTORY);
	free(spec);
}

static void refuses(struct wish wish, const char *part_of_the_reason)
{
	struct jail_error error = { 0 };
	struct jail_spec *spec = decode(&wish, &error);

	CHECK(spec == NULL);
	CHECK(strstr(error.detail, part_of_the_reason) != NULL);
	free(spec);
}

static struct wish with_target(const char *target)
{
	struct wish wish = GOOD;

	wish.target = target;
	return wish;
}

static void refuses_what_makes_no_jail(void)
{
	struct wish wish = GOOD;
	struct jail_error error = { 0 };
	struct jail_spec *spec;

	wish.disk_bytes = (128 << 20) + 1;
	refuses(wish, "at most half");
	wish = GOOD;
	wish.process_limit = 0;
	refuses(wish, "must be positive");
	wish = GOOD;
	wish.interpreter = "python3";
	refuses(wish, "absolute");
	wish = GOOD;
	wish.variable = "HOME";
	refuses(wish, "NAME=value");
	refuses(with_target("/"), "absolute and normal");
	refuses(with_target("/usr/../etc"), "absolute and normal");
	refuses(with_target("/usr//lib"), "absolute and normal");
	refuses(with_target("/usr/lib/"), "absolute and normal");
	refuses(with_target("relative"), "absolute and normal");
	refuses(with_target("/proc"), "the jailer's own");
	refuses(with_target("/dev/shm"), "the jailer's own");
	refuses(with_target("/tmp/x"), "the jailer's own");
	refuses(with_target("/job"), "the jailer's own");
	wish = with_target("/process"); /* begins like /proc, but is not below it */
	spec = decode(&wish, &error);
	CHECK(spec != NULL);
	free(spec);
}

static void refuses_every_cut_and_survives_every_change(void)
{
	struct buffer b = { 0 };
	struct jail_error error = { 0 };
	unsigned long long state = 11;
	int cut_refused = 0;

	encode(&b, &GOOD);
	for (size_t length = 0; length < b.length; length++)
		cut_refused += spec_decode((struct reader){ b.data, length }, &error) == NULL;
	CHECK(cut_refused == (int)b.length);
	write_u8(&b, 0);
	CHECK(spec_decode((struct reader){ b.data, b.length }, &error) == NULL);
	b.length--;
	for (int round = 0; round < 20000; round++) {
		uint8_t *changed = malloc(b.length);
		struct jail_spec *spec;

		memcpy(changed, b.data, b.length);
		for (unsigned int n = 0; n < 1 + round % 4u; n++)
			changed[test_random(&state) % b.length] = (uint8_t)test_random(&state);
		spec = spec_decode((struct reader){ changed, b.length }, &error);
		free(spec);
		free(changed);
	}
	buffer_free(&b);
}

static void a_job_only_narrows(void)
{
	struct jail_spec spec = { .memory_bytes = 100, .disk_bytes = 20 };
	const struct {
		uint64_t memory, wall;
		int expected;
	} CASES[] = { { 100, 1, 0 }, { 40, 1, 0 },   { 39, 1, -1 },	     { 101, 1, -1 },
		      { 0, 1, -1 },  { 100, 0, -1 }, { 100, UINT64_MAX, -1 } };

	for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
		struct buffer b = { 0 };
		struct job_limits limits;
		struct jail_error error = { 0 };

		write_u64(&b, CASES[i].memory);
		write_u64(&b, CASES[i].wall);
		write_u64(&b, 0);
		write_u32(&b, 500);
		write_u64(&b, 1);
		write_u64(&b, 1);
		CHECK(job_decode((struct reader){ b.data, b.length }, &spec, &limits, &error) == CASES[i].expected);
		buffer_free(&b);
	}
}

int main(void)
{
	decodes_every_field();
	refuses_what_makes_no_jail();
	refuses_every_cut_and_survives_every_change();
	a_job_only_narrows();
	return test_end("spec");
}
