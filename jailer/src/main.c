/*
 * reedact-jailer: builds jails and watches them, for clients on a Unix socket (docs/wire-protocol.md). It holds
 * mechanism; policies, languages and templates are its clients' business.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "server.h"

static const char USAGE[] =
	"usage: reedact-jailer --socket PATH --state FOLDER\n"
	"  --socket PATH    where to listen; made with mode 0600, removed at the end\n"
	"  --state FOLDER   where jailers of this host lock their slots; the same for all of them\n"
	"Prints \"ready\" when it listens, or \"error: STEP: DETAIL\", and ends with its last client.\n";

/* Nine descriptors a jail: use all that the host lets us have. Guests get less by their own limit. */
static void raise_open_files(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static int usage(void)
{
	fputs(USAGE, stderr);
	return 2;
}

static int complain(const struct jail_error *error)
{
	printf("error: %s: %s%s%s\n", error->step, error->detail,
	       error->detail[0] != '\0' && error->errnum != 0 ? ": " : "",
	       error->errnum != 0 ? strerror(error->errnum) : "");
	fflush(stdout);
	return 1;
}

int main(int argc, char *argv[])
{
	static const struct option OPTIONS[] = {
		{ "socket", required_argument, NULL, 's' },
		{ "state", required_argument, NULL, 'd' },
		{ NULL, 0, NULL, 0 },
	};
	const char *socket_path = NULL, *state = NULL;
	struct jail_error error = { 0 };
	int option, result;

	while ((option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
		if (option == 's')
			socket_path = optarg;
		else if (option == 'd')
			state = optarg;
		else
			return usage();
	}
	if (socket_path == NULL || state == NULL || optind != argc)
		return usage();
	/* A terminal's interrupt is for the client, which decides what becomes of its jails. */
	setsid();
	raise_open_files();
	if (host_take_slot(state, &error) < 0)
		return complain(&error);
	result = server_run(socket_path, &error);
	host_leave_slot();
	return result < 0 ? complain(&error) : 0;
}
