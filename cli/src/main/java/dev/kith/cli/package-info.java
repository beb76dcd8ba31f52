/**
 * The {@code kith} command: ingest, search, evaluate and measure from a shell.
 *
 * <p>Not an API: programs use the library's own modules. Start reading at {@link
 * dev.kith.cli.Kith}.
 */
@NullMarked
package dev.kith.cli;

import org.jspecify.annotations.NullMarked;
