//! What the hosts of tests and examples have in common.

use wasmtime::Config;

/// All of the component model that guests of tests use, on stacks as deep as Go's.
pub(crate) fn config() -> Config {
    let mut config = Config::new();
    config
        .wasm_component_model_async(true)
        .wasm_component_model_more_async_builtins(true)
        .wasm_component_model_async_stackful(true)
        .wasm_component_model_error_context(true)
        .wasm_component_model_map(true)
        .wasm_component_model_fixed_length_lists(true)
        .max_wasm_stack(8 << 20)
        .async_stack_size(9 << 20);
    config
}
