/*
 * Times whole processes, from fork to exit, for comparisons in one run: a line of standard input is a command, its words
 * parted by tabs; the answer is a line with nanoseconds and exit status. Standard input and output of the
 * commands are /dev/null, and their environment is as small as a jail's: variables of the caller's can slow an interpreter
 * down (NODE_EXTRA_CA_CERTS trebles a start of Node). A JVM would add its own way of starting processes to each figure.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORDS_MAX = 255 };

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (long long)time.tv_sec * 1000000000 + time.tv_nsec;
}

static _Noreturn void become(char *words[])
{
	static char *environment[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/", "LANG=C.UTF-8", NULL };
	int nothing = open("/dev/null", O_RDWR);

	for (int fd = 0; fd < 3; fd++)
		dup2(nothing, fd);
	execve(words[0], words, environment);
	_exit(127);
}

int main(void)
{
	static char line[1 << 16];
	char *words[WORDS_MAX + 1];

	while (fgets(line, sizeof(line), stdin) != NULL) {
		size_t count = 0;
		long long before;
		int status;
		pid_t pid;

		line[strcspn(line, "\n")] = '\0';
		for (char *word = strtok(line, "\t"); word != NULL && count < WORDS_MAX; word = strtok(NULL, "\t"))
			words[count++] = word;
		if (count == 0)
			continue;
		words[count] = NULL;
		before = now();
		pid = fork();
		if (pid == 0)
			become(words);
		if (pid < 0 || waitpid(pid, &status, 0) < 0)
			return 1;
		printf("%lld %d\n", now() - before, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
		fflush(stdout);
	}
	return 0;
}
