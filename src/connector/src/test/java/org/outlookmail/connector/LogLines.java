package org.outlookmail.connector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The lines of one level that a class logs, from now until this is closed. */
final class LogLines extends Handler implements AutoCloseable {

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final Logger logger;
    private final Level wanted;

    LogLines(Class<?> of, Level level) {
        wanted = level;
        logger = Logger.getLogger(of.getName());
        logger.addHandler(this);
    }

    List<String> told() {
        return told;
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getLevel().equals(wanted)) {
            told.add(line.getMessage());
        }
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
