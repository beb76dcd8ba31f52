/** Subword tokenizers that read tokenizer.json files and keep source offsets. */
module dev.kith.tokenizers {
    requires dev.kith.core;
    requires com.fasterxml.jackson.databind;
    requires static transitive org.jspecify;
}
