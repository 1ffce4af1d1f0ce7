package org.outlookmail.sample;

/** The request is well-formed and still cannot be served; it brings the problem document along. */
class RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * @param problem what to answer; not null
     */
    RejectedException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** What to answer. */
    Problem problem() {
        return problem;
    }
}
