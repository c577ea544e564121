package io.reedact.problem;

import static io.reedact.problem.Fault.HOST;
import static io.reedact.problem.Fault.OURS;
import static io.reedact.problem.Fault.USAGE;

import java.util.Locale;
import java.util.Optional;

/**
 * The one catalogue of what can go wrong outside a guest. {@code reedact explain CODE} and {@code docs/errors.md} are
 * made from it. A code is never given a new meaning; one that is no longer used is left out and not given again.
 *
 * <p>Prefixes: POL policy files, RUN runtimes and their descriptors, VAL values, REQ requests, TPL templates, CLI the command line,
 * HOST what this host lacks, JAIL the jailer, ENG admission.
 */
public enum ProblemCode {
    POLICY_NOT_FOUND(
            "POL-001",
            USAGE,
            "no such policy",
            "A policy was named that is neither a file nor known by this name.",
            "Write the name of a policy in /etc/reedact/policies/ or of a bundled one (default, strict), or the path"
                    + " of a policy file, with a slash or ending in .toml."),
    POLICY_UNREADABLE(
            "POL-002",
            USAGE,
            "a policy file can't be read",
            "The file does not exist, is no ordinary file, is larger than 1MiB, is not UTF-8, or may not be read by"
                    + " this user.",
            "Check the path and its permissions."),
    POLICY_SYNTAX(
            "POL-003",
            USAGE,
            "not valid TOML",
            "A policy file has to be a TOML document. What stands at the place shown does not fit the grammar.",
            "Mend the line. Texts, sizes and durations stand in quotes, lists in square brackets."),
    DUPLICATE_KEY(
            "POL-010",
            USAGE,
            "a key is given twice",
            "The same key stands twice in one section, or a section stands twice. Only one of them could count.",
            "Remove one."),
    UNKNOWN_SECTION(
            "POL-011",
            USAGE,
            "unknown section",
            "A policy file has the section [ceiling] and one for each language. The name of this section is neither.",
            "Use the language's name as `reedact languages` prints it, not an alias."),
    UNKNOWN_KEY(
            "POL-012",
            USAGE,
            "unknown key",
            "The key means nothing in a policy file. It is refused, not ignored: a misspelt restriction would otherwise"
                    + " be none.",
            "Mend the spelling, or remove the key. docs/policy-reference.md has all keys."),
    WRONG_TYPE(
            "POL-013",
            USAGE,
            "a value of the wrong type",
            "The key takes another kind of value, for example a text in quotes where a bare number was given.",
            "Write the value as the message shows."),
    MISPLACED_KEY(
            "POL-014",
            USAGE,
            "a key in the wrong place",
            "The key exists, but not in this section. `extends` and `widens` count for the whole file; module lists"
                    + " belong to a language; [ceiling] takes only what a request may ask for.",
            "Move the key to where the message says."),
    BAD_SIZE(
            "POL-020",
            USAGE,
            "not a size in range",
            "A size is a number with a unit, such as \"64MiB\". It is never zero or negative, and has to lie in the"
                    + " range of its key.",
            "Write a number and B, KiB, MiB, GiB or TiB, in quotes."),
    BAD_DURATION(
            "POL-021",
            USAGE,
            "not a duration in range",
            "A duration is a number with a unit, such as \"2s\". It is never zero or negative, and has to lie in the"
                    + " range of its key.",
            "Write a number and ms, s, m or h, in quotes."),
    BAD_CPU_SHARE(
            "POL-022",
            USAGE,
            "not a share of CPU cores in range",
            "cpu_quota is a number of cores, such as 0.5, from 0.001 to 1024, with at most three decimals.",
            "Write a number of cores."),
    BAD_COUNT(
            "POL-023",
            USAGE,
            "not a count in range",
            "The key takes a whole number in the range that the message names.",
            "Write a whole number without quotes."),
    BAD_TEXT(
            "POL-024",
            USAGE,
            "not a usable name",
            "A locale, a time zone, the name of a module or the name or value of an environment variable cannot be what"
                    + " was given.",
            "Write it as the message says."),
    CEILING_BELOW_VALUE(
            "POL-030",
            USAGE,
            "a ceiling below the value",
            "[ceiling] says what a request may ask for at most. A ceiling below the policy's own value would forbid"
                    + " what everybody gets without asking.",
            "Raise the ceiling, or lower the value."),
    DISK_ABOVE_HALF_OF_MEMORY(
            "POL-031",
            USAGE,
            "disk_limit above half of memory_limit",
            "What a guest writes to its private file system lies in memory and counts there. Above half of"
                    + " memory_limit a full disk could become a memory kill instead of ENOSPC.",
            "Lower disk_limit or raise memory_limit. A disk_limit that is not set is lowered by itself."),
    NETWORK_NOT_GRANTABLE(
            "POL-032",
            USAGE,
            "no network access can be granted yet",
            "Jails have an empty network namespace and nothing else. No policy can change that yet, so one that asks"
                    + " for it is refused instead of being misunderstood.",
            "Write network_access = false, or remove the key."),
    JAIL_TOO_LARGE(
            "POL-033",
            USAGE,
            "a policy whose jail is too large to be described",
            "What a policy shows and sets is told to the jailer in one message of at most 1 MiB, each list in it with at"
                    + " most 4,096 entries.",
            "Show a directory instead of each of its files, or set fewer variables."),
    PATH_REFUSED(
            "POL-040",
            USAGE,
            "a path that can't be shown in a jail",
            "filesystem_access and module_path take absolute paths of files and directories that exist. A jail never"
                    + " shows /proc, /sys, /dev, /tmp, /job, /runtime or what lies in them; nor /, /etc or /run as a"
                    + " whole; nor sockets, pipes and devices.",
            "Name a directory or file that exists and holds nothing but what guests may see."),
    UNKNOWN_LAYER(
            "POL-050",
            USAGE,
            "unknown layer",
            "optional_layers names isolation layers that may be missing on a host. This is none of them.",
            "Mend the spelling. docs/policy-reference.md lists the layers."),
    UNKNOWN_CALL_GROUP(
            "POL-060",
            USAGE,
            "unknown group of system calls",
            "A name that begins with @ has to be a group of policies/syscalls.toml.",
            "Mend the spelling. docs/policy-reference.md lists the groups."),
    UNKNOWN_CALL(
            "POL-061",
            USAGE,
            "unknown system call",
            "The call is in no group of policies/syscalls.toml.",
            "Mend the spelling, as in syscalls(2)."),
    CALL_WITHOUT_REASON(
            "POL-062",
            USAGE,
            "a system call without a reason",
            "A call that a policy allows beyond the groups needs a reason for whoever reads the policy next.",
            "Write { call = \"ptrace\", reason = \"debugger lessons\" }."),
    CALL_NEVER_ALLOWED(
            "POL-063",
            USAGE,
            "a system call that no policy can allow",
            "With seccomp(2) a guest could install a filter that hides or overrides the reports of the jail's own.",
            "Remove it."),
    EXTENDS_UNKNOWN(
            "POL-070",
            USAGE,
            "extends an unknown policy",
            "A policy extends another by name. There is none of this name in the policy directories.",
            "Mend the name, or add that policy."),
    EXTENDS_CYCLE(
            "POL-071",
            USAGE,
            "policies that extend each other in a circle",
            "Following `extends` comes back to the same policy.",
            "Cut the circle in one of the files."),
    UNDECLARED_WIDENING(
            "POL-072",
            USAGE,
            "allows more than the policy that it extends",
            "A policy narrows what it extends. Where it allows more, it says so, so that nobody overlooks it.",
            "List the key in `widens`, or allow no more than the policy that is extended."),
    BAD_WIDENS(
            "POL-073",
            USAGE,
            "widens names no key",
            "`widens` lists keys of policy files: memory_limit, ceiling.timeout, python.memory_limit.",
            "Mend the spelling, or remove the entry."),
    BAD_CALL_GROUPS(
            "POL-080",
            OURS,
            "the groups of system calls can't be used",
            "syscalls.toml belongs to the program. It is missing, broken, or does not fit this version.",
            "Install the program again."),

    UNKNOWN_LANGUAGE(
            "RUN-001",
            USAGE,
            "unknown language",
            "No runtime has this name or alias.",
            "`reedact languages` lists what there is. A language is a folder below runtimes/."),
    INTERPRETER_MISSING(
            "RUN-002",
            USAGE,
            "the interpreter is not installed",
            "None of the files that the runtime's descriptor names as its interpreter exists on this host.",
            "Install the interpreter, or name another in a descriptor below /etc/reedact/runtimes/."),
    RUNTIME_UNREADABLE(
            "RUN-003",
            USAGE,
            "a runtime's descriptor can't be read",
            "The file does not exist, is not UTF-8, or may not be read by this user.",
            "Check the path and its permissions."),
    RUNTIME_SYNTAX(
            "RUN-004",
            USAGE,
            "a runtime's descriptor is not valid TOML",
            "What stands at the place shown does not fit the grammar.",
            "Mend the line."),
    RUNTIME_UNKNOWN_KEY(
            "RUN-012",
            USAGE,
            "unknown key in a runtime's descriptor",
            "The key means nothing in a descriptor.",
            "Mend the spelling, or remove the key. docs/adding-a-runtime.md has all keys."),
    RUNTIME_WRONG_TYPE(
            "RUN-013",
            USAGE,
            "a value of the wrong type in a runtime's descriptor",
            "The key takes another kind of value.",
            "Write the value as the message shows."),
    RUNTIME_MISSING_KEY(
            "RUN-014",
            USAGE,
            "a key is missing in a runtime's descriptor",
            "A runtime can't be used without this key.",
            "Add it. docs/adding-a-runtime.md has an example."),
    RUNTIME_BAD_VALUE(
            "RUN-015",
            USAGE,
            "a value that a runtime's descriptor can't have",
            "The value has the right type and makes no sense for its key.",
            "Write the value as the message shows."),
    RUNTIME_VERSION_UNKNOWN(
            "RUN-020",
            USAGE,
            "the interpreter's version can't be found out",
            "The interpreter was asked for its version as the descriptor says, and failed, said nothing, or said"
                    + " something else than the descriptor expects.",
            "Run the interpreter by hand. Mend `version` in the descriptor, or the installation."),

    VALUE_UNSUPPORTED(
            "VAL-001",
            USAGE,
            "a value that can't cross",
            "Values are data: nothing, truth, numbers, text, bytes, lists, maps, times. This object is none of them.",
            "Convert it before handing it over."),
    VALUE_NUMBER(
            "VAL-002",
            USAGE,
            "a number that the language can't hold",
            "The language has no exact form for this number, and it would be changed on the way.",
            "Hand it over as text, or as a smaller number."),
    VALUE_TEXT(
            "VAL-003",
            USAGE,
            "a text that the language can't hold",
            "The text has half of a surrogate pair, which is no character, and the language has no form for it.",
            "Mend the text, or hand it over as bytes."),
    VALUE_TOO_DEEP(
            "VAL-004",
            USAGE,
            "a value that is nested too deeply",
            "Lists and maps may be nested 500 deep. One that contains itself has no end.",
            "Flatten it, or break the cycle."),
    VALUE_KEYS(
            "VAL-005",
            USAGE,
            "keys of a map that can't cross",
            "Keys are texts or whole numbers, and no two may become the same text.",
            "Give the map keys that differ as texts."),
    VALUE_MALFORMED(
            "VAL-006",
            USAGE,
            "a value that can't be read",
            "The JSON of a value is not well-formed, or one of its $ notations holds something else than it should.",
            "Mend it where the message says."),

    ABOVE_CEILING(
            "REQ-001",
            USAGE,
            "a request beyond the policy's ceiling",
            "A flag, template or request may ask for less than the policy grants, or for more up to the policy's"
                    + " [ceiling]. It is refused beyond that, never cut down in silence.",
            "Ask for less, or have an admin raise the ceiling that the message names."),
    REQUEST_BAD_VALUE(
            "REQ-002",
            USAGE,
            "a request that asks for nonsense",
            "A size, duration or number of cores is zero, negative, too large or has no known unit.",
            "Write it as the message shows."),
    REQUEST_BAD_NAME(
            "REQ-003",
            USAGE,
            "a name that can't be used",
            "Inputs are variables: letters, digits and _, and no digit first. Files of a request are plain file names.",
            "Choose another name."),
    REQUEST_TOO_SMALL(
            "REQ-004",
            USAGE,
            "a limit too small to run anything",
            "A jail with this limit could not be used by any guest.",
            "Ask for more."),
    REQUEST_NO_HOLES(
            "REQ-005",
            USAGE,
            "a hole in a language that has none",
            "The runtime's descriptor has no [lexical], so no values are bound to names in its code.",
            "Hand the value over as an input."),

    TEMPLATE_NOT_FOUND(
            "TPL-001",
            USAGE,
            "no such template",
            "A template was named that does not exist, or that lies outside the folder of the page's templates.",
            "Mend the name. Names count from the folder of the page's own template, or with ./ from the file they stand in."),
    TEMPLATE_UNREADABLE(
            "TPL-002",
            USAGE,
            "a template can't be read",
            "The file is no ordinary file, is not UTF-8, or may not be read by this user.",
            "Check the path and its permissions."),
    TEMPLATE_SYNTAX(
            "TPL-003",
            USAGE,
            "the template engine can't read the template",
            "What stands at the line shown is not what the template engine's grammar wants. Blocks are not its matter: what is"
                    + " wrong with them has codes of its own.",
            "Mend the line. The engine's own documentation has its grammar."),
    TEMPLATE_FAILED(
            "TPL-004",
            USAGE,
            "the template engine can't render the template",
            "The template could be read, but what it asks for can't be done: a filter got a value that it can't take, or a"
                    + " variable has no such attribute.",
            "Mend the line shown, or what it gets."),
    TEMPLATE_CYCLE(
            "TPL-005",
            USAGE,
            "templates that name each other without end",
            "A template includes or extends itself, directly or through others, and nothing ends it.",
            "Take one of the tags out, or put a condition around it that comes to be false."),
    AUTOESCAPING_OFF(
            "TPL-006",
            USAGE,
            "autoescaping is off",
            "The engine would write the results of blocks into the page as they are, and with them whatever markup or script"
                    + " somebody who is not trusted put into one.",
            "Leave autoescaping on, or say in the builder that it may be off."),
    BLOCK_END(
            "TPL-010",
            USAGE,
            "a block that is not closed, or closed twice",
            "A block reaches from its tag to the next endreedact, which may repeat its name.",
            "Write {% endreedact %} behind the block, once."),
    BLOCK_HEAD(
            "TPL-011",
            USAGE,
            "the tag of a block can't be understood",
            "A tag is: reedact LANGUAGE, then raw, as NAME, with INPUTS and options as needed, in this order.",
            "Mend the tag. docs/templates.md has the grammar and examples."),
    BLOCK_OPTION(
            "TPL-012",
            USAGE,
            "a wrong option of a block",
            "A block has the options policy, timeout, memory, cpu and fallback, each once: a text in quotes, and JSON for"
                    + " fallback.",
            "Mend the option. docs/templates.md has all of them."),
    BLOCK_HOLE(
            "TPL-013",
            USAGE,
            "a hole that can't be one",
            "A hole stands for a value, as a variable would: it needs an expression, can't be in a text, comment or"
                    + " here-document of the language, and closes on its line.",
            "Hand the value in (with ... as NAME), assign the hole to a variable first, or write raw where the braces mean"
                    + " themselves."),
    BLOCK_MISPLACED(
            "TPL-014",
            USAGE,
            "a block where none can be",
            "In a macro, a parallel section or a cached one a block's result would be lost; a block without a name at the top of"
                    + " a template that extends another would print nothing.",
            "Put it in front and hand its result in, give it a name, or put it into a block of the parent."),
    NAME_TAKEN(
            "TPL-015",
            USAGE,
            "the page has a variable of that name already",
            "A block's result would hide a variable of the page, or be hidden by one. Which of both a later line meant"
                    + " could not be told.",
            "Give the block another name."),
    INPUT_UNKNOWN(
            "TPL-016",
            USAGE,
            "an input that the page does not have",
            "A block names a variable as its input, and there is none at this place of the page.",
            "Mend the name, or hand in an expression: with EXPRESSION as NAME."),
    BLOCK_SYNTAX(
            "TPL-017",
            USAGE,
            "the code of a block can't be compiled",
            "The language's own interpreter refuses the block.",
            "Mend the line shown."),
    NO_PAGE(
            "TPL-018",
            USAGE,
            "a block outside of a page",
            "A template with blocks was rendered by the engine alone, which does not know what to do with them.",
            "Get the template from ReedactPebble, and not from the engine."),

    CLI_USAGE(
            "CLI-001",
            USAGE,
            "the command line makes no sense",
            "A flag is unknown, lacks its value, or does not go with another one.",
            "See --help."),
    CLI_FILE_UNREADABLE(
            "CLI-002",
            USAGE,
            "a file can't be read",
            "A file named on the command line does not exist or may not be read.",
            "Check the path and its permissions."),
    CLI_BAD_JSON(
            "CLI-003",
            USAGE,
            "malformed JSON",
            "A value or context on the command line is not well-formed JSON.",
            "Mend it where the message says. Texts need quotes: --with 'name=\"text\"'."),
    CLI_LANGUAGE_UNCLEAR(
            "CLI-004",
            USAGE,
            "which language?",
            "The file's ending belongs to no runtime, or there is no file.",
            "Name the language with -l."),
    CLI_UNWRITABLE(
            "CLI-005",
            USAGE,
            "a result can't be written",
            "The file or stream that should take the result refused it.",
            "Check the path, its permissions and the free space."),
    CLI_DEFECT(
            "CLI-099",
            OURS,
            "reedact itself failed",
            "The command ran into something that its authors did not think of. Nothing was wrong with what you wrote.",
            "Report it, with the message and the command line."),

    LAYER_MISSING(
            "HOST-001",
            HOST,
            "this host lacks an isolation layer",
            "The policy wants every layer that it does not name in optional_layers, and this host cannot give one.",
            "`reedact doctor` says what mends it. An admin may accept the loss with optional_layers."),
    HOST_EXHAUSTED(
            "HOST-002",
            HOST,
            "this host is out of something",
            "A jail could not be built because processes, memory, ids or namespaces ran out.",
            "Free some, or raise the host's limit that the message names."),
    JAILER_MISSING(
            "HOST-003",
            HOST,
            "the jailer's program is missing",
            "The native program reedact-jailer was not found, or may not be executed.",
            "Install it, or name it with REEDACT_JAILER."),
    PLATFORM_UNSUPPORTED(
            "HOST-004",
            HOST,
            "jails can't be made on this platform",
            "Jails are made by the Linux kernel on x86-64.",
            "Use a Linux host."),
    STEP_FAILED(
            "HOST-005",
            HOST,
            "a step of making the jail failed",
            "The kernel refused what a jail needs. The message names the step and the kernel's error.",
            "`reedact doctor` says what this host lacks."),
    FOLDER_UNUSABLE(
            "HOST-006",
            HOST,
            "a folder that is needed can't be used",
            "A folder for sockets or unpacked files can't be made or written, or belongs to somebody else.",
            "Mend its permissions, free space, or name another place (XDG_RUNTIME_DIR, XDG_CACHE_HOME)."),

    JAILER_NOT_STARTED(
            "JAIL-101",
            OURS,
            "the jailer did not start",
            "The jailer's program ended, or did not answer, before it was ready.",
            "See what it said on stderr, and `reedact doctor`."),
    JAILER_WRONG_VERSION(
            "JAIL-102",
            OURS,
            "the jailer speaks another version",
            "The jailer's program and this library do not belong together.",
            "Install both from one release. Look at REEDACT_JAILER and REEDACT_HOME."),
    JAILER_GONE(
            "JAIL-103",
            OURS,
            "the jailer is gone",
            "The jailer's process ended while it was needed, for example because it was killed. All its jails ended"
                    + " with it.",
            "Run it again; the next execution starts a new jailer. If nobody killed it, report it."),
    JAILER_PROTOCOL(
            "JAIL-104",
            OURS,
            "the jailer said something unexpected",
            "A message of the jailer does not fit the protocol.",
            "Report it. Look at REEDACT_JAILER and REEDACT_HOME."),
    SPEC_REFUSED(
            "JAIL-105",
            OURS,
            "the jailer refused the jail",
            "What this library asked the jailer for is not a jail that it can make.",
            "Report it, with the policy and the runtime's descriptor."),
    GUEST_NOT_READY(
            "JAIL-106",
            OURS,
            "the interpreter did not become ready",
            "The interpreter ended, failed or took too long before it could take a job. Its own words are in the"
                    + " message.",
            "Check the interpreter and `start_limits` in the runtime's descriptor."),

    QUEUE_FULL(
            "ENG-001",
            OURS,
            "too many executions are waiting",
            "All slots are taken, and the queue behind them is full.",
            "Try again later, or allow more slots or a longer queue."),
    WAITED_TOO_LONG(
            "ENG-002",
            OURS,
            "waited too long for a slot",
            "All slots stayed taken for as long as an execution may wait.",
            "Try again later, or allow more slots or a longer wait."),
    CLOSED(
            "ENG-003",
            OURS,
            "closed",
            "Executions can't be run any more: close() was called.",
            "Open it again, or keep it open for as long as it is needed.");

    private final String code;
    private final Fault fault;
    private final String message;
    private final String cause;
    private final String mend;

    ProblemCode(String code, Fault fault, String message, String cause, String mend) {
        this.code = code;
        this.fault = fault;
        this.message = message;
        this.cause = cause;
        this.mend = mend;
    }

    /** The code as users see it, for example {@code POL-012}. */
    public String code() {
        return code;
    }

    /** Who can mend it. */
    public Fault fault() {
        return fault;
    }

    /** A short title, lower case, without a full stop. */
    public String message() {
        return message;
    }

    /** What it means and why it is refused: one or two sentences. */
    public String cause() {
        return cause;
    }

    /** What to do about it: one or two sentences. */
    public String mend() {
        return mend;
    }

    /** The entry of a code, in any case; empty if there is none. */
    public static Optional<ProblemCode> find(String code) {
        String wanted = code.toUpperCase(Locale.ROOT);
        for (ProblemCode entry : values()) {
            if (entry.code.equals(wanted)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
