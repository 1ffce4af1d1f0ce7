/**
 * What things cost, beside the peers that do the same, in one run: {@link org.outlookmail.bench.Main} starts each benchmark
 * and prints ratios.
 */
package org.outlookmail.bench;
