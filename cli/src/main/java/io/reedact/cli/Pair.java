package io.reedact.cli;

/** A flag's value of the form {@code NAME=VALUE}. */
record Pair(String name, String value) {

    /**
     * Cuts at the first equals sign.
     *
     * @throws io.reedact.problem.RequestException if there is none, or nothing before it
     */
    static Pair of(String flag, String form, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw UsageProblems.of("the flag " + flag + " wants " + form + ", found '" + text + "'", null);
        }
        return new Pair(text.substring(0, equals), text.substring(equals + 1));
    }
}
