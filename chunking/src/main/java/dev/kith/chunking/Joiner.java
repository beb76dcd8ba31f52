package dev.kith.chunking;

/**
 * Joins consecutive segments of a text into pieces of up to the maximum. A segment larger than the maximum is cut, and its
 * last piece filled further. With overlap a piece starts inside the one before, as far as the next segment leaves room.
 */
final class Joiner {
    private final String text;
    private final Ruler ruler;
    private final Cutter cutter;
    private final int max;
    private final Seams seams;

    /** @param seams where segments that are too large are cut, and what is repeated starts */
    Joiner(String text, ChunkSize size, Ruler ruler, Seams seams) {
        this.text = text;
        this.ruler = ruler;
        this.cutter = new Cutter(text, ruler, size.overlap(), _ -> false);
        this.max = size.max();
        this.seams = seams;
    }

    /** Joins the segments of [from, to), both cluster boundaries, into pieces. */
    void join(int from, int to, Segments segments, Cutter.Pieces pieces) {
        Open open = new Open(pieces);
        int at = Breaks.skip(text, from, to);
        while (at < to) {
            int next = Math.min(to, segments.end(at));
            int end = Breaks.trim(text, at, next);
            if (at < end) {
                open.add(at, end);
            }
            at = Breaks.skip(text, next, to);
        }
        open.flush();
    }

    /** The piece being filled: nothing when start == end. */
    private final class Open {
        private final Cutter.Pieces pieces;
        private int start;
        private int end;

        Open(Cutter.Pieces pieces) {
            this.pieces = pieces;
        }

        void add(int segmentStart, int segmentEnd) {
            if (start < end && ruler.count(start, segmentEnd) <= max) {
                end = segmentEnd;
            } else if (ruler.count(segmentStart, segmentEnd) <= max) {
                int room = ruler.back(segmentEnd, max);
                int first = start == end
                        ? segmentStart
                        : cutter.restart(start, end, segmentStart, room, max, seams);
                flush();
                start = first;
                end = segmentEnd;
            } else {
                cutter.cut(segmentStart, segmentEnd, max, seams, (pieceStart, pieceEnd) -> {
                    flush();
                    start = pieceStart;
                    end = pieceEnd;
                });
            }
        }

        void flush() {
            if (start < end) {
                pieces.add(start, end);
            }
            start = end;
        }
    }
}
