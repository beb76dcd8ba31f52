/** Subword tokenizers that read tokenizer.json files and keep source offsets. */
module dev.kith.tokenizers {
    requires transitive dev.kith.core;
    requires com.fasterxml.jackson.databind;
    requires static org.jspecify;

    exports dev.kith.tokenizers;
}
