package dev.kith.all;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Holds the class path to the rules that module-info states for the module path, and to the house's bans. */
class LayersTest {
    private static final JavaClasses KITH = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.kith..");

    @Test
    void arrowsPointDownOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("core")
                .definedBy("dev.kith", "dev.kith.spi..", "dev.kith.text..", "dev.kith.internal..")
                .layer("hnsw")
                .definedBy("dev.kith.hnsw..", "dev.kith.qg..")
                .layer("tokenizers")
                .definedBy("dev.kith.tokenizers..")
                .layer("chunking")
                .definedBy("dev.kith.chunking..")
                .optionalLayer("onnx")
                .definedBy("dev.kith.onnx..")
                .layer("embedding")
                .definedBy("dev.kith.embedding..")
                .layer("cache-chronicle")
                .definedBy("dev.kith.chronicle..")
                .layer("rerank")
                .definedBy("dev.kith.rerank..")
                .layer("lucene")
                .definedBy("dev.kith.lucene..")
                .layer("retrieval")
                .definedBy("dev.kith.retrieval..")
                .whereLayer("core")
                .mayNotAccessAnyLayer()
                .whereLayer("hnsw")
                .mayOnlyAccessLayers("core")
                .whereLayer("tokenizers")
                .mayOnlyAccessLayers("core")
                .whereLayer("chunking")
                .mayOnlyAccessLayers("core")
                .whereLayer("onnx")
                .mayOnlyAccessLayers("core", "tokenizers")
                .whereLayer("embedding")
                .mayOnlyAccessLayers("core", "tokenizers", "onnx")
                .whereLayer("cache-chronicle")
                .mayOnlyAccessLayers("core")
                .whereLayer("rerank")
                .mayOnlyAccessLayers("core", "tokenizers", "onnx")
                .whereLayer("lucene")
                .mayOnlyAccessLayers("core")
                .whereLayer("retrieval")
                .mayOnlyAccessLayers("core", "hnsw", "lucene")
                .check(KITH);
    }

    @Test
    void coreAndIndexesDependOnTheJdkAlone() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.kith",
                        "dev.kith.spi..",
                        "dev.kith.text..",
                        "dev.kith.internal..",
                        "dev.kith.hnsw..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("dev.kith..", "java..", "jdk..", "org.jspecify..")
                .check(KITH);
    }

    @Test
    void onlyKernelsTouchTheVectorApi() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kith.internal.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .check(KITH);
    }

    @Test
    void publicSignaturesShowNoThirdPartyTypes() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                // Lucene types are the business of the first; the others are not exported.
                .resideOutsideOfPackages(
                        "dev.kith.lucene..", "dev.kith.onnx..", "dev.kith.retrieval.store..")
                .should(speakOnlyOfKithAndTheJdk())
                .check(KITH);
    }

    private static ArchCondition<JavaMethod> speakOnlyOfKithAndTheJdk() {
        DescribedPredicate<JavaClass> ours = resideInAnyPackage("dev.kith..", "java..", "");
        return new ArchCondition<>("speak of dev.kith and the JDK only") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (JavaClass type : method.getAllInvolvedRawTypes()) {
                    JavaClass element = type.getBaseComponentType();
                    if (!element.isPrimitive() && !ours.test(element)) {
                        events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " shows " + element.getName()));
                    }
                }
            }
        };
    }

    @Test
    void nothingStaticIsMutable() {
        noFields()
                .that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .notBeFinal()
                .check(KITH);
    }

    @Test
    void nothingPrintsOrUsesHiddenRandomnessOrTheCommonPool() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class)
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(ForkJoinPool.class, "commonPool")
                .check(KITH);
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .should()
                .haveNameNotMatching(".*(Impl|Manager|Helper|Util|Utils)")
                .andShould()
                .haveNameNotMatching(".*\\.Abstract[A-Z].*")
                .check(KITH);
    }
}
