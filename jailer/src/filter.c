#include "filter.h"

#include <asm/unistd.h>
#include <errno.h>
#include <linux/audit.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#else
#error "no system call filter for this architecture yet"
#endif

enum {
	X32_BIT = 0x40000000,
	X32_END = X32_BIT + 0x1000,
	NUMBERS = 1024, /* the table below covers the numbers of today's and tomorrow's calls */
	LONGEST_NAME = 63,
};

bool filter_is_foreign(const struct seccomp_data *call)
{
	return call->arch != NATIVE_ARCH || (call->nr >= X32_BIT && call->nr < X32_END);
}

static bool condition_holds(const struct filter_condition *condition, const struct seccomp_data *call)
{
	return ((call->args[condition->argument] & condition->mask) == condition->value) == condition->equal;
}

const struct filter_rule *filter_match(const struct filter *filter, const struct seccomp_data *call)
{
	for (uint32_t i = 0; i < filter->rule_count; i++) {
		const struct filter_rule *rule = &filter->rules[i];
		bool holds = rule->number == call->nr;

		for (uint8_t c = 0; holds && c < rule->condition_count; c++)
			holds = condition_holds(&rule->conditions[c], call);
		if (holds)
			return rule;
	}
	return NULL;
}

/*
 * What no policy can change; these come before a policy's rules.
 *
 * A younger filter overrides our verdict: an own listener could answer CONTINUE to a denied call, an own ERRNO(0) could
 * hide one. So a guest installs none, and the refusal is one that no listener has to answer.
 *
 * RLIMIT_CORE is 1, the value at which the kernel neither writes a core file nor starts the host's core_pattern program
 * (fs/coredump.c; 0 would start it). A program that asks for another value is told that it has it.
 */
static const struct filter_rule ALWAYS[] = {
	{ .number = __NR_seccomp, .action = FILTER_REFUSE, .errnum = EPERM },
	{ .number = __NR_prctl,
	  .action = FILTER_REFUSE,
	  .errnum = EPERM,
	  .condition_count = 1,
	  .conditions = { { .argument = 0, .equal = true, .mask = UINT32_MAX, .value = PR_SET_SECCOMP } } },
	{ .number = __NR_setrlimit,
	  .action = FILTER_REFUSE,
	  .errnum = 0,
	  .condition_count = 1,
	  .conditions = { { .argument = 0, .equal = true, .mask = UINT32_MAX, .value = RLIMIT_CORE } } },
	{ .number = __NR_prlimit64,
	  .action = FILTER_REFUSE,
	  .errnum = 0,
	  .condition_count = 2,
	  .conditions = { { .argument = 1, .equal = true, .mask = UINT32_MAX, .value = RLIMIT_CORE },
			  { .argument = 2, .equal = false, .mask = UINT64_MAX, .value = 0 } } },
};
enum { ALWAYS_COUNT = sizeof(ALWAYS) / sizeof(ALWAYS[0]) };

/* --- Decoding --- */

static int read_condition(struct reader *r, struct filter_condition *condition)
{
	uint8_t test;

	if (read_u8(r, &condition->argument) < 0 || read_u8(r, &test) < 0 || read_u64(r, &condition->mask) < 0 ||
	    read_u64(r, &condition->value) < 0 || condition->argument > 5 || test > 1)
		return -1;
	condition->equal = test == 0;
	return 0;
}

/* The number of a call by its name; negative where this architecture does not have it. */
static int call_number(struct span name)
{
	char text[LONGEST_NAME + 1];

	memcpy(text, name.at, name.length);
	text[name.length] = '\0';
	return seccomp_syscall_resolve_name(text);
}

/* Calls of this very kernel's future and of other architectures are left out by returning number -1. */
static int read_rule(struct reader *r, struct filter_rule *rule)
{
	struct span name;
	uint8_t action;
	uint32_t conditions;

	if (read_string(r, &name) < 0 || name.length > LONGEST_NAME || read_u8(r, &action) < 0 || action > FILTER_END ||
	    read_u32(r, &rule->errnum) < 0 || rule->errnum > 4095 || read_u8(r, &rule->detail) < 0 ||
	    read_count(r, &conditions) < 0 || conditions > FILTER_CONDITIONS_MAX)
		return -1;
	rule->action = (enum filter_action)action;
	rule->condition_count = (uint8_t)conditions;
	for (uint32_t i = 0; i < conditions; i++) {
		if (read_condition(r, &rule->conditions[i]) < 0)
			return -1;
	}
	rule->number = call_number(name);
	if (rule->number >= NUMBERS)
		rule->number = -1;
	return 0;
}

static int read_rules(struct span bytes, struct filter *filter)
{
	struct reader r = { bytes.at, bytes.length };
	uint32_t count;

	if (read_count(&r, &count) < 0 || count > FILTER_RULES_MAX)
		return -1;
	filter->rules = calloc(ALWAYS_COUNT + count, sizeof(*filter->rules));
	if (filter->rules == NULL)
		return -1;
	memcpy(filter->rules, ALWAYS, sizeof(ALWAYS));
	filter->rule_count = ALWAYS_COUNT;
	for (uint32_t i = 0; i < count; i++) {
		struct filter_rule rule = { 0 };

		if (read_rule(&r, &rule) < 0)
			return -1;
		if (rule.number >= 0)
			filter->rules[filter->rule_count++] = rule;
	}
	return r.left == 0 ? 0 : -1;
}

/* --- Compiling --- */

/* A program that is being written; one that grew too long is given up at the end. */
struct program {
	struct sock_filter code[FILTER_PROGRAM_MAX];
	size_t length;
};

static size_t emit(struct program *p, struct sock_filter instruction)
{
	size_t at = p->length++;

	if (at < FILTER_PROGRAM_MAX)
		p->code[at] = instruction;
	return at;
}

static void emit_load(struct program *p, size_t offset)
{
	emit(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void emit_return(struct program *p, uint32_t verdict)
{
	emit(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict));
}

static uint32_t errno_verdict(uint32_t errnum)
{
	return SECCOMP_RET_ERRNO | (errnum & SECCOMP_RET_DATA);
}

static uint32_t verdict_of(const struct filter_rule *rule)
{
	switch (rule->action) {
	case FILTER_ALLOW:
		return SECCOMP_RET_ALLOW;
	case FILTER_REFUSE:
		return errno_verdict(rule->errnum);
	case FILTER_REPORT:
	case FILTER_END:
		break;
	}
	return SECCOMP_RET_USER_NOTIF;
}

/*
 * Compare one 32-bit half of an argument; the jump that is taken where the halves differ is filled in later.
 * BPF loads words of the host's own byte order, so the low half comes first on the architectures above.
 */
static size_t emit_half(struct program *p, const struct filter_condition *condition, bool high)
{
	unsigned int shift = high ? 32 : 0;
	size_t offset = offsetof(struct seccomp_data, args) + 8 * (size_t)condition->argument + (high ? 4 : 0);

	emit_load(p, offset);
	emit(p, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, (uint32_t)(condition->mask >> shift)));
	return emit(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(condition->value >> shift), 0,
						    0));
}

/*
 * A condition falls through where it holds and jumps to the end of its rule where not. Conditional jumps reach 255
 * instructions; a rule is at most 6 × 7 long.
 */
static void emit_condition(struct program *p, const struct filter_condition *condition, size_t exits[],
			   size_t *exit_count)
{
	size_t low = emit_half(p, condition, false);
	size_t high = emit_half(p, condition, true);

	if (condition->equal) {
		exits[(*exit_count)++] = low;
		exits[(*exit_count)++] = high;
		return;
	}
	/* Not equal holds as soon as the low halves differ: over the three instructions of the high half and the jump. */
	if (low < FILTER_PROGRAM_MAX)
		p->code[low].jf = (uint8_t)(high - low + 1);
	if (high < FILTER_PROGRAM_MAX)
		p->code[high].jf = 1;
	exits[(*exit_count)++] = emit(p, (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 0));
}

static void land_exits(struct program *p, const size_t exits[], size_t exit_count)
{
	for (size_t i = 0; i < exit_count; i++) {
		size_t distance = p->length - exits[i] - 1;

		if (exits[i] >= FILTER_PROGRAM_MAX)
			continue;
		if (BPF_OP(p->code[exits[i]].code) == BPF_JA)
			p->code[exits[i]].k = (uint32_t)distance;
		else
			p->code[exits[i]].jf = (uint8_t)distance;
	}
}

static void emit_rule(struct program *p, const struct filter_rule *rule)
{
	size_t exits[2 * FILTER_CONDITIONS_MAX];
	size_t exit_count = 0;

	for (uint8_t i = 0; i < rule->condition_count; i++)
		emit_condition(p, &rule->conditions[i], exits, &exit_count);
	emit_return(p, verdict_of(rule));
	land_exits(p, exits, exit_count);
}

/* What decides about one call: its rules in order, then ENOSYS. */
static void emit_call(struct program *p, const struct filter *filter, int number)
{
	for (uint32_t i = 0; i < filter->rule_count; i++) {
		const struct filter_rule *rule = &filter->rules[i];

		if (rule->number != number)
			continue;
		emit_rule(p, rule);
		if (rule->condition_count == 0)
			return;
	}
	emit_return(p, errno_verdict(ENOSYS));
}

/* The one verdict of a call that has no conditions, or false. */
static bool plain_verdict(const struct filter *filter, int number, uint32_t *verdict)
{
	*verdict = errno_verdict(ENOSYS);
	for (uint32_t i = 0; i < filter->rule_count; i++) {
		const struct filter_rule *rule = &filter->rules[i];

		if (rule->number != number)
			continue;
		*verdict = verdict_of(rule);
		return rule->condition_count == 0;
	}
	return true;
}

/* Neighbouring numbers with the same plain verdict are one segment; a segment reaches to the next one's start. */
static size_t find_segments(const struct filter *filter, int starts[NUMBERS + 1])
{
	size_t count = 0;
	uint32_t before = 0;
	bool before_is_plain = false;

	for (int number = 0; number <= NUMBERS; number++) {
		uint32_t verdict = 0;
		bool plain = plain_verdict(filter, number, &verdict);

		if (!plain || !before_is_plain || verdict != before)
			starts[count++] = number;
		before = verdict;
		before_is_plain = plain;
	}
	return count;
}

/*
 * Land the long jump after a comparison here. Where the comparison reaches here by itself, the jump is taken out: the
 * kernel compiles the program again for each jail, so its length is time.
 */
static void land_jump(struct program *p, size_t jump)
{
	size_t distance = p->length - jump - 1;

	if (p->length > FILTER_PROGRAM_MAX)
		return;
	if (distance > UINT8_MAX) {
		p->code[jump].k = (uint32_t)distance;
		return;
	}
	p->code[jump - 1].jt = (uint8_t)distance;
	p->code[jump - 1].jf = 0;
	memmove(&p->code[jump], &p->code[jump + 1], distance * sizeof(p->code[0]));
	p->length--;
}

/* Binary search over the segments: at most ten comparisons before a verdict. */
static void emit_search(struct program *p, const struct filter *filter, const int starts[], size_t count)
{
	size_t half = count / 2;
	size_t jump;
	uint32_t verdict;

	if (count == 1) {
		if (plain_verdict(filter, starts[0], &verdict))
			emit_return(p, verdict);
		else
			emit_call(p, filter, starts[0]);
		return;
	}
	emit(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (uint32_t)starts[half], 0, 1));
	jump = emit(p, (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 0));
	emit_search(p, filter, starts, half);
	land_jump(p, jump);
	emit_search(p, filter, starts + half, count - half);
}

static int compile(struct filter *filter, struct program *p)
{
	int starts[NUMBERS + 1];
	size_t count = find_segments(filter, starts);

	emit_load(p, offsetof(struct seccomp_data, arch));
	emit(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0));
	emit_return(p, SECCOMP_RET_USER_NOTIF);
	emit_load(p, offsetof(struct seccomp_data, nr));
	emit(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32_END, 2, 0));
	emit(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1));
	emit_return(p, SECCOMP_RET_USER_NOTIF);
	emit_search(p, filter, starts, count);
	if (p->length > FILTER_PROGRAM_MAX)
		return -1;
	filter->program = malloc(p->length * sizeof(p->code[0]));
	if (filter->program == NULL)
		return -1;
	memcpy(filter->program, p->code, p->length * sizeof(p->code[0]));
	filter->program_length = (uint16_t)p->length;
	return 0;
}

struct filter *filter_compile(struct span rules, struct jail_error *error)
{
	struct filter *filter = calloc(1, sizeof(*filter));
	struct program *program = calloc(1, sizeof(*program));

	errno = EBADMSG;
	if (filter == NULL || program == NULL || read_rules(rules, filter) < 0) {
		fail_with(error, "filter", "the rules of the system call filter are cut off or not well-formed");
		goto refuse;
	}
	if (compile(filter, program) < 0) {
		fail_with(error, "filter", "the filter would be longer than %d instructions", FILTER_PROGRAM_MAX);
		goto refuse;
	}
	free(program);
	return filter;
refuse:
	free(program);
	filter_free(filter);
	return NULL;
}

void filter_free(struct filter *filter)
{
	if (filter == NULL)
		return;
	free(filter->rules);
	free(filter->program);
	free(filter);
}
