/**
 * What an index family is made of: images and their records, encodings and scorers, worker threads. For those who write
 * a family; applications need {@link dev.kith} only. Read {@link dev.kith.spi.IndexImage} first, then
 * {@link dev.kith.spi.Encoding}.
 */
@NullMarked
package dev.kith.spi;

import org.jspecify.annotations.NullMarked;
