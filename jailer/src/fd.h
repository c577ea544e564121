/* File descriptors: -1 means none; a destructor takes a half-built object. */
#ifndef REEDACT_FD_H
#define REEDACT_FD_H

#include <stddef.h>
#include <sys/types.h>

/* Close *fd if it is open, and forget it. Keeps errno. */
void fd_close(int *fd);

static inline void fd_cleanup(int *fd)
{
	fd_close(fd);
}
#define scoped_fd __attribute__((cleanup(fd_cleanup))) int

int fd_set_nonblocking(int fd);

/* Read a small file (cgroup, /proc) into text, NUL-ended. Returns its length or -1. */
ssize_t fd_read_file(const char *path, char *text, size_t size);

/* Write one value to a kernel file in one write(2), as these files demand. Returns 0 or -1. */
int fd_write_file(const char *path, const char *text);

enum { FDS_MAX = 4 };

/* Descriptors that go with a message, in any places; -1: none. */
struct fds {
	int at[FDS_MAX];
};
extern const struct fds NO_FDS;

void fds_close(struct fds *fds);

/*
 * A message over a SOCK_SEQPACKET socket, with descriptors (unix(7)). Of what is sent, the receiver gets those that are
 * there, in their order, in the first places. Returns as sendmsg(2) and recvmsg(2) do.
 */
ssize_t fd_send(int socket, const void *message, size_t size, const struct fds *fds);
ssize_t fd_receive(int socket, void *message, size_t size, struct fds *fds);

#endif
