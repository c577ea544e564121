#include "fd.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void fd_close(int *fd)
{
	int before = errno;

	if (*fd >= 0)
		close(*fd);
	*fd = -1;
	errno = before;
}

int fd_set_nonblocking(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	return flags < 0 ? -1 : fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

ssize_t fd_read_file(const char *path, char *text, size_t size)
{
	scoped_fd fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t used = 0;

	if (fd < 0)
		return -1;
	while (used < size - 1) {
		ssize_t got = read(fd, text + used, size - 1 - used);

		if (got < 0)
			return -1;
		if (got == 0)
			break;
		used += (size_t)got;
	}
	text[used] = '\0';
	return (ssize_t)used;
}

int fd_write_file(const char *path, const char *text)
{
	scoped_fd fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	return write(fd, text, strlen(text)) < 0 ? -1 : 0;
}

const struct fds NO_FDS = { { -1, -1, -1, -1 } };

void fds_close(struct fds *fds)
{
	for (int i = 0; i < FDS_MAX; i++)
		fd_close(&fds->at[i]);
}

union control {
	struct cmsghdr align;
	char space[CMSG_SPACE(FDS_MAX * sizeof(int))];
};

ssize_t fd_send(int socket, const void *message, size_t size, const struct fds *fds)
{
	union control control = { 0 };
	struct iovec part = { .iov_base = (void *)message, .iov_len = size };
	struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };
	int *sent = (int *)CMSG_DATA(&control.align);
	size_t count = 0;

	for (int i = 0; fds != NULL && i < FDS_MAX; i++) {
		if (fds->at[i] >= 0)
			sent[count++] = fds->at[i];
	}
	if (count > 0) {
		header.msg_control = &control;
		header.msg_controllen = CMSG_SPACE(count * sizeof(int));
		control.align.cmsg_level = SOL_SOCKET;
		control.align.cmsg_type = SCM_RIGHTS;
		control.align.cmsg_len = CMSG_LEN(count * sizeof(int));
	}
	return sendmsg(socket, &header, MSG_NOSIGNAL);
}

ssize_t fd_receive(int socket, void *message, size_t size, struct fds *fds)
{
	union control control;
	struct iovec part = { .iov_base = message, .iov_len = size };
	struct msghdr header = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	ssize_t got = recvmsg(socket, &header, MSG_CMSG_CLOEXEC);

	*fds = NO_FDS;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&header); got >= 0 && c != NULL; c = CMSG_NXTHDR(&header, c)) {
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS)
			memcpy(fds, CMSG_DATA(c), c->cmsg_len - CMSG_LEN(0));
	}
	return got;
}
