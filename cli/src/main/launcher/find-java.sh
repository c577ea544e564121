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

# Sets `java_home` to the first Java home whose release is from $1 to $2: JAVA_HOME, the one on the PATH, those of the
# system.
find_java() {
    java_on_path=$(command -v java) && java_on_path=$(readlink -f "$java_on_path")
    for java_home in "${JAVA_HOME:-}" "${java_on_path%/bin/java}" /usr/lib/jvm/* /opt/java/* /opt/jdk*; do
        if java_release "$java_home" && [ "$release" -ge "$1" ] && [ "$release" -le "$2" ]; then return 0; fi
    done
    java_home=
    return 1
}
