package org.outlookmail.mail.message;

import jakarta.mail.Address;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Reads the recipients of an envelope, each of which must be one. */
final class Recipients {

    /** There is nobody to send to. */
    static final class NoneException extends AddressException {

        private static final long serialVersionUID = 1L;

        NoneException() {
            super("no recipients");
        }
    }

    /** Some are no addresses that a server could be told. */
    static final class InvalidException extends AddressException {

        private static final long serialVersionUID = 1L;

        private final UnsendableException first;
        private final transient Address[] valid;
        private final transient Address[] invalid;

        InvalidException(UnsendableException first, List<Address> valid, List<Address> invalid) {
            super(first.getMessage(), first.getRef());
            this.first = first;
            this.valid = valid.toArray(Address[]::new);
            this.invalid = invalid.toArray(Address[]::new);
        }

        /** What is wrong with the first of them. */
        UnsendableException first() {
            return first;
        }

        Address[] valid() {
            return valid;
        }

        Address[] invalid() {
            return invalid;
        }
    }

    private Recipients() {}

    /** Those that are there, for lists in exceptions. */
    static Address[] listed(Address[] recipients) {
        return recipients == null
                ? new Address[0]
                : Arrays.stream(recipients).filter(Objects::nonNull).toArray(Address[]::new);
    }

    /**
     * Reads them; a group (RFC 5322, section 3.4) is its members.
     *
     * @param recipients perhaps null
     * @throws NoneException if there are none
     * @throws InvalidException if one is no address, naming all that are not
     */
    static List<OutgoingMessage.Recipient> of(Address[] recipients) throws AddressException {
        List<OutgoingMessage.Recipient> told = new ArrayList<>();
        List<Address> invalid = new ArrayList<>();
        UnsendableException first = null;
        for (Address recipient : recipients == null ? new Address[0] : recipients) {
            try {
                for (InternetAddress member : members(recipient)) {
                    told.add(told(member));
                }
            } catch (UnsendableException none) {
                first = first == null ? none : first;
                if (recipient != null) {
                    invalid.add(recipient);
                }
            }
        }
        if (first != null) {
            List<Address> valid = new ArrayList<>();
            told.forEach(recipient -> valid.add(recipient.given()));
            throw new InvalidException(first, valid, invalid);
        }
        if (told.isEmpty()) {
            throw new NoneException();
        }
        return told;
    }

    private static List<InternetAddress> members(Address recipient) throws UnsendableException {
        if (!(recipient instanceof InternetAddress address)) {
            throw UnsendableException.malformed(
                    recipient == null ? null : recipient.toString(), "a recipient is no InternetAddress");
        }
        if (!address.isGroup()) {
            return List.of(address);
        }
        try {
            InternetAddress[] members = address.getGroup(true);
            return members == null ? List.of() : List.of(members);
        } catch (AddressException unreadable) {
            throw UnsendableException.malformed(address.getAddress(), "the group cannot be read");
        }
    }

    /** A copy, with what was checked; the application keeps its own object, which may change. */
    private static OutgoingMessage.Recipient told(InternetAddress given) throws UnsendableException {
        InternetAddress told = new InternetAddress();
        told.setAddress(EnvelopeAddress.of(given.getAddress()).toString());
        return new OutgoingMessage.Recipient(given, told);
    }
}
