/**
 * What the tests of several modules share: {@link org.outlookmail.testkit.TestBox} (Microsoft 365 in a box), {@link
 * org.outlookmail.testkit.SettableClock}, {@link org.outlookmail.testkit.CapturedLog}, {@link
 * org.outlookmail.testkit.BoundNames} (a name service), {@link org.outlookmail.testkit.SharedMapProbe} (a cache that fails
 * when told), {@link org.outlookmail.testkit.Failures} (what a call's failure says).
 */
package org.outlookmail.testkit;
