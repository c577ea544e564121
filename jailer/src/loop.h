/* The jailer's one loop: epoll over watches that are embedded in what owns them. */
#ifndef REEDACT_LOOP_H
#define REEDACT_LOOP_H

#include <stddef.h>
#include <stdint.h>

struct watch {
	int fd;		 /* -1: not watched */
	uint32_t events; /* epoll(7); 0: kept, but not asked for now */
	void (*ready)(struct watch *watch, uint32_t events);
};

#define watch_owner(watch, type, member) ((type *)((char *)(watch)-offsetof(type, member)))

int loop_open(void);
/* Start to watch watch->fd for watch->events. Returns 0 or -1. */
int loop_add(struct watch *watch);
void loop_change(struct watch *watch, uint32_t events);
/* Stop watching and close the descriptor. */
void loop_close(struct watch *watch);
/* Wait for one event, at most until the deadline (nanoseconds, clock_now), and handle it. Returns 0 or -1. */
int loop_turn(uint64_t deadline);

/* CLOCK_MONOTONIC in nanoseconds: a clock that nobody sets. */
uint64_t clock_now(void);

#endif
