package org.outlookmail.plain;

import java.util.Properties;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** A program that sends by Spring, without Spring Boot and without a server. */
final class SpringSends {

    private SpringSends() {}

    public static void main(String[] arguments) {
        Properties properties = System.getProperties();
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setJavaMailProperties(properties);
        sender.setHost(properties.getProperty("mail.smtp.host"));
        sender.setPort(Integer.parseInt(properties.getProperty("mail.smtp.port")));
        SimpleMailMessage message = new SimpleMailMessage();
        message.setTo(properties.getProperty("o365.user"));
        message.setSubject("by Spring");
        message.setText("Hello");
        sender.send(message);
        System.out.println("sent");
    }
}
