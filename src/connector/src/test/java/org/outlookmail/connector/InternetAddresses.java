package org.outlookmail.connector;

import jakarta.mail.Address;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** Recipients as Jakarta Mail wants them. */
final class InternetAddresses {

    private InternetAddresses() {}

    static Address[] of(String address) throws AddressException {
        return new Address[] {new InternetAddress(address)};
    }
}
