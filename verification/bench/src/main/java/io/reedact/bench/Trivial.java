package io.reedact.bench;

/** The least that a Java program can do: what its start costs is the Java runtime's. */
public final class Trivial {
    private Trivial() {}

    public static void main(String[] arguments) {
        System.out.println("x");
    }
}
