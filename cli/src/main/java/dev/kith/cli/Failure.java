package dev.kith.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** A command cannot go on; the message says what and why, as the user reads it behind {@code kith: }. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message);
    }

    /** What went wrong, in one line: {@code what: why}. */
    static String message(Throwable e) {
        return switch (e) {
            case UncheckedIOException unchecked ->
                message(Objects.requireNonNullElse(unchecked.getCause(), unchecked));
            case FileSystemException file -> file.getFile() + ": " + reason(file);
            case OutOfMemoryError memory ->
                "out of memory: " + memory.getMessage()
                        + "; KITH_JAVA_OPTS=-Xmx8g gives 8 GB of heap";
            case Failure failure -> String.valueOf(failure.getMessage());
            case StandardOutput.Lost lost -> String.valueOf(lost.getMessage());
            case IllegalArgumentException argument
            when argument.getMessage() != null -> argument.getMessage();
            case IllegalStateException state when state.getMessage() != null -> state.getMessage();
            case IOException io when io.getMessage() != null -> io.getMessage();
            default -> "unexpected " + e + "; --debug shows where";
        };
    }

    /** Why an operation on a file failed, without the file's name. */
    static String reason(IOException e) {
        return switch (e) {
            case FileSystemException file
            when file.getReason() != null && !(e instanceof AccessDeniedException) ->
                file.getReason();
            case NoSuchFileException missing -> "no such file or directory";
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException exists -> "exists already";
            case NotDirectoryException not -> "not a directory";
            case DirectoryNotEmptyException full -> "directory not empty";
            case FileSystemLoopException loop -> "symbolic links form a loop";
            case FileSystemException other ->
                Objects.requireNonNullElse(other.getReason(), "cannot be accessed");
            default -> Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        };
    }
}
