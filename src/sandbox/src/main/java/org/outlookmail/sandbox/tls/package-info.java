/** Keys and certificates: {@code Certificates} (what the box has), {@code Issuer} (how they are made). */
package org.outlookmail.sandbox.tls;
