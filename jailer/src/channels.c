/*
 * The guest's pipes, seen from the jailer. Nothing is buffered without bound: a client may have WINDOW_BYTES on the way to
 * a channel and gets credit as the guest takes them; the guest's output is not read while as much waits for the client.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "fd.h"
#include "supervisor.h"

static void outlet_ready(struct watch *watch, uint32_t events);
static void inlet_ready(struct watch *watch, uint32_t events);

/*
 * A pipe a channel, both ends ours until the fork. The guest's end belongs to the jail's uid, else /dev/stdin and
 * /proc/self/fd/1 can't be opened; ours doesn't block. The two ends have file descriptions of their own, so the guest's
 * stays as a fresh interpreter expects it.
 */
static int open_channel(struct jail *jail, int channel, int guest_ends[GUEST_FDS])
{
	bool to_guest = channel == CHANNEL_STDIN || channel == CHANNEL_JOB;
	int ends[2];
	int *ours = to_guest ? &ends[1] : &ends[0];
	int *guests = to_guest ? &ends[0] : &ends[1];
	uid_t uid = server.privileged ? server.first_uid + jail->uid_index : geteuid();

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	guest_ends[channel] = *guests;
	if (channel == CHANNEL_STDIN)
		jail->input.watch.fd = *ours;
	else if (channel == CHANNEL_JOB)
		jail->job.watch.fd = *ours;
	else
		jail->output[channel == CHANNEL_VALUE ? 2 : channel - 1].watch.fd = *ours;
	return fd_set_nonblocking(*ours) < 0 || (server.privileged && fchown(*guests, uid, uid) < 0) ? -1 : 0;
}

int channels_open(struct jail *jail, int guest_ends[GUEST_FDS])
{
	static const enum channel OUTPUTS[] = { CHANNEL_STDOUT, CHANNEL_STDERR, CHANNEL_VALUE };

	for (int channel = 0; channel < GUEST_FDS; channel++) {
		if (open_channel(jail, channel, guest_ends) < 0)
			return -1;
	}
	for (int i = 0; i < 3; i++) {
		struct outlet *outlet = &jail->output[i];

		outlet->channel = OUTPUTS[i];
		outlet->jail = jail;
		outlet->watch.ready = outlet_ready;
		outlet->watch.events = EPOLLIN;
		if (loop_add(&outlet->watch) < 0)
			return -1;
	}
	jail->input = (struct inlet){ .watch = { .fd = jail->input.watch.fd, .ready = inlet_ready },
				      .channel = CHANNEL_STDIN,
				      .jail = jail };
	jail->job = (struct inlet){ .watch = { .fd = jail->job.watch.fd, .ready = inlet_ready },
				    .channel = CHANNEL_JOB,
				    .jail = jail };
	return loop_add(&jail->input.watch) < 0 || loop_add(&jail->job.watch) < 0 ? -1 : 0;
}

/* --- To the guest --- */

static void give_credit(struct inlet *inlet, size_t size)
{
	struct connection *owner = inlet->jail->owner;
	size_t frame;

	if (owner == NULL || size == 0)
		return;
	frame = frame_begin(&owner->out, FRAME_CREDIT, inlet->jail->execution);
	write_u8(&owner->out, (uint8_t)inlet->channel);
	write_u32(&owner->out, (uint32_t)size);
	frame_end(&owner->out, frame);
}

/* The guest reads no more: what still comes for it is taken and forgotten, so that the client is not held up. */
static void inlet_stop(struct inlet *inlet)
{
	loop_close(&inlet->watch);
	give_credit(inlet, inlet->pending.length);
	buffer_free(&inlet->pending);
}

static void inlet_push(struct inlet *inlet)
{
	size_t taken = 0;

	while (inlet->watch.fd >= 0 && inlet->pending.length > 0) {
		ssize_t count =
			write(inlet->watch.fd, inlet->pending.data + inlet->pending.start, inlet->pending.length);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0 && errno != EAGAIN)
			inlet_stop(inlet);
		if (count < 0)
			break;
		buffer_consume(&inlet->pending, (size_t)count);
		taken += (size_t)count;
	}
	give_credit(inlet, taken);
	if (inlet->watch.fd >= 0 && inlet->pending.length == 0 && inlet->last)
		loop_close(&inlet->watch); /* the guest reads end of file */
	loop_change(&inlet->watch, inlet->pending.length > 0 ? EPOLLOUT : 0);
}

static void inlet_ready(struct watch *watch, uint32_t events)
{
	struct inlet *inlet = watch_owner(watch, struct inlet, watch);
	struct jail *jail = inlet->jail;

	if ((events & EPOLLERR) != 0) /* all readers are gone */
		inlet_stop(inlet);
	else
		inlet_push(inlet);
	if (jail->owner != NULL)
		connection_flush(jail->owner);
}

void channels_start_job(struct jail *jail)
{
	for (int i = 0; i < 3; i++)
		jail->output[i].bytes = 0;
	inlet_push(&jail->job);
	inlet_push(&jail->input);
}

int supervisor_data(struct jail *jail, enum channel channel, struct reader payload)
{
	struct inlet *inlet = channel == CHANNEL_JOB ? &jail->job : &jail->input;
	uint8_t last;

	if (!jail->job_came || inlet->last || read_u8(&payload, &last) < 0 || last > 1 ||
	    payload.left > CHUNK_MAX_BYTES || inlet->pending.length + payload.left > WINDOW_BYTES)
		return -1;
	inlet->last = last == 1;
	if (inlet->watch.fd < 0) { /* the guest took no more */
		give_credit(inlet, payload.left);
		return 0;
	}
	buffer_append(&inlet->pending, payload.at, payload.left);
	if (inlet->pending.failed)
		return -1;
	if (jail->state == JAIL_RUNNING)
		inlet_push(inlet);
	return 0;
}

/* --- From the guest --- */

static uint64_t outlet_limit(const struct outlet *outlet)
{
	const struct jail *jail = outlet->jail;

	if (jail->job_at == 0) /* what a start prints explains why it failed */
		return CHUNK_MAX_BYTES;
	return outlet->channel == CHANNEL_VALUE ? jail->limits.value_bytes : jail->limits.output_bytes;
}

static void pass_on(struct outlet *outlet, const uint8_t *bytes, size_t size)
{
	struct connection *owner = outlet->jail->owner;
	size_t frame;

	if (owner == NULL || size == 0)
		return;
	frame = frame_begin(&owner->out, FRAME_OUTPUT, outlet->jail->execution);
	write_u8(&owner->out, (uint8_t)outlet->channel);
	buffer_append(&owner->out, bytes, size);
	frame_end(&owner->out, frame);
}

static void outlet_take(struct outlet *outlet, const uint8_t *bytes, size_t size)
{
	struct jail *jail = outlet->jail;
	uint64_t limit = outlet_limit(outlet);
	uint64_t room = outlet->bytes < limit ? limit - outlet->bytes : 0;

	pass_on(outlet, bytes, size < room ? size : room);
	outlet->bytes += size;
	if (outlet->bytes > limit && jail->job_at != 0)
		jail_end(jail, (struct verdict){
				       .cause = CAUSE_LIMIT,
				       .limit_kind = outlet->channel == CHANNEL_VALUE ? LIMIT_VALUE : LIMIT_OUTPUT,
				       .limit = limit,
				       .used = outlet->bytes,
			       });
}

static void outlet_ready(struct watch *watch, uint32_t events)
{
	struct outlet *outlet = watch_owner(watch, struct outlet, watch);
	struct jail *jail = outlet->jail;
	uint8_t bytes[CHUNK_MAX_BYTES - 16];
	const uint8_t *from = bytes;
	ssize_t size = read(watch->fd, bytes, sizeof(bytes));

	(void)events;
	if (size < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (size <= 0) {
		loop_close(watch);
		jail_settle(jail);
		return;
	}
	if (outlet->channel == CHANNEL_VALUE && jail->state == JAIL_STARTING) {
		/* Whatever that first byte is: no guest code has run, and a broken prelude breaks its own runtime only. */
		from++;
		size--;
		jail_became_ready(jail);
	}
	outlet_take(outlet, from, (size_t)size);
	if (jail->owner != NULL)
		connection_flush(jail->owner);
}

void channels_pause(struct jail *jail, bool paused)
{
	for (int i = 0; i < 3; i++)
		loop_change(&jail->output[i].watch, paused ? 0 : EPOLLIN);
}

void channels_close(struct jail *jail)
{
	loop_close(&jail->job.watch);
	loop_close(&jail->input.watch);
	buffer_free(&jail->job.pending);
	buffer_free(&jail->input.pending);
	for (int i = 0; i < 3; i++)
		loop_close(&jail->output[i].watch);
}

bool channels_are_drained(const struct jail *jail)
{
	for (int i = 0; i < 3; i++) {
		if (jail->output[i].watch.fd >= 0)
			return false;
	}
	return true;
}
