package org.outlookmail.it;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Tag;

/** api depends on nothing of ours, cdi and token on api, mail on both, connector on all three; the sandbox on none. */
@Tag("unit")
@AnalyzeClasses(packages = "org.outlookmail", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRuleTest {

    private static final String[] PRODUCT = {
        "org.outlookmail",
        "org.outlookmail.cdi..",
        "org.outlookmail.token..",
        "org.outlookmail.mail..",
        "org.outlookmail.connector.."
    };

    @ArchTest
    static final ArchRule layersDependOnlyDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("org.outlookmail")
            .layer("cdi")
            .definedBy("org.outlookmail.cdi..")
            .layer("token")
            .definedBy("org.outlookmail.token..")
            .layer("mail")
            .definedBy("org.outlookmail.mail..")
            .layer("connector")
            .definedBy("org.outlookmail.connector..")
            .whereLayer("cdi")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("token")
            .mayOnlyBeAccessedByLayers("mail", "connector")
            .whereLayer("mail")
            .mayOnlyBeAccessedByLayers("connector")
            .whereLayer("connector")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule theApiKnowsNothingElseOfOurs = noClasses()
            .that()
            .resideInAPackage("org.outlookmail")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.outlookmail.(*)..");

    @ArchTest
    static final ArchRule theApiDoesWithoutCdi = noClasses()
            .that()
            .resideInAPackage("org.outlookmail")
            .and()
            // An annotation that is missing at run time does no harm.
            .doNotHaveSimpleName("Mailbox")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.enterprise..", "jakarta.inject..", "org.outlookmail.cdi..");

    @ArchTest
    static final ArchRule theSandboxKnowsNothingOfOurs = classes()
            .that()
            .resideInAPackage("org.outlookmail.sandbox..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.outlookmail.sandbox..",
                    "java..",
                    "javax..",
                    "jakarta..",
                    "com..",
                    "org.bouncycastle..",
                    "org.eclipse..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule theProductStartsNoThreads = noClasses()
            .that()
            .resideInAnyPackage(PRODUCT)
            .should()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))));

    @ArchTest
    static final ArchRule theProductMakesNoThreadPools = noClasses()
            .that()
            .resideInAnyPackage(PRODUCT)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.Executors");

    @ArchTest
    static final ArchRule onlyOneClassKnowsHazelcast = noClasses()
            .that()
            .resideInAPackage("org.outlookmail..")
            .and()
            .doNotHaveSimpleName("HazelcastCache")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hazelcast..");
}
