package org.outlookmail.sandbox;

import java.io.IOException;

/** A port that the sandbox was told to use cannot be had; the message names the port, what it was for, and why. */
public final class PortInUseException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final int port;

    /** Says that {@code purpose} ("SMTP submission") cannot have {@code port}; {@code cause} is the system's refusal. */
    public PortInUseException(String purpose, int port, IOException cause) {
        super(
                "Port " + port + " for " + purpose + " cannot be opened on 127.0.0.1 (" + cause.getMessage()
                        + "): stop the program that uses it, or choose another port.",
                cause);
        this.port = port;
    }

    /** The port that could not be had. */
    public int port() {
        return port;
    }
}
