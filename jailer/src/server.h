/* What the jailer knows: its host, its connections, its jails. */
#ifndef REEDACT_SERVER_H
#define REEDACT_SERVER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "cgroup.h"
#include "filter.h"
#include "loop.h"
#include "wire.h"

enum { JAILS_MAX = 256, CONNECTIONS_MAX = 1024 };

struct jail;

struct connection {
	struct connection *next;
	struct watch watch;
	bool greeted;
	bool control;
	uint8_t header[FRAME_HEADER_BYTES];
	size_t header_length;
	uint8_t *payload; /* of the frame that is being read */
	size_t payload_length;
	struct buffer out;
	struct jail *jail; /* of the execution that it carries, or NULL */
};

/* Compiled filters by their bytes: a policy's is compiled once. The oldest goes when the table is full. */
struct known_filter {
	struct span bytes;
	struct filter *filter;
	uint64_t used_at;
	uint32_t users;
};
enum { KNOWN_FILTERS = 16 };

struct server {
	struct watch listener;
	struct watch signals;
	struct cgroup_host groups;
	bool privileged;
	int lock; /* of our slot */
	unsigned int slot;
	uid_t first_uid;
	bool uid_used[JAILS_MAX];
	uint32_t next_group;
	uint64_t layers; /* that this host has, as far as can be known without building a jail */
	struct connection *connections;
	unsigned int connection_count;
	unsigned int control_count;
	struct jail *jails;
	struct known_filter filters[KNOWN_FILTERS];
	uint64_t idle_deadline; /* to exit at, if no client has said hello */
	bool stopping;
};

extern struct server server;

/* Accept clients and serve them until the last control connection ends. Returns 0 or -1. */
int server_run(const char *socket_path, struct jail_error *error);

/* connection.c */
void connection_accept(struct watch *watch, uint32_t events);
/* Send what waits in out, as far as the client takes it. May free the connection: don't touch it afterwards. */
void connection_flush(struct connection *connection);
/* End it: kills its jail. */
void connection_end(struct connection *connection);

/* host.c */
int host_take_slot(const char *state_folder, struct jail_error *error);
void host_leave_slot(void);
void host_write_facts(struct buffer *out);

#endif
