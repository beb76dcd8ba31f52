package dev.kith.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.kith.spi.Workers;
import dev.kith.tokenizers.ModelInput;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A transformer that reads rows of tokens. One session, computing on its callers' threads: each run uses one core, and as
 * many callers as were agreed on run at once; further ones wait. That beats a pool inside the session, which would compete
 * with the callers for the same cores, and it bounds memory.
 *
 * <p>Safe for any number of threads. {@link #close()} waits for running calls.
 */
public final class OnnxModel implements AutoCloseable {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";
    private static final Set<OnnxJavaType> FLOATS =
            Set.of(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16, OnnxJavaType.BFLOAT16);
    private static final Set<String> KNOWN_INPUTS = Set.of(IDS, MASK, TYPES);

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Set<String> inputs;
    private final String output;
    private final int width;
    private final int rank;
    private final String identity;
    private final int callers;
    private final Semaphore permits;
    private volatile boolean closed;

    private OnnxModel(OrtSession session, ModelFiles files, Signature signature, int callers) {
        this.environment = OrtEnvironment.getEnvironment();
        this.session = session;
        this.inputs = signature.inputs();
        this.output = signature.output();
        this.width = signature.width();
        this.rank = signature.rank();
        this.identity = files.identity();
        this.callers = callers;
        this.permits = new Semaphore(callers, true);
    }

    /** What a model takes and gives; a width of -1 is not fixed. */
    private record Signature(Set<String> inputs, String output, int rank, int width) {}

    /**
     * Opens a model.
     *
     * @param outputs names of the wanted output, the first that the model has; else its first
     * @param callers how many may run at once, at least 1
     * @throws IOException if the file is not a model, or one with inputs that are not known here
     */
    public static OnnxModel open(ModelFiles files, List<String> outputs, int callers)
            throws IOException {
        if (callers < 1) {
            throw new IllegalArgumentException("callers must be positive: " + callers);
        }
        OrtSession session = null;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // Lengths differ from run to run, so that plans of the memory do not recur.
            options.setMemoryPatternOptimization(false);
            session = files.session(OrtEnvironment.getEnvironment(), options);
            Signature signature = signature(session, files.name(), outputs);
            return new OnnxModel(session, files, signature, callers);
        } catch (OrtException e) {
            closeAfter(session, e);
            throw new IOException(
                    files.name() + " is not a model that can run: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            closeAfter(session, e);
            throw e;
        }
    }

    private static void closeAfter(@Nullable OrtSession session, Exception failure) {
        if (session != null) {
            try {
                session.close();
            } catch (OrtException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private static Signature signature(OrtSession session, String name, List<String> wanted)
            throws OrtException, IOException {
        for (NodeInfo input : session.getInputInfo().values()) {
            if (!KNOWN_INPUTS.contains(input.getName())) {
                throw new IOException(name + ": input '" + input.getName()
                        + "' is not supported, only " + KNOWN_INPUTS);
            }
            if (!(input.getInfo() instanceof TensorInfo info) || info.type != OnnxJavaType.INT64) {
                throw new IOException(
                        name + ": input '" + input.getName() + "' is not of type int64");
            }
        }
        if (!session.getInputNames().contains(IDS)) {
            throw new IOException(name + ": there is no input '" + IDS + "'");
        }
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        String output = wanted.stream()
                .filter(outputs::containsKey)
                .findFirst()
                .orElseGet(() -> outputs.keySet().iterator().next());
        NodeInfo wantedOutput = outputs.get(output);
        if (wantedOutput == null
                || !(wantedOutput.getInfo() instanceof TensorInfo info)
                || !FLOATS.contains(info.type)) {
            throw new IOException(name + ": output '" + output + "' is not a tensor of floats");
        }
        long[] shape = info.getShape();
        int width = shape.length == 0 ? -1 : (int) shape[shape.length - 1];
        return new Signature(Set.copyOf(session.getInputNames()), output, shape.length, width);
    }

    /**
     * Runs the model on rows of tokens. Shorter rows are filled up to the longest and masked there; a model that takes no
     * mask must be given rows of one length.
     *
     * @param padId the token to fill with
     * @throws InterruptedException if the calling thread is interrupted before its turn has come
     * @throws IllegalStateException if the model is closed, or fails on such rows
     */
    public Output run(List<ModelInput> rows, int padId) throws InterruptedException {
        permits.acquire();
        try {
            if (closed) {
                throw new IllegalStateException("the model is closed");
            }
            return compute(rows, padId);
        } finally {
            permits.release();
        }
    }

    private Output compute(List<ModelInput> rows, int padId) {
        int columns = Math.max(1, rows.stream().mapToInt(ModelInput::size).max().orElse(0));
        long[] shape = {rows.size(), columns};
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (String input : inputs) {
                tensors.put(input, tensor(input, rows, padId, shape));
            }
            try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
                return output((OnnxTensor) result.get(0));
            }
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "the model fails on " + rows.size() + " x " + columns
                            + " tokens (if that is too long for it, lower maxTokens): "
                            + e.getMessage(),
                    e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    /**
     * Whether each of some rows gets the numbers that it gets alone, to the last bit, when they run together. Not so in
     * models that quantise dynamically, by the largest number of a run, or cannot tell padding from text. Runs all of them
     * twice, outside the callers' turns.
     *
     * @param rows of different lengths
     */
    public boolean rowsAreIndependent(List<ModelInput> rows, int padId) {
        if (!inputs.contains(MASK)) {
            return false;
        }
        try {
            Output together = compute(rows, padId);
            for (int row = 0; row < rows.size(); row++) {
                float[] alone = compute(List.of(rows.get(row)), padId).values();
                int from = row * (together.values().length / rows.size());
                if (!Arrays.equals(
                        alone, 0, alone.length, together.values(), from, from + alone.length)) {
                    return false;
                }
            }
            return true;
        } catch (IllegalStateException _) {
            return false; // it takes one row only
        }
    }

    private OnnxTensor tensor(String input, List<ModelInput> rows, int padId, long[] shape)
            throws OrtException {
        int columns = (int) shape[1];
        long[] values = new long[rows.size() * columns];
        for (int row = 0; row < rows.size(); row++) {
            ModelInput tokens = rows.get(row);
            int at = row * columns;
            for (int i = 0; i < tokens.size(); i++) {
                values[at + i] = switch (input) {
                    case IDS -> tokens.ids()[i];
                    case TYPES -> tokens.typeIds()[i];
                    default -> 1;
                };
            }
            if (input.equals(IDS)) {
                Arrays.fill(values, at + tokens.size(), at + columns, padId);
            }
        }
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
    }

    private static Output output(OnnxTensor tensor) {
        long[] shape = tensor.getInfo().getShape();
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return new Output(
                values, Arrays.stream(shape).mapToInt(Math::toIntExact).toArray());
    }

    /** A piece of work that may wait for its turn. */
    @FunctionalInterface
    public interface Task {
        /** Does the work with a number. */
        void run(int task) throws InterruptedException;
    }

    /**
     * Runs tasks 0 to {@code tasks - 1} on as many threads as callers were agreed on, the calling one included.
     *
     * @throws InterruptedException if the calling thread is interrupted: no further task starts
     */
    public void forEach(int tasks, Task task) throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Workers.run(callers, tasks, () -> i -> {
            try {
                task.run(i);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Whether the model can be told which tokens only fill a row up. */
    public boolean takesMask() {
        return inputs.contains(MASK);
    }

    /** The number of dimensions of the output, rows included. */
    public int rank() {
        return rank;
    }

    /** The output's last dimension, or -1 if the model leaves it open. */
    public int width() {
        return width;
    }

    /** The hash of the model's bytes. */
    public String identity() {
        return identity;
    }

    @Override
    public void close() {
        synchronized (permits) {
            if (closed) {
                return;
            }
            closed = true;
        }
        permits.acquireUninterruptibly(callers);
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the model cannot be closed: " + e.getMessage(), e);
        } finally {
            permits.release(callers);
        }
    }
}
