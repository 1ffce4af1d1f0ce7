package org.outlookmail.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class, or a package, logs while this is open; it does not reach the console meanwhile. */
public final class CapturedLog extends Handler implements AutoCloseable {

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger logger;

    private CapturedLog(Logger logger) {
        this.logger = logger;
    }

    /** What a class logs. */
    public static CapturedLog of(Class<?> type) {
        return of(type.getName());
    }

    /** What a class logs, or any class of a package. */
    public static CapturedLog of(String name) {
        CapturedLog log = new CapturedLog(Logger.getLogger(name));
        log.logger.addHandler(log);
        log.logger.setUseParentHandlers(false);
        return log;
    }

    /** Those of one level, in order. */
    public List<LogRecord> records(Level level) {
        return records.stream().filter(entry -> entry.getLevel().equals(level)).toList();
    }

    /** The texts of one level, in order. */
    public List<String> lines(Level level) {
        return records(level).stream().map(LogRecord::getMessage).toList();
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
