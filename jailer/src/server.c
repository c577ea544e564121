#include "server.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fd.h"
#include "supervisor.h"

struct server server;

static const uint64_t SECOND = 1000000000;

enum {
	FIRST_HELLO_SECONDS = 30, /* a client that started us and died before its hello must not leave us behind */
	LAST_JAILS_SECONDS = 5,
};

static int listen_at(const char *path, struct jail_error *error)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	scoped_fd socket_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return fail_with(error, "listen", "a socket's path has at most %zu bytes: %.100s",
				 sizeof(address.sun_path) - 1, path);
	}
	memcpy(address.sun_path, path, strlen(path));
	umask(0077);
	if (socket_fd < 0 || bind(socket_fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(socket_fd, 64) < 0)
		return fail_with(error, "listen", "%.200s", path);
	server.listener = (struct watch){ .fd = socket_fd, .events = EPOLLIN, .ready = connection_accept };
	socket_fd = -1; /* the watch's now */
	return loop_add(&server.listener) < 0 ? fail(error, "listen") : 0;
}

static void signal_ready(struct watch *watch, uint32_t events)
{
	struct signalfd_siginfo signal;
	int status;
	pid_t pid;

	(void)events;
	if (read(watch->fd, &signal, sizeof(signal)) != sizeof(signal))
		return;
	if (signal.ssi_signo != SIGCHLD) {
		server.stopping = true;
		return;
	}
	/* Signals of one number merge: one may stand for several deaths. */
	while ((pid = waitpid(-1, &status, WNOHANG | __WALL)) > 0)
		supervisor_reap(pid, status);
}

static int watch_signals(struct jail_error *error)
{
	sigset_t wanted;

	sigemptyset(&wanted);
	sigaddset(&wanted, SIGCHLD);
	sigaddset(&wanted, SIGTERM);
	sigaddset(&wanted, SIGINT);
	signal(SIGPIPE, SIG_IGN);
	if (sigprocmask(SIG_BLOCK, &wanted, NULL) < 0)
		return fail(error, "block signals");
	server.signals = (struct watch){ .fd = signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK),
					 .events = EPOLLIN,
					 .ready = signal_ready };
	return server.signals.fd < 0 || loop_add(&server.signals) < 0 ? fail(error, "watch signals") : 0;
}

static uint64_t next_deadline(uint64_t stop_deadline)
{
	uint64_t deadline = supervisor_next_deadline();

	if (server.connections == NULL && server.idle_deadline < deadline)
		deadline = server.idle_deadline;
	return stop_deadline < deadline ? stop_deadline : deadline;
}

static void end_connections(void)
{
	while (server.connections != NULL)
		connection_end(server.connections);
}

/* Until the last client has gone and the last jail is dead; not longer than the kernel is given to kill them. */
static int serve(struct jail_error *error)
{
	uint64_t stop_deadline = UINT64_MAX;

	server.idle_deadline = clock_now() + FIRST_HELLO_SECONDS * SECOND;
	while (!server.stopping || (server.jails != NULL && clock_now() < stop_deadline)) {
		if (server.stopping && stop_deadline == UINT64_MAX) {
			stop_deadline = clock_now() + LAST_JAILS_SECONDS * SECOND;
			end_connections();
		}
		supervisor_check_deadlines();
		if (server.stopping && server.jails == NULL)
			break;
		if (loop_turn(next_deadline(stop_deadline)) < 0)
			return fail(error, "wait for events");
		if (server.control_count == 0 && clock_now() >= server.idle_deadline)
			server.stopping = true;
	}
	end_connections();
	return 0;
}

int server_run(const char *socket_path, struct jail_error *error)
{
	int result;

	if (loop_open() < 0)
		return fail(error, "epoll");
	if (watch_signals(error) < 0 || listen_at(socket_path, error) < 0)
		return -1;
	/* The one line that a client waits for. */
	printf("ready\n");
	fflush(stdout);
	result = serve(error);
	unlink(socket_path);
	return result;
}
