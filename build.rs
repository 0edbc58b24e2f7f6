//! How the program is linked.

#[expect(clippy::disallowed_methods, reason = "a build script is told of its target by the environment")]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |part: &str| std::env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    // A program that may be loaded anywhere has its 200,000 pointers (nearly all of the engine's) put right at each start, which takes
    // half of a start. Linux loads programs at a fixed place as well; heap, stack and libraries stay where chance puts them.
    if target("OS") == "linux" && target("ENV") == "gnu" && target("ARCH") == "x86_64" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
