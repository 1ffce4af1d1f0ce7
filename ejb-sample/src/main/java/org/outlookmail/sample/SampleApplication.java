package org.outlookmail.sample;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The REST API under {@code /sample/api}. The server finds the resources by their annotations. */
@ApplicationPath("api")
public class SampleApplication extends Application {}
