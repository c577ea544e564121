#include "loop.h"

#include <errno.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "fd.h"

static int epoll = -1;

int loop_open(void)
{
	epoll = epoll_create1(EPOLL_CLOEXEC);
	return epoll < 0 ? -1 : 0;
}

int loop_add(struct watch *watch)
{
	struct epoll_event event = { .events = watch->events, .data.ptr = watch };

	return epoll_ctl(epoll, EPOLL_CTL_ADD, watch->fd, &event);
}

void loop_change(struct watch *watch, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = watch };

	if (watch->fd < 0 || watch->events == events)
		return;
	watch->events = events;
	epoll_ctl(epoll, EPOLL_CTL_MOD, watch->fd, &event); /* can't fail for a descriptor that was added */
}

void loop_close(struct watch *watch)
{
	/* A copy in a process that was forked just now would keep it in the epoll set: take it out by name. */
	if (watch->fd >= 0)
		epoll_ctl(epoll, EPOLL_CTL_DEL, watch->fd, NULL);
	fd_close(&watch->fd);
}

uint64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* One event a turn: a handler may free any other watch, so no event is kept over a handler. */
int loop_turn(uint64_t deadline)
{
	struct epoll_event event;
	uint64_t now = clock_now();
	uint64_t wait = deadline > now ? deadline - now : 0;
	struct timespec timeout = { .tv_sec = (time_t)(wait / 1000000000), .tv_nsec = (long)(wait % 1000000000) };
	int count = epoll_pwait2(epoll, &event, 1, deadline == UINT64_MAX ? NULL : &timeout, NULL);

	if (count < 0)
		return errno == EINTR ? 0 : -1;
	if (count == 1) {
		struct watch *watch = event.data.ptr;

		watch->ready(watch, event.events);
	}
	return 0;
}
