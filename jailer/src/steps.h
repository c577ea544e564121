/* The steps of a jail, a file each for what belongs together. All return 0 or -1 with the error filled. */
#ifndef REEDACT_STEPS_H
#define REEDACT_STEPS_H

#include "jail.h"

/* rootfs.c: in the builder, with the jailer's rights and the host's paths */
int rootfs_open_devices(struct jail_build *build, struct jail_error *error);

/* rootfs.c: in the guest */
int rootfs_mount_proc(struct jail_build *build, struct jail_error *error);
int rootfs_enter(struct jail_build *build, struct jail_error *error);
int rootfs_fill(struct jail_build *build, struct jail_error *error);
int rootfs_lock(struct jail_build *build, struct jail_error *error);

/* trees.c: the first in the builder, the second in the guest */
int trees_open(struct jail_build *build, struct jail_error *error);
int trees_show(struct jail_build *build, struct jail_error *error);

/* namespaces.c */
int namespaces_unshare(struct jail_build *build, struct jail_error *error);
/* The network namespace: made by pid 1, joined by the guest. */
int namespaces_give_network(struct jail_build *build, struct jail_error *error);
int namespaces_take_network(struct jail_build *build, struct jail_error *error);
int namespaces_unshare_cgroup(struct jail_build *build, struct jail_error *error);
int namespaces_set_host_name(struct jail_build *build, struct jail_error *error);
/* A child of the jailer in the new namespaces; returns its pid, 0 in it, -1 with the error. */
pid_t namespaces_clone(struct jail_error *error, const char *what);

/* credentials.c */
int credentials_take_id(struct jail_build *build, struct jail_error *error);
int credentials_leave_session(struct jail_build *build, struct jail_error *error);
int credentials_limit(struct jail_build *build, struct jail_error *error);
int credentials_drop(struct jail_build *build, struct jail_error *error);

/* landlock.c, seccomp.c */
int landlock_restrict(struct jail_build *build, struct jail_error *error);
int seccomp_install(struct jail_build *build, struct jail_error *error);

#endif
