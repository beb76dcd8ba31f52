package dev.kith.spi;

/**
 * One section of an image, as its table lists it.
 *
 * @param id what it is, by the family's own numbering
 * @param offset where it starts, in bytes from the start of the image; a multiple of 64
 * @param length its length in bytes, without the padding behind it
 * @param checksum its CRC-32C
 */
public record Section(int id, long offset, long length, int checksum) {}
