/* One client's connection: frames in, frames out, and who they are for. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fd.h"
#include "server.h"
#include "supervisor.h"

static void connection_ready(struct watch *watch, uint32_t events);

/* Our own user and root may give us work, nobody else (unix(7), SO_PEERCRED). */
static bool is_welcome(int socket)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);

	if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0)
		return false;
	return peer.uid == geteuid() || peer.uid == 0;
}

void connection_accept(struct watch *watch, uint32_t events)
{
	int socket = accept4(watch->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	struct connection *connection;

	(void)events;
	if (socket < 0)
		return;
	connection =
		server.connection_count < CONNECTIONS_MAX && is_welcome(socket) ? calloc(1, sizeof(*connection)) : NULL;
	if (connection == NULL) {
		fd_close(&socket);
		return;
	}
	connection->watch = (struct watch){ .fd = socket, .events = EPOLLIN | EPOLLRDHUP, .ready = connection_ready };
	if (loop_add(&connection->watch) < 0) {
		fd_close(&socket);
		free(connection);
		return;
	}
	connection->next = server.connections;
	server.connections = connection;
	server.connection_count++;
}

void connection_end(struct connection *connection)
{
	struct connection **link = &server.connections;

	if (connection->jail != NULL)
		supervisor_abandon(connection->jail);
	while (*link != connection)
		link = &(*link)->next;
	*link = connection->next;
	server.connection_count--;
	if (connection->control && --server.control_count == 0)
		server.stopping = true;
	loop_close(&connection->watch);
	buffer_free(&connection->out);
	free(connection->payload);
	free(connection);
}

void connection_flush(struct connection *connection)
{
	struct buffer *out = &connection->out;

	while (out->length > 0 && !out->failed) {
		ssize_t sent = send(connection->watch.fd, out->data + out->start, out->length, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0 && errno == EAGAIN)
			break;
		if (sent < 0) {
			connection_end(connection);
			return;
		}
		buffer_consume(out, (size_t)sent);
	}
	if (out->failed) {
		connection_end(connection);
		return;
	}
	loop_change(&connection->watch, EPOLLIN | EPOLLRDHUP | (out->length > 0 ? EPOLLOUT : 0));
	if (connection->jail != NULL)
		supervisor_resume(connection->jail);
}

/* --- Frames --- */

static int hello(struct connection *connection, struct reader payload)
{
	uint32_t magic;
	uint16_t version, role;
	uint64_t features;
	size_t frame;

	if (connection->greeted || read_u32(&payload, &magic) < 0 || magic != WIRE_MAGIC ||
	    read_u16(&payload, &version) < 0 || read_u16(&payload, &role) < 0 || role > 1 ||
	    read_u64(&payload, &features) < 0 || payload.left != 0)
		return -1;
	frame = frame_begin(&connection->out, FRAME_HELLO_BACK, 0);
	write_u16(&connection->out, WIRE_VERSION);
	write_u16(&connection->out, 0);
	write_u64(&connection->out, 0);
	frame_end(&connection->out, frame);
	connection->greeted = true;
	connection->control = role == 0;
	if (connection->control)
		server.control_count++;
	/* A client of another version has read ours by now and knows why this ends. */
	return version == WIRE_VERSION ? 0 : (connection_flush(connection), -1);
}

static int probe(struct connection *connection, struct reader payload)
{
	size_t frame;

	if (payload.left != 0)
		return -1;
	frame = frame_begin(&connection->out, FRAME_FACTS, 0);
	host_write_facts(&connection->out);
	frame_end(&connection->out, frame);
	return 0;
}

/*
 * Frames about an execution that has ended meanwhile (refused, or over before all of its input was sent) were sent
 * in good faith: they are dropped.
 */
static int for_jail(struct connection *connection, const struct frame_header *header, struct reader payload)
{
	struct jail *jail = connection->jail;

	if (jail == NULL || jail->execution != header->execution)
		return 0;
	switch (header->type) {
	case FRAME_JOB:
		return supervisor_job(jail, payload);
	case FRAME_JOB_DATA:
		return supervisor_data(jail, CHANNEL_JOB, payload);
	case FRAME_STDIN_DATA:
		return supervisor_data(jail, CHANNEL_STDIN, payload);
	case FRAME_CANCEL:
		return payload.left == 0 ? supervisor_cancel(jail) : -1;
	default:
		return -1;
	}
}

static int take_frame(struct connection *connection, const struct frame_header *header, struct reader payload)
{
	if (header->type == FRAME_HELLO)
		return hello(connection, payload);
	if (!connection->greeted)
		return -1;
	if (connection->control)
		return header->type == FRAME_PROBE ? probe(connection, payload) : -1;
	switch (header->type) {
	case FRAME_SPEC:
		return supervisor_spec(connection, header->execution, payload);
	case FRAME_JOB:
	case FRAME_JOB_DATA:
	case FRAME_STDIN_DATA:
	case FRAME_CANCEL:
		return for_jail(connection, header, payload);
	default:
		return -1;
	}
}

/* Read what is there of a frame. Returns 1 when it is whole, 0 when more must come, -1 when the connection is over. */
static int read_frame(struct connection *connection, struct frame_header *header)
{
	ssize_t size;

	while (connection->header_length < FRAME_HEADER_BYTES) {
		size = read(connection->watch.fd, connection->header + connection->header_length,
			    FRAME_HEADER_BYTES - connection->header_length);
		if (size <= 0)
			return size < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
		connection->header_length += (size_t)size;
	}
	if (frame_header_decode(connection->header, header) < 0)
		return -1;
	if (connection->payload == NULL && header->length > 0) {
		connection->payload = malloc(header->length);
		if (connection->payload == NULL)
			return -1;
	}
	while (connection->payload_length < header->length) {
		size = read(connection->watch.fd, connection->payload + connection->payload_length,
			    header->length - connection->payload_length);
		if (size <= 0)
			return size < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
		connection->payload_length += (size_t)size;
	}
	return 1;
}

static void connection_ready(struct watch *watch, uint32_t events)
{
	struct connection *connection = watch_owner(watch, struct connection, watch);
	struct frame_header header;
	int whole = 0;

	if ((events & EPOLLIN) != 0)
		whole = read_frame(connection, &header);
	if (whole == 1) {
		struct reader payload = { connection->payload, header.length };

		if (take_frame(connection, &header, payload) < 0)
			whole = -1;
		free(connection->payload);
		connection->payload = NULL;
		connection->header_length = connection->payload_length = 0;
	}
	/* A client never half-closes: its end is its end, also with frames of ours unsent. */
	if (whole < 0 || (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0)
		connection_end(connection);
	else
		connection_flush(connection);
}
