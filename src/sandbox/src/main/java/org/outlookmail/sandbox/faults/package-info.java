/**
 * What goes wrong on demand: {@code FaultReader} reads a body of {@code POST /faults} into {@code Faults}, which every part
 * of the box asks for a {@code Fault} at a point of a {@code Protocol}, or for a {@code TokenFault}.
 */
package org.outlookmail.sandbox.faults;
