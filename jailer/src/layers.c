#include "layers.h"

static const char *const NAMES[LAYER_COUNT] = {
	[LAYER_USER_NAMESPACE] = "user-namespace",
	[LAYER_PID_NAMESPACE] = "pid-namespace",
	[LAYER_MOUNT_NAMESPACE] = "mount-namespace",
	[LAYER_NETWORK_NAMESPACE] = "network-namespace",
	[LAYER_IPC_NAMESPACE] = "ipc-namespace",
	[LAYER_UTS_NAMESPACE] = "uts-namespace",
	[LAYER_TIME_NAMESPACE] = "time-namespace",
	[LAYER_CGROUP_NAMESPACE] = "cgroup-namespace",
	[LAYER_CGROUP_MEMORY] = "cgroup-memory",
	[LAYER_CGROUP_PIDS] = "cgroup-pids",
	[LAYER_CGROUP_CPU] = "cgroup-cpu",
	[LAYER_DISTINCT_UID] = "distinct-uid",
	[LAYER_PRIVATE_ROOT] = "private-root",
	[LAYER_PRIVATE_INODES] = "private-inodes",
	[LAYER_PRIVATE_DEVICES] = "private-devices",
	[LAYER_LANDLOCK] = "landlock",
	[LAYER_SECCOMP] = "seccomp",
	[LAYER_SYSCALL_REPORTS] = "syscall-reports",
	[LAYER_NO_NEW_PRIVILEGES] = "no-new-privileges",
	[LAYER_CAPABILITIES] = "capabilities",
	[LAYER_RLIMITS] = "rlimits",
};

const char *layer_name(enum layer layer)
{
	return NAMES[layer];
}
