/**
 * {@code ./mvnw -Pdemo}, in the order in which it runs: {@link org.outlookmail.demo.Main},
 * {@link org.outlookmail.demo.Demo} on its {@link org.outlookmail.demo.DemoPorts}, a
 * {@link org.outlookmail.demo.LibertyServer} with its {@link org.outlookmail.demo.SandboxOverrides}, and {@code SampleClient} for the mail.
 */
package org.outlookmail.demo;
