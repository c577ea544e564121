# Finding Java without asking it for its version, which would cost more than starting it: each Java home has a file
# `release`. Read by the launcher and by the build.

# Sets `release` to the feature release of the Java home $1; fails if there is none.
java_release() {
    release=
    [ -r "$1/release" ] && [ -x "$1/bin/java" ] || return 1
    while IFS='="' read -r java_key _ java_value _; do
        if [ "$java_key" = JAVA_VERSION ]; then
            release=${java_value%%[!0-9]*}
            break
        fi
    done <"$1/release"
    [ -n "$release" ]
}

# Sets `java_home` to the first Java home whose release is from $1 to $2, in this order: JAVA_HOME, the further
# arguments, the one on the PATH, those of the system.
find_java() {
    oldest=$1
    newest=$2
    shift 2
    for java_home in "${JAVA_HOME:-}" "$@"; do
        if java_release "$java_home" && [ "$release" -ge "$oldest" ] && [ "$release" -le "$newest" ]; then return 0; fi
    done
    java_home=$(command -v java) && java_home=$(readlink -f "$java_home") && java_home=${java_home%/bin/java}
    for java_home in "$java_home" /usr/lib/jvm/* /opt/java/* /opt/jdk*; do
        if java_release "$java_home" && [ "$release" -ge "$oldest" ] && [ "$release" -le "$newest" ]; then return 0; fi
    done
    java_home=
    return 1
}
