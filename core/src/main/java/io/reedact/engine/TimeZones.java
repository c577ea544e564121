package io.reedact.engine;

import io.reedact.problem.HostException;
import io.reedact.problem.Problem;
import io.reedact.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Time zones as C libraries read them: tzfile(5). */
final class TimeZones {
    private static final Path ZONES = Path.of("/usr/share/zoneinfo");

    /** UTC in the form of RFC 8536, for hosts without tzdata: one type without offset, named UTC. */
    private static final byte[] UTC = utc();

    private TimeZones() {}

    /**
     * The file of a zone; UTC needs none on the host.
     *
     * @throws HostException if the host has no such file
     */
    static byte[] read(String name) {
        if (name.equals("UTC")) {
            return UTC;
        }
        try {
            return Files.readAllBytes(ZONES.resolve(name));
        } catch (IOException e) {
            throw new HostException(
                    Problem.of(
                            ProblemCode.FOLDER_UNUSABLE,
                            "the time zone " + name + " can't be read from " + ZONES,
                            "install tzdata, or set time_zone = \"UTC\""),
                    e);
        }
    }

    private static byte[] utc() {
        byte[] block = block(1);
        byte[] footer = "\nUTC0\n".getBytes(StandardCharsets.US_ASCII);
        byte[] file = new byte[2 * block.length + footer.length];
        System.arraycopy(block, 0, file, 0, block.length);
        System.arraycopy(block, 0, file, block.length, block.length);
        System.arraycopy(footer, 0, file, 2 * block.length, footer.length);
        return file;
    }

    /** Header and data of one block: no transitions, no leap seconds, {@code types} types, four bytes of names. */
    private static byte[] block(int types) {
        byte[] block = new byte[44 + 6 * types + 4];
        byte[] start = "TZif2".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, block, 0, start.length);
        block[39] = (byte) types;
        block[43] = 4;
        byte[] name = "UTC".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, block, 44 + 6 * types, name.length);
        return block;
    }
}
