//! Takes out of the browser's half what is compiled into it and never called.
//!
//! Each view brings a second way to come alive, which awaits chunks that load lazily. We call `hydrate_body` alone, but
//! an erased view holds a pointer to the other way, so no optimiser may leave it out. The bodies of these functions
//! become a trap, and wasm-opt drops all that only they needed. The same idea as `wasm-snip`, which is no longer
//! maintained.

use std::fs;
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

/// The ends of the mangled names of an erased view's `hydrate_async`, and of the future that it makes, before their
/// hashes. No more than these: the compiler merges equal functions, and what lies deeper may bear this name and serve
/// the other way, too.
const LAZY: [&str; 2] = ["8into_any13hydrate_async17h", "8into_any13hydrate_async28_$u7b$$u7b$closure$u7d$$u7d$17h"];

/// The wasm without them.
pub(crate) fn without_lazy_hydration(wasm: &Path) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(&fs::read(wasm)?).map_err(|error| anyhow!("the wasm: {error:#}"))?;
    let is_lazy = |name: &Option<String>| name.as_ref().is_some_and(|name| LAZY.iter().any(|lazy| name.contains(lazy)));
    let lazy: Vec<FunctionId> =
        module.funcs.iter().filter(|function| is_lazy(&function.name)).map(walrus::Function::id).collect();
    if lazy.is_empty() {
        bail!("no function of the browser's half has {} in its name: has tachys renamed it?", LAZY[0]);
    }
    for id in lazy {
        trap(&mut module, id);
    }
    Ok(module.emit_wasm())
}

fn trap(module: &mut Module, id: FunctionId) {
    let (parameters, results) = module.types.params_results(module.funcs.get(id).ty());
    let (parameters, results) = (parameters.to_vec(), results.to_vec());
    let mut body = FunctionBuilder::new(&mut module.types, &parameters, &results);
    body.func_body().unreachable();
    let arguments = parameters.iter().map(|&of| module.locals.add(of)).collect();
    module.funcs.get_mut(id).kind = FunctionKind::Local(body.local_func(arguments));
}
