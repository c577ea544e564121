/*
 * The compiled program against the plain reading of the same rules: a small interpreter runs the BPF code as the kernel
 * would (seccomp(2); Documentation/networking/filter.rst), filter_match reads the rules, and both must say the same.
 */
#include "filter.h"

#include <asm/unistd.h>
#include <errno.h>
#include <linux/audit.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "test.h"

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#else
#define NATIVE AUDIT_ARCH_AARCH64
#endif

static uint32_t run(const struct filter *filter, const struct seccomp_data *call)
{
	uint32_t a = 0;

	for (uint32_t at = 0; at < filter->program_length; at++) {
		struct sock_filter i = filter->program[at];

		switch (i.code) {
		case BPF_LD | BPF_W | BPF_ABS:
			memcpy(&a, (const char *)call + i.k, sizeof(a));
			break;
		case BPF_ALU | BPF_AND | BPF_K:
			a &= i.k;
			break;
		case BPF_JMP | BPF_JA:
			at += i.k;
			break;
		case BPF_JMP | BPF_JEQ | BPF_K:
			at += a == i.k ? i.jt : i.jf;
			break;
		case BPF_JMP | BPF_JGE | BPF_K:
			at += a >= i.k ? i.jt : i.jf;
			break;
		case BPF_RET | BPF_K:
			return i.k;
		default:
			return 0;
		}
	}
	return 0; /* fell off the end: the kernel would not have loaded it */
}

static uint32_t expected(const struct filter *filter, const struct seccomp_data *call)
{
	const struct filter_rule *rule;

	if (filter_is_foreign(call))
		return SECCOMP_RET_USER_NOTIF;
	rule = filter_match(filter, call);
	if (rule == NULL)
		return SECCOMP_RET_ERRNO | ENOSYS;
	if (rule->action == FILTER_ALLOW)
		return SECCOMP_RET_ALLOW;
	return rule->action == FILTER_REFUSE ? SECCOMP_RET_ERRNO | rule->errnum : SECCOMP_RET_USER_NOTIF;
}

struct condition {
	uint8_t argument, test;
	uint64_t mask, value;
};

static void put_rule(struct buffer *b, const char *name, uint8_t action, uint32_t errnum,
		     const struct condition *condition)
{
	write_string(b, name);
	write_u8(b, action);
	write_u32(b, errnum);
	write_u8(b, 0);
	write_u32(b, condition != NULL ? 1 : 0);
	if (condition != NULL) {
		write_u8(b, condition->argument);
		write_u8(b, condition->test);
		write_u64(b, condition->mask);
		write_u64(b, condition->value);
	}
}

static struct filter *compile(const struct buffer *b, struct jail_error *error)
{
	return filter_compile((struct span){ b->data + b->start, b->length }, error);
}

static void terminal_requests_are_denied_whatever_the_high_half(void)
{
	const struct condition NOT_TIOCSTI = { 1, 1, UINT32_MAX, 0x5412 };
	struct jail_error error = { 0 };
	struct buffer b = { 0 };
	struct filter *filter;
	struct seccomp_data call = { .arch = NATIVE, .nr = __NR_ioctl };

	write_u32(&b, 2);
	put_rule(&b, "ioctl", FILTER_ALLOW, 0, &NOT_TIOCSTI);
	put_rule(&b, "ioctl", FILTER_REPORT, EPERM, NULL);
	filter = compile(&b, &error);
	CHECK(filter != NULL);
	call.args[1] = 0x5401;
	CHECK(run(filter, &call) == SECCOMP_RET_ALLOW);
	call.args[1] = 0x5412;
	CHECK(run(filter, &call) == SECCOMP_RET_USER_NOTIF);
	call.args[1] = UINT64_C(0x100005412);
	CHECK(run(filter, &call) == SECCOMP_RET_USER_NOTIF);
	filter_free(filter);
	buffer_free(&b);
}

/* Even where a policy allows them. */
static void what_no_policy_can_allow_is_refused_unreported(void)
{
	struct jail_error error = { 0 };
	struct buffer b = { 0 };
	struct filter *filter;
	struct seccomp_data call = { .arch = NATIVE, .nr = __NR_seccomp };

	write_u32(&b, 3);
	put_rule(&b, "seccomp", FILTER_ALLOW, 0, NULL);
	put_rule(&b, "prctl", FILTER_ALLOW, 0, NULL);
	put_rule(&b, "prlimit64", FILTER_ALLOW, 0, NULL);
	filter = compile(&b, &error);
	CHECK(run(filter, &call) == (SECCOMP_RET_ERRNO | EPERM));
	call.nr = __NR_prctl;
	call.args[0] = UINT64_C(0x500000000) | PR_SET_SECCOMP;
	CHECK(run(filter, &call) == (SECCOMP_RET_ERRNO | EPERM));
	call.args[0] = PR_GET_NAME;
	CHECK(run(filter, &call) == SECCOMP_RET_ALLOW);
	call = (struct seccomp_data){ .arch = NATIVE,
				      .nr = __NR_prlimit64,
				      .args = { 0, RLIMIT_CORE, UINT64_C(0x100000000) } };
	CHECK(run(filter, &call) == SECCOMP_RET_ERRNO);
	call.args[2] = 0;
	CHECK(run(filter, &call) == SECCOMP_RET_ALLOW);
	filter_free(filter);
	buffer_free(&b);
}

static void foreign_calls_are_reported_and_unknown_ones_do_not_exist(void)
{
	struct jail_error error = { 0 };
	struct buffer b = { 0 };
	struct filter *filter;
	struct seccomp_data call = { .arch = NATIVE, .nr = 0x40000000 + __NR_getpid };

	write_u32(&b, 2);
	put_rule(&b, "getpid", FILTER_ALLOW, 0, NULL);
	put_rule(&b, "no_such_call_here", FILTER_ALLOW, 0, NULL);
	filter = compile(&b, &error);
	CHECK(filter != NULL);
	CHECK(run(filter, &call) == SECCOMP_RET_USER_NOTIF);
	call.nr = __NR_getpid;
	CHECK(run(filter, &call) == SECCOMP_RET_ALLOW);
	call.arch = AUDIT_ARCH_I386;
	CHECK(run(filter, &call) == SECCOMP_RET_USER_NOTIF);
	call.arch = NATIVE;
	for (int number = 400; number < 5000; number += 7) {
		call.nr = number;
		CHECK(run(filter, &call) == (SECCOMP_RET_ERRNO | ENOSYS));
	}
	call.nr = -1;
	CHECK(run(filter, &call) == (SECCOMP_RET_ERRNO | ENOSYS));
	filter_free(filter);
	buffer_free(&b);
}

static const char *const NAMES[] = { "read", "write", "open",	"clone",     "socket",	"ioctl", "prctl",
				     "mmap", "fcntl", "getpid", "prlimit64", "seccomp", "futex", "openat" };
enum { NAME_COUNT = sizeof(NAMES) / sizeof(NAMES[0]) };

static void put_random_rules(struct buffer *b, unsigned long long *state)
{
	uint32_t count = (uint32_t)(test_random(state) % 40);

	write_u32(b, count);
	for (uint32_t i = 0; i < count; i++) {
		struct condition condition = {
			.argument = (uint8_t)(test_random(state) % 3),
			.test = (uint8_t)(test_random(state) % 2),
			.mask = test_random(state) % 2 == 0 ? UINT32_MAX : UINT64_C(0x300000003),
			.value = test_random(state) % 4,
		};

		put_rule(b, NAMES[test_random(state) % NAME_COUNT], (uint8_t)(test_random(state) % 4),
			 (uint32_t)(test_random(state) % 100), test_random(state) % 3 == 0 ? NULL : &condition);
	}
}

static void program_and_rules_always_agree(void)
{
	unsigned long long state = 2026;

	for (int round = 0; round < 300; round++) {
		struct jail_error error = { 0 };
		struct buffer b = { 0 };
		struct filter *filter;
		int differ = 0;

		put_random_rules(&b, &state);
		filter = compile(&b, &error);
		CHECK(filter != NULL);
		for (int call_round = 0; filter != NULL && call_round < 500; call_round++) {
			struct seccomp_data call = { .arch = NATIVE, .nr = (int)(test_random(&state) % 460) };

			for (int i = 0; i < 6; i++)
				call.args[i] = (test_random(&state) % 5) |
					       (test_random(&state) % 3 == 0 ? UINT64_C(1) << 32 : 0);
			differ += run(filter, &call) != expected(filter, &call);
		}
		CHECK(differ == 0);
		filter_free(filter);
		buffer_free(&b);
	}
}

static void refuses_malformed_rules(void)
{
	struct jail_error error = { 0 };
	struct buffer b = { 0 };
	unsigned long long state = 5;

	put_random_rules(&b, &state);
	for (size_t length = 0; length < b.length; length++)
		CHECK(filter_compile((struct span){ b.data, length }, &error) == NULL);
	buffer_free(&b);
}

int main(void)
{
	terminal_requests_are_denied_whatever_the_high_half();
	what_no_policy_can_allow_is_refused_unreported();
	foreign_calls_are_reported_and_unknown_ones_do_not_exist();
	program_and_rules_always_agree();
	refuses_malformed_rules();
	return test_end("filter");
}
