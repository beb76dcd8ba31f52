package dev.kith.spi;

import java.util.zip.CRC32C;

/** A CRC-32C of what is written to it. */
final class Checksum implements ByteSink {
    private final CRC32C crc = new CRC32C();

    @Override
    public void write(byte[] bytes, int offset, int length) {
        crc.update(bytes, offset, length);
    }

    int value() {
        return (int) crc.getValue();
    }

    static int of(byte[] bytes, int offset, int length) {
        Checksum sum = new Checksum();
        sum.write(bytes, offset, length);
        return sum.value();
    }
}
